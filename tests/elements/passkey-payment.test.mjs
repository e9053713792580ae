/** Secure Payment Confirmation, by a stand-in: no browser here has it. */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { addAuthenticator, launchChromium, newShopper } from "../lib/chromium.mjs";
import { servePackage } from "./lib/package-page.mjs";

const challenge = "A".repeat(22);
const creation = {
  rp: { name: "Shop", id: "localhost" },
  user: { id: "AAECAw", name: "ada@shop.example", displayName: "Ada" },
  challenge,
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
};
const payment = { amount: 24_905, currency: "EUR", payeeName: "Hob & Rim", instrument: { displayName: "Card ····4242", icon: "https://shop.example/card.png" } };

let browser;
let site;
let shopper;
before(async () => {
  [browser, site] = await Promise.all([launchChromium(), servePackage()]);
});
afterEach(() => shopper?.close());
after(async () => {
  await browser.close();
  await site.stop();
});

/** The dialogue's stand-in: it keeps what it was asked, and answers with a passkey's own signature. */
const standIn = (outcome) => {
  globalThis.asked = [];
  globalThis.PaymentRequest = class {
    static securePaymentConfirmationAvailability = async () => (outcome === "unavailable" ? "unavailable-no-permission-policy" : "available");
    constructor(methods, details) {
      this.given = { methods, details };
    }
    async show() {
      const [{ supportedMethods, data }] = this.given.methods;
      globalThis.asked.push({ supportedMethods, ...data, challenge: data.challenge.byteLength, credentialIds: data.credentialIds.map((id) => id.byteLength > 0), total: this.given.details.total });
      if (outcome === "cancelled") await new Promise((_, reject) => setTimeout(() => reject(new DOMException("", "NotAllowedError")), 300));
      if (outcome === "pending") return new Promise((_, reject) => (this.reject = reject));
      const details = await navigator.credentials.get({ publicKey: { challenge: data.challenge, rpId: data.rpId, allowCredentials: data.credentialIds.map((id) => ({ type: "public-key", id })) } });
      return { details, complete: async (how) => void globalThis.asked.push(how) };
    }
    async abort() {
      this.reject?.(new DOMException("", "AbortError"));
    }
  };
};

async function pay(outcome, changes = {}, how = "undefined") {
  shopper = await newShopper(browser);
  await shopper.page.goto(`${site.origin}/`);
  await addAuthenticator(shopper.page);
  return shopper.page.evaluate(`(async (outcome, creation, payment) => {
    const passkey = await (await import("/passkey.js")).load();
    const { confirmPayment, paymentConfirmation } = await import("/passkey-payment.js");
    const before = await paymentConfirmation();
    const { id } = await passkey.register(creation);
    if (outcome !== "none") (${standIn})(outcome);
    const options = { challenge: creation.challenge, rpId: "localhost", allowCredentials: [{ type: "public-key", id }], timeout: 60000, ...${JSON.stringify(changes)} };
    const done = await confirmPayment(options, payment, ${how}).then((response) => ({ response }), ({ code }) => ({ code }));
    return { before, after: await paymentConfirmation(), id, asked: globalThis.asked, ...done };
  })(${JSON.stringify(outcome)}, ${JSON.stringify(creation)}, ${JSON.stringify(payment)})`);
}

test("is not offered where the browser has none", async () => {
  const { before, code } = await pay("none");
  assert.notEqual(before, "yes");
  assert.equal(code, "passkey.payment-unsupported");
});

test("shows payee, instrument and amount, and gives what a server verifies", async () => {
  const { after, id, asked, response } = await pay("paid");
  assert.equal(after, "yes");
  assert.equal(response.id, id);
  assert.equal(typeof response.response.signature, "string");
  const [shown, completed] = asked;
  assert.equal(completed, "success");
  assert.deepEqual(shown.total, { label: "Hob & Rim", amount: { currency: "EUR", value: "249.05" } });
  assert.deepEqual(
    [shown.supportedMethods, shown.rpId, shown.payeeName, shown.payeeOrigin, shown.challenge, shown.credentialIds, shown.timeout],
    ["secure-payment-confirmation", "localhost", "Hob & Rim", site.origin, 16, [true], 60_000],
  );
});

for (const [what, expected, outcome, changes, how] of [
  ["a browser that refuses it here", "passkey.payment-unsupported", "unavailable"],
  ["a shopper who closes the dialogue", "passkey.cancelled", "cancelled"],
  ["a page that ends it", "passkey.aborted", "pending", {}, "{ signal: AbortSignal.timeout(100) }"],
  ["options that name no credential", "passkey.options-invalid", "paid", { allowCredentials: [] }],
]) {
  test(`${what}: ${expected}`, async () => {
    assert.equal((await pay(outcome, changes, how)).code, expected);
  });
}
