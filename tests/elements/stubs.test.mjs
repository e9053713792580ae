/** The stubs: what vendors ask before the interface is there is answered or kept, for frames too, under the strict policy. */
import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { test } from "node:test";
import { assertQuiet, suite } from "./lib/harness.mjs";
import { distFile, POLICY } from "./lib/site.mjs";

const own = suite();
const STUBS = `<script src="/pkg/tcf-stub.global.js"></script><script src="/pkg/gpp-stub.global.js"></script>`;
const open = (head = STUBS, body = "") => own.open(own.site.page(body, { head }));

/** A page that frames an empty page of its origin, as a vendor's script would be framed. */
async function openFraming() {
  const vendor = own.site.page("");
  const shopper = await own.open(own.site.page(`<iframe src="${vendor}" title="A vendor"></iframe>`, { head: STUBS, policy: `${POLICY}; frame-src 'self'` }));
  return { shopper, vendor: shopper.page.frames().find((frame) => frame.url() === vendor) };
}

/** Sends a message from a frame, and waits there for the answer. */
const ask = (frame, message, reply) =>
  frame.evaluate(
    ([sent, name]) =>
      new Promise((resolve) => {
        addEventListener("message", ({ data }) => {
          const found = typeof data === "string" ? JSON.parse(data) : data;
          if (found[name]) resolve({ text: typeof data === "string", ...found[name] });
        });
        parent.postMessage(sent, "*");
        setTimeout(resolve, 2_000, null);
      }),
    [message, reply],
  );

test("both stubs together are at most 1.2 KB", async () => {
  const sizes = await Promise.all(["tcf-stub.global.js", "gpp-stub.global.js"].map(async (name) => brotliCompressSync(await distFile(name)).length));
  assert.ok(sizes[0] + sizes[1] <= 1_229, `${sizes.join(" + ")} bytes`);
});

test("ping is answered at once", async () => {
  const shopper = await open();
  const answers = await shopper.page.evaluate(() => {
    const heard = [];
    globalThis.__tcfapi("ping", 2, (...answer) => heard.push(answer));
    globalThis.__gpp("ping", (...answer) => heard.push(answer));
    return heard;
  });
  assert.deepEqual(answers[0], [{ cmpLoaded: false, cmpStatus: "stub" }, true]);
  const [ping, success] = answers[1];
  assert.equal(success, true);
  assert.equal(ping.supportedAPIs.length, 24);
  assert.deepEqual([ping.supportedAPIs[0], ping.supportedAPIs[3], ping.supportedAPIs.at(-1)], ["2:tcfeuv2", "7:usnat", "27:usri"]);
  assert.deepEqual(
    { ...ping, supportedAPIs: [] },
    {
      gppVersion: "1.1",
      cmpStatus: "stub",
      cmpDisplayStatus: "hidden",
      signalStatus: "not ready",
      supportedAPIs: [],
      cmpId: 0,
      sectionList: [],
      applicableSections: [],
      gppString: "",
      parsedSections: {},
    },
  );
  assertQuiet(shopper);
});

test("what cannot be answered yet is kept, in order", async () => {
  const shopper = await open();
  const kept = await shopper.page.evaluate(() => {
    const noop = () => undefined;
    globalThis.__tcfapi("addEventListener", 2, noop);
    globalThis.__tcfapi("getVendorList", 2, noop, 17);
    globalThis.__gpp("getSection", noop, "usnat");
    globalThis.__gpp("getField", noop, "usnat.SaleOptOut", "1.1");
    return [globalThis.__tcfapi(), globalThis.__gpp()].map((queue) => queue.map((call) => call.filter((part) => typeof part !== "function")));
  });
  assert.deepEqual(kept, [[["addEventListener", 2], ["getVendorList", 2, 17]], [["getSection", "usnat"], ["getField", "usnat.SaleOptOut", "1.1"]]]);
});

test("GPP listeners are registered and removed without the interface", async () => {
  const { page } = await open();
  const heard = await page.evaluate(() => {
    const said = [];
    const note = (event, success) => said.push([event.eventName, event.listenerId, event.data, event.pingData.cmpStatus, success]);
    globalThis.__gpp("addEventListener", note);
    globalThis.__gpp("addEventListener", note);
    globalThis.__gpp("removeEventListener", note, 1);
    globalThis.__gpp("removeEventListener", note, 7);
    globalThis.__gpp("hasSection", (...answer) => said.push(answer), "usnat");
    return [said, globalThis.__gpp("events").map(({ id }) => id)];
  });
  assert.deepEqual(heard, [
    [
      ["listenerRegistered", 1, true, "stub", true],
      ["listenerRegistered", 2, true, "stub", true],
      ["listenerRemoved", 1, true, "stub", true],
      ["listenerRemoved", 7, false, "stub", true],
      [false, true],
    ],
    [2],
  ]);
});

test("frames find the locators, and are answered as they asked: objects or text", async () => {
  const { shopper, vendor } = await openFraming();
  assert.deepEqual(await shopper.page.evaluate(() => ["__tcfapiLocator", "__gppLocator"].map((name) => name in window.frames)), [true, true]);
  assert.equal(await shopper.page.locator("iframe[name=__tcfapiLocator]").isVisible(), false);
  const tcf = await ask(vendor, { __tcfapiCall: { command: "ping", version: 2, callId: "a-1" } }, "__tcfapiReturn");
  assert.deepEqual([tcf.text, tcf.callId, tcf.success, tcf.returnValue.cmpStatus], [false, "a-1", true, "stub"]);
  const gpp = await ask(vendor, JSON.stringify({ __gppCall: { command: "ping", version: "1.1", callId: 2 } }), "__gppReturn");
  assert.deepEqual([gpp.text, gpp.callId, gpp.success, gpp.returnValue.cmpStatus], [true, 2, true, "stub"]);
  assertQuiet(shopper);
});

test("garbage in messages stops nothing", async () => {
  const { shopper, vendor } = await openFraming();
  await vendor.evaluate(() => {
    const garbage = [null, undefined, 7, "", "{", "null", "[]", '{"__tcfapiCall":7}', { __tcfapiCall: null }, { __gppCall: "x" }, { __gppCall: { command: {} } }, new Map()];
    for (const each of garbage) parent.postMessage(each, "*");
  });
  const answer = await ask(vendor, { __tcfapiCall: { command: "ping", version: 2, callId: null } }, "__tcfapiReturn");
  assert.equal(answer.success, true);
  assertQuiet(shopper);
});

test("in a frame of a page that has the interface, the stub leaves it to that page", async () => {
  const inner = own.site.page("", { head: STUBS });
  const shopper = await own.open(own.site.page(`<iframe src="${inner}" title="A vendor"></iframe>`, { head: STUBS, policy: `${POLICY}; frame-src 'self'` }));
  const frame = shopper.page.frames().find((each) => each.url() === inner);
  assert.equal(await frame.evaluate(() => typeof globalThis.__tcfapi + typeof globalThis.__gpp), "undefinedundefined");
});

test("another manager's function is left alone", async () => {
  own.site.routes.set("/mine.js", () => ({ headers: { "content-type": "text/javascript" }, body: "globalThis.__tcfapi = () => 'mine'; globalThis.__gpp = () => 'mine';" }));
  const { page } = await open(`<script src="/mine.js"></script>${STUBS}`);
  assert.deepEqual(await page.evaluate(() => [globalThis.__tcfapi(), globalThis.__gpp(), document.querySelector("iframe")]), ["mine", "mine", null]);
});
