/** `__gpp`: the commands and events of version 1.1, the stub's queue and listeners, and hostile callers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertQuiet, suite } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";

const own = suite();
const STUB = `<script src="/pkg/gpp-stub.global.js"></script>`;
const SETUP = `import { openGpp } from "/pkg/cmp.js";
globalThis.start = () => void (globalThis.gpp = openGpp(1));
globalThis.ask = (command, parameter) => new Promise((resolve) => globalThis.__gpp(command, (value, success) => resolve([value, success]), parameter, "1.1"));
globalThis.sold = { gppString: "DBABLA~BVVVVVVVVWA.AA", sectionList: [7], applicableSections: [7], parsedSections: { usnat: { Version: 1, SaleOptOut: 2, SensitiveDataProcessing: [0, 1], GpcSegmentType: 1, Gpc: false } } };
globalThis.refused = { ...globalThis.sold, gppString: "DBABLA~BVVVVVVVVWA.YA", parsedSections: { usnat: { ...globalThis.sold.parsedSections.usnat, SaleOptOut: 1, Gpc: true } } };
document.documentElement.dataset.set = "up";`;

const script = (body) => () => ({ headers: { "content-type": "text/javascript" }, body });

async function open({ head = STUB, policy = POLICY, body = "", before = "" } = {}) {
  own.site.routes.set("/setup.js", script(SETUP));
  own.site.routes.set("/before.js", script(before));
  const shopper = await own.open(own.site.page(body, { head: `${head}<script src="/before.js"></script><script type="module" src="/setup.js"></script>`, policy }));
  await shopper.page.locator("html[data-set]").waitFor();
  return shopper;
}

test("ping has every member, before and after", async () => {
  const shopper = await open();
  const [before, after] = await shopper.page.evaluate(async () => {
    globalThis.start();
    const first = (await globalThis.ask("ping"))[0];
    globalThis.gpp.update(globalThis.sold);
    return [first, (await globalThis.ask("ping"))[0]];
  });
  assert.equal(before.supportedAPIs.length, 24);
  const fixed = { gppVersion: "1.1", supportedAPIs: before.supportedAPIs, cmpId: 1, cmpDisplayStatus: "hidden" };
  assert.deepEqual(before, { ...fixed, cmpStatus: "loading", signalStatus: "not ready", sectionList: [], applicableSections: [], gppString: "", parsedSections: {} });
  const { usnat } = after.parsedSections;
  assert.deepEqual(after, { ...fixed, cmpStatus: "loaded", signalStatus: "ready", sectionList: [7], applicableSections: [7], gppString: "DBABLA~BVVVVVVVVWA.AA", parsedSections: { usnat } });
  assert.equal(usnat.SaleOptOut, 2);
  assertQuiet(shopper);
});

test("events come in the specification's order", async () => {
  const { page } = await open();
  const said = await page.evaluate(async () => {
    globalThis.start();
    const heard = [];
    globalThis.__gpp("addEventListener", ({ eventName, listenerId, data, pingData }) => heard.push([eventName, listenerId, data, pingData.signalStatus]));
    globalThis.gpp.ask();
    globalThis.gpp.update(globalThis.sold);
    globalThis.gpp.update(globalThis.sold);
    globalThis.gpp.update(globalThis.refused);
    globalThis.__gpp("removeEventListener", ({ eventName, data }) => heard.push([eventName, data]), 1);
    globalThis.__gpp("removeEventListener", ({ eventName, data }) => heard.push([eventName, data]), 1);
    globalThis.gpp.fail("none");
    return heard;
  });
  assert.deepEqual(said, [
    ["listenerRegistered", 1, true, "not ready"],
    ["cmpStatus", 1, "loaded", "not ready"],
    ["cmpDisplayStatus", 1, "visible", "not ready"],
    ["sectionChange", 1, "usnat", "not ready"],
    ["cmpDisplayStatus", 1, "hidden", "not ready"],
    ["signalStatus", 1, "ready", "ready"],
    ["signalStatus", 1, "not ready", "not ready"],
    ["sectionChange", 1, "usnat", "not ready"],
    ["signalStatus", 1, "ready", "ready"],
    ["listenerRemoved", true],
    ["listenerRemoved", false],
  ]);
});

test("a failure is an event and a status", async () => {
  const { page } = await open();
  assert.deepEqual(
    await page.evaluate(async () => {
      globalThis.start();
      const heard = [];
      globalThis.__gpp("addEventListener", ({ eventName, data }) => heard.push([eventName, data]));
      globalThis.gpp.fail("load.blocked");
      return heard;
    }),
    [["listenerRegistered", true], ["cmpStatus", "error"], ["error", "load.blocked"]],
  );
});

test("sections and fields", async () => {
  const { page } = await open();
  const answers = await page.evaluate(async () => {
    globalThis.start();
    globalThis.gpp.update({ ...globalThis.sold, parsedSections: { ...globalThis.sold.parsedSections, uspv1: { Version: 1, Notice: "Y" }, tcfeuv2: { CmpId: 31 }, usca: [{ Version: 1, SaleOptOut: 2 }, { Gpc: true }] } });
    const asked = [["hasSection", "usnat"], ["hasSection", "usnat.1"], ["hasSection", "usnat.2"], ["hasSection", "usva"], ["getSection", "uspv1"], ["getSection", "usva"], ["getSection", "tcfeuv2"]];
    const fields = ["usnat.SaleOptOut", "usnat.SensitiveDataProcessing", "usca.Gpc", "usnat.Nothing", "usnat", "usva.SaleOptOut", "tcfeuv2.CmpId", "usnat.toString"].map((field) => ["getField", field]);
    return Promise.all([...asked, ...fields].map(([command, parameter]) => globalThis.ask(command, parameter)));
  });
  const none = [null, false];
  assert.deepEqual(answers, [[true, true], [true, true], [false, true], [false, true], [{ Version: 1, Notice: "Y" }, true], none, none, [2, true], [[0, 1], true], [true, true], none, none, none, none, none]);
});

test("what the stub has kept is taken over: its listeners under their ids, its queue in order", async () => {
  const before = `globalThis.heard = []; __gpp("addEventListener", ({ eventName, listenerId }) => heard.push([eventName, listenerId])); __gpp("addEventListener", () => undefined);
__gpp("removeEventListener", () => undefined, 2); __gpp("getField", (value, success) => heard.push(["field", success]), "usnat.Gpc"); __gpp("unheardOf", (value, success) => heard.push(["unheardOf", success]));`;
  const { page } = await open({ before });
  assert.deepEqual(
    await page.evaluate(() => {
      globalThis.start();
      globalThis.gpp.update(globalThis.sold);
      globalThis.__gpp("addEventListener", ({ eventName, listenerId }) => globalThis.heard.push([eventName, listenerId]));
      return globalThis.heard;
    }),
    [["listenerRegistered", 1], ["field", false], ["unheardOf", false], ["cmpStatus", 1], ["signalStatus", 1], ["listenerRegistered", 2]],
  );
});

test("a frame is told by messages, with and without a stub", async () => {
  for (const head of [STUB, ""]) {
    const vendor = own.site.page("");
    const shopper = await open({ head, policy: `${POLICY}; frame-src 'self'`, body: `<iframe src="${vendor}" title="A vendor"></iframe>` });
    await shopper.page.evaluate(() => {
      globalThis.start();
      globalThis.gpp.update(globalThis.sold);
    });
    const frame = shopper.page.frames().find((each) => each.url() === vendor);
    const reply = await frame.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("message", ({ data }) => resolve(JSON.parse(data).__gppReturn));
          parent.postMessage(JSON.stringify({ __gppCall: { command: "getField", parameter: "usnat.SaleOptOut", version: "1.1", callId: 4 } }), "*");
        }),
    );
    assert.deepEqual(reply, { returnValue: 2, success: true, callId: 4 });
    assertQuiet(shopper);
  }
});

test("hostile callers break nothing, and change nothing", async () => {
  const shopper = await open();
  const answers = await shopper.page.evaluate(async () => {
    globalThis.start();
    const { __gpp: api } = globalThis;
    api();
    api("ping");
    api("ping", 7);
    api(null, null);
    api("addEventListener", () => { throw new Error("mine"); });
    globalThis.gpp.update(globalThis.sold);
    (await globalThis.ask("ping"))[0].parsedSections.usnat.SaleOptOut = 0;
    (await globalThis.ask("getSection", "usnat"))[0].SaleOptOut = 0;
    const wrong = [];
    for (const [command, parameter] of [["constructor"], [{}], ["hasSection"], ["hasSection", 7], ["getSection", {}], ["getSection", "__proto__"], ["getField", "usnat."], ["getField", "usnat.a.b"], ["getField", null]]) {
      wrong.push((await globalThis.ask(command, parameter))[1]);
    }
    return [wrong, (await globalThis.ask("getField", "usnat.SaleOptOut"))[0]];
  });
  assert.deepEqual(answers, [Array.from({ length: 9 }, () => false), 2]);
  assert.ok(shopper.watch.errors.length > 0 && shopper.watch.errors.every((error) => error.includes("mine")));
});
