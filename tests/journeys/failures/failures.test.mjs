/** docs/failures.md, one journey a cell: what fails is said within 3 s, and everything else on the page works. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launchChromium, newShopper, addAuthenticator } from "../../lib/chromium.mjs";
import { startShop } from "../../lib/shop.mjs";
import { newPerson } from "../people.mjs";
import { bringToCheckout, fillAddress } from "../shopper.mjs";
import { FAILURES } from "./faults.mjs";

/** The element's own budget, and what a busy machine needs to draw it. */
const BUDGET = 3_000 + 500;

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

/**
 * Each capability on the page where a shopper meets it: how its element is woken, and what must still work beside it.
 */
const CAPABILITIES = {
  password: {
    tag: "sp-password-field",
    open: (page) => page.goto(`${shop.origin}/sign-up`),
    wake: (page) => page.locator("[name=password]").focus(),
    async stillWorks(page) {
      const person = newPerson();
      for (const field of ["name", "email", "password"]) {
        await page.locator(`form[action='/sign-up'] [name=${field}]`).fill(person[field]);
      }
      await page.locator("form[action='/sign-up'] button[type=submit]").click();
      await page.waitForURL(/\/account(\?|$)/);
    },
  },
  passkey: {
    tag: "sp-passkey-signin",
    open: (page) => page.goto(`${shop.origin}/sign-in`),
    wake: () => undefined,
    async stillWorks(page) {
      const { email, name, password } = newPerson();
      const made = await fetch(`${shop.origin}/api/accounts`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: shop.origin },
        body: JSON.stringify({ email, name, password }),
      });
      assert.equal(made.status, 201);
      await page.locator("form[action='/sign-in'] [name=email]").fill(email);
      await page.locator("form[action='/sign-in'] [name=password]").fill(password);
      await page.locator("form[action='/sign-in'] button[type=submit]").click();
      await page.waitForURL(/\/account(\?|$)/);
    },
  },
  payment: {
    tag: "sp-payment-form",
    open: (page) => bringToCheckout(page, shop.origin),
    wake: () => undefined,
    async whileUnavailable(page) {
      for (const frame of page.frames()) {
        assert.equal(await frame.locator("[data-card]:enabled").count(), 0, "no field of the card is open");
      }
    },
    async stillWorks(page) {
      await fillAddress(page, newPerson());
      await page.locator("#checkout button[value=invoice]:visible").first().click();
      await page.waitForURL(/\/orders\//);
    },
  },
  consent: {
    tag: "sp-privacy-settings",
    open: (page) => page.goto(`${shop.origin}/privacy`),
    wake: () => undefined,
    /** A choice holds on this page; where it cannot be kept, that is said. */
    async unaffected(page, failure) {
      const settings = page.locator("sp-privacy-settings");
      await settings.locator("input[type=checkbox]").first().check();
      await settings.locator('[part~="save"]').click();
      await page.waitForFunction(() => globalThis.noted.steps.some(({ step }) => step === "decide"));
      const { steps } = await page.evaluate(() => globalThis.noted);
      const { outcome, code } = steps.find(({ step }) => step === "decide");
      assert.deepEqual([outcome, code], ["ok", failure === "storage refused" ? "storage.refused" : null]);
    },
    async stillWorks(page) {
      assert.ok(await page.locator("#facts").isVisible(), "the facts are on the page");
      await page.locator("header a[href='/cart']").click();
      await page.waitForURL(/\/cart(\?|$)/);
    },
  },
};

/** Notes when an element is defined and when it says that it cannot work. */
function noteEvents() {
  globalThis.noted = { defined: {}, unavailable: [], steps: [] };
  const tags = ["sp-password-field", "sp-passkey-signin", "sp-payment-form", "sp-privacy-settings", "sp-consent-banner"];
  for (const tag of tags) {
    customElements.whenDefined(tag).then(() => (globalThis.noted.defined[tag] = performance.now()));
  }
  const note = (event) => {
    const { code, capability } = event.detail ?? event;
    globalThis.noted.unavailable.push({ tag: event.target.localName, code, capability, at: performance.now() });
  };
  document.addEventListener("sp-unavailable", note, true);
  document.addEventListener("sp-step", (event) => globalThis.noted.steps.push({ ...event.detail }), true);
}

for (const [name, failure] of Object.entries(FAILURES)) {
  describe(name, () => {
    for (const [capability, { tag, open, wake, whileUnavailable, unaffected, stillWorks }] of Object.entries(CAPABILITIES)) {
      const code = capability in failure.codes ? failure.codes[capability] : failure.code;
      const outcome = code === null ? "is not affected" : `is replaced${code ? ` and says ${code}` : ""}`;
      test(`${name} × ${capability}: the element ${outcome}, the rest of the page works`, { timeout: 60_000 }, async () => {
        const { page, context, watch, close } = await newShopper(browser, failure.context);
        try {
          await context.addInitScript(noteEvents);
          if (failure.inPage) {
            await context.addInitScript(failure.inPage);
          }
          await addAuthenticator(page);
          if (failure.fault) {
            shop.recorder.fault(failure.fault);
          }
          await open(page);
          await wake(page);
          const slot = page.locator(`${tag} > [slot=unavailable]`);
          if (code === null) {
            await page.locator(`${tag}[state=ready]`).waitFor({ state: "attached" });
            assert.equal(await slot.isVisible(), false);
            await unaffected?.(page, name);
          } else {
            await slot.waitFor({ state: "visible", timeout: 2 * BUDGET });
            if (code !== undefined) {
              await assertSaid(page, tag, capability, code);
            }
            await whileUnavailable?.(page);
          }
          if (failure.recovers) {
            await page.locator(`${tag}[state=ready]`).waitFor({ state: "attached", timeout: 15_000 });
            assert.equal(await slot.isVisible(), false, "the slot is hidden again");
          }
          await stillWorks(page);
          assert.deepEqual(watch.errors, [], "no exception is left uncaught");
        } finally {
          shop.recorder.reset();
          await close();
        }
      });
    }
  });
}

async function assertSaid(page, tag, capability, code) {
  const { unavailable, defined } = await page.evaluate(() => globalThis.noted);
  const said = unavailable.filter((each) => each.tag === tag);
  assert.deepEqual(
    said.map((each) => [each.capability, each.code]),
    [[capability, code]],
    "sp-unavailable is fired once, with its code",
  );
  const took = said[0].at - defined[tag];
  assert.ok(took <= BUDGET, `said after ${Math.round(took)} ms`);
}
