/** Random models through both libraries: every string byte for byte, every field of both strings as both read them. */
import assert from "node:assert/strict";

import { load } from "storefront-privacy/consent-iab";

import { chooser } from "../seeded.mjs";
import { randomChoice, realList, syntheticList } from "./models.mjs";
import { officialDecode, officialEncode, officialList } from "./official.mjs";
import { shorter } from "./shorter.mjs";

/** Vendors and greatest id of a list, and how many models it serves: the library takes 5 to 10 ms a model for large ones. */
const SIZES = [[3, 12, 40], [20, 60, 60], [40, 400, 60], [60, 1_500, 40], [60, 90, 60]];

/**
 * @param {number} models how many
 * @param {number} seed
 * @param {(done: number) => void} [progress]
 * @returns {Promise<{ models: number, equal: number, shorter: number, real: number, large: number }>} how many strings were equal at
 *   once, and how many once the library's had the shorter encoding that the specification asks for
 */
export async function campaign(models, seed, progress) {
  const iab = await load();
  const choose = chooser(seed);
  const result = { models: 0, equal: 0, shorter: 0, real: 0, large: 0 };
  while (result.models < models) {
    const { list, serves, kind } = nextList(choose, models, result);
    const [ours, official] = [iab.vendorList(list), officialList(list)];
    for (let served = 0; served < serves && result.models < models; served += 1) {
      const choice = randomChoice(choose, list);
      const wasEqual = compare(iab, ours, official, choice);
      result[wasEqual ? "equal" : "shorter"] += 1;
      result.models += 1;
      if (kind) result[kind] += 1;
    }
    progress?.(result.models);
  }
  return result;
}

/** One model in a hundred over the real list, one over 800 vendors, the others over small lists. */
function nextList(choose, models, { real, large }) {
  const share = Math.max(1, models / 100);
  if (real < share && choose.below(40) === 0) return { list: realList, serves: 20, kind: "real" };
  if (large < share && choose.below(40) === 0) return { list: syntheticList(choose, 800, choose.pick([800, 900, 1_600])), serves: 20, kind: "large" };
  const [vendors, greatest, serves] = choose.pick(SIZES);
  return { list: syntheticList(choose, vendors, greatest), serves };
}

function compare(iab, ours, official, choice) {
  const theirs = officialEncode(official, choice);
  const text = ours.encode(choice);
  const wasEqual = text === theirs;
  if (!wasEqual) {
    const normal = shorter(theirs);
    assert.ok(normal.changed > 0, `an unexplained difference for ${JSON.stringify(choice)}`);
    assert.equal(text, normal.text, JSON.stringify(choice));
    assert.ok(text.length <= theirs.length);
  }
  for (const one of new Set([text, theirs])) assert.deepEqual(plain(iab.decodeTcString(one)), officialDecode(one), one);
  return wasEqual;
}

function plain(data) {
  const list = (ids) => ids && [...ids];
  return {
    ...data,
    vendorConsents: list(data.vendorConsents),
    vendorLegitimateInterests: list(data.vendorLegitimateInterests),
    vendorsDisclosed: list(data.vendorsDisclosed),
    vendorsAllowed: list(data.vendorsAllowed),
    publisherRestrictions: data.publisherRestrictions.map((one) => ({ ...one, vendors: [...one.vendors] })),
  };
}
