/**
 * A GPP string with the national section, written and read by ours and by @iabgpp/cmpapi 3.2.0, in this process: processor
 * time, the strings' way into the module and out of it included.
 *
 *     node gpp.mjs
 */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

import { GppModel } from "@iabgpp/cmpapi";

import { load } from "../pkg/dist/consent-iab.inline.js";
import { median, row, spreadOf, table } from "./rows.mjs";

const peer = "@iabgpp/cmpapi 3.2.0";
const text = "DBABLA~CVVVkkkkkpFY.YA";

export async function gppRows(rounds = 9) {
  const iab = await load();
  const fields = { ...new GppModel(text).getSection("usnat") };
  const verbs = {
    encode: [
      () => iab.encodeGpp({ usnat: fields }),
      () => {
        const model = new GppModel();
        for (const field in fields) model.setFieldValue("usnat", field, fields[field]);
        return model.encode();
      },
    ],
    decode: [() => iab.decodeGpp(text).usnat, () => new GppModel(text).getSection("usnat")],
  };
  assert.equal(verbs.encode[0](), verbs.encode[1]());
  assert.deepEqual({ ...verbs.decode[0](), GpcSegmentIncluded: undefined }, { ...verbs.decode[1](), GpcSegmentIncluded: undefined });
  return Object.entries(verbs).map(([verb, both]) => {
    const times = both.map(() => []);
    for (let round = 0; round < rounds; round += 1) both.forEach((call, index) => times[index].push(processorTime(call)));
    const [ours, theirs] = times;
    // Five times faster each is what was set; a first round warms both up.
    return row({ id: `gpp.usnat.${verb}`, unit: "µs", ours: median(ours.slice(1)), peer, figure: median(theirs.slice(1)), target: 0.2, spread: spreadOf(ours.slice(1)) });
  });
}

/** Microseconds of processor time for one call. */
function processorTime(call, calls = 8_000) {
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count += 1) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(table(await gppRows()));
