/** Decisions that other consent managers have stored: written by them where they are published, as recorded where they are not. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { assertQuiet, suite } from "./lib/harness.mjs";

const own = suite();
const require = createRequire(import.meta.url);
const policy = "2026-11";
const gate = `<script src="/pkg/gate.global.js" data-policy="${policy}" data-purposes="analytics marketing" data-release=""></script>`;
// The others' code styles itself: it is only here to write what it stores.
const loose = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

async function open(library) {
  if (library !== undefined) {
    const text = await readFile(require.resolve(library), "utf8");
    own.site.routes.set("/library.js", () => ({ headers: { "content-type": "text/javascript" }, body: text }));
  }
  const head = gate + (library === undefined ? "" : '<script src="/library.js"></script>');
  return own.open(own.site.page("", { head, policy: loose }));
}

const read = ({ page }) => page.evaluate(async () => (await import("/pkg/import-consent.js")).foreignDecisions({ cookie: document.cookie, stored: (key) => localStorage.getItem(key) }));
const takeOver = ({ page }, map) => page.evaluate(async (wanted) => (await import("/pkg/import-consent.js")).takeOver(wanted), map);
const now = () => Math.floor(Date.now() / 1_000);

test("vanilla-cookieconsent 3.1", async () => {
  const shopper = await open("vanilla-cookieconsent/dist/cookieconsent.umd.js");
  await shopper.page.evaluate(async () => {
    const sections = [{ linkedCategory: "analytics" }];
    const translations = { en: { consentModal: { title: "t", description: "d" }, preferencesModal: { title: "t", sections } } };
    await globalThis.CookieConsent.run({ categories: { necessary: { readOnly: true }, analytics: {}, ads: {} }, language: { default: "en", translations } });
    globalThis.CookieConsent.acceptCategory(["analytics"]);
  });
  const [{ from, at, choices }, ...others] = await read(shopper);
  assert.deepEqual([from, choices, others], ["vanilla-cookieconsent", { necessary: true, analytics: true }, []]);
  assert.ok(Math.abs(at - now()) < 60);
  const decision = await takeOver(shopper, { analytics: ["analytics"], marketing: ["ads"] });
  assert.deepEqual(decision, { v: 1, policy, at, granted: ["analytics"] });
});

for (const storageMethod of ["cookie", "localStorage"]) {
  test(`klaro 0.7, in ${storageMethod}`, async () => {
    const shopper = await open("klaro/dist/klaro-no-css.js");
    await shopper.page.evaluate((method) => {
      const config = { storageMethod: method, services: [{ name: "matomo", purposes: ["analytics"] }, { name: "adverts", purposes: ["ads"] }] };
      const manager = globalThis.klaro.getManager(config);
      manager.updateConsent("matomo", true);
      manager.saveAndApplyConsents();
    }, storageMethod);
    assert.deepEqual(await read(shopper), [{ from: "klaro", at: null, choices: { matomo: true, adverts: false } }]);
    const decision = await takeOver(shopper, { analytics: ["matomo"], marketing: ["adverts", "matomo"] });
    assert.deepEqual(decision.granted, ["analytics"]);
    assert.ok(Math.abs(decision.at - now()) < 60);
  });
}

test("tarteaucitron 1.34", async () => {
  const shopper = await open("tarteaucitronjs/tarteaucitron.js");
  await shopper.page.evaluate(() => {
    const { tarteaucitron } = globalThis;
    tarteaucitron.parameters = { cookieName: "tarteaucitron", hashtag: "#t" };
    for (const [service, status] of [["gtag", true], ["facebookpixel", false], ["youtube", "wait"]]) tarteaucitron.cookie.create(service, status);
  });
  assert.deepEqual(await read(shopper), [{ from: "tarteaucitron", at: null, choices: { gtag: true, facebookpixel: false } }]);
});

test("OneTrust and Cookiebot, as their pages store it", async () => {
  const shopper = await open();
  await shopper.page.evaluate(() => {
    document.cookie = "OptanonConsent=isGpcEnabled=0&datestamp=Mon+Nov+23+2026+10%3A00%3A00+GMT%2B0100&version=202405.1.0&isIABGlobal=false&hosts=&consentId=0a&interactionCount=1&landingPath=NotLandingPage&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A0&AwaitingReconsent=false; Path=/";
  });
  assert.deepEqual(await read(shopper), [], "nobody has closed OneTrust's banner");
  await shopper.page.evaluate(() => {
    document.cookie = "OptanonAlertBoxClosed=2025-11-23T09:00:01.000Z; Path=/";
    const cookiebot = "{stamp:'-k0WkZ==',necessary:true,preferences:false,statistics:true,marketing:false,method:'explicit',ver:1,utc:1732352400000,region:'de'}";
    document.cookie = `CookieConsent=${encodeURIComponent(cookiebot)}; Path=/`;
  });
  assert.deepEqual(await read(shopper), [
    { from: "onetrust", at: 1_763_888_401, choices: { C0001: true, C0002: true, C0003: false, C0004: false } },
    { from: "cookiebot", at: 1_732_352_400, choices: { necessary: true, preferences: false, statistics: true, marketing: false } },
  ]);
  const decision = await takeOver(shopper, { analytics: ["C0002"], marketing: ["C0004"] });
  assert.deepEqual(decision, { v: 1, policy, at: 1_763_888_401, granted: ["analytics"] });
  assertQuiet(shopper);
});

test("what is of another form is no decision, and nothing is asserted that was not chosen", async () => {
  const shopper = await open();
  const foreign = (cookie, stored = {}) =>
    shopper.page.evaluate(async ([text, values]) => (await import("/pkg/import-consent.js")).foreignDecisions({ cookie: text, stored: (key) => values[key] ?? null }), [cookie, stored]);
  const encoded = encodeURIComponent;
  for (const cookie of [
    "",
    "cc_cookie=%",
    "cc_cookie={}",
    `cc_cookie=${encoded('{"categories":"all"}')}`,
    `cc_cookie=${encoded('{"categories":[1]}')}`,
    `klaro=${encoded('{"a":"yes"}')}`,
    "klaro={}",
    "klaro=[true]",
    "tarteaucitron=!a=perhaps",
    "tarteaucitron=!a=wait",
    "OptanonConsent=groups=C1:2; OptanonAlertBoxClosed=2025-11-23T09:00:01.000Z",
    "OptanonConsent=groups=; OptanonAlertBoxClosed=2025-11-23T09:00:01.000Z",
    "CookieConsent=-1",
    "CookieConsent=0",
    `CookieConsent=${encoded("{necessary:true,preferences:true,statistics:true,marketing:true,method:'implied',utc:1732352400000}")}`,
    `CookieConsent=${encoded("{necessary:true,method:'explicit'}")}`,
    `klaro=${"x".repeat(20_000)}`,
  ]) {
    assert.deepEqual(await foreign(cookie), [], cookie.slice(0, 80));
  }
  // A date that has not come, or is none, is not taken.
  const [future] = await foreign(`cc_cookie=${encoded('{"categories":["a"],"consentTimestamp":"2999-01-01T00:00:00Z"}')}`);
  assert.equal(future.at, null);
});

test("a decision that is made here stays, and an incomplete map asks anew", async () => {
  const shopper = await open();
  await shopper.page.evaluate(() => (document.cookie = `klaro=${encodeURIComponent('{"matomo":true}')}; Path=/`));
  assert.equal(await takeOver(shopper, { analytics: ["matomo"] }), null);
  assert.equal(await takeOver(shopper, { analytics: ["matomo"], marketing: [] }), null);
  const refused = await shopper.page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].decide([]));
  assert.equal(await takeOver(shopper, { analytics: ["matomo"], marketing: ["matomo"] }), null);
  assert.deepEqual(await shopper.page.evaluate(() => JSON.parse(localStorage.getItem("sp-consent"))), refused);
});
