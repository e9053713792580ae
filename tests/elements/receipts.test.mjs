/** Receipts in a real browser, against a shop that keeps its log without a line of ours (tests/interop/receipts). */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";

import { load } from "storefront-privacy/consent-receipts";
import { IndependentShop, newKey, payloadOf } from "../interop/receipts/shopper.mjs";
import { assertAccessible, assertQuiet, assertReflows, settles, suite } from "./lib/harness.mjs";

const own = suite();
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
const receipts = await load();
const gate = `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="analytics marketing" data-release=""></script>`;
const markup = `<sp-privacy-settings policy="/privacy.json" receipts="/api/receipts" region="IE"></sp-privacy-settings>`;

let shop, key, places, away, erased;
before(async () => (key = await newKey()));

function serve() {
  shop = new IndependentShop(key, own.site.origin);
  places = new Map();
  erased = [];
  away = false;
  const answer = async (id) => ({ body: await shop.evidence(places.get(id)) });
  own.site.routes.set("/privacy.json", () => ({ body: policy }));
  own.site.routes.set("POST /api/receipts", async ({ body }) => {
    if (away) return { status: 503, body: {} };
    const { receipt } = JSON.parse(body);
    const { "dct:identifier": id } = payloadOf(receipt);
    if (!places.has(id)) {
      places.set(id, await shop.take(receipt));
      own.site.routes.set(`GET /api/receipts/${id}`, () => answer(id));
      own.site.routes.set(`DELETE /api/receipts/${id}`, () => (away ? { status: 503 } : (erased.push(id), { status: 204 })));
    }
    return answer(id);
  });
  own.site.routes.set("/api/receipt-log", async ({ query }) => ({ body: await shop.since(Number(query.get("from"))) }));
  own.site.routes.set("/api/receipt-log/keys", () => ({ body: { keys: [key.jwk] } }));
}

async function open() {
  serve();
  const shopper = await own.open(own.site.page(markup, { elements: ["privacy-settings"], head: gate }));
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await shopper.page.locator("[part=receipts-list]").waitFor();
  return shopper;
}

const keeper = (page, use) => page.evaluate(async (name) => {
  const { keepReceipts } = await import("/pkg/receipts.js");
  const keeper = keepReceipts({ url: "/api/receipts" });
  await keeper.settled();
  return keeper[name]();
}, use);

async function save(page, ...purposes) {
  for (const purpose of ["analytics", "marketing"]) await page.locator(`#purpose-${purpose}`).setChecked(purposes.includes(purpose));
  await page.locator("[part=save]").click();
  await page.waitForTimeout(150);
  await keeper(page, "settled");
}

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const stored = (page) => page.evaluate(() => Object.keys(localStorage).sort());
const rows = (page) => page.locator("[part=receipts-list] li").allTextContents();

test("before any grant nothing is stored but what was decided", async () => {
  const shopper = await open();
  await save(shopper.page);
  assert.deepEqual(await databases(shopper.page), []);
  assert.deepEqual(await stored(shopper.page), ["sp-consent", "sp-consent-history"]);
  assert.deepEqual(await shopper.page.evaluate(() => JSON.parse(localStorage.getItem("sp-consent-history")).map((entry) => Object.keys(entry).sort().join())), ["at,granted,policy,v"]);
  assert.equal(own.site.received.filter(({ path }) => path.startsWith("/api/")).length, 0);
  assert.deepEqual(await rows(shopper.page), ["There are none. The first one is written when you allow something."]);
  assertQuiet(shopper);
});

test("a grant, a change and withdrawal make a chain that holds; then the key is gone", async () => {
  const shopper = await open();
  const { page } = shopper;
  await save(page, "analytics", "marketing");
  const extractable = await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("sp-receipts");
    request.onsuccess = () => {
      const got = request.result.transaction("keys").objectStore("keys").get("own");
      got.onsuccess = () => crypto.subtle.exportKey("jwk", got.result.privateKey).then(() => true, () => false).then((value) => (request.result.close(), resolve(value)));
    };
  }));
  assert.equal(extractable, false);
  await page.waitForTimeout(1_000);
  await save(page, "analytics");
  await page.waitForTimeout(1_000);
  await page.locator("[part=withdraw]").click();
  await page.waitForTimeout(150);
  await keeper(page, "settled");
  const kept = await keeper(page, "list");
  assert.deepEqual(kept.map(({ granted }) => granted), [["analytics", "marketing"], ["analytics"], []]);
  assert.deepEqual(await stored(page), ["sp-consent", "sp-consent-history"], "nothing waits for the shop");
  const file = await keeper(page, "file");
  const report = receipts.verify(file, { shop: [receipts.thumbprint(key.jwk)], today: [await shop.since(3)] });
  assert.ok(report.holds, JSON.stringify(report.checks));
  assert.deepEqual(report.receipts.map(({ purposes }) => purposes.map(({ status }) => status).join()), ["given,given", "given,withdrawn", "withdrawn,refused"]);
  assert.equal(report.receipts[0].surface, "settings");
  const hasKey = await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("sp-receipts");
    request.onsuccess = () => {
      const count = request.result.transaction("keys").objectStore("keys").count();
      count.onsuccess = () => (request.result.close(), resolve(count.result));
    };
  }));
  assert.equal(hasKey, 0);
  const [first] = JSON.parse(file).receipts;
  await save(page, "marketing");
  const after = JSON.parse(await keeper(page, "file")).receipts.at(-1);
  assert.notEqual(JSON.parse(Buffer.from(after.receipt.protected, "base64url")).jwk.x, JSON.parse(Buffer.from(first.receipt.protected, "base64url")).jwk.x, "another key, another chain");
  assert.equal(payloadOf(after.receipt)["dct:replaces"], undefined);
  assert.match((await rows(page))[0], /confirmed by the shop/);
  assertQuiet(shopper);
});

test("a shop that is away gets its receipts later, each once", async () => {
  const shopper = await open();
  const { page } = shopper;
  away = true;
  await save(page, "analytics");
  assert.match((await rows(page))[0], /waiting for the shop/);
  assert.ok((await stored(page)).includes("sp-receipts-due"));
  away = false;
  await page.reload();
  await settles(page, "sp-privacy-settings", "ready");
  await page.locator("[part=receipts-list] li", { hasText: "confirmed by the shop" }).waitFor();
  assert.equal(places.size, 1);
  assert.ok(!(await stored(page)).includes("sp-receipts-due"));
});

test("two tabs write one receipt of one decision", async () => {
  const shopper = await open();
  const other = await shopper.context.newPage();
  await other.goto(shopper.page.url());
  await settles(other, "sp-privacy-settings", "ready");
  await other.locator("[part=receipts-list]").waitFor();
  await save(shopper.page, "analytics");
  await other.waitForTimeout(400);
  await keeper(other, "settled");
  assert.equal((await keeper(other, "list")).length, 1);
  assert.equal(places.size, 1);
});

test("the settings check a file, and say when it was changed", async () => {
  const shopper = await open();
  const { page } = shopper;
  await save(page, "analytics");
  const download = page.waitForEvent("download");
  await page.locator("[part=download]").click();
  const text = await readFile(await (await download).path(), "utf8");
  const check = async (contents) => {
    await page.locator("input[type=file]").setInputFiles({ name: "receipts.json", mimeType: "application/json", buffer: Buffer.from(contents) });
    await page.locator("[part=verdict]:not(:empty)").waitFor();
    await page.waitForTimeout(300);
    return page.locator("[part=verdict]").textContent();
  };
  assert.match(await check(text), /^This file is genuine: 1 receipts/);
  const changed = JSON.parse(text);
  const payload = Buffer.from(changed.receipts[0].receipt.payload, "base64url").toString().replace("dpv:ConsentRefused", "dpv:ConsentGiven");
  changed.receipts[0].receipt.payload = Buffer.from(payload).toString("base64url");
  assert.match(await check(JSON.stringify(changed)), /your signature/);
  assert.equal(await check("{}"), "This is no file of receipts.");
  assertQuiet(shopper);
});

test("deleting receipts deletes the shop's copies first", async () => {
  const shopper = await open();
  const { page } = shopper;
  await save(page, "analytics");
  away = true;
  await page.locator("[part=erase]").click();
  await page.locator("[part=verdict]", { hasText: "could not be reached" }).waitFor();
  assert.equal((await keeper(page, "list")).length, 1);
  away = false;
  await page.locator("[part=erase]").click();
  await page.locator("[part=verdict]", { hasText: "are deleted" }).waitFor();
  assert.equal(erased.length, 1);
  assert.deepEqual(await databases(page), []);
});

test("where IndexedDB is refused the decision counts all the same", async () => {
  serve();
  const shopper = await own.open("about:blank");
  await shopper.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  });
  await shopper.page.goto(own.site.page(markup, { elements: ["privacy-settings"], head: gate }));
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await save(shopper.page, "analytics");
  assert.equal((await shopper.page.evaluate(() => JSON.parse(localStorage.getItem("sp-consent")))).granted[0], "analytics");
  await shopper.page.locator("[part=receipts-list] li", { hasText: "cannot keep receipts" }).waitFor();
});

test("history and receipts in every guise", async () => {
  const shopper = await open();
  await save(shopper.page, "analytics", "marketing");
  await save(shopper.page, "marketing");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
});
