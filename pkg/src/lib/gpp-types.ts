/** The fields of one part of a section, by name. */
export type GppFields = Readonly<Record<string, unknown>>;

/** A section that was read: its fields, or the fields of each of its parts. */
export type GppSection = GppFields | readonly GppFields[];

/** What `ping` gives (GPP CMP API 1.1 "PingReturn"). */
export interface GppPing {
  readonly gppVersion: "1.1";
  readonly cmpStatus: "stub" | "loading" | "loaded" | "error";
  readonly cmpDisplayStatus: "hidden" | "visible" | "disabled";
  readonly signalStatus: "not ready" | "ready";
  readonly supportedAPIs: readonly string[];
  readonly cmpId: number;
  readonly sectionList: readonly number[];
  readonly applicableSections: readonly number[];
  readonly gppString: string;
  readonly parsedSections: Readonly<Record<string, GppSection>>;
}

/** What a listener is told (GPP CMP API 1.1 "EventListener"). */
export interface GppEvent {
  readonly eventName: "listenerRegistered" | "listenerRemoved" | "cmpStatus" | "cmpDisplayStatus" | "signalStatus" | "error" | "sectionChange";
  readonly listenerId: number;
  readonly data: boolean | string;
  readonly pingData: GppPing;
}

/** The answer to a call; `success` is `false` where the call could not be answered. */
export type GppCallback<T> = (value: T | null, success: boolean) => void;

/** The interface of a page (GPP CMP API 1.1). */
export interface GppFunction {
  (command: "ping", callback: GppCallback<GppPing>): void;
  (command: "addEventListener", callback: GppCallback<GppEvent>): void;
  (command: "removeEventListener", callback: GppCallback<GppEvent>, listenerId: number): void;
  (command: "hasSection", callback: GppCallback<boolean>, prefix: string): void;
  (command: "getSection", callback: GppCallback<GppSection>, prefix: string): void;
  (command: "getField", callback: GppCallback<unknown>, field: string): void;
  (command: string, callback: GppCallback<unknown>, parameter?: unknown, version?: string): void;
}

declare global {
  interface Window {
    /** The Global Privacy Platform's interface, where the page has it. */
    __gpp?: GppFunction;
  }
}
