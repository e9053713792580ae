/** A banner whose markup arrives in pieces, as over a slow network, and a page that the browser keeps for the way back. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const text = (path) => readFile(new URL(path, import.meta.url), "utf8");
const version = JSON.parse(await text("../vectors/consent/policy.json")).version;
const [gate, sheet, rendered] = await Promise.all(["../../pkg/dist/gate.global.js", "../../pkg/dist/styles/banner.css", "../vectors/consent/banner.html"].map(text));
const banner = rendered.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${sheet}</style>`);
const head = `<!doctype html><html lang="en"><head><title>Shop</title><style>${sheet}</style><script data-policy="${version}" data-purposes="analytics marketing" data-banner="/pkg/elements/consent-banner.js">${gate}</script></head><body><h1>Shop</h1><p><a href="/next">Next</a></p>`;

let browser;
let server;
let origin;
let goOn;
before(async () => {
  server = createServer(async ({ url }, response) => {
    if (url.startsWith("/pkg/")) {
      response.setHeader("content-type", "text/javascript");
      return response.end(await text(`../../pkg/dist/${url.slice(5)}`));
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (url === "/next") return response.end("<!doctype html><html lang=en><title>Next</title><h1>Next</h1>");
    const pieces = url === "/pieces" ? [banner.indexOf("</h2>"), banner.indexOf("<fieldset"), banner.indexOf('<div class="actions"'), banner.indexOf('value="reject"')] : [];
    response.write(head);
    let from = 0;
    for (const at of pieces) {
      assert.ok(at > from);
      response.write(banner.slice(from, at));
      from = at;
      await new Promise((resolve) => (goOn = resolve));
    }
    response.end(banner.slice(from));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-gpu"], ignoreDefaultArgs: ["--disable-back-forward-cache"] });
});
after(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

const box = (page) => page.locator("sp-consent-banner [part=banner]");

test("it is seen once it is whole, and nothing shifts", async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shifts += value))).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${origin}/pieces`, { waitUntil: "commit" });
  for (let piece = 0; piece < 4; piece++) {
    await box(page).waitFor({ state: "attached" });
    // Two frames: what has come is painted, were it to be.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await box(page).isVisible(), false, `after piece ${piece}`);
    goOn();
    await page.waitForTimeout(50);
  }
  await box(page).waitFor();
  await page.locator("sp-consent-banner[state=ready]").waitFor({ state: "attached" });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => globalThis.shifts), 0);
  await page.close();
});

test("who has decided never sees it, and nothing is loaded for it", async () => {
  const page = await browser.newPage();
  const requested = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.addInitScript((policy) => localStorage.setItem("sp-consent", JSON.stringify({ v: 1, policy, at: Math.floor(Date.now() / 1000), granted: [] })), version);
  await page.goto(`${origin}/`, { waitUntil: "networkidle" });
  assert.equal(await box(page).isVisible(), false);
  assert.deepEqual(requested, [`${origin}/`]);
  await page.close();
});

test("the browser keeps the page for the way back, and what was decided meanwhile holds there", async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  await page.locator("sp-consent-banner[state=ready]").waitFor({ state: "attached" });
  await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (globalThis.persisted = persisted)));
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByRole("heading", { name: "Next" }).waitFor();
  await page.evaluate((policy) => localStorage.setItem("sp-consent", JSON.stringify({ v: 1, policy, at: Math.floor(Date.now() / 1000), granted: ["analytics"] })), version);
  await page.goBack({ waitUntil: "commit" });
  await page.getByRole("heading", { name: "Shop" }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.persisted), true, JSON.stringify(await page.evaluate(() => performance.getEntriesByType("navigation")[0].notRestoredReasons)));
  assert.deepEqual(await page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].decision.granted), ["analytics"]);
  await box(page).waitFor({ state: "hidden" });
  await page.close();
});
