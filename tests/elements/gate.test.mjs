/** The gate: nothing runs before its purpose is granted, and whatever is stored but not ours asks again. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { packageSuite } from "./lib/package-suite.mjs";

const own = packageSuite();
let shopper;

const held = (name, purpose, attribute = "data-src") => `<script type="text/plain" data-purpose="${purpose}" ${attribute}="/${name}.js"></script>`;
const note = (name) => `(window.ran ??= []).push("${name}")`;

/** A page with the gate and some held scripts; what is stored is there before the gate runs. */
async function openShop({ scripts = held("count", "analytics"), release = "/count.js /ads.js", policy = "1", stored, refuse = false } = {}) {
  Object.assign(own.site.answers, { "/count.js": note("count"), "/ads.js": note("ads"), "/other.js": note("other") });
  own.site.head = `<script src="/gate.global.js" data-policy="${policy}" data-purposes="analytics marketing" data-release="${release}"></script>${scripts}`;
  shopper = await own.meet();
  if (stored !== undefined) await shopper.context.addInitScript((text) => localStorage.setItem("sp-consent", text), stored);
  if (refuse) await shopper.context.addInitScript(() => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("refused", "SecurityError"); } }));
  await shopper.page.goto(`${own.site.origin}/`);
  return shopper.page;
}

/** Runs a function with the gate of a page. */
const withGate = (page, run, ...args) =>
  page.evaluate(`(${run})(window[Symbol.for("storefront-privacy.gate")], ...${JSON.stringify(args)})`);

/** What has run, once the network has been quiet for a while. */
async function ran(page) {
  await page.waitForLoadState("networkidle");
  return page.evaluate(() => globalThis.ran ?? []);
}

describe("before a choice", () => {
  test("nothing held runs, and nothing of it is requested", async () => {
    const page = await openShop();
    assert.deepEqual(await ran(page), []);
    assert.equal(own.site.requested.includes("/count.js"), false);
    assert.deepEqual(await withGate(page, (gate) => [gate.version, gate.decision, gate.allows("analytics"), gate.persisted]), [1, null, false, true]);
  });

  for (const [what, stored] of Object.entries({
    "no JSON": "yes",
    "null": "null",
    "a list": "[]",
    "another version": '{"v":2,"policy":"1","at":1,"granted":["analytics"]}',
    "an earlier policy": '{"v":1,"policy":"0","at":1,"granted":["analytics"]}',
    "a purpose that is not asked for": '{"v":1,"policy":"1","at":1,"granted":["everything"]}',
    "no list of grants": '{"v":1,"policy":"1","at":1,"granted":"analytics"}',
    "no time": '{"v":1,"policy":"1","granted":["analytics"]}',
    "a time to come": '{"v":1,"policy":"1","at":99999999999,"granted":["analytics"]}',
  })) {
    test(`${what} in storage is no decision`, async () => {
      const page = await openShop({ stored });
      assert.deepEqual(await ran(page), []);
      assert.equal(await withGate(page, (gate) => gate.decision), null);
    });
  }
});

describe("after a choice", () => {
  test("what is granted runs in order, and what is not stays held", async () => {
    const page = await openShop({ scripts: held("count", "analytics") + held("ads", "marketing") + held("count", "analytics", "src") + held("other", "analytics marketing") });
    await withGate(page, (gate) => void gate.decide(["analytics"]));
    assert.deepEqual(await ran(page), ["count", "count"]);
    assert.equal(own.site.requested.includes("/ads.js"), false);
    assert.deepEqual(shopper.watch.violations(), []);
  });

  test("an address that is not listed for release never runs", async () => {
    const page = await openShop({ scripts: held("other", "analytics") });
    await withGate(page, (gate) => void gate.decide(["analytics", "marketing"]));
    assert.deepEqual(await ran(page), []);
  });

  test("a script that comes later is released as well", async () => {
    const page = await openShop({ scripts: "" });
    await withGate(page, (gate) => void gate.decide(["analytics"]));
    await page.evaluate(() => {
      const script = document.createElement("script");
      Object.assign(script, { type: "text/plain" });
      Object.assign(script.dataset, { purpose: "analytics", src: "/count.js" });
      document.body.append(script);
    });
    await page.waitForFunction(() => globalThis.ran?.length === 1);
  });

  test("it is kept for the next page, without what nobody asked for", async () => {
    const page = await openShop();
    const decision = await withGate(page, (gate) => gate.decide(["marketing", "analytics", "everything"]));
    assert.deepEqual(decision.granted, ["analytics", "marketing"]);
    assert.deepEqual(JSON.parse(await page.evaluate(() => localStorage.getItem("sp-consent"))), decision);
    await page.reload();
    assert.deepEqual(await ran(page), ["count"]);
    assert.equal(await page.evaluate(() => document.documentElement.hasAttribute("data-sp-decided")), true);
  });

  test("withdrawing in one tab is known in the other", async () => {
    const page = await openShop();
    await withGate(page, (gate) => void gate.decide(["analytics"]));
    await withGate(page, (gate) => void gate.subscribe((decision) => (globalThis.told = decision.granted)));
    const other = await shopper.context.newPage();
    await other.goto(`${own.site.origin}/`);
    await withGate(other, (gate) => void gate.withdraw());
    await page.waitForFunction(() => globalThis.told?.length === 0);
    assert.equal(await withGate(page, (gate) => gate.allows("analytics")), false);
  });

  test("it holds for this page where storage is refused", async () => {
    const page = await openShop({ refuse: true });
    assert.equal(await withGate(page, (gate) => gate.decision), null);
    await withGate(page, (gate) => void gate.decide(["analytics"]));
    assert.deepEqual(await ran(page), ["count"]);
    assert.equal(await withGate(page, (gate) => gate.persisted), false);
  });

  test("a listener that throws keeps nobody else from being told", async () => {
    const page = await openShop();
    const told = await withGate(page, (gate) => {
      const heard = [];
      gate.subscribe(() => {
        throw new Error("a listener of the shop's");
      });
      const end = gate.subscribe(({ granted }) => heard.push(granted));
      gate.decide(["analytics"]);
      end();
      gate.decide([]);
      return heard;
    });
    assert.deepEqual(told, [["analytics"]]);
  });
});

test("the typed accessor finds the gate, and says so where there is none", async () => {
  const page = await openShop();
  assert.equal(await page.evaluate(`import("/gate.js").then(({ gate }) => gate().policy)`), "1");
  own.site.head = "";
  await page.goto(`${own.site.origin}/`);
  const outcome = await page.evaluate(`import("/gate.js").then(({ gate, findGate }) => { try { return gate(); } catch (error) { return [error.code, findGate()]; } })`);
  assert.deepEqual(outcome, ["gate.missing", undefined]);
});
