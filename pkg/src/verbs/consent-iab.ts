import type { ConsentIabGlue } from "../glue/consent-iab.js";
import type { Core } from "../lib/core.js";
import { decodeGpp, decodeGppSection, encodeGpp, encodeGppSection, type GppFields, type GppSections } from "./gpp.js";
import { readVendors } from "./vendor-list.js";

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
      const { row, ...list } = readVendors(source);
      const view = core.call((rust) => rust.readVendorList(row));
      return Object.freeze<VendorList>({ ...list, encode: (input) => core.call(() => view.encode(write(input))) });
    },
    decodeTcString: (string) => core.call((rust) => readString(rust.readTcString(string))),
    decodeGpp: (string) => core.call((rust) => decodeGpp(rust, string)),
    encodeGpp: (sections) => core.call((rust) => encodeGpp(rust, sections)),
    decodeGppSection: (name, string) => core.call((rust) => decodeGppSection(rust, name, string)),
    encodeGppSection: (name, fields) => core.call((rust) => encodeGppSection(rust, name, fields)),
  });
}

/** How many numbers there are before the vendors: see `src/consent/tcf/flat.rs`, whose order this is. */
const FIELDS = 35;

function write(input: TcInput): Uint16Array {
  const own = input.publisherTc;
  const created = Math.round(input.created / 100);
  const updated = input.lastUpdated === undefined ? created : Math.round(input.lastUpdated / 100);
  const { cmpVersion = 0, consentScreen = 0, isServiceSpecific = true, useNonStandardTexts = false, purposeOneTreatment = false } = input;
  const vendors = [ids(input.vendorConsents), ids(input.vendorLegitimateInterests), ids(input.vendorsDisclosed), new Uint16Array()];
  const restrictions = Array.from(input.publisherRestrictions ?? [], (one) => ({ ...one, vendors: ids(one.vendors) }));
  let length = FIELDS;
  for (const { length: count } of vendors) length += 1 + count;
  for (const one of restrictions) length += 3 + one.vendors.length;
  const row = new Uint16Array(length);
  const flags = (some: Iterable<number> | undefined) => halves(bits(some, 24));
  const own64 = (some: Iterable<number> = []) => [...halves(bits(some, 32)), ...halves(bits(some, 32, 32))];
  row.set([
    ...[created, updated].flatMap((time) => [time / 2 ** 32, time / 2 ** 16, time]),
    ...[input.cmpId, cmpVersion, consentScreen].map(upTo),
    letters(input.consentLanguage),
    0,
    0,
    Number(isServiceSpecific),
    Number(useNonStandardTexts),
    bits(input.specialFeatureOptIns, 12),
    ...flags(input.purposeConsents),
    ...flags(input.purposeLegitimateInterests),
    Number(purposeOneTreatment),
    letters(input.publisherCountryCode ?? "AA"),
    1 | 2,
    ...flags(own?.consents),
    ...flags(own?.legitimateInterests),
    upTo(own?.customPurposes ?? 0),
    ...own64(own?.customConsents),
    ...own64(own?.customLegitimateInterests),
  ]);
  let at = FIELDS;
  const put = (some: Uint16Array) => {
    row[at] = some.length;
    row.set(some, at + 1);
    at += 1 + some.length;
  };
  vendors.forEach(put);
  for (const one of restrictions) {
    row.set([one.purpose, one.type], at);
    at += 2;
    put(one.vendors);
  }
  return row;
}

function readString(row: Uint16Array): TcData {
  const number = (at: number) => row[at] ?? 0;
  const long = (at: number) => number(at) * 2 ** 16 + number(at + 1);
  let at = FIELDS;
  const take = () => {
    const start = at + 1;
    at = start + number(at);
    return row.subarray(start, at);
  };
  const marks = number(21);
  const vendorConsents = take();
  const vendorLegitimateInterests = take();
  const disclosed = take();
  const allowed = take();
  const publisherRestrictions = [];
  while (at < row.length) {
    const [purpose, type] = [number(at), number(at + 1) as 0 | 1 | 2];
    at += 2;
    publisherRestrictions.push({ purpose, type, vendors: take() });
  }
  return {
    cmpId: number(6),
    cmpVersion: number(7),
    consentScreen: number(8),
    consentLanguage: text2(number(9)),
    publisherCountryCode: text2(number(20)),
    created: (number(0) * 2 ** 32 + long(1)) * 100,
    lastUpdated: (number(3) * 2 ** 32 + long(4)) * 100,
    vendorListVersion: number(10),
    policyVersion: number(11),
    isServiceSpecific: number(12) === 1,
    useNonStandardTexts: number(13) === 1,
    purposeOneTreatment: number(19) === 1,
    specialFeatureOptIns: numbersOf(number(14), 12),
    purposeConsents: numbersOf(long(15), 24),
    purposeLegitimateInterests: numbersOf(long(17), 24),
    vendorConsents,
    vendorLegitimateInterests,
    vendorsDisclosed: (marks & 2) !== 0 ? disclosed : null,
    vendorsAllowed: (marks & 4) !== 0 ? allowed : null,
    publisherRestrictions,
    publisherTc:
      (marks & 1) === 0
        ? null
        : {
            consents: numbersOf(long(22), 24),
            legitimateInterests: numbersOf(long(24), 24),
            customPurposes: number(26),
            customConsents: numbersOf(long(29), 32, 32, numbersOf(long(27), 32)),
            customLegitimateInterests: numbersOf(long(33), 32, 32, numbersOf(long(31), 32)),
          },
  };
}

/** What is too great stays too great, so that it is refused by name and not cut to its bits. */
function upTo(number: number): number {
  return Math.min(number, 65_535);
}

function halves(number: number): [number, number] {
  return [number >>> 16, number];
}

/** Two letters, upper case or not, as two numbers of six bits; anything else is refused by the module. */
function letters(tag: string): number {
  const six = (at: number): number => {
    const letter = (tag.charCodeAt(at) & ~32) - 65;
    return letter >= 0 && letter < 26 ? letter : 63;
  };
  return (six(0) << 6) | six(1);
}

function text2(number: number): string {
  return String.fromCharCode(65 + (number >> 6), 65 + (number & 63));
}

/** Small ids as the bits of a number, id 1 the highest of so many. */
function bits(small: Iterable<number> = [], count: number, from = 0): number {
  let number = 0;
  for (const id of small) if (id > from && id <= from + count) number |= 1 << (from + count - id);
  return number >>> 0;
}

function numbersOf(number: number, count: number, from = 0, small: number[] = []): number[] {
  for (let left = number << (32 - count); left !== 0; ) {
    const zeros = Math.clz32(left);
    small.push(from + zeros + 1);
    left &= ~(0x8000_0000 >>> zeros);
  }
  return small;
}

function ids(from: Iterable<number> = []): Uint16Array {
  return from instanceof Uint16Array ? from : Uint16Array.from(from);
}
