/** GPP strings beside the reference implementation, @iabgpp/cmpapi 3.2.0, in short; `gpp.mjs` runs as many as one likes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { GppModel } from "@iabgpp/cmpapi";
import { load } from "storefront-privacy/consent-iab";

import { campaign } from "./gpp.mjs";

const { vectors } = JSON.parse(readFileSync(new URL("../vectors/gpp/sections.json", import.meta.url), "utf8"));

test("random models are written and read as by the reference", async (t) => {
  const counts = campaign(await load(), 1_000, 2);
  t.diagnostic(JSON.stringify(counts));
  assert.equal(Object.keys(counts.sections).length, 23);
  assert.ok(counts["read by both"] > 20 && counts["refused by ours alone"] > 100, "damaged texts of each kind were compared");
});

test("the texts of the reference's tests are read and written", async () => {
  const iab = await load();
  for (const { section, text, encoded = text, fields, refused } of vectors) {
    if (refused) {
      assert.throws(() => iab.decodeGppSection(section, text), { code: refused }, text);
      continue;
    }
    assert.deepEqual(iab.decodeGppSection(section, text), fields, text);
    assert.equal(iab.encodeGppSection(section, fields), encoded, text);
  }
});

test("what the reference is known to get wrong is not copied", async () => {
  const iab = await load();
  const reference = (name, field, value) => {
    const model = new GppModel();
    model.setFieldValue(name, field, value);
    return model.encode();
  };
  // iabgpp-es #81, #84: a list of another length than the section's is cut or filled without a word.
  assert.equal(reference("usnat", "KnownChildSensitiveDataConsents", [1, 2, 0, 2]), reference("usnat", "KnownChildSensitiveDataConsents", [1, 2, 0]));
  const cut = { code: "signal.invalid", message: "usnat: expected KnownChildSensitiveDataConsents to have 3 values" };
  assert.throws(() => iab.encodeGpp({ usnat: { KnownChildSensitiveDataConsents: [1, 2, 0, 2] } }), cut);
  // iabgpp-es #75: version 1 with the lists of version 2, as 3.1.5 wrote it, is read; it is written with those of version 1.
  assert.equal(iab.encodeGppSection("usnat", iab.decodeGppSection("usnat", "BAAAAAAAAABA.QA")), "BAAAAAAAAQA.QA");
  // Any version, and any letter in a US privacy string.
  assert.equal(reference("usca", "Version", 9).split("~")[1][0], "J");
  assert.throws(() => iab.encodeGpp({ usca: { Version: 9 } }), { code: "signal.version" });
  assert.equal(reference("uspv1", "Notice", "L"), "DBABTA~1L--");
  assert.throws(() => iab.encodeGpp({ uspv1: { Notice: "L" } }), { code: "signal.invalid" });
  // A list of ids in more than 4,095 runs: the reference writes the ranges before it chooses the bit field.
  const odd = Array.from({ length: 5_000 }, (_, index) => 2 * index + 1);
  assert.throws(() => reference("tcfcav1", "DisclosedVendors", odd));
  assert.deepEqual(iab.decodeGpp(iab.encodeGpp({ tcfcav1: { DisclosedVendors: odd } })).tcfcav1.DisclosedVendors, odd);
  // A section that came later is kept.
  const later = iab.encodeGpp({ 28: "xyz", uspv1: "1YNN" });
  assert.deepEqual(iab.decodeGpp(later), { uspv1: { Version: 1, Notice: "Y", OptOutSale: "N", LspaCovered: "N" }, 28: "xyz" });
  assert.deepEqual(new GppModel(later).getSectionIds(), [6]);
});
