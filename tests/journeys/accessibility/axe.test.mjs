/** axe-core over every view × {light, dark, right to left}, and what axe does not measure: reflow and target sizes. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import axe from "axe-core";

import { launchChromium, newShopper } from "../../lib/chromium.mjs";
import { startShop } from "../../lib/shop.mjs";
import { walk } from "./views.mjs";

let shop;
let browser;
before(async () => {
  shop = await startShop();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await shop?.stop();
});

const SETTINGS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "right to left": { colorScheme: "light" },
};

/** axe's findings in the page and in the card's frame, as short lines. */
async function findings(page) {
  const behind = await page.evaluate(() => {
    let element = document.querySelector("sp-payment-form") ?? document.body;
    while (element !== document.documentElement && getComputedStyle(element).backgroundColor === "rgba(0, 0, 0, 0)") element = element.parentElement;
    return getComputedStyle(element).backgroundColor;
  });
  const found = await Promise.all(page.frames().map((frame) => findingsIn(frame, behind)));
  return found.flat();
}

async function findingsIn(frame, behind) {
  await frame.evaluate(axe.source);
  const { violations, passes } = await frame.evaluate((colour) => {
    // A frame's document can be seen through, which axe takes for white.
    if (globalThis.top !== globalThis) document.documentElement.style.backgroundColor = colour;
    // Nothing in the frame may be fetched, its own style sheets neither.
    // What a page has once, the page around a frame has.
    const ofPages = { enabled: globalThis.top === globalThis };
    const rules = { "target-size": { enabled: true }, "landmark-one-main": ofPages, "page-has-heading-one": ofPages, region: ofPages };
    return globalThis.axe.run(document, { rules, resultTypes: ["violations"], preload: false, iframes: false });
  }, behind);
  assert.ok(passes.length > 10, "axe has looked at the page");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`));
}

for (const [name, options] of Object.entries(SETTINGS)) {
  describe(name, () => {
    test(`axe finds nothing on any view: ${name}`, { timeout: 240_000 }, async (t) => {
      const { page, context, close } = await newShopper(browser, { reducedMotion: "reduce", ...options });
      try {
        if (name === "right to left") {
          await context.addInitScript(() => {
            new MutationObserver((_, observer) => {
              document.documentElement.dir = "rtl";
              observer.disconnect();
            }).observe(document, { childList: true });
          });
        }
        await walk(page, shop.origin, (view) => {
          return t.test(`${view}, ${name}`, async () => {
            assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), name === "right to left" ? "rtl" : "ltr");
            assert.deepEqual(await findings(page), []);
          });
        });
      } finally {
        await close();
      }
    });
  });
}

test("at 320 CSS px every view reads without sideways scrolling (WCAG 2.2, 1.4.10)", { timeout: 240_000 }, async (t) => {
  const { page, close } = await newShopper(browser, { viewport: { width: 320, height: 640 } });
  try {
    await walk(page, shop.origin, (view) => {
      return t.test(`${view}, 320 px`, async () => {
        const { width, wide } = await page.evaluate(() => ({
          width: document.documentElement.scrollWidth,
          wide: [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > 321).map((each) => each.outerHTML.slice(0, 80)),
        }));
        assert.ok(width <= 320, `${width} px wide: ${wide.slice(0, 5).join("\n")}`);
      });
    });
  } finally {
    await close();
  }
});
