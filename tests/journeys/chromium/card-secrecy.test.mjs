/** A card number that was typed is nowhere but in the sealed envelope. */
import assert from "node:assert/strict";
import test from "node:test";

import { storageOf } from "../../lib/chromium.mjs";
import { approvedCard, cardTraces, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, pay } from "../shopper.mjs";
import { world } from "./world.mjs";

const here = world();

test("the search finds a card that is there", () => {
  const { number } = approvedCard();
  const grouped = number.replace(/(.{4})(?=.)/g, "$1 ");
  for (const text of [number, grouped, encodeURIComponent(grouped), `a=${number.slice(3, 9)}`]) {
    assert.notDeepEqual(cardTraces(text, number), [], text);
  }
  assert.deepEqual(cardTraces("order 4242 of 2026", number), []);
});

test("no request, console line, storage, address, log or file holds the card after a payment", async () => {
  const card = approvedCard();
  await here.visit(async ({ page, watch, origin }) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "accept");
    await bringToCheckout(page, origin);
    const stored = [];
    await pay(page, newPerson(), card);
    await page.waitForURL(/\/orders\//);
    stored.push(await storageOf(page));
    await page.goBack();
    stored.push(await storageOf(page));

    const sent = here.shop.recorder.exchanges.find(({ url, method }) => url === "/checkout" && method === "POST");
    const form = new URLSearchParams(sent.body);
    assert.match(form.get("envelope"), /^eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/, "an envelope was sent");
    for (const name of form.keys()) {
      assert.ok(!/^(card|number|expiry|cvc|code)/i.test(name), `no form field ${name}`);
    }

    for (const { method, url, body } of [...here.shop.recorder.exchanges, ...watch.requests]) {
      assert.deepEqual(cardTraces(`${url} ${body}`, card.number), [], `${method} ${url}`);
    }
    for (const exchange of here.shop.recorder.exchanges) {
      assert.deepEqual(cardTraces(JSON.stringify(exchange.headers), card.number), [], `headers of ${exchange.url}`);
    }
    for (const line of [...watch.consoleLines, ...watch.errors, ...stored]) {
      assert.deepEqual(cardTraces(line, card.number), []);
    }
  });
  assert.deepEqual(cardTraces(here.shop.logs(), card.number), [], "the logs");
  for (const { file, bytes } of here.shop.files()) {
    assert.deepEqual(cardTraces(bytes.toString("latin1"), card.number), [], file);
  }
});

test("events of the elements carry the brand, the first six digits and the last four, and no more", async () => {
  const card = approvedCard();
  await here.visit(async ({ page, context, watch, origin }) => {
    await context.addInitScript(() => {
      const names = ["sp-payment-changed", "sp-payment-sealed", "sp-payment-invalid", "sp-step", "sp-unavailable"];
      for (const name of names) {
        addEventListener(name, (event) => console.info(`event ${name} ${JSON.stringify(event.detail ?? { ...event })}`), true);
      }
    });
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await bringToCheckout(page, origin);
    await pay(page, newPerson(), card);
    await page.waitForURL(/\/orders\//);
    const events = watch.consoleLines.filter((line) => line.includes("event sp-"));
    assert.ok(events.some((line) => line.includes("sp-payment-sealed")), "the seal was announced");
    assert.ok(events.some((line) => line.includes("sp-step")), "the steps were announced");
    for (const line of events) {
      // The first six digits and the last four are what a receipt may show (PCI DSS 3.4.1).
      assert.deepEqual(cardTraces(line.replace(`"bin":"${card.number.slice(0, 6)}"`, ""), card.number, 5), [], line);
    }
  });
});
