/**
 * TC strings beside @iabtechlabtcf/core, in this Node.js process and by its CPU time: the library clones its list at every encoding and
 * wakes the collector, which wall-clock time on a busy machine hides or doubles. Run it alone: node benches/tcf.mjs
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { GVL, TCModel, TCString } from "@iabtechlabtcf/core";

import { median, row, spreadOf, table } from "./rows.mjs";

/** How often each is measured; ours is repeated a hundred times as often in each round. */
const ROUNDS = 9;
const REPEATS = 40;

/** @param {string} root the repository */
export async function tcfRows(root) {
  const { load } = await import(pathToFileURL(join(root, "pkg/dist/consent-iab.inline.js")).href);
  const iab = await load();
  const real = JSON.parse(await readFile(join(root, "tests/vectors/iab/vendor-list-v17.json"), "utf8"));
  const rows = [];
  for (const [name, list, targets] of [["800 vendors", synthetic(real, 800), [1 / 200, 1 / 12]], ["list 17, 691 vendors", real, [null, null]]]) {
    const json = JSON.stringify(list);
    const ours = iab.vendorList(json);
    const theirs = officialModel(new GVL(structuredClone(list)));
    const all = ours.vendors;
    const small = Object.keys(list.purposes).map(Number);
    const choice = {
      cmpId: 880, consentLanguage: "en", created: theirs.created.getTime(), specialFeatureOptIns: [1, 2], purposeConsents: small, purposeLegitimateInterests: small,
      vendorConsents: all, vendorLegitimateInterests: all, vendorsDisclosed: all,
    };
    const text = TCString.encode(theirs);
    if (ours.encode(choice) !== text) throw new Error("expected both to write the same string");
    const peer = "@iabtechlabtcf/core 1.5.21";
    rows.push(compared(`tcf.encode, ${name}`, peer, () => ours.encode(choice), () => TCString.encode(theirs), targets[0]));
    rows.push(compared(`tcf.decode, ${name}`, peer, () => iab.decodeTcString(text), () => TCString.decode(text), targets[1]));
  }
  return rows;
}

/** CPU microseconds a call, ours and theirs by turns. */
function compared(id, peer, ours, theirs, target) {
  const times = { ours: [], theirs: [] };
  for (const [run, repeats] of [[ours, 20 * REPEATS], [theirs, REPEATS]]) cpu(run, repeats);
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(cpu(ours, 100 * REPEATS));
    times.theirs.push(cpu(theirs, REPEATS));
  }
  return row({ id, unit: "µs", ours: median(times.ours), peer, figure: median(times.theirs), target, spread: spreadOf(times.ours) });
}

function cpu(run, repeats) {
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / repeats;
}

function officialModel(gvl) {
  const model = new TCModel(gvl);
  model.cmpId = 880;
  model.setAll();
  model.setAllVendorsDisclosed();
  return model;
}

/** As many vendors as asked for, each with what a vendor of the real list declares. */
function synthetic(real, count) {
  const declared = Object.values(real.vendors).filter((vendor) => vendor.deletedDate === undefined);
  const vendors = {};
  for (let id = 1; id <= count; id += 1) vendors[id] = { ...declared[id % declared.length], id, name: `Vendor ${id}` };
  return { ...real, vendors };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(table(await tcfRows(resolve(import.meta.dirname, ".."))));
