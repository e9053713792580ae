import type { BooleanById, TCData } from "./tcf-types.js";

/** What a TC string says, as the core reads it. */
export interface ReadTcString {
  readonly policyVersion: number;
  readonly vendorListVersion: number;
  readonly isServiceSpecific: boolean;
  readonly useNonStandardTexts: boolean;
  readonly purposeOneTreatment: boolean;
  readonly publisherCountryCode: string;
  readonly specialFeatureOptIns: readonly number[];
  readonly purposeConsents: readonly number[];
  readonly purposeLegitimateInterests: readonly number[];
  readonly vendorConsents: ArrayLike<number>;
  readonly vendorLegitimateInterests: ArrayLike<number>;
  readonly vendorsDisclosed: ArrayLike<number> | null;
  readonly publisherRestrictions: readonly { readonly purpose: number; readonly type: 0 | 1 | 2; readonly vendors: ArrayLike<number> }[];
  readonly publisherTc: {
    readonly consents: readonly number[];
    readonly legitimateInterests: readonly number[];
    readonly customConsents: readonly number[];
    readonly customLegitimateInterests: readonly number[];
  } | null;
}

type Said = Required<Pick<TCData, "isServiceSpecific" | "useNonStandardTexts" | "publisherCC" | "purposeOneTreatment" | "purpose" | "vendor" | "specialFeatureOptins" | "publisher">>;

/** What a page's listeners are told of a string; `only` keeps what is said of these vendors. */
export function tellString(read: ReadTcString, only: readonly number[] | undefined): Said {
  const own = read.publisherTc;
  return {
    isServiceSpecific: read.isServiceSpecific,
    useNonStandardTexts: read.useNonStandardTexts,
    publisherCC: read.publisherCountryCode,
    purposeOneTreatment: read.purposeOneTreatment,
    purpose: { consents: byId(read.purposeConsents), legitimateInterests: byId(read.purposeLegitimateInterests) },
    vendor: {
      consents: byId(read.vendorConsents, only),
      legitimateInterests: byId(read.vendorLegitimateInterests, only),
      disclosedVendors: byId(read.vendorsDisclosed ?? [], only),
    },
    specialFeatureOptins: byId(read.specialFeatureOptIns),
    publisher: {
      consents: byId(own?.consents ?? []),
      legitimateInterests: byId(own?.legitimateInterests ?? []),
      customPurpose: { consents: byId(own?.customConsents ?? []), legitimateInterests: byId(own?.customLegitimateInterests ?? []) },
      restrictions: restrictions(read),
    },
  };
}

/** The same as apps are told: a digit for each id, from 1 on (CMP API v2 "InAppTCData"). */
export function tellStringInApp(read: ReadTcString, only: readonly number[] | undefined): object {
  const told = tellString(read, undefined);
  const kept = (ids: ArrayLike<number>): ArrayLike<number> => (only === undefined ? ids : Array.from(ids).filter((id) => only.includes(id)));
  const own = read.publisherTc;
  return {
    ...told,
    purpose: { consents: digits(read.purposeConsents), legitimateInterests: digits(read.purposeLegitimateInterests) },
    vendor: {
      consents: digits(kept(read.vendorConsents)),
      legitimateInterests: digits(kept(read.vendorLegitimateInterests)),
      disclosedVendors: digits(kept(read.vendorsDisclosed ?? [])),
    },
    specialFeatureOptins: digits(read.specialFeatureOptIns),
    publisher: {
      consents: digits(own?.consents ?? []),
      legitimateInterests: digits(own?.legitimateInterests ?? []),
      customPurpose: { consents: digits(own?.customConsents ?? []), legitimateInterests: digits(own?.customLegitimateInterests ?? []) },
      restrictions: Object.fromEntries(Object.entries(told.publisher.restrictions).map(([purpose, types]) => [purpose, underscored(types)])),
    },
  };
}

/** Every id up to the highest that is in, or those that were asked for. */
function byId(ids: ArrayLike<number>, only?: readonly number[]): BooleanById {
  const present = new Set(Array.from(ids));
  const said: Record<string, boolean> = {};
  if (only !== undefined) for (const id of only) said[id] = present.has(id);
  else for (let id = 1, highest = most(ids); id <= highest; id++) said[id] = present.has(id);
  return said;
}

function digits(ids: ArrayLike<number>): string {
  const present = new Set(Array.from(ids));
  return Array.from({ length: most(ids) }, (_, index) => (present.has(index + 1) ? "1" : "0")).join("");
}

function most(ids: ArrayLike<number>): number {
  let highest = 0;
  for (const id of Array.from(ids)) highest = Math.max(highest, id);
  return highest;
}

function restrictions({ publisherRestrictions }: ReadTcString): Record<string, Record<string, 0 | 1 | 2>> {
  const said: Record<string, Record<string, 0 | 1 | 2>> = {};
  for (const { purpose, type, vendors } of publisherRestrictions) {
    for (const vendor of Array.from(vendors)) (said[purpose] ??= {})[vendor] = type;
  }
  return said;
}

function underscored(types: Readonly<Record<string, 0 | 1 | 2>>): string {
  return Array.from({ length: most(Object.keys(types).map(Number)) }, (_, index) => String(types[index + 1] ?? "_")).join("");
}
