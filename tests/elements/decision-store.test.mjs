/** Where a decision is kept: beside a full storage, between subdomains, and without a network. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launchChromium } from "../lib/chromium.mjs";

const gate = await readFile(new URL("../../pkg/dist/gate.global.js", import.meta.url), "utf8");
let browser;
let server;
before(async () => {
  const page = `<!doctype html><title>Shop</title><script data-policy="1" data-purposes="analytics marketing" data-domain="shop.localhost">${gate}</script>`;
  server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

const at = (host) => `http://${host}:${server.address().port}/`;
const decision = (page) => page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].decision?.granted ?? null);
const decide = (page, granted) => page.evaluate((list) => globalThis[Symbol.for("storefront-privacy.gate")].decide(list), granted);

test("subdomains share a decision by a cookie, the last one counts, and another site has none of it", async () => {
  const context = await browser.newContext();
  const [one, two, other] = [await context.newPage(), await context.newPage(), await context.newPage()];
  await one.goto(at("a.shop.localhost"));
  await decide(one, ["analytics"]);
  await two.goto(at("b.shop.localhost"));
  assert.deepEqual(await decision(two), ["analytics"]);
  await two.waitForTimeout(1_100);
  await decide(two, []);
  await one.reload();
  assert.deepEqual(await decision(one), [], "what was decided later, there, holds here");
  await other.goto(at("other.localhost"));
  assert.equal(await decision(other), null);
  await context.close();
});

test("a cookie that something has broken takes nothing from what is stored beside it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(at("a.shop.localhost"));
  await decide(page, ["analytics"]);
  for (const broken of ["%", "%7B%22v%22", "null", ""]) {
    await page.evaluate((value) => (document.cookie = `sp-consent=${value};domain=shop.localhost;path=/`), broken);
    await page.reload();
    assert.deepEqual(await decision(page), ["analytics"], broken);
    assert.ok(await page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].persisted), broken);
  }
  await context.close();
});

test("where storage is full a withdrawal holds on the next page: nothing that was granted before comes back", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // No cookie of this domain can be set here.
  await page.goto(at("localhost"));
  await decide(page, ["analytics"]);
  const persisted = await page.evaluate(() => {
    // A browser that takes nothing more, not even what is shorter than before.
    Storage.prototype.setItem.call(localStorage, "filler", "x");
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        for (let count = 0; count < 3; count++) localStorage.setItem(`filler${size}-${count}`, "x".repeat(size));
      } catch {
        // Full at this size.
      }
    }
    const gateOf = globalThis[Symbol.for("storefront-privacy.gate")];
    gateOf.decide(["analytics", "marketing"]);
    return gateOf.persisted;
  });
  assert.equal(persisted, false, "the storage is full");
  assert.deepEqual(await decision(page), ["analytics", "marketing"], "it holds for this page");
  await page.reload();
  assert.equal(await decision(page), null, "and the shopper is asked again on the next");
  await context.close();
});

test("without a network a decision is made, kept and told to other tabs", async () => {
  const context = await browser.newContext();
  const [one, two] = [await context.newPage(), await context.newPage()];
  for (const page of [one, two]) await page.goto(at("localhost"));
  await context.setOffline(true);
  await decide(one, ["marketing"]);
  await two.waitForFunction(() => globalThis[Symbol.for("storefront-privacy.gate")].decision !== null);
  assert.deepEqual(await decision(two), ["marketing"]);
  await context.setOffline(false);
  await two.reload();
  assert.deepEqual(await decision(two), ["marketing"]);
  await context.close();
});
