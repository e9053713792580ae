/** The third party's script is reached after consent and never before, and the tests would notice if it were. */
import assert from "node:assert/strict";
import test from "node:test";

import { answerBanner } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const here = world();
const PAGES = ["/", "/cart", "/sign-up", "/sign-in", "/privacy"];

/** Loads each page and waits until it is quiet. */
async function look(page, origin) {
  for (const path of PAGES) {
    await page.goto(`${origin}${path}`);
    await page.waitForLoadState("networkidle");
  }
}

function toTracker(watch) {
  return watch.requests.filter(({ url }) => url.startsWith(here.shop.trackerOrigin));
}

test("the control page, which has no gate, reaches the tracker at once", async () => {
  await here.visit(async ({ page, watch, origin }) => {
    const before = await here.shop.trackerHits();
    await page.goto(`${origin}/control`);
    await eventually("a hit", async () => (await here.shop.trackerHits()) > before);
    assert.ok(toTracker(watch).length > 0);
  });
});

test("before a choice the tracker is not reached from any page", async () => {
  await here.visit(async ({ page, watch, origin }) => {
    const before = await here.shop.trackerHits();
    await look(page, origin);
    assert.deepEqual(toTracker(watch), []);
    assert.equal(await here.shop.trackerHits(), before);
  });
});

test("after a refusal the tracker is not reached, on this page or the next", async () => {
  await here.visit(async ({ page, watch, origin }) => {
    const before = await here.shop.trackerHits();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await look(page, origin);
    assert.deepEqual(toTracker(watch), []);
    assert.equal(await here.shop.trackerHits(), before);
    assert.deepEqual(
      here.shop.recorder.exchanges.filter(({ url }) => url === "/api/consent-records"),
      [],
      "a refusal is not recorded at the backend",
    );
  });
});

test("after acceptance the tracker is reached, and again on the next page without asking", async () => {
  await here.visit(async ({ page, origin }) => {
    const before = await here.shop.trackerHits();
    await page.goto(`${origin}/`);
    await answerBanner(page, "accept");
    await eventually("a hit", async () => (await here.shop.trackerHits()) > before);
    const first = await here.shop.trackerHits();
    await page.goto(`${origin}/cart`);
    await eventually("another hit", async () => (await here.shop.trackerHits()) > first);
    assert.equal(await page.locator('sp-consent-banner [part~="banner"]').isVisible(), false);
  });
});

for (const [what, stored] of [
  ["a decision for another policy", '{"v":1,"policy":"0","at":1,"granted":["analytics"]}'],
  ["a decision of an unknown version", '{"v":2,"policy":"CURRENT","at":1,"granted":["analytics"]}'],
  ["damaged storage", '{"v":1,"policy":'],
]) {
  test(`${what} releases nothing, and the shopper is asked again`, async () => {
    await here.visit(async ({ page, context, watch, origin }) => {
      const { version } = await (await fetch(`${origin}/privacy.json`)).json();
      await context.addInitScript((value) => localStorage.setItem("sp-consent", value), stored.replace("CURRENT", version));
      await page.goto(`${origin}/`);
      await page.locator('sp-consent-banner [part~="banner"]').waitFor();
      await page.waitForLoadState("networkidle");
      assert.deepEqual(toTracker(watch), []);
    });
  });
}

test("a shop whose policy does not turn the IAB's frameworks on has nothing of them", async () => {
  await here.visit(async ({ page, watch, origin }) => {
    const before = await here.shop.trackerHits();
    await page.goto(`${origin}/`);
    await answerBanner(page, "accept");
    await eventually("a hit", async () => (await here.shop.trackerHits()) > before);
    assert.deepEqual(await page.evaluate(() => ["__tcfapi" in globalThis, "__gpp" in globalThis, frames.length]), [false, false, 0]);
    assert.deepEqual(watch.requests.filter(({ url }) => /stub|signals|consent-iab|cmp|vendor/.test(new URL(url).pathname)), []);
  });
});
