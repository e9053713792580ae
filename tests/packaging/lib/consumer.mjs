/** Opens a built consumer in Chromium and compares what it answers. */
import assert from "node:assert/strict";

import { newShopper } from "../../lib/chromium.mjs";

export const expected = {
  score: 4,
  refusal: "passkey.options-invalid",
  formatted: "4111 1111 1111 1111",
  alg: "ECDH-ES",
  parts: 5,
  purposes: 2,
};

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url the consumer's page
 * @param {{violations?: boolean}} [options] whether violations of the policy are looked for
 */
export async function assertConsumerWorks(browser, url, { violations = true } = {}) {
  const { page, watch, close } = await newShopper(browser);
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.answer !== undefined).catch((error) => {
      throw new Error(`the page never ran its script: ${[...watch.errors, ...watch.consoleLines].join("\n")}`, { cause: error });
    });
    const answer = await page.evaluate(() => globalThis.answer).catch((error) => {
      throw new Error([error.message, ...watch.errors, ...watch.consoleLines].join("\n"), { cause: error });
    });
    assert.deepEqual(answer, { ...expected, elements: 6 });
    if (violations) assert.deepEqual(watch.violations(), []);
  } finally {
    await close();
  }
}
