/** What the tests of the documents' examples stand on: one browser, and a plain shop. */
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { launchChromium, newShopper } from "../lib/chromium.mjs";
import { startPlainShop } from "./plain-shop.mjs";

/** Sets them up around the tests of one `describe`. */
export function plainSuite() {
  let browser;
  const own = {
    shop: undefined,
    /** A fresh shopper on a page with this body. */
    async open(body) {
      const shopper = await newShopper(browser);
      await shopper.page.goto(own.shop.serve(body));
      return shopper;
    },
    /** Ends the visit: the page's policy was kept, and nothing was thrown. */
    async close({ watch, close }) {
      assert.deepEqual(watch.violations(), []);
      assert.deepEqual(watch.errors, []);
      await close();
    },
    /** Opens a page, hands it to a test, and closes it. */
    async opened(body, use) {
      const shopper = await own.open(body);
      await use(shopper.page, shopper.watch);
      await own.close(shopper);
    },
  };
  before(async () => {
    browser = await launchChromium();
    own.shop = await startPlainShop();
  });
  after(async () => {
    await browser.close();
    await own.shop.stop();
  });
  return own;
}
