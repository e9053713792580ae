/** Vendors are told in the order that their documentation asks for: what is denied first, before any tag, then every change. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { packageSuite } from "./lib/package-suite.mjs";

const own = packageSuite();
let shopper;

const ALL = `data-google="analytics_storage=analytics ad_storage=marketing ad_user_data=marketing ad_personalization=marketing security_storage="
  data-google-redact data-google-passthrough data-uet="marketing" data-clarity="ads=marketing analytics=analytics" data-meta="marketing" data-tiktok="marketing"
  data-shopify="marketing=marketing analytics=analytics preferences=analytics sale=marketing"`;

/** What the vendors' own snippets do, as they publish them, without the scripts that they load. */
const snippets = `
  window.uetq = window.uetq || [];
  !function(f){var n;if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};
    if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version="2.0";n.queue=[]}(window);
  fbq("init", "1"); fbq("track", "PageView");
  !function(w){var ttq=w.ttq=w.ttq||[];ttq.methods=["page","holdConsent","revokeConsent","grantConsent"];
    ttq.setAndDefer=function(t,e){t[e]=function(){t.push([e].concat(Array.prototype.slice.call(arguments,0)))}};
    for(var i=0;i<ttq.methods.length;i++)ttq.setAndDefer(ttq,ttq.methods[i]);ttq.page()}(window);
  window.told = [];
  window.Shopify = { loadFeatures(features, done) { told.push(features); window.Shopify.customerPrivacy = { setTrackingConsent: (consent) => told.push(consent) }; done() } };`;

async function open(bridges, { stored, head = "", more = "" } = {}) {
  own.site.answers["/snippets.js"] = snippets;
  own.site.head = `<script src="/gate.global.js" data-policy="1" data-purposes="analytics marketing" data-release="" ${more}></script>${head}
    <script src="/bridges.global.js" ${bridges}></script><script src="/snippets.js"></script>`;
  shopper = await own.meet();
  if (stored) await shopper.context.addInitScript((text) => localStorage.setItem("sp-consent", text), JSON.stringify(stored));
  await shopper.page.goto(`${own.site.origin}/`);
  return shopper.page;
}

const recorded = (page, expression) => page.evaluate(`JSON.parse(JSON.stringify(Array.from(${expression} ?? [], (each) => Object.prototype.toString.call(each) === "[object Arguments]" ? Array.from(each) : each)))`);
const decide = (page, granted) => page.evaluate((list) => void globalThis[Symbol.for("storefront-privacy.gate")].decide(list), granted);

const denied = { ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied", analytics_storage: "denied", functionality_storage: "denied", personalization_storage: "denied", security_storage: "granted" };

test("Google: seven keys denied before any tag, the settings, then updates", async () => {
  const page = await open(ALL);
  const first = [
    ["consent", "default", { ...denied, wait_for_update: 500 }],
    ["set", "ads_data_redaction", true],
    ["set", "url_passthrough", true],
  ];
  assert.deepEqual(await recorded(page, "dataLayer"), first);
  await decide(page, ["analytics"]);
  await decide(page, ["analytics", "marketing"]);
  await decide(page, []);
  assert.deepEqual((await recorded(page, "dataLayer")).slice(3), [
    ["consent", "update", { ...denied, analytics_storage: "granted" }],
    ["consent", "update", { ...denied, ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted", analytics_storage: "granted" }],
    ["consent", "update", denied],
  ]);
  assert.deepEqual(shopper.watch.violations(), []);
});

test("Google: who has decided before is told of right after the default, and regions have a default of their own", async () => {
  const at = Math.floor(Date.now() / 1_000);
  const page = await open('data-google="analytics_storage=analytics security_storage=" data-google-wait="0" data-google-regions="DE FR"', { stored: { v: 1, policy: "1", at, granted: ["analytics"] } });
  assert.deepEqual(await recorded(page, "dataLayer"), [
    ["consent", "default", { ...denied, region: ["DE", "FR"], wait_for_update: 0 }],
    ["consent", "default", { ...denied, analytics_storage: "granted", wait_for_update: 0 }],
    ["consent", "update", { ...denied, analytics_storage: "granted" }],
  ]);
});

test("Microsoft: UET's default is first in its queue, Clarity is told with its second version", async () => {
  const page = await open(ALL);
  await decide(page, ["analytics"]);
  assert.deepEqual(await recorded(page, "uetq"), ["consent", "default", { ad_storage: "denied" }, "consent", "update", { ad_storage: "denied" }]);
  await decide(page, ["marketing"]);
  assert.deepEqual((await recorded(page, "uetq")).slice(6), ["consent", "update", { ad_storage: "granted" }]);
  assert.deepEqual(await recorded(page, "clarity.q"), [
    ["consentv2", { ad_Storage: "denied", analytics_Storage: "denied" }],
    ["consentv2", { ad_Storage: "denied", analytics_Storage: "granted" }],
    ["consentv2", { ad_Storage: "granted", analytics_Storage: "denied" }],
  ]);
});

test("Meta: revoked before `init`, though its snippet makes the function", async () => {
  const page = await open(ALL);
  await decide(page, ["marketing"]);
  await decide(page, []);
  assert.deepEqual(await recorded(page, "fbq.queue"), [["consent", "revoke"], ["init", "1"], ["track", "PageView"], ["consent", "grant"], ["consent", "revoke"]]);
});

test("TikTok: held before the first page, then granted or revoked", async () => {
  const page = await open(ALL);
  await decide(page, ["marketing"]);
  await decide(page, []);
  assert.deepEqual(await recorded(page, "ttq"), [["holdConsent"], ["page"], ["grantConsent"], ["revokeConsent"]]);
});

test("Shopify: its feature is loaded once there is something to tell", async () => {
  const page = await open(ALL);
  assert.deepEqual(await recorded(page, "told"), []);
  await decide(page, ["analytics"]);
  await decide(page, ["marketing"]);
  assert.deepEqual(await recorded(page, "told"), [
    [{ name: "consent-tracking-api", version: "0.1" }],
    { marketing: false, analytics: true, preferences: true, sale_of_data: false },
    { marketing: true, analytics: false, preferences: false, sale_of_data: true },
  ]);
});

test("where people opt out, and where nothing is configured", async () => {
  const page = await open('data-google="analytics_storage=analytics"', { more: 'data-region="US-CA" data-opt-out="US-CA"' });
  assert.deepEqual((await recorded(page, "dataLayer")).map(([, verb, { analytics_storage }]) => [verb, analytics_storage]), [["default", "denied"], ["update", "granted"]]);
  await shopper.close();
  const bare = await open("");
  assert.deepEqual(await bare.evaluate(() => [typeof globalThis.dataLayer, typeof globalThis.clarity]), ["undefined", "undefined"]);
});
