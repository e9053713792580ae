/** A vendor list of the size of today's: the published one of 2023, with vendors added after its own. */
import { readFile } from "node:fs/promises";

/** @returns {Promise<object>} a list of exactly 1,000 vendors, with two thirds of them real declarations */
export async function thousandVendors() {
  const list = JSON.parse(await readFile(new URL("../../vectors/iab/vendor-list-v17.json", import.meta.url), "utf8"));
  const real = Object.values(list.vendors).filter((vendor) => vendor.deletedDate === undefined);
  const vendors = Object.fromEntries(real.map((vendor) => [vendor.id, vendor]));
  for (let added = 0; Object.keys(vendors).length < 1_000; added++) {
    const id = 5_000 + added;
    vendors[id] = { ...real[added], id, name: `Advertising Company ${added + 1}` };
  }
  return { ...list, vendors };
}
