/** `__tcfapi`: the specification's commands and events, the stub's queue, hostile callers, and the official library beside it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { assertQuiet, suite } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";
import { thousandVendors } from "./lib/vendor-list.mjs";

const own = suite();
const STRING = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA";
const STUB = `<script src="/pkg/tcf-stub.global.js"></script>`;

/** The page's side, with the wasm module as the reader of strings. */
const SETUP = `import { openTcf } from "/pkg/cmp.js";
import { load } from "/pkg/consent-iab.js";
globalThis.start = () => {
  globalThis.reads = 0;
  globalThis.tcf = openTcf({
    cmpId: 880, cmpVersion: 3,
    read: async (text) => { globalThis.reads++; return (await load()).decodeTcString(text); },
    vendorList: async () => (await fetch("/vendor-list.json")).json(),
  });
};
globalThis.ask = (command, parameter, version = 2) => new Promise((resolve) => globalThis.__tcfapi(command, version, (value, success) => resolve([value, success]), parameter));
globalThis.loaded = { gdprApplies: true, tcString: "${STRING}", eventStatus: "tcloaded", displayStatus: "hidden" };
document.documentElement.dataset.set = "up";`;

const script = (body) => () => ({ headers: { "content-type": "text/javascript" }, body });

async function open({ head = STUB, policy = POLICY, body = "", before = "" } = {}) {
  own.site.routes.set("/setup.js", script(SETUP));
  own.site.routes.set("/before.js", script(before));
  own.site.routes.set("/vendor-list.json", async () => ({ body: await thousandVendors() }));
  const shopper = await own.open(own.site.page(body, { head: `${head}<script src="/before.js"></script><script type="module" src="/setup.js"></script>`, policy }));
  await shopper.page.locator("html[data-set]").waitFor();
  return shopper;
}

test("what the stub has kept is answered in order, once the state is known", async () => {
  const before = `globalThis.said = []; for (const name of ["addEventListener", "getTCData", "getVendorList", "nothing"]) __tcfapi(name, 2, (value, success) => said.push([name, success, value?.eventStatus ?? null]));`;
  const shopper = await open({ before });
  await shopper.page.evaluate(() => globalThis.start());
  assert.equal((await shopper.page.evaluate(() => globalThis.ask("ping")))[0].cmpStatus, "loading");
  assert.equal(await shopper.page.evaluate(() => globalThis.reads), 0, "nothing is read before it is asked for");
  await shopper.page.evaluate(() => globalThis.tcf.update(globalThis.loaded));
  await shopper.page.waitForFunction(() => globalThis.said.length === 4);
  const said = await shopper.page.evaluate(() => globalThis.said);
  assert.deepEqual(said.toSorted(), [["addEventListener", true, "tcloaded"], ["getTCData", true, "tcloaded"], ["getVendorList", true, null], ["nothing", false, null]].toSorted());
  assert.equal(await shopper.page.evaluate(() => globalThis.reads), 1);
  assertQuiet(shopper);
});

test("ping needs no module, and has every member", async () => {
  const { page } = await open();
  const ping = await page.evaluate(() => {
    globalThis.start();
    globalThis.tcf.update(globalThis.loaded);
    return globalThis.ask("ping");
  });
  assert.deepEqual(ping, [{ gdprApplies: true, cmpLoaded: true, cmpStatus: "loaded", displayStatus: "hidden", apiVersion: "2.2", cmpVersion: 3, cmpId: 880 }, true]);
  assert.equal(own.site.received.some(({ path }) => path.endsWith(".wasm")), false);
});

test("TCData says what the specification's example says", async () => {
  const { page } = await open();
  const [data, success] = await page.evaluate(() => {
    globalThis.start();
    globalThis.tcf.update(globalThis.loaded);
    return globalThis.ask("addEventListener");
  });
  assert.equal(success, true);
  assert.deepEqual(
    { ...data, vendor: { consents: data.vendor.consents, disclosed: Object.keys(data.vendor.disclosedVendors).filter((id) => data.vendor.disclosedVendors[id]).length > 0 } },
    {
      cmpId: 880,
      cmpVersion: 3,
      gdprApplies: true,
      tcfPolicyVersion: data.tcfPolicyVersion,
      eventStatus: "tcloaded",
      cmpStatus: "loaded",
      tcString: STRING,
      listenerId: 1,
      isServiceSpecific: data.isServiceSpecific,
      useNonStandardTexts: false,
      publisherCC: data.publisherCC,
      purposeOneTreatment: false,
      purpose: { consents: {}, legitimateInterests: {} },
      vendor: { consents: { 1: true, 2: true, 3: true, 4: true }, disclosed: true },
      specialFeatureOptins: {},
      publisher: { consents: {}, legitimateInterests: {}, customPurpose: { consents: {}, legitimateInterests: {} }, restrictions: {} },
    },
  );
});

test("listeners hear each state once, in order, until they are removed", async () => {
  const { page } = await open();
  const said = await page.evaluate(async () => {
    globalThis.start();
    const heard = [];
    globalThis.__tcfapi("addEventListener", 2, ({ eventStatus, listenerId, tcString }) => heard.push([listenerId, eventStatus, tcString === ""]));
    const settled = () => new Promise((resolve) => setTimeout(resolve, 300));
    globalThis.tcf.update({ gdprApplies: true, tcString: "", eventStatus: "cmpuishown", displayStatus: "visible" });
    await settled();
    globalThis.tcf.update({ ...globalThis.loaded, eventStatus: "useractioncomplete" });
    await settled();
    const removed = [await globalThis.ask("removeEventListener", 1), await globalThis.ask("removeEventListener", 1), await globalThis.ask("removeEventListener", "x")];
    globalThis.tcf.update(globalThis.loaded);
    await settled();
    return { heard, removed };
  });
  assert.deepEqual(said, { heard: [[1, "cmpuishown", true], [1, "useractioncomplete", false]], removed: [[true, true], [false, true], [false, true]] });
});

test("where the framework does not apply, nothing is said beyond that", async () => {
  const { page } = await open();
  const [data] = await page.evaluate(() => {
    globalThis.start();
    globalThis.tcf.update({ gdprApplies: false, tcString: "", eventStatus: "tcloaded", displayStatus: "disabled" });
    return globalThis.ask("addEventListener");
  });
  assert.deepEqual([data.gdprApplies, "tcString" in data, "vendor" in data, data.listenerId], [false, false, false, 1]);
  assert.equal(await page.evaluate(() => globalThis.reads), 0);
});

test("the vendor list in use, and no other version", async () => {
  const { page } = await open();
  const versions = await page.evaluate(async () => {
    globalThis.start();
    const answers = [];
    for (const version of [undefined, 17, "LATEST", 16]) {
      const [list, success] = await globalThis.ask("getVendorList", version);
      answers.push([list?.vendorListVersion ?? null, success]);
    }
    return answers;
  });
  assert.deepEqual(versions, [[17, true], [17, true], [17, true], [null, false]]);
});

test("a frame is told by messages", async () => {
  const vendor = own.site.page("");
  const shopper = await open({ policy: `${POLICY}; frame-src 'self'`, body: `<iframe src="${vendor}" title="A vendor"></iframe>` });
  const frame = shopper.page.frames().find((each) => each.url() === vendor);
  await frame.evaluate(() => {
    globalThis.got = [];
    addEventListener("message", ({ data }) => globalThis.got.push(data.__tcfapiReturn));
    parent.postMessage({ __tcfapiCall: { command: "addEventListener", version: 2, callId: "x" } }, "*");
  });
  await shopper.page.evaluate(() => {
    globalThis.start();
    globalThis.tcf.update(globalThis.loaded);
  });
  await frame.waitForFunction(() => globalThis.got.length > 0);
  const [{ callId, success, returnValue }] = await frame.evaluate(() => globalThis.got);
  assert.deepEqual([callId, success, returnValue.tcString, returnValue.vendor.consents], ["x", true, STRING, { 1: true, 2: true, 3: true, 4: true }]);
});

test("without a stub the interface is published all the same", async () => {
  const { page } = await open({ head: "" });
  assert.deepEqual(
    await page.evaluate(async () => {
      globalThis.start();
      globalThis.tcf.update(globalThis.loaded);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const answer = new Promise((resolve) => addEventListener("message", ({ data }) => data.__tcfapiReturn && resolve(data.__tcfapiReturn.returnValue.cmpStatus)));
      postMessage({ __tcfapiCall: { command: "ping", version: 2, callId: 1 } }, "*");
      return ["__tcfapiLocator" in window, await answer];
    }),
    [true, "loaded"],
  );
});

test("hostile callers break nothing", async () => {
  const shopper = await open();
  const answers = await shopper.page.evaluate(async () => {
    globalThis.start();
    const { __tcfapi: api } = globalThis;
    api();
    api("ping");
    api("ping", 2, 7);
    api(null, 2, null);
    api("addEventListener", 2, () => { throw new Error("mine"); });
    api("ping", 2, () => { throw new Error("mine"); });
    globalThis.tcf.update(globalThis.loaded);
    const wrong = [];
    for (const [command, parameter, version] of [["constructor"], ["__proto__"], ["toString"], [{}], ["ping", undefined, 1], ["ping", undefined, "x"], ["getTCData", ["a"]], ["getInAppTCData", "755"], ["getTCData", { length: 1 }]]) {
      wrong.push((await globalThis.ask(command, parameter, version))[1]);
    }
    const [data] = await globalThis.ask("getTCData", [2, 9]);
    return { wrong, vendors: data.vendor.consents };
  });
  assert.deepEqual(answers, { wrong: Array.from({ length: 9 }, () => false), vendors: { 2: true, 9: false } });
  assert.ok(shopper.watch.errors.every((error) => error.includes("mine")), "a caller's own errors are reported, and no other");
});

test("a string that cannot be read is said to be none, and later ones are told", async () => {
  const { page } = await open();
  const answers = await page.evaluate(async () => {
    globalThis.start();
    globalThis.tcf.update({ ...globalThis.loaded, tcString: "garbage" });
    const first = await globalThis.ask("getTCData");
    globalThis.tcf.update(globalThis.loaded);
    const second = await globalThis.ask("getTCData");
    globalThis.tcf.fail();
    return [first, second[1], (await globalThis.ask("ping"))[0].cmpStatus, await globalThis.ask("getTCData")];
  });
  assert.deepEqual(answers, [[null, false], true, "error", [null, false]]);
});

test("the official library says the same of a hundred strings", async () => {
  const entry = `import { CmpApi } from "@iabtechlabtcf/cmpapi"; import { GVL, TCModel, TCString } from "@iabtechlabtcf/core";
globalThis.official = { CmpApi, GVL, TCModel, TCString };`;
  const { outputFiles } = await build({ stdin: { contents: entry, resolveDir: join(import.meta.dirname, "..") }, bundle: true, format: "iife", write: false });
  own.site.routes.set("/official.js", script(outputFiles[0].text));
  const { page } = await open({ head: `<script src="/official.js"></script>` });
  const differences = await page.evaluate(async () => {
    const { CmpApi, GVL, TCModel, TCString } = globalThis.official;
    const list = new GVL(await (await fetch("/vendor-list.json")).json());
    let seed = 7;
    const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const strings = Array.from({ length: 100 }, () => {
      const model = new TCModel(list);
      Object.assign(model, { cmpId: 880, cmpVersion: 3, consentLanguage: "DE", publisherCountryCode: "DE", purposeOneTreatment: random(2) === 1, isServiceSpecific: true, useNonStandardTexts: random(2) === 1 });
      for (let count = random(40); count > 0; count--) {
        model.vendorConsents.set(1 + random(1_200));
        model.vendorLegitimateInterests.set(1 + random(1_200));
        model.vendorsDisclosed.set(1 + random(1_200));
        model.purposeConsents.set(1 + random(11));
        model.purposeLegitimateInterests.set(2 + random(10));
        model.publisherConsents.set(1 + random(11));
        if (random(3) === 0) model.specialFeatureOptins.set(1 + random(2));
      }
      return TCString.encode(model);
    });
    const collect = async (update, command) => {
      const told = [];
      for (const string of strings) {
        update(string);
        told.push((await globalThis.ask(command))[0]);
      }
      return told;
    };
    globalThis.start();
    const commands = ["getTCData", "getInAppTCData"];
    const ours = [];
    for (const command of commands) ours.push(await collect((tcString) => globalThis.tcf.update({ ...globalThis.loaded, tcString, eventStatus: "useractioncomplete" }), command));
    delete globalThis.__tcfapi;
    const api = new CmpApi(880, 3, true);
    api.update(strings[0], false);
    const theirs = [];
    for (const command of commands) theirs.push(await collect((string) => api.update(string, false), command));
    const plain = (value) => JSON.stringify(value, (_, inner) => (inner !== null && typeof inner === "object" && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner));
    return commands.flatMap((command, at) => ours[at].flatMap((one, index) => (plain(one) === plain(theirs[at][index]) ? [] : [[command, plain(one), plain(theirs[at][index])]]))).slice(0, 1);
  });
  assert.deepEqual(differences, []);
});
