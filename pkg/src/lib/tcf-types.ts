/** Where a visitor stands when a listener is told (CMP API v2 "addEventListener"). */
export type TcfEventStatus = "tcloaded" | "cmpuishown" | "useractioncomplete";

/** How far the interface is (CMP API v2 "Ping Status Codes"). */
export type TcfCmpStatus = "stub" | "loading" | "loaded" | "error";

/** Whether visitors are being asked (CMP API v2 "Display Status Codes"). */
export type DisplayStatus = "visible" | "hidden" | "disabled";

/** Ids with what stands for each; `false` and absent are the same. */
export type BooleanById = Readonly<Record<string, boolean>>;

/** What `ping` gives (CMP API v2 "PingReturn"). */
export interface TcfPing {
  readonly gdprApplies: boolean | undefined;
  readonly cmpLoaded: boolean;
  readonly cmpStatus: TcfCmpStatus;
  readonly displayStatus?: DisplayStatus;
  readonly apiVersion?: string;
  readonly cmpVersion?: number;
  readonly cmpId?: number;
  readonly gvlVersion?: number | undefined;
  readonly tcfPolicyVersion?: number | undefined;
}

/** What listeners are told (CMP API v2 "TCData"). */
export interface TCData {
  readonly tcString?: string;
  readonly tcfPolicyVersion: number | undefined;
  readonly cmpId: number;
  readonly cmpVersion: number;
  readonly gdprApplies: boolean;
  readonly eventStatus: TcfEventStatus;
  readonly cmpStatus: TcfCmpStatus;
  readonly listenerId?: number;
  readonly isServiceSpecific?: boolean;
  readonly useNonStandardTexts?: boolean;
  readonly publisherCC?: string;
  readonly purposeOneTreatment?: boolean;
  readonly purpose?: { readonly consents: BooleanById; readonly legitimateInterests: BooleanById };
  readonly vendor?: { readonly consents: BooleanById; readonly legitimateInterests: BooleanById; readonly disclosedVendors: BooleanById };
  readonly specialFeatureOptins?: BooleanById;
  readonly publisher?: {
    readonly consents: BooleanById;
    readonly legitimateInterests: BooleanById;
    readonly customPurpose: { readonly consents: BooleanById; readonly legitimateInterests: BooleanById };
    /** By purpose, then by vendor: 0 not allowed, 1 consent required, 2 legitimate interest required. */
    readonly restrictions: Readonly<Record<string, Readonly<Record<string, 0 | 1 | 2>>>>;
  };
}

/** The answer to a call; `success` is `false` where the call could not be answered. */
export type TcfCallback<T> = (value: T | null, success: boolean) => void;

/** The interface of a page (CMP API v2). */
export interface TcfFunction {
  (command: "ping", version: 2, callback: TcfCallback<TcfPing>): void;
  (command: "addEventListener", version: 2, callback: TcfCallback<TCData>): void;
  (command: "removeEventListener", version: 2, callback: TcfCallback<boolean>, listenerId: number): void;
  (command: "getVendorList", version: 2, callback: TcfCallback<object>, vendorListVersion?: number | "LATEST"): void;
  (command: "getTCData" | "getInAppTCData", version: 2, callback: TcfCallback<TCData>, vendorIds?: readonly number[]): void;
  (command: string, version: 2, callback: TcfCallback<unknown>, parameter?: unknown): void;
}

declare global {
  interface Window {
    /** The Transparency and Consent Framework's interface, where the page has it. */
    __tcfapi?: TcfFunction;
  }
}
