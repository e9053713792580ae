/** Signals made from one decision, read by the official libraries: they find what the decision says. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { GppModel } from "@iabgpp/cmpapi";
import { TCString } from "@iabtechlabtcf/core";
import { load } from "storefront-privacy/consent-signals";

const policy = await readFile(join(import.meta.dirname, "../vectors/consent/iab-policy.json"), "utf8");
const at = 1795392000;
const decided = (...granted) => ({ v: 1, policy: "2026-11", at, granted });
const everything = decided("analytics", "marketing", "measurement");
const states = ["CA", "VA", "CO", "UT", "CT", "FL", "MT", "OR", "TX", "DE", "IA", "NE", "NH", "NJ", "TN", "MN", "MD", "IN", "KY", "RI", "NV", "NY"];
const signals = await load();

for (const [name, decision, gpc, expected] of [
  ["everything allowed", everything, false, 2],
  ["everything allowed, with Global Privacy Control", everything, true, 1],
  ["nothing allowed", decided(), false, 1],
  ["nothing decided", null, false, 1],
]) {
  test(`@iabgpp/cmpapi reads ${name} in every state`, () => {
    for (const region of ["", ...states.map((state) => `US-${state}`)]) {
      const made = signals.signals(policy, { decision, gpc, region, now: at });
      const read = new GppModel(made.gpp);
      assert.deepEqual(read.getSectionIds(), made.applicableSections, region);
      const sections = read.toObject();
      const [section, ...others] = Object.keys(sections).filter((key) => key !== "uspv1");
      assert.deepEqual(others, []);
      const fields = sections[section];
      assert.equal(fields.SaleOptOut, expected, `${region} SaleOptOut`);
      assert.equal(fields.TargetedAdvertisingOptOut ?? fields.SharingOptOut, expected, `${region} advertising`);
      if ("Gpc" in fields) assert.equal(fields.Gpc, gpc, `${region} Gpc`);
      assert.equal(fields.MspaCoveredTransaction, 2);
      assert.equal(sections.uspv1.OptOutSale, expected === 2 ? "N" : "Y");
      assert.equal(read.encode(), made.gpp);
    }
  });
}

test("@iabtechlabtcf/core reads the purposes and vendors of a choice", () => {
  const vendor = (id) => [id, { id, name: `V${id}`, purposes: [1, 3, 4], legIntPurposes: [2, 7], flexiblePurposes: [], specialPurposes: [], features: [], specialFeatures: [1] }];
  const list = signals.vendorList({
    gvlSpecificationVersion: 3,
    vendorListVersion: 178,
    tcfPolicyVersion: 5,
    lastUpdated: "2026-11-19T16:00:00Z",
    vendors: Object.fromEntries([1, 2, 3, 9].map(vendor)),
  });
  const answers = { decision: decided("marketing", "measurement"), region: "DE", language: "de", now: at, vendors: { consents: [2, 9], legitimateInterests: [1] } };
  const made = list.signals(policy, answers);
  const read = TCString.decode(made.tc);
  const ids = (vector) => [...vector].filter(([, on]) => on).map(([id]) => id);
  assert.equal(read.cmpId, 31);
  assert.equal(read.consentLanguage, "DE");
  assert.deepEqual(ids(read.purposeConsents), [1, 3, 4]);
  assert.deepEqual(ids(read.purposeLegitimateInterests), [2, 7]);
  assert.deepEqual(ids(read.specialFeatureOptins), [1]);
  assert.deepEqual(ids(read.vendorConsents), [2, 9]);
  assert.deepEqual(ids(read.vendorLegitimateInterests), [1]);
  assert.deepEqual(ids(read.vendorsDisclosed), [1, 2, 3, 9]);
  assert.equal(made.additionalConsent, "2~35.41~dv.");
  const opted = TCString.decode(list.signals(policy, { ...answers, gpc: true }).tc);
  assert.deepEqual([ids(opted.purposeConsents), ids(opted.vendorConsents), ids(opted.vendorLegitimateInterests)], [[], [], []]);
});
