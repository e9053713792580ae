/** What each file of this suite stands on: the demo, one browser, and the checks that hold in every journey. */
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { launchChromium, newShopper } from "../../lib/chromium.mjs";
import { startShop } from "../../lib/shop.mjs";

/** Starts the demo and the browser around the tests of a file. */
export function world(options) {
  const here = { shop: undefined, browser: undefined };
  before(async () => {
    here.shop = await startShop(options);
    here.browser = await launchChromium();
  });
  after(async () => {
    await here.browser?.close();
    await here.shop?.stop();
  });
  return {
    get shop() {
      return here.shop;
    },
    get browser() {
      return here.browser;
    },
    /** Runs a journey as a fresh shopper, and checks that the page's policy was never violated. */
    async visit(journey, contextOptions) {
      const shopper = await newShopper(here.browser, contextOptions);
      try {
        await journey({ ...shopper, origin: here.shop.origin });
        assert.deepEqual(shopper.watch.violations(), [], "the page's policy was violated");
      } finally {
        await shopper.close();
      }
    },
  };
}

/** Asks until it holds. */
export async function eventually(what, check, timeout = 5_000) {
  const deadline = Date.now() + timeout;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `waited ${timeout} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
