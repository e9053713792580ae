/** A page with the card form, in both modes, and a shop around it. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { storageOf } from "../../lib/chromium.mjs";
import { settles, suite } from "./harness.mjs";
import { pinnedPage } from "./signed-page.mjs";
import { makeRoot } from "../../lib/manifest.mjs";

export const TAG = "sp-payment-form";
export const own = suite();
export const VISA = "4242424242424242";
export const AMEX = "378282246310005";
export const YEAR = String((new Date().getFullYear() + 3) % 100).padStart(2, "0");

/** The processor's key pair and the root that signs it, once the tests have begun. */
export const keys = {};
before(async () => {
  const pair = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  keys.privateKey = pair.privateKey;
  keys.jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ECDH-ES", use: "enc" };
  keys.root = await makeRoot();
});

export const FIELDS = `<label for="n">Card number</label><input id="n" data-card="number" name="leak" required disabled>
<label for="e">Expiry</label><input id="e" data-card="expiry" disabled>
<label for="c">Code</label><input id="c" data-card="code" disabled>
<label for="h">Name</label><input id="h" data-card="name" disabled>`;

/** Where the fields are, and how a shop asks for it. */
export const MODES = { isolated: "", inline: 'mode="inline" accept-page-can-read-card' };

const form = (children = "", attributes = "") => `<form id="checkout" action="/paid" method="post"><input type="hidden" name="order" value="o-1">
<sp-payment-form keys="/keys" merchant="shop-1" order="o-1" amount="1999" currency="EUR" accept="visa mastercard amex" ${attributes}>${children}
<div slot="unavailable"><p>Pay by invoice instead.</p><button name="method" value="invoice">Pay by invoice</button></div></sp-payment-form>
<button id="pay" name="method" value="card">Pay</button><button id="invoice" name="method" value="other" formnovalidate>Another way</button></form>`;

export const signed = async (change = {}) => ({ manifest: await keys.root.sign({ keys: [keys.jwk], merchant: "shop-1", origins: [own.site.origin], ...change }) });
export function page(children = "", { attributes = "", head = "", ...options } = {}) {
  return pinnedPage(own.site, keys.root, signed, form(children, attributes), { head, ...options });
}

/** The document that the fields are in: that of the frame where there is one. */
export const card = (shopper) => (shopper.mode === "inline" ? shopper.page : shopper.page.locator(`${TAG} iframe`).contentFrame());
export const field = (shopper, name) => card(shopper).locator(`[data-card="${name}"]`);

/** Opens a page whose form has its fields in this mode. */
export async function open(mode, children = "", { attributes = "", context, ...options } = {}) {
  const shopper = await own.open(page(children, { attributes: `${MODES[mode]} ${attributes}`, ...options }), context);
  return Object.assign(shopper, { mode });
}

/** One test in each mode. */
export function inBoth(name, run) {
  for (const mode of Object.keys(MODES)) test(`${mode}: ${name}`, () => run(mode));
}

/** Where the focus is: the field's name, in whichever document. */
export async function focusedField(shopper) {
  const document = shopper.mode === "inline" ? shopper.page : shopper.page.frames()[1];
  return document.evaluate(() => globalThis.document.activeElement?.dataset.card ?? null);
}

export const focuses = (shopper, name) => eventually(`the focus on ${name}`, async () => (await focusedField(shopper)) === name);

export async function eventually(what, ask, patience = 5_000) {
  const deadline = Date.now() + patience;
  while (!(await ask())) {
    if (Date.now() > deadline) assert.fail(`waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function fill(shopper, { number = VISA, expiry = `08${YEAR}`, code = "123", name = "Ada Byron" } = {}) {
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").fill(number);
  await field(shopper, "expiry").fill(expiry);
  await field(shopper, "code").fill(code);
  await field(shopper, "name").fill(name);
}

/** What the server received when the form was sent. */
export async function sent(shopper) {
  await shopper.page.waitForURL("**/paid");
  const posts = own.site.received.filter(({ path }) => path === "/paid");
  return { posts, data: new URLSearchParams(posts.at(-1).body) };
}

/** No four digits of the card in a row, anywhere that leaves the page or stays behind. */
export async function assertNoCard(shopper, number = VISA) {
  const places = [...shopper.watch.requests.map(({ url, body }) => url + body), ...shopper.watch.consoleLines, await storageOf(shopper.page)];
  const grouped = number.replace(/(.{4})/g, "$1 ").trim();
  for (const place of places) {
    assert.equal(place.includes(number) || place.includes(grouped) || place.includes(encodeURIComponent(grouped)), false, place.slice(0, 200));
  }
}
