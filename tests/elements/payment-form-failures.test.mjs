import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRoot } from "../lib/manifest.mjs";
import { card, eventually, field, FIELDS, fill, inBoth, keys, MODES, open, own, page, sent, signed, TAG, VISA } from "./lib/card-page.mjs";
import { assertUnavailable } from "./lib/harness.mjs";
import { moduleOf } from "./lib/signed-page.mjs";
import { distFile, POLICY } from "./lib/site.mjs";

const withoutWasm = (text) => text.replace(" 'wasm-unsafe-eval'", "");
const wasm = (answer) => ({ "/pkg/wasm/payment.wasm": answer });
const FAILURES = {
  "script off": { context: { javaScriptEnabled: false } },
  "wasm refused by the policy": { policy: withoutWasm, code: "load.blocked" },
  "wasm missing": { routes: wasm(() => ({ status: 404 })), code: "load.missing" },
  "wasm of the wrong type": { routes: wasm(async () => ({ headers: { "content-type": "text/plain" }, body: await distFile("wasm/payment.wasm") })), code: "load.mime" },
  "wasm cut off": {
    routes: wasm(async () => ({ headers: { "content-type": "application/wasm" }, body: (await distFile("wasm/payment.wasm")).subarray(0, 9_000) })),
    code: "load.corrupt",
  },
  "key unreachable": { routes: { "/keys": () => ({ status: 503 }) }, code: "payment.key-unreachable" },
  "no manifest in the answer": { routes: { "/keys": () => ({ body: { keys: [keys.jwk] } }) }, code: "payment.key-invalid" },
  "keys that are not signed": { routes: { "/keys": () => ({ body: { manifest: JSON.stringify({ keys: [keys.jwk] }) } }) }, code: "payment.key-invalid" },
  "keys signed by another root": {
    routes: { "/keys": async () => ({ body: { manifest: await (await makeRoot()).sign({ keys: [keys.jwk], merchant: "shop-1", origins: [own.site.origin] }) } }) },
    code: "payment.key-unsigned",
  },
  "keys of another merchant": { routes: { "/keys": async () => ({ body: await signed({ merchant: "shop-2" }) }) }, code: "payment.key-mismatch" },
  "keys of another origin": { routes: { "/keys": async () => ({ body: await signed({ origins: ["https://evil.example"] }) }) }, code: "payment.key-mismatch" },
  "keys out of date": { routes: { "/keys": async () => ({ body: await signed({ now: Date.now() - 90_000_000 }) }) }, code: "payment.key-expired" },
  "no roots pinned": { routes: { "/roots.js": () => moduleOf("") }, code: "payment.roots-refused" },
};
const script = async () => ({ "content-type": "text/javascript", "access-control-allow-origin": "*" });
const FRAME_FAILURES = {
  "frame's script missing": { routes: { "/pkg/frame/payment.js": () => ({ status: 404 }) }, code: "load.missing" },
  "frame's script without its CORS header": {
    routes: { "/pkg/frame/payment.js": async () => ({ headers: { "content-type": "text/javascript" }, body: await distFile("frame/payment.js") }) },
    code: "load.blocked",
  },
  "frame's script changed by one byte": {
    routes: { "/pkg/frame/payment.js": async () => ({ headers: await script(), body: `${await distFile("frame/payment.js")} ` }) },
    code: "load.blocked",
  },
  "another module than the frame's own": {
    routes: wasm(async () => ({ headers: { "content-type": "application/wasm" }, body: await distFile("wasm/consent.wasm") })),
    code: "load.corrupt",
  },
  "policy of Trusted Types not listed": { policy: (text) => text.replace("trusted-types storefront-privacy", "trusted-types other"), code: "load.blocked" },
};

const CASES = [
  ...Object.entries(FAILURES).flatMap(([name, failure]) => Object.keys(MODES).map((mode) => [mode, name, failure])),
  ...Object.entries(FRAME_FAILURES).map(([name, failure]) => ["isolated", name, failure]),
];
for (const [mode, name, { context = {}, routes = {}, policy, code }] of CASES) {
  test(`${mode}, ${name}: the shop's words are shown, and no way of sending the form holds a digit`, async () => {
    for (const way of mode === "isolated" ? ["button", "Enter", "submit()"] : ["submit()"]) {
      // Inputs of the shop's own, which in `isolated` are of no use, and locked all the same.
      const url = page(FIELDS, { attributes: MODES[mode], ...(policy && { policy: policy(POLICY) }) });
      for (const [path, route] of Object.entries(routes)) own.site.routes.set(path, route);
      const shopper = await own.open(url, context);
      if (code) await assertUnavailable(shopper, TAG, code);
      const number = shopper.page.locator('input[data-card="number"]');
      assert.equal(await number.isDisabled(), true);
      if (way === "button") await shopper.page.getByRole("button", { name: "Pay by invoice" }).click();
      else if (context.javaScriptEnabled === false) continue;
      // An extension, or a curious shopper, may open and fill the field all the same.
      await shopper.page
        .evaluate(
          ([digits, kind]) => {
            const input = document.querySelector('[data-card="number"]');
            if (input === null) return;
            input.disabled = false;
            input.value = digits;
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

test("inline without the shop's word for it is not offered", async () => {
  const shopper = await own.open(page(FIELDS, { attributes: 'mode="inline"' }));
  await assertUnavailable(shopper, TAG, "input.invalid");
  assert.equal(await shopper.page.locator('[data-card="number"]').isDisabled(), true);
});

inBoth("an exception while sealing sends nothing, keeps what was typed but the code, and lets the shopper try again", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await shopper.page.evaluate(() => document.querySelector("sp-payment-form").setAttribute("amount", "19.99"));
  for (const way of ["button", "Enter"]) {
    await field(shopper, "code").fill("123");
    if (way === "button") await shopper.page.locator("#pay").click();
    else await field(shopper, "code").press("Enter");
    await shopper.page.locator(`${TAG} [part=problem]`, { hasText: "order has changed" }).waitFor();
    assert.equal(await shopper.page.evaluate((tag) => document.querySelector(tag).shadowRoot?.activeElement?.part.value ?? document.activeElement.localName, TAG), "problem", "the focus is where it is said");
    await eventually("the code to be gone", async () => (await field(shopper, "code").inputValue()) === "");
  }
  assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242");
  assert.equal(own.site.received.some(({ path }) => path === "/paid"), false);
  await shopper.page.evaluate(() => document.querySelector("sp-payment-form").setAttribute("amount", "1999"));
  await field(shopper, "code").fill("123");
  await shopper.page.locator("#pay").click();
  const { data } = await sent(shopper);
  assert.ok(data.get("envelope"));
});

inBoth("a page that is left forgets the code", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await shopper.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await eventually("the code to be gone", async () => (await field(shopper, "code").inputValue()) === "");
  assert.equal(await field(shopper, "name").inputValue(), "Ada Byron");
});

inBoth("a form that is reset forgets the card", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await shopper.page.evaluate(() => document.querySelector("#checkout").reset());
  for (const name of ["number", "expiry", "code", "name"]) {
    await eventually(`${name} to be gone`, async () => (await field(shopper, name).inputValue()) === "");
  }
});

inBoth("a slow key gives way after three seconds, and the fields take the place back when it comes", async (mode) => {
  const url = page("", { attributes: MODES[mode] });
  own.site.routes.set("/keys", () => signed().then((body) => ({ delay: 4_000, body })));
  const shopper = Object.assign(await own.open(url), { mode });
  await assertUnavailable(shopper, TAG, "load.timeout");
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
});
