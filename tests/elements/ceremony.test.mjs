/** The passkey verbs: one ceremony at a time, a code for every refusal, and no PRF result in what they give. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addAuthenticator } from "../lib/chromium.mjs";
import { packageSuite } from "./lib/package-suite.mjs";

const salt = "A".repeat(43);
const challenge = "A".repeat(22);
const prf = { eval: { first: salt } };
const creation = {
  publicKey: {
    rp: { name: "Shop", id: "localhost" },
    user: { id: "AAECAw", name: "ada@shop.example", displayName: "Ada" },
    challenge,
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    extensions: { prf },
  },
};
const request = { publicKey: { rpId: "localhost", challenge, userVerification: "required", timeout: 60_000, extensions: { prf } } };

const own = packageSuite();
let shopper;

/** A page with an authenticator; `run` gets the loaded verbs and the two options, and its code is what it throws. */
async function openPage(options) {
  shopper = await own.meet();
  await shopper.page.goto(`${own.site.origin}/`);
  const authenticator = options === null ? undefined : await addAuthenticator(shopper.page, { hasPrf: true, ...options });
  const call = (run) =>
    shopper.page.evaluate(
      `import("/passkey.js").then(({ load }) => load()).then((passkey) => (${run})(passkey, ${JSON.stringify(creation)}, ${JSON.stringify(request)})).catch((error) => error.code ?? String(error))`,
    );
  return { call, authenticator };
}

describe("a ceremony", () => {
  for (const native of [true, false]) {
    test(`gives what a server verifies, and no PRF result, ${native ? "with" : "without"} the browser's own JSON`, async () => {
      const { call } = await openPage();
      if (!native) {
        await shopper.page.evaluate(() => {
          delete PublicKeyCredential.parseCreationOptionsFromJSON;
          delete PublicKeyCredential.parseRequestOptionsFromJSON;
          delete PublicKeyCredential.prototype.toJSON;
        });
      }
      const created = await call((passkey, options) => passkey.register(options));
      assert.deepEqual(Object.keys(created).sort(), ["authenticatorAttachment", "clientExtensionResults", "id", "rawId", "response", "type"]);
      assert.deepEqual(created.clientExtensionResults, { prf: { enabled: true } });
      assert.deepEqual(Object.keys(created.response).sort(), ["attestationObject", "authenticatorData", "clientDataJSON", "publicKey", "publicKeyAlgorithm", "transports"]);
      const signed = await call((passkey, _, options) => passkey.signIn(options));
      assert.equal(signed.id, created.id);
      assert.equal(signed.response.userHandle, "AAECAw");
      assert.equal(JSON.stringify(signed).includes("results"), false);
      assert.deepEqual(shopper.watch.violations(), []);
      assert.deepEqual(shopper.watch.consoleLines, []);
    });
  }

  test("asks the browser before the verb returns", async () => {
    const { call } = await openPage();
    const asked = await call(async (passkey, options) => {
      const { create } = navigator.credentials;
      let called = false;
      navigator.credentials.create = (...given) => {
        called = true;
        return create.apply(navigator.credentials, given);
      };
      const promise = passkey.register(options);
      const before = called;
      await promise;
      return before;
    });
    assert.equal(asked, true);
  });

  test("ends the one that is pending", async () => {
    const { call } = await openPage({ automaticPresenceSimulation: false });
    const outcome = await call(async (passkey, _, options) => {
      const code = (error) => error.code;
      const autofill = passkey.signIn(options, { mediation: "conditional" }).catch(code);
      const controller = new AbortController();
      const dialogue = passkey.signIn(options, { signal: controller.signal }).catch(code);
      const first = await autofill;
      setTimeout(() => controller.abort(), 100);
      return [first, await dialogue];
    });
    assert.deepEqual(outcome, ["passkey.aborted", "passkey.aborted"]);
  });
});

describe("a refusal has a code:", () => {
  test("passkey.options-invalid for what is no options", async () => {
    const { call } = await openPage();
    assert.equal(await call((passkey) => passkey.register({ publicKey: {} })), "passkey.options-invalid");
  });

  test("passkey.already-registered for an excluded passkey", async () => {
    const { call } = await openPage();
    const outcome = await call(async (passkey, options) => {
      const { id } = await passkey.register(options);
      options.publicKey.excludeCredentials = [{ type: "public-key", id }];
      return passkey.register(options);
    });
    assert.equal(outcome, "passkey.already-registered");
  });

  test("passkey.rp-mismatch for another shop's options", async () => {
    const { call } = await openPage();
    assert.equal(await call((passkey, _, { publicKey }) => passkey.signIn({ ...publicKey, rpId: "shop.example" })), "passkey.rp-mismatch");
  });

  test("passkey.aborted for a signal that has aborted", async () => {
    const { call } = await openPage();
    assert.equal(await call((passkey, _, options) => passkey.signIn(options, { signal: AbortSignal.abort() })), "passkey.aborted");
  });

  test("passkey.not-allowed where the browser refuses at once", async () => {
    const { call } = await openPage({ isUserVerified: false });
    assert.equal(await call((passkey, options) => passkey.register(options)), "passkey.not-allowed");
  });

  test("passkey.cancelled and passkey.timeout by how long it took", async () => {
    const { call } = await openPage();
    const outcome = await call(async (passkey, _, { publicKey }) => {
      navigator.credentials.get = () => new Promise((_resolve, reject) => setTimeout(() => reject(new DOMException("", "NotAllowedError")), 400));
      const code = (error) => error.code;
      return [await passkey.signIn(publicKey).catch(code), await passkey.signIn({ ...publicKey, timeout: 300 }).catch(code)];
    });
    assert.deepEqual(outcome, ["passkey.cancelled", "passkey.timeout"]);
  });

  test("passkey.not-supported where there are no passkeys", async () => {
    const { call } = await openPage(null);
    const outcome = await call(async (passkey, options) => {
      delete globalThis.PublicKeyCredential;
      const { webauthn } = await passkey.capabilities();
      return [webauthn, await passkey.register(options).catch((error) => error.code)];
    });
    assert.deepEqual(outcome, ["no", "passkey.not-supported"]);
  });
});
