/** Every code that a passkey can fail with, provoked in a page: what is stubbed stands for a browser that cannot be had here. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
const request = { rpId: "localhost", challenge, userVerification: "required" };

let browser;
let site;
const provoked = new Set();
before(async () => {
  [browser, site] = await Promise.all([launchChromium(["--host-resolver-rules=MAP insecure.test 127.0.0.1"]), servePackage()]);
});
after(async () => {
  await browser.close();
  await site.stop();
});

/** In the page, whose policy lets no text become code but the test's own. */
const run = async (provoke, given) => {
  const { load, passkeyAdvice, isPrivacyError } = await import("/passkey.js");
  const { preparePasskeys } = await import("/passkey-start.js");
  const passkey = await load();
  const refuse = (name, message = "", verb = "get", after = 0) => {
    CredentialsContainer.prototype[verb] = () => new Promise((_, reject) => setTimeout(() => reject(new DOMException(message, name)), after));
  };
  try {
    await provoke({ passkey, preparePasskeys, refuse, ...given });
    return { code: "no failure" };
  } catch (error) {
    if (!isPrivacyError(error)) return { code: String(error) };
    return { code: error.code, message: error.message, advice: passkeyAdvice(error), same: passkeyAdvice(error.code) };
  }
};

/** Runs `provoke` in a page; its code is what the call rejects with, and the advice is the package's own. */
async function code(provoke, { authenticator = {}, host = "localhost", headers = {}, given = {} } = {}) {
  site.headers = headers;
  const { page, close } = await newShopper(browser);
  try {
    await page.goto(site.origin.replace("localhost", host));
    if (authenticator) await addAuthenticator(page, authenticator);
    const told = await page.evaluate(`(${run})(${provoke}, ${JSON.stringify({ creation, request, ...given })})`);
    if (told.advice) {
      assert.deepEqual(told.advice, told.same);
      assert.equal(typeof told.advice.retryable, "boolean");
      assert.match(told.advice.next, /^(passkey|another-device|another-way|reload|continue|help)$/);
      provoked.add(told.code);
    }
    return told;
  } finally {
    await close();
  }
}

const cases = {
  "passkey.options-invalid": [({ passkey }) => passkey.register({ publicKey: {} })],
  "passkey.options-expired": [
    async ({ preparePasskeys, request }) => {
      const slow = async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        return { publicKey: request };
      };
      await preparePasskeys({ options: slow, verify: async () => 1, signedIn() {}, lifetime: 1_000 }).ask();
    },
  ],
  "passkey.response-invalid": [
    async ({ passkey, creation, request }) => {
      await passkey.register(creation);
      Object.defineProperty(AuthenticatorAssertionResponse.prototype, "signature", { get: () => new ArrayBuffer(0) });
      delete PublicKeyCredential.prototype.toJSON;
      await passkey.signIn(request);
    },
  ],
  "passkey.cancelled": [({ passkey, request, refuse }) => (refuse("NotAllowedError", "", "get", 300), passkey.signIn(request))],
  "passkey.timeout": [({ passkey, request, refuse }) => (refuse("NotAllowedError", "", "get", 300), passkey.signIn({ ...request, timeout: 200 }))],
  "passkey.already-registered": [
    async ({ passkey, creation }) => {
      const { id } = await passkey.register(creation);
      await passkey.register({ ...creation, excludeCredentials: [{ type: "public-key", id }] });
    },
  ],
  "passkey.not-allowed": [({ passkey, creation }) => passkey.register(creation), { authenticator: { isUserVerified: false } }],
  "passkey.not-supported": [({ passkey, request }) => (delete globalThis.PublicKeyCredential, passkey.signIn(request)), { authenticator: null }],
  "passkey.insecure-context": [({ passkey, request }) => passkey.signIn(request), { authenticator: null, host: "insecure.test" }],
  "passkey.policy-blocked": [({ passkey, request }) => passkey.signIn(request), { headers: { "permissions-policy": "publickey-credentials-get=()" } }],
  "passkey.activation-needed": [({ passkey, request, refuse }) => (refuse("NotAllowedError", "User gesture is not detected."), passkey.signIn(request))],
  "passkey.page-inactive": [({ passkey, request, refuse }) => (refuse("NotAllowedError", "the page does not have focus"), passkey.signIn(request))],
  "passkey.none-here": [({ passkey, request }) => passkey.signIn(request, { mediation: "conditional" })],
  "passkey.mode-unsupported": [
    async ({ request }) => {
      PublicKeyCredential.getClientCapabilities = async () => ({ conditionalGet: true });
      const { open } = await import("/verbs/passkey.js");
      await open({ call: () => request }).signIn(request, { uiMode: "immediate" });
    },
  ],
  "passkey.algorithm-unsupported": [({ passkey, creation, refuse }) => (refuse("NotSupportedError", "", "create"), passkey.register(creation))],
  "passkey.authenticator-unfit": [({ passkey, creation, refuse }) => (refuse("ConstraintError", "", "create"), passkey.register(creation))],
  "passkey.authenticator-failed": [({ passkey, creation, refuse }) => (refuse("UnknownError", "", "create"), passkey.register(creation))],
  "passkey.rp-mismatch": [({ passkey, request }) => passkey.signIn({ ...request, rpId: "shop.example" })],
  "passkey.busy": [
    async ({ passkey, request }) => {
      // Another script of the page, which knows nothing of this package.
      void navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(request) }).catch(() => undefined);
      await passkey.signIn(request);
    },
    { authenticator: { automaticPresenceSimulation: false } },
  ],
  "passkey.aborted": [({ passkey, request }) => passkey.signIn(request, { signal: AbortSignal.abort() })],
  "passkey.unresponsive": [
    ({ passkey, request }) => {
      CredentialsContainer.prototype.get = () => new Promise(() => {});
      return passkey.signIn(request, { signal: AbortSignal.timeout(50) });
    },
  ],
  "passkey.order-mismatch": [({ passkey, request }) => passkey.signIn(request, { order: { merchant: "shop", id: "1", amount: 100, currency: "EUR", nonce: "A".repeat(43) } })],
  "passkey.prf-unsupported": [async ({ passkey, creation }) => passkey.prf(await passkey.register(creation, { prf: { eval: { first: "AAAA" } } }))],
  "passkey.prf-pending": [
    async ({ passkey, creation }) => passkey.prf(await passkey.register(creation, { prf: { eval: { first: "AAAA" } } })),
    { authenticator: { transport: "usb", hasHmacSecret: true } },
  ],
  "passkey.server-refused": [
    async ({ passkey, creation, preparePasskeys, request }) => {
      await passkey.register(creation);
      const verify = async () => {
        throw new Error("401");
      };
      await preparePasskeys({ options: async () => ({ publicKey: request }), verify, signedIn() {} }).ask();
    },
  ],
  "network.failed": [({ preparePasskeys }) => preparePasskeys({ options: () => fetch("http://localhost:1/"), verify: async () => 1, signedIn() {} }).ask()],
};

for (const [expected, [provoke, how]] of Object.entries(cases)) {
  test(expected, async () => {
    const told = await code(provoke, how);
    assert.equal(told.code, expected, told.message);
    assert.doesNotMatch(told.message, /AAECAw|ada@shop/, "no message repeats what was given");
  });
}

test("twenty codes and more have been provoked here", () => {
  assert.ok(provoked.size >= 20, `${provoked.size}`);
});
