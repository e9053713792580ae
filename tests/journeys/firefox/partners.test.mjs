/** Firefox, with its own Global Privacy Control: what a shopper decides, partners' scripts are told. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startFirefox } from "../../lib/firefox.mjs";
import { startShop } from "../../lib/shop.mjs";
import { until } from "../../lib/webdriver.mjs";
import { pagesWithPartners, readGpp, readTc } from "../partners.mjs";
import { answerBanner } from "../steps.mjs";

const pages = pagesWithPartners();
let shop;
before(async () => (shop = await startShop({ env: { SHOP_PAGES: pages.directory } })));
after(async () => {
  await shop?.stop();
  pages.remove();
});

/** A shopper's way in a fresh profile. */
function journey(title, prefs, walk) {
  test(title, { timeout: 120_000 }, async () => {
    shop.recorder.reset();
    const driver = await startFirefox();
    try {
      const page = await driver.open(prefs);
      await walk(page, shop.origin);
      await page.close();
    } finally {
      await driver.stop();
    }
    assert.deepEqual(shop.recorder.violations, [], "the page's policy was violated");
  });
}

const TOLD = `async () => {
  const tc = await new Promise((resolve) => __tcfapi("getTCData", 2, (data, success) => resolve(success ? data : null)));
  const gpp = await new Promise((resolve) => __gpp("ping", resolve));
  return { status: tc?.eventStatus, tc: tc?.tcString, gpp: gpp.signalStatus === "ready" ? gpp.gppString : null };
}`;

/** What partners are told after a decision, as the official libraries read it. */
function toldAfter(page, before = "") {
  return until("partners to be told", 10_000, async () => {
    const { status, tc, gpp } = await page.run(TOLD);
    return status === "useractioncomplete" && tc !== before && gpp !== null ? { tc, read: readTc(tc), us: readGpp(gpp) } : undefined;
  });
}

journey("accepting is told as consent, and withdrawing takes it back", {}, async (page, origin) => {
  await page.go(`${origin}/privacy`);
  await until("the interface", 10_000, async () => (await page.run(TOLD)).status === "cmpuishown");
  await answerBanner(page, "accept");
  const first = await toldAfter(page);
  assert.deepEqual([first.read.purposes, first.us.sale, first.us.gpc], [[1, 2, 3, 4, 7, 8], 2, false]);
  assert.ok(first.read.vendors.length > 400);
  await (await (await page.find("sp-privacy-settings[state=ready]")).inShadow('[part~="withdraw"]')).click();
  const { read, us } = await toldAfter(page, first.tc);
  assert.deepEqual([read.purposes, read.vendors, read.interests, us.sale], [[], [], [], 1]);
});

const control = { "privacy.globalprivacycontrol.enabled": true, "privacy.globalprivacycontrol.functionality.enabled": true };
journey("with the browser's own Global Privacy Control, accepting everything does not let partners sell or advertise", control, async (page, origin) => {
  await page.go(`${origin}/`);
  assert.equal(await page.run("() => navigator.globalPrivacyControl"), true);
  await answerBanner(page, "accept");
  const { read, us } = await toldAfter(page);
  assert.deepEqual([us.sale, us.advertising, us.gpc], [1, 1, true]);
  assert.deepEqual([read.purposes.filter((id) => [2, 3, 4, 7].includes(id)), read.purposes.includes(8)], [[], true]);
});
