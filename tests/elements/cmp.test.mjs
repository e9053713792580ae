/** `startCmp`: one call from the gate's decision to `__tcfapi` and `__gpp`, read by the official libraries; and lists gone bad. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { GppModel } from "@iabgpp/cmpapi";
import { TCString } from "@iabtechlabtcf/core";
import { assertQuiet, suite } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";
import { thousandVendors } from "./lib/vendor-list.mjs";

const own = suite();
const policy = JSON.parse(await readFile(new URL("../vectors/consent/iab-policy.json", import.meta.url), "utf8"));
const list = await thousandVendors();
const purposes = "analytics marketing measurement";

/** A shop's own script, as docs/signals.md has it. */
const SETUP = `import { gate } from "/pkg/gate.js";
import { startCmp } from "/pkg/cmp.js";
import { load as signals } from "/pkg/consent-signals.js";
import { load as strings } from "/pkg/consent-iab.js";
globalThis.gate = gate();
globalThis.start = (region, policy = "/privacy.json") => startCmp({ policy, region, signals, strings });
globalThis.outcome = (region) => globalThis.start(region).then((cmp) => globalThis.cmp = cmp).then(({ tcf, gpp, failure }) => [tcf !== null, gpp !== null, failure?.code ?? null], ({ code, message }) => [code, message]);
globalThis.tcf = (command, parameter) => new Promise((resolve) => globalThis.__tcfapi(command, 2, (value, success) => resolve(success ? value : null), parameter));
globalThis.gpp = (command, parameter) => new Promise((resolve) => globalThis.__gpp(command, (value) => resolve(value), parameter, "1.1"));
document.documentElement.dataset.set = "up";`;

const without = (value, member) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
const unregistered = { ...policy, tcf: without(without(policy.tcf, "cmpId"), "cmpVersion") };

async function open({ served = policy, vendors = () => ({ body: list }), stubs = true, body = "", csp = POLICY } = {}) {
  own.site.routes.set("/setup.js", () => ({ headers: { "content-type": "text/javascript" }, body: SETUP }));
  own.site.routes.set("/privacy.json", () => ({ body: served }));
  own.site.routes.set("/vendor-list.json", vendors);
  const early = stubs ? `<script src="/pkg/tcf-stub.global.js"></script><script src="/pkg/gpp-stub.global.js"></script>` : "";
  const head = `${early}<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="${purposes}"></script><script type="module" src="/setup.js"></script>`;
  const shopper = await own.open(own.site.page(body, { head, policy: csp }));
  await shopper.page.locator("html[data-set]").waitFor();
  return shopper;
}

const outcome = (page, region = "DE") => page.evaluate((value) => globalThis.outcome(value), region);
const decide = (page, ...granted) => page.evaluate((ids) => void globalThis.gate.decide(ids), granted);
const ids = (vector) => [...vector].filter(([, on]) => on).map(([id]) => id);

/** What `__tcfapi` says once its state is this one. */
const told = (page, eventStatus, other) => until(page, () => globalThis.tcf("getTCData"), (data) => data?.eventStatus === eventStatus && data.tcString !== other);

/** Asks the page until the answer is good. */
async function until(page, ask, good) {
  for (const end = Date.now() + 10_000; ; ) {
    const answer = await page.evaluate(ask);
    if (good(answer)) return answer;
    assert.ok(Date.now() < end, `still ${JSON.stringify(answer)}`);
    await page.waitForTimeout(20);
  }
}

test("a decision becomes a TC string that the official library reads as the decision", async () => {
  const shopper = await open();
  const { page } = shopper;
  assert.deepEqual(await outcome(page), [true, true, null]);
  const before = await told(page, "cmpuishown");
  assert.deepEqual([before.tcString, before.gdprApplies, before.purpose.consents], ["", true, {}]);
  await page.evaluate(() => {
    globalThis.heard = [];
    globalThis.__tcfapi("addEventListener", 2, ({ eventStatus }) => globalThis.heard.push(eventStatus));
  });
  await decide(page, "marketing", "measurement");
  const data = await told(page, "useractioncomplete");
  const read = TCString.decode(data.tcString);
  assert.deepEqual([read.cmpId, read.cmpVersion, read.vendorListVersion, read.publisherCountryCode], [31, 3, 17, "DE"]);
  assert.deepEqual([ids(read.purposeConsents), ids(read.purposeLegitimateInterests), ids(read.specialFeatureOptins)], [[1, 3, 4], [2, 7], [1]]);
  assert.ok(ids(read.vendorConsents).length > 100);
  assert.deepEqual(Object.keys(data.vendor.consents).map(Number).filter((id) => data.vendor.consents[id]), ids(read.vendorConsents));
  await decide(page);
  const refused = TCString.decode((await told(page, "useractioncomplete", data.tcString)).tcString);
  assert.deepEqual([ids(refused.purposeConsents), ids(refused.purposeLegitimateInterests), ids(refused.vendorConsents), ids(refused.vendorLegitimateInterests)], [[], [], [], []]);
  assert.deepEqual(await page.evaluate(() => globalThis.heard), ["cmpuishown", "useractioncomplete", "useractioncomplete"]);
  assertQuiet(shopper);
});

test("single partners that were refused are refused in the string", async () => {
  const { page } = await open();
  await outcome(page);
  await page.evaluate((version) => {
    localStorage.setItem("sp-consent-vendors", JSON.stringify({ v: 1, policy: version, list: 17, disclosed: [1, 2, 11], consents: [11], legitimateInterests: [] }));
    globalThis.gate.decide(["analytics", "marketing", "measurement"]);
  }, policy.version);
  const read = TCString.decode((await told(page, "useractioncomplete")).tcString);
  assert.deepEqual([ids(read.vendorConsents), ids(read.vendorLegitimateInterests)], [[11], []]);
});

test("a decision becomes a GPP string that the official library reads, and withdrawal takes it back", async () => {
  const shopper = await open();
  const { page } = shopper;
  assert.deepEqual(await outcome(page, "US-CA"), [true, true, null]);
  const optOut = async (expected) => {
    const ping = await until(page, () => globalThis.gpp("ping"), ({ signalStatus, parsedSections }) => signalStatus === "ready" && [parsedSections.usca].flat()[0]?.SaleOptOut === expected);
    const model = new GppModel(ping.gppString);
    assert.deepEqual([model.getSectionIds(), ping.sectionList, ping.applicableSections], [ping.sectionList, ping.sectionList, ping.sectionList]);
    assert.equal(model.getFieldValue("usca", "SaleOptOut"), expected);
  };
  assert.equal((await page.evaluate(() => globalThis.gpp("ping"))).signalStatus, "not ready");
  await decide(page, "analytics", "marketing", "measurement");
  await optOut(2);
  assert.equal((await page.evaluate(() => globalThis.tcf("getTCData"))).gdprApplies, false);
  await page.evaluate(() => void globalThis.gate.withdraw());
  await optOut(1);
  assertQuiet(shopper);
});

test("a page with a stored decision loads no module, and says the same", async () => {
  const { page } = await open();
  await outcome(page);
  await decide(page, "analytics");
  const { tcString } = await told(page, "useractioncomplete");
  await page.reload();
  await page.locator("html[data-set]").waitFor();
  own.site.received.length = 0;
  assert.deepEqual(await outcome(page), [true, true, null]);
  assert.deepEqual(await page.evaluate(() => globalThis.tcf("ping")).then(({ cmpStatus, displayStatus }) => [cmpStatus, displayStatus]), ["loaded", "hidden"]);
  assert.deepEqual(own.site.received.filter(({ path }) => /\.wasm$|vendor-list/.test(path)), []);
  assert.equal((await told(page, "tcloaded")).tcString, tcString);
  await page.evaluate(() => localStorage.setItem("sp-consent-signals", '{"key":7}'));
  await page.reload();
  await page.locator("html[data-set]").waitFor();
  assert.deepEqual(await outcome(page), [true, true, null]);
  assert.deepEqual(ids(TCString.decode((await told(page, "tcloaded")).tcString).purposeConsents), [1, 8, 9]);
});

test("without a registered id there is no TC string, and the error says why", async () => {
  const { page } = await open({ served: without(unregistered, "gpp"), stubs: false });
  const expected = ["tcf.cmp-missing", "expected `tcf.cmpId` in the policy: no TC string is given without the id that IAB Europe registered"];
  assert.deepEqual(await outcome(page), expected);
  assert.equal(await page.evaluate(() => "__tcfapi" in globalThis), false);
  own.site.routes.set("/privacy.json", () => ({ body: unregistered }));
  assert.deepEqual(await outcome(page, ""), [false, true, "tcf.cmp-missing"]);
  await decide(page, "analytics", "marketing", "measurement");
  const { sectionList } = await until(page, () => globalThis.gpp("ping"), ({ signalStatus }) => signalStatus === "ready");
  assert.ok(sectionList.length > 0 && !sectionList.includes(2), `${sectionList}`);
});

test("a second start gives the first one's, and a failed one may be tried again", async () => {
  const { page } = await open();
  own.site.routes.set("/privacy.json", () => ({ status: 503 }));
  assert.equal((await outcome(page))[0], "network.failed");
  own.site.routes.set("/privacy.json", () => ({ body: policy }));
  assert.deepEqual(await outcome(page), [true, true, null]);
  assert.equal(await page.evaluate(async () => (await globalThis.start("US-CA", "/elsewhere.json")) === globalThis.cmp), true);
  assert.equal(own.site.received.some(({ path }) => path === "/elsewhere.json"), false);
});

test("a frame finds the locator and is told by messages", async () => {
  const vendor = own.site.page("");
  const { page } = await open({ csp: `${POLICY}; frame-src 'self'`, body: `<iframe src="${vendor}" title="A vendor"></iframe>` });
  await outcome(page);
  await decide(page, "marketing");
  const { tcString } = await told(page, "useractioncomplete");
  const frame = page.frames().find((each) => each.url() === vendor);
  const answers = await frame.evaluate(async () => {
    const ask = (name, call) =>
      new Promise((resolve) => {
        addEventListener("message", ({ data }) => data[`${name}Return`] && resolve(data[`${name}Return`].returnValue));
        parent.postMessage({ [`${name}Call`]: { ...call, callId: name } }, "*");
      });
    const tc = await ask("__tcfapi", { command: "getTCData", version: 2 });
    const gpp = await ask("__gpp", { command: "ping", version: "1.1" });
    return ["__tcfapiLocator" in parent.frames, "__gppLocator" in parent.frames, tc.tcString, gpp.cmpStatus];
  });
  assert.deepEqual(answers, [true, true, tcString, "loaded"]);
});

const cyclic = { ...list, vendors: { ...list.vendors, 1: { ...list.vendors[1], purposes: [{ purposes: [{ purposes: [1] }] }] } } };
const bad = {
  "of another specification": [() => ({ body: { ...list, gvlSpecificationVersion: 2 } }), "vendor-list.version"],
  "too long": [() => ({ body: JSON.stringify({ ...list, padding: "x".repeat(4 << 20) }) }), "vendor-list.too-long"],
  "cut off": [() => ({ body: JSON.stringify(list).slice(0, 100_000) }), "vendor-list.invalid"],
  "nested in itself": [() => ({ body: cyclic }), "vendor-list.invalid"],
  "nested without end": [() => ({ body: "[".repeat(100_000) }), "vendor-list.invalid"],
  "without vendors": [() => ({ body: without(list, "vendors") }), "vendor-list.invalid"],
  "that is gone": [() => ({ status: 404, body: "gone" }), "network.failed"],
};

for (const [what, [answer, code]] of Object.entries(bad)) {
  test(`a list ${what} gives no string but a code, and the last good one stays in force`, async () => {
    const shopper = await open({ vendors: answer });
    const { page } = shopper;
    assert.deepEqual(await outcome(page), [true, true, code]);
    assert.deepEqual(await page.evaluate(() => globalThis.tcf("ping")).then(({ cmpStatus }) => cmpStatus), "error");
    assert.equal(await page.evaluate(() => globalThis.tcf("getTCData")), null);
    own.site.routes.set("/vendor-list.json", () => ({ body: list }));
    await decide(page, "marketing");
    const { tcString } = await told(page, "useractioncomplete");
    assert.equal(await page.evaluate(() => globalThis.cmp.failure), null);
    await page.evaluate(() => localStorage.removeItem("sp-consent-signals"));
    own.site.routes.set("/vendor-list.json", answer);
    await page.reload();
    await page.locator("html[data-set]").waitFor();
    assert.deepEqual(await outcome(page), [true, true, null]);
    const again = TCString.decode((await told(page, "tcloaded")).tcString);
    assert.deepEqual([again.vendorListVersion, ids(again.vendorConsents)], [17, ids(TCString.decode(tcString).vendorConsents)]);
    assertQuiet(shopper);
  });
}
