/**
 * TC strings beside those of @iabtechlabtcf/core 1.5.21, the official library. `node tests/interop/tcf-campaign.mjs 100000` is the
 * long form of the first test; the others are where the library is known to be wrong and ours differs on purpose.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { PurposeRestriction, TCModel, TCString } from "@iabtechlabtcf/core";
import { load } from "storefront-privacy/consent-iab";

import { chooser } from "./seeded.mjs";
import { campaign } from "./tcf/campaign.mjs";
import { randomChoice, realList } from "./tcf/models.mjs";
import { officialDecode, officialEncode, officialList, officialModel } from "./tcf/official.mjs";

const iab = await load();
const list = iab.vendorList(realList);
const choice = { ...randomChoice(chooser(1), realList), publisherRestrictions: [], isServiceSpecific: true };

test("random models give the same strings, and the same fields are read from them", async (t) => {
  const result = await campaign(1_500, 23);
  t.diagnostic(JSON.stringify(result));
  assert.equal(result.equal + result.shorter, 1_500);
  assert.ok(result.shorter < 300, "nearly all are equal byte for byte");
  assert.ok(result.real > 0 && result.large > 0);
});

test("known of the library: the encoding it takes is not always the shorter", () => {
  for (const [ids, bits] of [[[1, 3, 47], 47], [[40], 12 + 17]]) {
    const disclosed = { ...choice, vendorsDisclosed: ids };
    const [, ours] = list.encode(disclosed).split(".");
    const [, theirs] = officialEncode(officialList(realList), disclosed).split(".");
    assert.equal(ours.length, Math.ceil((3 + 17 + bits) / 24) * 4);
    assert.ok(ours.length <= theirs.length && ours !== theirs, `${ours} ${theirs}`);
    assert.deepEqual([...iab.decodeTcString(`${list.encode(choice).split(".")[0]}.${theirs}`).vendorsDisclosed], ids, "either is read");
  }
});

test("known of the library, iabtcf-es #502: disclosed vendors are left out of a string for vendors", () => {
  const global = { ...choice, isServiceSpecific: false };
  const theirs = officialEncode(officialList(realList), global, { isForVendors: true });
  assert.equal(officialDecode(theirs).vendorsDisclosed, null);
  assert.deepEqual([...iab.decodeTcString(list.encode(global)).vendorsDisclosed], choice.vendorsDisclosed);
});

test("known of the library: restrictions that the list does not allow stay behind empty", () => {
  const restriction = { purpose: 2, type: 0, vendors: [4170] };
  const model = officialModel(officialList(realList), choice);
  const late = new TCModel();
  late.publisherRestrictions.add(4170, new PurposeRestriction(2, 0));
  late.publisherRestrictions.gvl = model.gvl;
  model.publisherRestrictions = late.publisherRestrictions;
  assert.equal(late.publisherRestrictions.numRestrictions, 1);
  const theirs = TCString.encode(model);
  const ours = list.encode({ ...choice, publisherRestrictions: [restriction] });
  assert.ok(ours.length <= theirs.length && ours !== theirs);
  assert.deepEqual(iab.decodeTcString(ours).publisherRestrictions, []);
  assert.deepEqual(iab.decodeTcString(theirs).publisherRestrictions, [], "an empty one restricts nobody");
});

test("known of the library: the language of the screen is overwritten by that of the list", () => {
  const model = officialModel(officialList(realList), choice);
  model.consentLanguage = "DE";
  assert.equal(officialDecode(TCString.encode(model)).consentLanguage, "EN");
  assert.equal(iab.decodeTcString(list.encode({ ...choice, consentLanguage: "de-AT" })).consentLanguage, "DE");
});

test("known of the library: what is no string of the format is read in silence", () => {
  const [core] = list.encode(choice).split(".");
  for (const [text, message] of [
    [`${core}AAAAAAAA`, /^core: expected fewer than 24 zero bits after the last field at bit \d+$/],
    [`${core}.IAAA.IAAA`, /^disclosed vendors: expected each segment once at bit 0$/],
    // Greatest id 10, one range from 5 to 3.
    [`${core}.IAFQAYACgAGA`, /^disclosed vendors: expected ascending ranges up to the greatest id at bit 32$/],
  ]) {
    officialDecode(text);
    assert.throws(() => iab.decodeTcString(text), { code: "signal.invalid", message });
  }
});
