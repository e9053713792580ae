/** Random vendor lists and choices, as plain data that both libraries are given. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The real list, version 17. */
export const realList = JSON.parse(readFileSync(join(import.meta.dirname, "../../vectors/iab/vendor-list-v17.json"), "utf8"));

const DECLARED = ["purposes", "specialPurposes", "features", "specialFeatures", "stacks", "dataCategories"];

/** A list of so many vendors with ids up to the greatest, under the real list's purposes. */
export function syntheticList(choose, count, greatest) {
  const vendors = {};
  while (Object.keys(vendors).length < count) {
    const id = 1 + choose.below(greatest);
    vendors[id] = vendor(choose, id);
  }
  const list = { gvlSpecificationVersion: 3, vendorListVersion: 1 + choose.below(4095), tcfPolicyVersion: 4 + choose.below(2), lastUpdated: "2026-11-19T16:00:00Z" };
  for (const kind of DECLARED) list[kind] = realList[kind];
  return { ...list, vendors };
}

function vendor(choose, id) {
  const some = (from, one) => (choose.below(3) === 0 ? [] : from.filter(() => choose.below(one) === 0));
  const purposes = some([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2);
  const legIntPurposes = some([2, 7, 8, 9, 10, 11], 3).filter((purpose) => !purposes.includes(purpose));
  const flexiblePurposes = some([...purposes, ...legIntPurposes].filter((purpose) => purpose === 2 || purpose >= 7), 2);
  const left = choose.below(12) === 0 ? { deletedDate: "2026-01-01T00:00:00Z" } : {};
  const declared = { purposes, legIntPurposes, flexiblePurposes, specialPurposes: some([1, 2, 3].slice(0, 2), 2), features: some([1, 2, 3], 2), specialFeatures: some([1, 2], 2) };
  const facts = { cookieMaxAgeSeconds: null, usesCookies: false, cookieRefresh: false, usesNonCookieAccess: true, urls: [], dataDeclaration: [] };
  return { id, name: `Vendor ${id}`, ...declared, ...facts, ...left };
}

/** A choice that says anything, also what the list does not allow. Language and versions are the list's. */
export function randomChoice(choose, list) {
  const known = Object.keys(list.vendors).map(Number);
  const day = Date.UTC(2026, 0, 1) + choose.below(330) * 86_400_000;
  const own = choose.below(64);
  const small = (most) => Array.from({ length: most }, (_, index) => index + 1).filter(() => choose.below(2) === 0);
  return {
    cmpId: 2 + choose.below(4094),
    cmpVersion: choose.below(4096),
    consentScreen: choose.below(64),
    consentLanguage: "EN",
    publisherCountryCode: choose.pick(["AA", "DE", "FR", "GB", "ZZ"]),
    created: day,
    lastUpdated: choose.below(4) === 0 ? day + choose.below(86_400_000) : day,
    isServiceSpecific: choose.below(6) !== 0,
    useNonStandardTexts: choose.below(2) === 0,
    purposeOneTreatment: choose.below(2) === 0,
    specialFeatureOptIns: small(12),
    purposeConsents: small(24),
    purposeLegitimateInterests: small(24),
    vendorConsents: someVendors(choose, known),
    vendorLegitimateInterests: someVendors(choose, known),
    vendorsDisclosed: someVendors(choose, known),
    publisherRestrictions: someRestrictions(choose, known),
    publisherTc: { consents: small(24), legitimateInterests: small(24), customPurposes: own, customConsents: small(own), customLegitimateInterests: small(own) },
  };
}

/** None, all, few, every second, runs, or anyone, whether listed or not. */
function someVendors(choose, known) {
  const greatest = known.at(-1) + 20;
  switch (choose.below(7)) {
    case 0: return [];
    case 1: return [...known];
    case 2: return unique(Array.from({ length: 1 + choose.below(5) }, () => 1 + choose.below(greatest)));
    case 3: return known.filter(() => choose.below(2) === 0);
    case 4: return known.filter(() => choose.below(30) !== 0);
    case 5: {
      const first = choose.below(known.length);
      return known.slice(first, first + 1 + choose.below(known.length));
    }
    default: return Array.from({ length: greatest }, (_, index) => index + 1).filter(() => choose.below(8) === 0);
  }
}

function someRestrictions(choose, known) {
  const restrictions = new Map();
  for (let count = choose.below(5); count > 0; count -= 1) {
    const [purpose, type] = [1 + choose.below(12), choose.below(3)];
    const vendors = someVendors(choose, known);
    if (vendors.length > 0) restrictions.set(`${purpose}-${type}`, { purpose, type, vendors });
  }
  return [...restrictions.values()];
}

function unique(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}
