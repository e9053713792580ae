import { isPrivacyError, PrivacyError } from "../lib/error.js";

/** What a vendor list says that rules a TC string. */
export interface ListedVendors {
  /** The list's version. */
  readonly version: number;
  /** The version of the TCF policies it goes with. */
  readonly policyVersion: number;
  /** The vendors that have not left, ascending. */
  readonly vendors: Uint16Array;
  /** All of it in numbers, as `src/consent/tcf/flat.rs` reads them. */
  readonly row: Uint16Array;
}

/** The largest list that is read, in characters: five times the one of 2026. */
const longest = 4 << 20;

/** Numbers for each vendor in the row. */
const width = 8;

/** Reads a list of specification version 3, as the core's src/consent/tcf/list.rs does; throws `vendor-list.…` with the place. */
export function readVendors(source: string | object): ListedVendors {
  try {
    return read(typeof source === "string" ? parse(source) : source);
  } catch (cause) {
    throw isPrivacyError(cause) ? cause : new PrivacyError("vendor-list.invalid", "vendor list: expected an object that can be read", { cause });
  }
}

function parse(text: string): unknown {
  if (text.length > longest) throw new PrivacyError("vendor-list.too-long", "vendor list: expected at most 4 MiB");
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    // The engine's words have the place.
    throw refuse("", `JSON: ${(cause as Error).message}`);
  }
}

function read(list: unknown): ListedVendors {
  const facts = object(list, "");
  if (facts["gvlSpecificationVersion"] !== 3) throw new PrivacyError("vendor-list.version", "vendor list: expected `gvlSpecificationVersion` 3");
  const version = whole(facts["vendorListVersion"], 4095, "vendorListVersion");
  const policyVersion = whole(facts["tcfPolicyVersion"], 63, "tcfPolicyVersion");
  const listed = Object.entries(object(facts["vendors"], "vendors"));
  const row = new Uint16Array(2 + width * listed.length);
  row.set([version, policyVersion]);
  const here: number[] = [];
  listed.forEach(([name, one], index) => {
    const place = `vendors.${name}`;
    const vendor = object(one, place);
    const id = whole(vendor["id"], 65_535, `${place}.id`);
    if (String(id) !== name) throw refuse(`${place}.id`, "the id that the vendor stands under");
    const bits = (member: string, most = 24): number => flags(vendor[member], most, `${place}.${member}`);
    const [consent, interest, flexible, special] = [bits("purposes"), bits("legIntPurposes"), bits("flexiblePurposes"), bits("specialPurposes", 64)];
    const left = (vendor["deletedDate"] ?? null) !== null;
    if (!left) here.push(id);
    row.set([id, Number(left) | (special === 0 ? 0 : 2), consent >>> 16, consent, interest >>> 16, interest, flexible >>> 16, flexible], 2 + width * index);
  });
  return { version, policyVersion, vendors: Uint16Array.from(here).sort(), row };
}

/** Ids as bits of a number, 1 the highest of so many; beyond 32 only whether there are any counts. */
function flags(ids: unknown, most: number, place: string): number {
  if (ids === undefined) return 0;
  if (!Array.isArray(ids)) throw refuse(place, "a list of ids");
  return ids.reduce<number>((number, id, index) => number | (1 << ((most - whole(id, most, `${place}.${index}`)) & 31)), 0);
}

function whole(value: unknown, most: number, place: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= most) return value;
  throw refuse(place, `a whole number from 1 to ${most}`);
}

function object(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw refuse(place, "an object");
}

function refuse(place: string, expected: string): PrivacyError {
  return new PrivacyError("vendor-list.invalid", `vendor list${place && ` at ${place}`}: expected ${expected}`);
}
