import type { ConsentIabGlue, TcStringView, VendorListView } from "../glue/consent-iab.js";
import type { Core } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";
import { decodeGpp, decodeGppSection, encodeGpp, encodeGppSection, type GppFields, type GppSections } from "./gpp.js";

/** What a publisher narrows: a purpose for these vendors. */
export interface PublisherRestriction {
  /** The purpose. */
  readonly purpose: number;
  /** 0 not allowed, 1 require consent, 2 require legitimate interest. */
  readonly type: 0 | 1 | 2;
  /** The vendors it concerns. */
  readonly vendors: Iterable<number>;
}

/** What the publisher itself may do. */
export interface PublisherTc {
  /** Purposes by consent. */
  readonly consents: Iterable<number>;
  /** Purposes by legitimate interest. */
  readonly legitimateInterests: Iterable<number>;
  /** How many purposes of its own it has, at most 63. */
  readonly customPurposes: number;
  /** Own purposes by consent. */
  readonly customConsents: Iterable<number>;
  /** Own purposes by legitimate interest. */
  readonly customLegitimateInterests: Iterable<number>;
}

/** What a TC string is written from. */
export interface TcInput {
  /** The id under which IAB Europe has registered the consent management platform. */
  readonly cmpId: number;
  /** The platform's own version. */
  readonly cmpVersion?: number;
  /** The screen on which the choice was made. */
  readonly consentScreen?: number;
  /** The language of that screen, as a BCP 47 tag. */
  readonly consentLanguage: string;
  /** The publisher's country, two letters. */
  readonly publisherCountryCode?: string;
  /** When the choice was first made, in milliseconds since 1970: give the start of a UTC day. */
  readonly created: number;
  /** When it was last changed; `created` where left out, as TCF asks since 2.2. */
  readonly lastUpdated?: number;
  /** Whether the string is for this site alone: true where left out, as TCF asks since 2.2. */
  readonly isServiceSpecific?: boolean;
  /** Whether the texts of stacks were the publisher's own. */
  readonly useNonStandardTexts?: boolean;
  /** Whether purpose 1 was not disclosed at all. */
  readonly purposeOneTreatment?: boolean;
  /** Special features opted in to. */
  readonly specialFeatureOptIns?: Iterable<number>;
  /** Purposes consented to. */
  readonly purposeConsents?: Iterable<number>;
  /** Purposes by legitimate interest, disclosed and not objected to. */
  readonly purposeLegitimateInterests?: Iterable<number>;
  /** Vendors consented to. */
  readonly vendorConsents?: Iterable<number>;
  /** Vendors whose legitimate interest was disclosed and not objected to. */
  readonly vendorLegitimateInterests?: Iterable<number>;
  /** Vendors that the visitor was told of. */
  readonly vendorsDisclosed: Iterable<number>;
  /** What the publisher narrows. */
  readonly publisherRestrictions?: Iterable<PublisherRestriction>;
  /** What the publisher itself may do. */
  readonly publisherTc?: PublisherTc;
}

/** What a TC string says. Vendors are ascending ids, purposes and special features too. */
export interface TcData {
  readonly cmpId: number;
  readonly cmpVersion: number;
  readonly consentScreen: number;
  readonly consentLanguage: string;
  readonly publisherCountryCode: string;
  /** In milliseconds since 1970. */
  readonly created: number;
  /** In milliseconds since 1970. */
  readonly lastUpdated: number;
  readonly vendorListVersion: number;
  readonly policyVersion: number;
  readonly isServiceSpecific: boolean;
  readonly useNonStandardTexts: boolean;
  readonly purposeOneTreatment: boolean;
  readonly specialFeatureOptIns: readonly number[];
  readonly purposeConsents: readonly number[];
  readonly purposeLegitimateInterests: readonly number[];
  readonly vendorConsents: Uint16Array;
  readonly vendorLegitimateInterests: Uint16Array;
  /** `null` where the string has no such segment: it is then invalid since 28 February 2026. */
  readonly vendorsDisclosed: Uint16Array | null;
  /** Strings from before TCF 2.2 may have it. */
  readonly vendorsAllowed: Uint16Array | null;
  readonly publisherRestrictions: readonly (PublisherRestriction & { readonly vendors: Uint16Array })[];
  readonly publisherTc: (PublisherTc & Readonly<Record<"consents" | "legitimateInterests" | "customConsents" | "customLegitimateInterests", readonly number[]>>) | null;
}

/** A vendor list that was read: it rules what a string may say. */
export interface VendorList {
  /** The list's version. */
  readonly version: number;
  /** The version of the TCF policies it goes with. */
  readonly policyVersion: number;
  /** The vendors that have not left, ascending. */
  readonly vendors: Uint16Array;
  /** The TC string under the rules of this list; throws `tcf.cmp-missing` without a registered CMP id. */
  encode(input: TcInput): string;
}

/** The verbs of the IAB's signals, once they are loaded. */
export interface ConsentIab {
  /** Reads a vendor list, as text or as parsed JSON; throws `vendor-list.…`, and the list before stays good. */
  vendorList(source: string | object): VendorList;
  /** Reads a TC string; throws `signal.…` with segment and bit. */
  decodeTcString(text: string): TcData;
  /** Reads a GPP string; throws `signal.…` with section and bit. */
  decodeGpp(text: string): GppSections;
  /** Writes a GPP string. Fields may be left out, a section may be its text; throws `signal.invalid` for what a field cannot be. */
  encodeGpp(sections: GppSections): string;
  /** Reads one section of a GPP string, such as `usnat`. */
  decodeGppSection(name: string, text: string): GppFields | string;
  /** Writes one section. */
  encodeGppSection(name: string, fields: GppFields | string): string;
}

/** Puts the verbs over the running module. */
export function open(core: Core<ConsentIabGlue>): ConsentIab {
  return Object.freeze<ConsentIab>({
    vendorList(source) {
      const json = text(source);
      const view = core.call((rust) => rust.readVendorList(json));
      return core.call(() => readList(core, view));
    },
    decodeTcString: (string) => core.call((rust) => readString(rust.readTcString(string))),
    decodeGpp: (string) => core.call((rust) => decodeGpp(rust, string)),
    encodeGpp: (sections) => core.call((rust) => encodeGpp(rust, sections)),
    decodeGppSection: (name, string) => core.call((rust) => decodeGppSection(rust, name, string)),
    encodeGppSection: (name, fields) => core.call((rust) => encodeGppSection(rust, name, fields)),
  });
}

function text(source: string | object): string {
  if (typeof source === "string") return source;
  try {
    return JSON.stringify(source);
  } catch (cause) {
    throw new PrivacyError("vendor-list.invalid", "vendor list: expected JSON, found an object that refers to itself", { cause });
  }
}

function readList(core: Core<ConsentIabGlue>, view: VendorListView): VendorList {
  return Object.freeze<VendorList>({
    version: view.version,
    policyVersion: view.policyVersion,
    vendors: view.vendors(),
    encode: (input) => core.call(() => encode(view, input)),
  });
}

function encode(view: VendorListView, input: TcInput): string {
  const created = tenths(input.created);
  const own = input.publisherTc;
  const switches = [input.isServiceSpecific ?? true, input.useNonStandardTexts, input.purposeOneTreatment];
  const numbers = Uint32Array.from([
    ...created,
    ...(input.lastUpdated === undefined ? created : tenths(input.lastUpdated)),
    input.cmpId,
    input.cmpVersion ?? 0,
    input.consentScreen ?? 0,
    view.version,
    view.policyVersion,
    switches.reduce((sum, on, index) => (on === true ? sum | (1 << index) : sum), 0),
    bits(input.specialFeatureOptIns, 12),
    bits(input.purposeConsents, 24),
    bits(input.purposeLegitimateInterests, 24),
    bits(own?.consents, 24),
    bits(own?.legitimateInterests, 24),
    own?.customPurposes ?? 0,
    ...long(own?.customConsents),
    ...long(own?.customLegitimateInterests),
  ]);
  return view.encode(
    numbers,
    input.consentLanguage.slice(0, 2) + (input.publisherCountryCode ?? "AA"),
    ids(input.vendorConsents),
    ids(input.vendorLegitimateInterests),
    ids(input.vendorsDisclosed),
    flat(input.publisherRestrictions ?? []),
  );
}

function readString(view: TcStringView): TcData {
  const n = [...view.numbers()] as [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number];
  const letters = view.letters();
  const data: TcData = {
    cmpId: n[4],
    cmpVersion: n[5],
    consentScreen: n[6],
    consentLanguage: letters.slice(0, 2),
    publisherCountryCode: letters.slice(2),
    created: (n[0] * 2 ** 32 + n[1]) * 100,
    lastUpdated: (n[2] * 2 ** 32 + n[3]) * 100,
    vendorListVersion: n[7],
    policyVersion: n[8],
    isServiceSpecific: (n[9] & 1) !== 0,
    useNonStandardTexts: (n[9] & 2) !== 0,
    purposeOneTreatment: (n[9] & 4) !== 0,
    specialFeatureOptIns: numbersOf(n[10], 12),
    purposeConsents: numbersOf(n[11], 24),
    purposeLegitimateInterests: numbersOf(n[12], 24),
    vendorConsents: view.vendors(0) ?? new Uint16Array(),
    vendorLegitimateInterests: view.vendors(1) ?? new Uint16Array(),
    vendorsDisclosed: view.vendors(2) ?? null,
    vendorsAllowed: view.vendors(3) ?? null,
    publisherRestrictions: restrictionsOf(view.restrictions()),
    publisherTc: view.hasPublisher
      ? {
          consents: numbersOf(n[13], 24),
          legitimateInterests: numbersOf(n[14], 24),
          customPurposes: n[15],
          customConsents: [...numbersOf(n[16], 32), ...numbersOf(n[17], 32, 32)],
          customLegitimateInterests: [...numbersOf(n[18], 32), ...numbersOf(n[19], 32, 32)],
        }
      : null,
  };
  view.free();
  return data;
}

/** Tenths of a second in two halves. */
function tenths(milliseconds: number): [number, number] {
  const whole = Math.round(milliseconds / 100);
  return [Math.floor(whole / 2 ** 32), whole % 2 ** 32];
}

/** Small ids as the bits of a number, id 1 the highest of so many. */
function bits(small: Iterable<number> = [], count: number, from = 0): number {
  let number = 0;
  for (const id of small) if (id > from && id <= from + count) number |= 1 << (from + count - id);
  return number >>> 0;
}

function long(small: Iterable<number> = []): [number, number] {
  const all = [...small];
  return [bits(all, 32), bits(all, 32, 32)];
}

function numbersOf(number: number, count: number, from = 0): number[] {
  const small = [];
  for (let id = 1; id <= count; id++) if ((number >>> (count - id)) & 1) small.push(from + id);
  return small;
}

function ids(from: Iterable<number> = []): Uint16Array {
  return from instanceof Uint16Array ? from : Uint16Array.from(from);
}

function flat(restrictions: Iterable<PublisherRestriction>): Uint16Array {
  const numbers = [];
  for (const { purpose, type, vendors } of restrictions) {
    const all = [...vendors];
    numbers.push(purpose, type, all.length, ...all);
  }
  return Uint16Array.from(numbers);
}

function restrictionsOf(flat: Uint16Array): TcData["publisherRestrictions"] {
  const restrictions = [];
  for (let at = 0; at < flat.length; ) {
    const [purpose = 0, type = 0, count = 0] = flat.subarray(at, at + 3);
    restrictions.push({ purpose, type: type as 0 | 1 | 2, vendors: flat.slice(at + 3, at + 3 + count) });
    at += 3 + count;
  }
  return restrictions;
}
