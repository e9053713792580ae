import assert from "node:assert/strict";
import { before, test } from "node:test";
import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { storageOf } from "../lib/chromium.mjs";
import { assertAccessible, assertQuiet, assertReflows, assertUnavailable, focused, heard, hears, settles, steps, suite } from "./lib/harness.mjs";
import { distFile } from "./lib/site.mjs";

const TAG = "sp-payment-form";
const own = suite();
const VISA = "4242424242424242";
const AMEX = "378282246310005";
const YEAR = String((new Date().getFullYear() + 3) % 100).padStart(2, "0");

let privateKey;
let jwk;
before(async () => {
  const pair = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  privateKey = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ECDH-ES", use: "enc" };
});

const FIELDS = `<label for="n">Card number</label><input id="n" data-card="number" name="leak" required disabled>
<label for="e">Expiry</label><input id="e" data-card="expiry" disabled>
<label for="c">Code</label><input id="c" data-card="code" disabled>
<label for="h">Name</label><input id="h" data-card="name" disabled>`;

const form = (children = "", attributes = "") => `<form id="checkout" action="/paid" method="post"><input type="hidden" name="order" value="o-1">
<sp-payment-form keys="/keys" merchant="shop-1" order="o-1" amount="1999" currency="EUR" accept="visa mastercard amex" ${attributes}>${children}
<div slot="unavailable"><p>Pay by invoice instead.</p><button name="method" value="invoice">Pay by invoice</button></div></sp-payment-form>
<button id="pay" name="method" value="card">Pay</button><button id="invoice" name="method" value="other" formnovalidate>Another way</button></form>`;

function page(children = "", { attributes = "", ...options } = {}) {
  own.site.routes.set("/keys", () => ({ body: { keys: [jwk] } }));
  own.site.routes.set("POST /paid", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><html lang=en><title>Paid</title>" }));
  return own.site.page(form(children, attributes), { elements: ["payment-form"], ...options });
}

const field = (shopper, name) => shopper.page.locator(`[data-card="${name}"]`);

async function fill(shopper, { number = VISA, expiry = `08${YEAR}`, code = "123", name = "Ada Byron" } = {}) {
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").fill(number);
  await field(shopper, "expiry").fill(expiry);
  await field(shopper, "code").fill(code);
  await field(shopper, "name").fill(name);
}

/** What the server received when the form was sent. */
async function sent(shopper) {
  await shopper.page.waitForURL("**/paid");
  const posts = own.site.received.filter(({ path }) => path === "/paid");
  return { posts, data: new URLSearchParams(posts.at(-1).body) };
}

/** No four digits of the card in a row, anywhere that leaves the page or stays behind. */
async function assertNoCard(shopper, number = VISA) {
  const places = [...shopper.watch.requests.map(({ url, body }) => url + body), ...shopper.watch.consoleLines, await storageOf(shopper.page)];
  const grouped = number.replace(/(.{4})/g, "$1 ").trim();
  for (const place of places) {
    assert.equal(place.includes(number) || place.includes(grouped) || place.includes(encodeURIComponent(grouped)), false, place.slice(0, 200));
  }
}

for (const [kind, children] of [["built by the element", ""], ["of the shop's own markup", FIELDS]]) {
  test(`fields ${kind}: the processor's key opens what is sent, and nothing else holds the card`, async () => {
    const shopper = await own.open(page(children));
    await fill(shopper);
    assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242");
    assert.equal(await field(shopper, "expiry").inputValue(), `08 / ${YEAR}`);
    await shopper.page.locator("#pay").click();
    const { posts, data } = await sent(shopper);
    assert.equal(posts.length, 1);
    assert.deepEqual([...data.keys()].sort(), ["envelope", "method", "order"]);
    assert.equal(data.get("method"), "card");
    const { plaintext, protectedHeader } = await compactDecrypt(data.get("envelope"), privateKey, { keyManagementAlgorithms: ["ECDH-ES"] });
    const card = JSON.parse(new TextDecoder().decode(plaintext));
    assert.equal(card.number, VISA);
    assert.equal(card.code, "123");
    assert.equal(card.name, "Ada Byron");
    assert.deepEqual(protectedHeader.order, { id: "o-1", amount: 1999, currency: "EUR" });
    assert.equal(protectedHeader.origin, own.site.origin);
    await assertNoCard(shopper);
    assertQuiet(shopper);
  });
}

test("it tells what it did, and no more of the card than a receipt", async () => {
  const shopper = await own.open(page());
  await shopper.page.evaluate(() => {
    document.addEventListener("submit", (event) => event.preventDefault());
  });
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.deepEqual(await hears(shopper.page, "sp-payment-sealed"), { brand: "visa", lastFour: "4242" });
  assert.deepEqual(await steps(shopper.page), ["keys ok", "load ok", "check ok", "seal ok", "submit ok"]);
  assert.equal(await field(shopper, "code").inputValue(), "", "the code is forgotten");
  assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242", "the rest is kept");
  const events = JSON.stringify(await shopper.page.evaluate(() => globalThis.heard));
  assert.equal(events.includes("42424242") || events.includes("Byron"), false);
});

test("inputs have no name, ask for autofill, and are closed until the card can be sealed", async () => {
  let open;
  const url = page(FIELDS);
  own.site.routes.set("/keys", () => new Promise((resolve) => (open = () => resolve({ body: { keys: [jwk] } }))));
  const shopper = await own.open(url);
  await shopper.page.locator(`${TAG}[state=loading]`).waitFor();
  for (const [name, autofill] of Object.entries({ number: "cc-number", expiry: "cc-exp", code: "cc-csc", name: "cc-name" })) {
    assert.equal(await field(shopper, name).isDisabled(), true);
    assert.equal(await field(shopper, name).getAttribute("name"), null);
    assert.equal(await field(shopper, name).getAttribute("autocomplete"), autofill);
  }
  await shopper.page.waitForFunction(() => true);
  open();
  await settles(shopper.page, TAG, "ready");
  assert.equal(await field(shopper, "number").isDisabled(), false);
  assert.equal(await field(shopper, "number").getAttribute("inputmode"), "numeric");
});

test("what is wrong is said at each field and in a list that leads there; putting it right takes it away", async () => {
  const shopper = await own.open(page(FIELDS));
  await fill(shopper, { number: "4242424242424241", expiry: "0120", code: "1", name: "" });
  await shopper.page.locator("#pay").click();
  const { problems } = await hears(shopper.page, "sp-payment-invalid");
  assert.deepEqual(problems.map(({ field: name }) => name), ["number", "expiry", "code", "name"]);
  assert.equal(await focused(shopper.page), "input.n");
  const number = field(shopper, "number");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  const described = await number.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby").split(" ").at(-1)).textContent);
  assert.match(described, /digit/);
  const links = shopper.page.locator(`${TAG} [part=summary] a`);
  assert.equal(await links.count(), 4);
  await links.nth(1).click();
  assert.equal(await focused(shopper.page), "input.e");
  await number.fill(VISA);
  assert.equal(await number.getAttribute("aria-invalid"), null);
  assert.equal(own.site.received.some(({ path }) => path === "/paid"), false);
});

test("a field is judged when it is left, not while it is typed", async () => {
  const shopper = await own.open(page());
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").pressSequentially("4111");
  assert.equal(await field(shopper, "number").getAttribute("aria-invalid"), null);
  await shopper.page.keyboard.press("Tab");
  assert.equal(await field(shopper, "number").getAttribute("aria-invalid"), "true");
});

test("a problem that appears when a field is left does not move the button from under the pointer", async () => {
  const shopper = await own.open(page());
  await fill(shopper, { expiry: "01" });
  await field(shopper, "expiry").focus();
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  assert.equal(await shopper.page.locator(`${TAG} [part=summary] a`).count(), 1);
});

test("the brand is told, and decides how long the code is", async () => {
  const shopper = await own.open(page());
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").fill(AMEX);
  assert.equal(await field(shopper, "number").inputValue(), "3782 822463 10005");
  await field(shopper, "code").pressSequentially("12 34567");
  assert.equal(await field(shopper, "code").inputValue(), "1234");
  await shopper.page.getByText("4 digits on the card").waitFor();
  await shopper.page.locator(`${TAG} [data-brand=visa][data-faint=true]`).waitFor();
  assert.equal(await shopper.page.locator(`${TAG} [role=status]`).textContent(), "American Express card.");
});

test("the caret stays where the shopper types", async () => {
  const shopper = await own.open(page());
  await settles(shopper.page, TAG, "ready");
  const number = field(shopper, "number");
  await number.fill("4242424242424");
  await number.evaluate((input) => input.setSelectionRange(6, 6));
  await number.press("9");
  assert.equal(await number.inputValue(), "4242 4924 2424 24");
  assert.equal(await number.evaluate((input) => input.selectionStart), 7);
  await number.press("Backspace");
  assert.equal(await number.inputValue(), "4242 4242 4242 4");
  assert.equal(await number.evaluate((input) => input.selectionStart), 6);
});

test("a double click seals once", async () => {
  const shopper = await own.open(page());
  await fill(shopper);
  await shopper.page.evaluate(() => {
    const button = document.querySelector("#pay");
    button.click();
    button.click();
  });
  const { posts } = await sent(shopper);
  assert.equal(posts.length, 1);
});

test("Enter pays with the first button of the form, and its name goes with it", async () => {
  const shopper = await own.open(page());
  await fill(shopper);
  await field(shopper, "name").press("Enter");
  const { data } = await sent(shopper);
  assert.ok(data.get("envelope"));
});

test("a button that skips the form's checks sends no card", async () => {
  const shopper = await own.open(page());
  await fill(shopper);
  await shopper.page.locator("#invoice").click();
  const { data } = await sent(shopper);
  assert.deepEqual([...data.keys()].sort(), ["method", "order"]);
  await assertNoCard(shopper);
});

test("a disabled fieldset leaves the card out, and opening it again lets it in", async () => {
  const shopper = await own.open(page("", { attributes: "disabled" }));
  await shopper.page.waitForTimeout(300);
  assert.equal(own.site.received.some(({ path }) => path === "/keys"), false, "nothing is loaded before it is needed");
  await shopper.page.evaluate(() => {
    document.querySelector("sp-payment-form").disabled = false;
  });
  await fill(shopper);
  await shopper.page.evaluate(() => {
    document.querySelector("sp-payment-form").disabled = true;
  });
  assert.equal(await field(shopper, "number").isDisabled(), true);
  await shopper.page.locator("#pay").click();
  const { data } = await sent(shopper);
  assert.equal(data.has("envelope"), false);
});

const FAILURES = {
  "script off": { context: { javaScriptEnabled: false } },
  "wasm refused by the policy": { policy: (text) => text.replace(" 'wasm-unsafe-eval'", ""), code: "load.blocked" },
  "wasm missing": { routes: { "/pkg/wasm/payment.wasm": () => ({ status: 404 }) }, code: "load.missing" },
  "wasm of the wrong type": { routes: { "/pkg/wasm/payment.wasm": async () => ({ headers: { "content-type": "text/plain" }, body: await distFile("wasm/payment.wasm") }) }, code: "load.mime" },
  "wasm cut off": {
    routes: { "/pkg/wasm/payment.wasm": async () => ({ headers: { "content-type": "application/wasm" }, body: (await distFile("wasm/payment.wasm")).subarray(0, 9_000) }) },
    code: "load.corrupt",
  },
  "key unreachable": { routes: { "/keys": () => ({ status: 503 }) }, code: "payment.key-unreachable" },
  "no key in the answer": { routes: { "/keys": () => ({ body: { keys: [] } }) }, code: "payment.key-invalid" },
};

for (const [name, { context = {}, routes = {}, policy, code }] of Object.entries(FAILURES)) {
  test(`${name}: the shop's words are shown, and no way of sending the form holds a digit`, async () => {
    const { POLICY } = await import("./lib/site.mjs");
    for (const way of ["button", "Enter", "submit()"]) {
      const url = page(FIELDS, policy ? { policy: policy(POLICY) } : {});
      for (const [path, route] of Object.entries(routes)) own.site.routes.set(path, route);
      const shopper = await own.open(url, context);
      if (code) await assertUnavailable(shopper, TAG, code);
      assert.equal(await field(shopper, "number").isDisabled(), true);
      if (way === "button") await shopper.page.getByRole("button", { name: "Pay by invoice" }).click();
      else if (context.javaScriptEnabled === false) continue;
      // An extension, or a curious shopper, may open and fill the field all the same.
      await shopper.page
        .evaluate(
          ([number, kind]) => {
            const input = document.querySelector('[data-card="number"]');
            if (input === null) return;
            input.disabled = false;
            input.value = number;
            if (kind === "submit()") input.form.submit();
            else if (kind === "Enter") input.form.requestSubmit();
          },
          [VISA, way],
        )
        .catch((error) => assert.match(String(error), /context was destroyed|navigation/));
      const { data } = await sent(shopper);
      assert.equal(data.has("envelope"), false);
      assert.equal(shopper.watch.requests.some(({ body, url: address }) => /4242/.test(body + address)), false);
    }
  });
}

test("an exception while sealing sends nothing, keeps what was typed but the code, and lets the shopper try again", async () => {
  const shopper = await own.open(page("", { attributes: "" }));
  await fill(shopper);
  await shopper.page.evaluate(() => document.querySelector("sp-payment-form").setAttribute("amount", "19.99"));
  for (const way of ["button", "Enter"]) {
    await field(shopper, "code").fill("123");
    if (way === "button") await shopper.page.locator("#pay").click();
    else await field(shopper, "code").press("Enter");
    await shopper.page.locator(`${TAG} [part=problem]`, { hasText: "order has changed" }).waitFor();
    assert.equal(await field(shopper, "code").inputValue(), "");
  }
  assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242");
  assert.equal(own.site.received.some(({ path }) => path === "/paid"), false);
  await shopper.page.evaluate(() => document.querySelector("sp-payment-form").setAttribute("amount", "1999"));
  await field(shopper, "code").fill("123");
  await shopper.page.locator("#pay").click();
  const { data } = await sent(shopper);
  assert.ok(data.get("envelope"));
});

test("a page that is left forgets the code", async () => {
  const shopper = await own.open(page());
  await fill(shopper);
  const kept = await shopper.page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    return document.querySelector("[data-card=code]").value;
  });
  assert.equal(kept, "");
});

test("a slow key gives way after three seconds, and the fields take the place back when it comes", async () => {
  const url = page();
  own.site.routes.set("/keys", () => ({ delay: 4_000, body: { keys: [jwk] } }));
  const shopper = await own.open(url);
  await assertUnavailable(shopper, TAG, "load.timeout");
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("by keyboard alone: through every field to the end", async () => {
  const shopper = await own.open(page());
  await settles(shopper.page, TAG, "ready");
  await shopper.page.keyboard.press("Tab");
  for (const [name, text] of [["number", VISA], ["expiry", `08${YEAR}`], ["code", "123"], ["name", "Ada Byron"]]) {
    assert.equal(await shopper.page.evaluate(() => document.activeElement.dataset.card), name);
    await shopper.page.keyboard.type(text);
    await shopper.page.keyboard.press("Tab");
  }
  assert.equal(await focused(shopper.page), "button.pay");
  await shopper.page.keyboard.press("Enter");
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("accessible in every guise: empty, filled, and with problems", async () => {
  const shopper = await own.open(page());
  await settles(shopper.page, TAG, "ready");
  await assertAccessible(shopper.page);
  const tree = await shopper.page.locator("main").ariaSnapshot();
  for (const name of ["Card number", "Expiry date", "Security code", "Name on card"]) assert.match(tree, new RegExp(`textbox "${name}"`));
  assert.match(tree, /group "Card"/);
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  assert.equal((await heard(shopper.page, "sp-unavailable")).length, 0);
  assertQuiet(shopper);
});
