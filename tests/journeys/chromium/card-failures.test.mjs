/** Whatever fails, and however the form is sent, no request holds a digit of the card. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { approvedCard, cardTraces, newPerson } from "../people.mjs";
import { bringToCheckout, cardDocument, fillAddress } from "../shopper.mjs";
import { newShopper } from "../../lib/chromium.mjs";
import { world } from "./world.mjs";

const here = world();

const isWasm = (url) => url.split("?")[0].endsWith(".wasm");

/** How each failure is made, and which state the element reaches. */
const FAILURES = {
  "script off": { context: { javaScriptEnabled: false } },
  "wasm blocked": {
    state: "unavailable",
    fault: (exchange, answer) => {
      const policy = String(answer.headers["content-security-policy"] ?? "");
      return { ...answer, headers: { ...answer.headers, "content-security-policy": policy.replace("'wasm-unsafe-eval'", "") } };
    },
  },
  "wasm missing": {
    state: "unavailable",
    fault: ({ url }, answer) => (isWasm(url) ? { ...answer, status: 404, body: Buffer.from("not here") } : undefined),
  },
  "frame's script missing": {
    state: "unavailable",
    isolatedOnly: true,
    fault: ({ headers }, answer) => (headers.origin === "null" ? { ...answer, status: 404, body: Buffer.from("not here") } : undefined),
  },
  "key unreachable": {
    state: "unavailable",
    fault: ({ url }) => (url.startsWith("/api/payment/keys") ? "drop" : undefined),
  },
  "exception while sealing": {
    state: "ready",
    async prepare(context) {
      await context.addInitScript(() => {
        // Sealing needs fresh random bytes: a source that fails makes it throw at its very heart.
        const { getRandomValues } = Crypto.prototype;
        Crypto.prototype.getRandomValues = function (bytes) {
          if (document.querySelector("[data-card=number]")?.value) {
            throw new Error("no entropy");
          }
          return getRandomValues.call(this, bytes);
        };
      });
    },
  },
};

/** The three ways a form leaves a page. */
const WAYS = {
  Enter: async (page) => {
    const name = cardDocument(page).locator("[data-card=name]:not([disabled])");
    const input = (await hasCardFields(page)) && (await name.count()) > 0 ? name : page.locator("#checkout [name=city]");
    await input.press("Enter", { noWaitAfter: true });
  },
  button: async (page) => {
    await page.locator("#checkout button[value=card]").click({ force: true, noWaitAfter: true, timeout: 2_000 }).catch(() => undefined);
  },
  "form.submit()": async (page) => {
    await page.evaluate(() => HTMLFormElement.prototype.submit.call(document.querySelector("#checkout"))).catch(() => undefined);
  },
};

/** Whether there are any fields: without script, or without its own, there is no frame. */
async function hasCardFields(page) {
  return page.url().includes("card=inline") || (await page.locator("sp-payment-form iframe").count()) > 0;
}

/** Puts a card in as a shopper can, and where the field is locked as a password manager might. */
async function enterCard(page, card) {
  if (!(await hasCardFields(page))) return;
  for (const field of ["number", "expiry", "code", "name"]) {
    const input = cardDocument(page).locator(`[data-card=${field}]`);
    if (await input.isEnabled()) {
      await input.fill(card[field]);
    } else {
      await input.evaluate((element, value) => (element.value = value), card[field]);
    }
  }
}

const CASES = Object.entries(FAILURES).flatMap(([failure, how]) => (how.isolatedOnly ? [false] : [false, true]).map((inline) => ({ failure, inline, ...how })));

for (const { failure, inline, context: options, state, fault, prepare } of CASES) {
  describe(`${failure}, ${inline ? "inline" : "isolated"}`, () => {
    for (const [way, send] of Object.entries(WAYS)) {
      test(`${failure}, ${inline ? "inline" : "isolated"}, sent by ${way}: no card digit leaves the page`, async () => {
        const { page, context, watch, close } = await newShopper(here.browser, options);
        here.shop.recorder.reset();
        try {
          await prepare?.(context);
          if (fault) {
            here.shop.recorder.fault(fault);
          }
          const card = approvedCard();
          await bringToCheckout(page, here.shop.origin, { inline });
          if (state) {
            await page.locator(`sp-payment-form[state=${state}]`).waitFor({ state: "attached" });
          }
          await fillAddress(page, newPerson());
          await enterCard(page, card);
          await send(page);
          await page.waitForTimeout(1_000);

          // The pay button is locked until a card can be sealed, and the element holds a form back that it cannot seal: only
          // `form.submit()` goes past both, and then the form has to be sent for its cleanness to prove anything.
          const sent = here.shop.recorder.exchanges.some(({ method, url }) => method === "POST" && url.startsWith("/checkout"));
          assert.equal(sent, way === "form.submit()", "whether the form was sent");
          for (const { method, url, body } of [...here.shop.recorder.exchanges, ...watch.requests]) {
            assert.deepEqual(cardTraces(`${url} ${withoutIds(body)}`, card.number, 4), [], `${method} ${url}`);
          }
          for (const line of watch.consoleLines) {
            assert.deepEqual(cardTraces(line, card.number), []);
          }
        } finally {
          here.shop.recorder.reset();
          await close();
        }
      });
    }
  });
}

/** Ids and envelopes are random text, in which four digits of a card may stand by chance. */
function withoutIds(body) {
  const form = new URLSearchParams(body);
  for (const name of ["order", "envelope"]) {
    form.delete(name);
  }
  return form.toString();
}
