/** What the gate holds in Chromium, in another engine: the same pages, one after another. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { CASES } from "../lib/leak-cases.mjs";
import { startLeakSite } from "../lib/leak-site.mjs";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {{name: string, start: () => Promise<object>, fewest: number}} engine `fewest`: from how many of the pages at least something
 *   arrives where there is no gate; an engine lacks the one or the other way
 */
export function leaks({ name, start, fewest }) {
  test(`${name}: nothing leaves in any of ${Object.keys(CASES).length} pages, and without the gate in most`, { timeout: 240_000 }, async () => {
    const site = await startLeakSite();
    const driver = await start();
    const visit = async (from, head) => {
      const page = await driver.open();
      const cases = Object.entries(CASES);
      for (const [index, [, about]] of cases.entries()) {
        await page.go(site.page(`${from}${index}`, about, head)).catch(() => undefined);
        await pause(100);
      }
      await pause(500);
      await page.close();
      return cases.filter((_, index) => site.reached.has(`${from}${index}`)).map(([title]) => title);
    };
    try {
      assert.deepEqual(await visit("held", site.gateTag()), []);
      const free = await visit("free", "");
      assert.ok(free.length >= fewest, `${free.length} of ${Object.keys(CASES).length} pages let something out`);
    } finally {
      await driver.stop();
      site.stop();
    }
  });
}
