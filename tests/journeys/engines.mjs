/**
 * The journeys that every engine makes, over WebDriver. What an engine cannot do is skipped by name, and the shopper's
 * other way is walked instead.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startShop } from "../lib/shop.mjs";
import { Key, until } from "../lib/webdriver.mjs";
import { withoutPasskey } from "./codes.mjs";
import { answers, approvedCard, cardTraces, newPerson } from "./people.mjs";
import { answerBanner, bringToCheckout, fill, fillAddress, fillCard, follow, mainText, signUp, storageOf } from "./steps.mjs";

const isWasm = ({ url }) => new URL(url, "http://localhost").pathname.endsWith(".wasm");
const notFound = { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("not found") };

/** How the card's way can fail, made between the browser and the shop. */
const FAILURES = {
  "wasm blocked": (_exchange, answer) => {
    const policy = String(answer.headers["content-security-policy"] ?? "").replace(" 'wasm-unsafe-eval'", "");
    return { ...answer, headers: { ...answer.headers, "content-security-policy": policy } };
  },
  "wasm missing": (exchange, answer) => (isWasm(exchange) ? notFound : answer),
  "key unreachable": ({ url }, answer) => (url.startsWith("/api/payment/keys") ? "drop" : answer),
};

/** The three ways a form leaves a page. */
const WAYS = {
  Enter: async (session) => (await session.find("#checkout [name=city]")).type(Key.enter),
  button: (session) => session.run("() => document.querySelector('#checkout button[value=card]').click()"),
  "form.submit()": (session) => session.run("() => HTMLFormElement.prototype.submit.call(document.querySelector('#checkout'))"),
};

/**
 * @param {object} engine
 * @param {string} engine.name as skips name it
 * @param {() => Promise<{open: (prefs?: object) => Promise<import("../lib/webdriver.mjs").Session>, stop: () => Promise<unknown>}>} engine.start
 * @param {boolean} engine.hasPasskeys whether it has WebAuthn and a virtual authenticator
 * @param {object} [engine.withoutScript] what `open` takes to switch script off
 */
export function journeys({ name, start, hasPasskeys, withoutScript }) {
  let shop;
  let driver;
  let session;

  before(async () => {
    shop = await startShop();
    driver = await start();
    session = await driver.open();
    if (hasPasskeys) {
      await session.addAuthenticator();
    }
  });
  after(async () => {
    await session?.close().catch(() => undefined);
    await driver?.stop();
    await shop?.stop();
  });

  /** A journey of a shopper whom the shop has never seen, in a page whose policy is never violated. */
  function journey(title, walk, options = {}) {
    test(title, { timeout: 120_000, ...options }, async (t) => {
      shop.recorder.reset();
      await session.go(`${shop.origin}/`);
      await session.run("() => (localStorage.clear(), sessionStorage.clear())");
      await session.clearCookies();
      await walk(t, session, shop.origin);
      assert.deepEqual(shop.recorder.violations, [], "the page's policy was violated");
    });
  }

  journey("a shopper signs up with a measured password, signs out, and signs in again with it", async (_t, page, origin) => {
    const person = newPerson();
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await page.go(`${origin}/sign-up`);
    await (await page.find("[name=password]")).type("password");
    const meter = await page.find("sp-password-field[state=ready]");
    await until("a low score", 5_000, async () => Number(await (await meter.inShadow('[part~="meter"]')).attribute("aria-valuenow")) < 40);
    await signUp(page, origin, person);
    assert.match(await mainText(page), /Ada Winter/);
    await (await page.find("form[action='/sign-out'] button")).click();
    await until("to be signed out", 10_000, async () => !/\/account(\?|$)/.test(await page.url()));
    await page.go(`${origin}/sign-in`);
    await fill(page, "form[action='/sign-in']", { email: person.email, password: person.password });
    await follow(page, "form[action='/sign-in'] button[type=submit]", /\/account(\?|$)/);
  });

  journey("a shopper adds a passkey and signs in with it", async (t, page, origin) => {
    if (!hasPasskeys) {
      t.skip(`${name} has no WebAuthn`);
      return;
    }
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, newPerson());
    const list = await page.find("sp-passkey-list[state=ready]");
    await (await list.inShadow('[part~="add"]')).click();
    await until("the passkey in the list", 10_000, async () => (await list.inShadow('[part~="remove"]')).displayed());
    await (await page.find("form[action='/sign-out'] button")).click();
    await until("to be signed out", 10_000, async () => !/\/account(\?|$)/.test(await page.url()));
    await page.go(`${origin}/sign-in`);
    const button = await page.find("sp-passkey-signin[state=ready]");
    await (await button.inShadow('[part~="button"]')).click();
    await page.arrive(/\/account(\?|$)/);
    assert.match(await mainText(page), /Ada Winter/);
  });

  journey("without WebAuthn the shop's own words stand in the passkey's place", async (t, page, origin) => {
    if (hasPasskeys) {
      t.skip(`${name} has WebAuthn`);
      return;
    }
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await page.go(`${origin}/sign-in`);
    await page.find("sp-passkey-signin[state=unavailable]");
    await until("the shop's own words", 5_000, async () => (await page.find("sp-passkey-signin > [slot=unavailable]")).displayed());
    await signUp(page, origin, newPerson());
    const list = await page.find("sp-passkey-list[state=ready]");
    assert.equal(await (await list.inShadow('[part~="add"]')).displayed(), false, "none can be added here");
  });

  journey("a shopper signs in without a passkey: by an app, by mail, by a recovery code", (_t, page) => withoutPasskey(page, shop));

  journey("a guest pays with a sealed card, and the card is nowhere but in the envelope", async (_t, page, origin) => {
    const card = approvedCard();
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await bringToCheckout(page, origin);
    await fillAddress(page, newPerson());
    await fillCard(page, card);
    await follow(page, "#checkout button[value=card]", /\/orders\//);
    const text = await mainText(page);
    assert.match(text, /receipt is on its way/);
    assert.ok(text.includes(card.lastFour));
    assert.ok(!text.includes(card.number));

    const sent = shop.recorder.exchanges.find(({ url, method }) => url === "/checkout" && method === "POST");
    assert.match(new URLSearchParams(sent.body).get("envelope"), /^eyJ[\w-]+(\.[\w-]*){4}$/);
    for (const { method, url, body, headers } of shop.recorder.exchanges) {
      assert.deepEqual(cardTraces(`${url} ${body} ${JSON.stringify(headers)}`, card.number), [], `${method} ${url}`);
    }
    assert.deepEqual(cardTraces(await storageOf(page), card.number), []);
    assert.deepEqual(cardTraces(shop.logs(), card.number), []);
  });

  journey("a declined card is said, and an invoice pays instead", async (_t, page, origin) => {
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await bringToCheckout(page, origin);
    await fillAddress(page, newPerson());
    await fillCard(page, answers.insufficientFunds());
    await (await page.find("#checkout button[value=card]")).click();
    await until("to hear of it", 10_000, async () => /declined|not charged|nothing was charged/i.test(await mainText(page)));
    await page.go(`${origin}/checkout`);
    await fillAddress(page, newPerson());
    await follow(page, ".other-way button[value=invoice]", /\/orders\//);
    assert.match(await mainText(page), /invoice/i);
  });

  journey("the tracker is reached after acceptance, and not before, after refusal or after withdrawal", async (_t, page, origin) => {
    const first = await shop.trackerHits();
    await page.go(`${origin}/control`);
    await until("the control page's hit", 10_000, async () => (await shop.trackerHits()) > first);

    const before = await shop.trackerHits();
    for (const path of ["/", "/cart", "/privacy"]) {
      await page.go(`${origin}${path}`);
    }
    await settle();
    assert.equal(await shop.trackerHits(), before, "before a choice");
    await page.go(`${origin}/`);
    await answerBanner(page, "reject");
    await page.go(`${origin}/cart`);
    await settle();
    assert.equal(await shop.trackerHits(), before, "after refusal");

    await page.go(`${origin}/privacy`);
    await setOptional(page, true);
    await until("a hit after acceptance", 10_000, async () => (await shop.trackerHits()) > before);
    const records = () => shop.recorder.exchanges.filter(({ url, status }) => url === "/api/consent-records" && status === 201);
    await until("the record at the backend", 5_000, () => records().length === 1);

    await setOptional(page, false);
    await settle();
    const after = await shop.trackerHits();
    await page.go(`${origin}/`);
    await settle();
    assert.equal(await shop.trackerHits(), after, "after withdrawal");
  });

  for (const [failure, fault] of Object.entries(FAILURES)) {
    for (const [way, send] of Object.entries(WAYS)) {
      test(`${failure}, sent by ${way}: no card digit leaves the page`, { timeout: 60_000 }, async () => {
        shop.recorder.reset();
        shop.recorder.fault(fault);
        await bringToCheckout(session, shop.origin);
        await session.find("sp-payment-form[state=unavailable]");
        // The isolated page has no field to put a card in: the other one has.
        await session.go(`${shop.origin}/checkout?card=inline`);
        await session.find("sp-payment-form[state=unavailable]");
        await assertNoCardLeaves(session, send);
      });
    }
  }

  describe("script off", () => {
    for (const way of ["Enter", "button", "form.submit()"]) {
      test(`script off, sent by ${way}: no card digit leaves the page`, { timeout: 60_000 }, async (t) => {
        if (withoutScript === undefined) {
          t.skip(`${name}'s driver cannot switch script off`);
          return;
        }
        if (way === "form.submit()") {
          t.skip(`${name} has no script to call it where script is off`);
          return;
        }
        shop.recorder.reset();
        // A driver has one session at a time.
        const other = await start();
        const page = await other.open(withoutScript);
        try {
          await bringToCheckout(page, shop.origin, { inline: true });
          // Drivers answer whether something is displayed or enabled by script, which this page has not.
          assert.ok((await (await page.find("sp-payment-form > [slot=unavailable]")).rect()).height > 0);
          for (const field of ["number", "expiry", "code", "name"]) {
            assert.notEqual(await (await page.find(`[data-card=${field}]`)).attribute("disabled"), null);
          }
          await fillAddress(page, newPerson());
          const target = way === "Enter" ? "#checkout [name=city]" : "#checkout button[value=invoice]";
          await (await page.find(target))[way === "Enter" ? "type" : "click"](Key.enter);
          await settle();
          assertClean(approvedCard());
        } finally {
          await page.close();
          await other.stop();
        }
      });
    }
  });

  /** As a password manager might put a card into locked fields. */
  async function assertNoCardLeaves(page, send) {
    const card = approvedCard();
    await fillAddress(page, newPerson());
    await page.run(
      `(card) => {
        for (const input of document.querySelectorAll("[data-card]")) input.value = card[input.dataset.card];
      }`,
      card,
    );
    await send(page);
    await settle();
    assertClean(card);
  }

  function assertClean(card) {
    for (const { method, url, body } of shop.recorder.exchanges) {
      const form = new URLSearchParams(body);
      form.delete("order");
      form.delete("envelope");
      assert.deepEqual(cardTraces(`${url} ${form}`, card.number, 4), [], `${method} ${url}`);
    }
  }
}

/** Long enough for a request that should not come. */
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** Sets every optional purpose in the privacy settings, and saves. */
async function setOptional(page, wanted) {
  const settings = await page.find("sp-privacy-settings[state=ready]");
  await page.run(
    `(settings, wanted) => {
      for (const box of settings.shadowRoot.querySelectorAll("input[type=checkbox]:not([disabled])")) {
        if (box.checked !== wanted) box.click();
      }
    }`,
    settings,
    wanted,
  );
  await (await settings.inShadow('[part~="save"]')).click();
}
