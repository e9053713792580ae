/**
 * Keys from passkeys: four classes of authenticator in Chromium, keys equal to those that Node.js derives, and a canary:
 * whatever a passkey computed is in nothing that leaves the verbs.
 */
import assert from "node:assert/strict";
import { createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { addAuthenticator, launchChromium, newShopper, storageOf } from "../lib/chromium.mjs";
import { startRelyingParty } from "../lib/relying-party.mjs";

const CHALLENGE = "AAECAwQFBgcICQoLDA0ODw";
const VAULT = "dmF1bHQ";
const creation = {
  challenge: CHALLENGE,
  rp: { id: "localhost", name: "Shop" },
  user: { id: "dXNlci0x", name: "ada@shop.example", displayName: "Ada" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
};
const request = { challenge: CHALLENGE, rpId: "localhost", userVerification: "required" };

const platform = { hasPrf: true };
const twoTouches = { transport: "usb", hasHmacSecret: true };
const oneTouchKey = { transport: "usb", ctap2Version: "ctap2_2", hasHmacSecret: true, hasHmacSecretMc: true };
const none = {};

let site;
let browser;
before(async () => {
  site = await startRelyingParty();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** Keeps copies of what the browser gave, and the buffers themselves, where only the test looks. */
function witness() {
  const given = [];
  Object.defineProperty(globalThis, "witnessed", { value: () => given.map(({ copies }) => copies.map((bytes) => [...bytes])) });
  Object.defineProperty(globalThis, "left", {
    value: () => given.flatMap(({ credential }) => Object.values(credential.getClientExtensionResults().prf?.results ?? {}).map((buffer) => [...new Uint8Array(buffer)])),
  });
  for (const verb of ["create", "get"]) {
    const own = CredentialsContainer.prototype[verb];
    CredentialsContainer.prototype[verb] = async function (options) {
      const credential = await own.call(this, options);
      const results = Object.values(credential.getClientExtensionResults().prf?.results ?? {});
      given.push({ credential, copies: results.map((buffer) => new Uint8Array(buffer.slice(0))) });
      return credential;
    };
  }
}

/** A page, and `run`: a function of the loaded verbs in it, whose coded failure is its result. */
async function visit(authenticatorOptions, use) {
  const { context, page, watch, close } = await newShopper(browser);
  try {
    await context.addInitScript(witness);
    await page.goto(site.origin);
    const authenticator = await addAuthenticator(page, authenticatorOptions);
    const run = (body, ...given) =>
      page.evaluate(
        async ([body, given]) => {
          const passkey = await (await import("/passkey.js")).load();
          const catching = (error) => ({ failed: error.code ?? String(error) });
          return Promise.resolve()
            .then(() => new Function(`return (${body})`)()(passkey, ...given))
            .catch(catching);
        },
        [String(body), given],
      );
    const witnessed = async () => (await page.evaluate(() => globalThis.witnessed())).flat().map((bytes) => Buffer.from(bytes));
    return await use({ page, watch, run, witnessed, authenticator });
  } finally {
    await close();
  }
}

/** Registers, asks for the handle, and seals a text by the key for a purpose. */
const registers = async (passkey, options, prf) => {
  const response = await passkey.register(options, { prf });
  const code = await Promise.resolve()
    .then(() => passkey.prf(response) && "ready")
    .catch((error) => error.code);
  return { id: response.id, code, text: JSON.stringify(response) };
};

const signsIn = async (passkey, options, prf) => {
  const response = await passkey.signIn(options, { prf });
  const handle = passkey.prf(response);
  const key = await handle.deriveKey("AES-GCM", "addresses");
  const iv = new Uint8Array(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode("Moor Lane 1"));
  const signed = await crypto.subtle.sign("HMAC", await handle.deriveKey("HMAC", "orders"), new TextEncoder().encode("order"));
  const further = await handle.deriveKey("HKDF", "slots");
  const exported = await Promise.allSettled([crypto.subtle.exportKey("raw", key), crypto.subtle.exportKey("raw", further)]);
  return {
    text: JSON.stringify([response, handle, { ...handle }, String(handle), structuredClone({ ...handle })]),
    sealed: [...new Uint8Array(sealed)],
    signed: [...new Uint8Array(signed)],
    extractable: [key.extractable, further.extractable, ...exported.map(({ status }) => status)],
    second: handle.second !== undefined,
  };
};

const info = (use, purpose) => `storefront-privacy prf 1\0${use}\0${purpose}`;
const derived = (output, use, purpose) => Buffer.from(hkdfSync("sha256", output, "", info(use, purpose), 32));

/** Decrypts with Node.js what the page sealed: the page's key is the one that the definition gives. */
function assertKeys(output, { sealed, signed, extractable }) {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", derived(output, "AES-GCM", "addresses"), Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  assert.equal(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString(), "Moor Lane 1");
  assert.deepEqual(Buffer.from(signed), createHmac("sha256", derived(output, "HMAC", "orders")).update("order").digest());
  assert.deepEqual(extractable, [false, false, "rejected", "rejected"]);
}

const forms = (bytes) => [bytes.toString("latin1"), bytes.toString("hex"), bytes.toString("hex").toUpperCase(), bytes.toString("base64").replace(/=+$/, ""), bytes.toString("base64url"), [...bytes].join(",")];

/** Every place that outlives the call. */
async function places({ page, watch }, given) {
  const dom = await page.evaluate(() => [document.documentElement.outerHTML, ...[...document.querySelectorAll("input")].map(({ value }) => value), name, location.href]);
  return { given: given.join("\n"), dom: dom.join("\n"), console: watch.consoleLines.join("\n"), errors: watch.errors.join("\n"), network: JSON.stringify(watch.requests), storage: await storageOf(page), server: JSON.stringify(site.received) };
}

async function assertNoCanary(visited, given) {
  const canaries = await visited.witnessed();
  assert.ok(canaries.length > 0, "a passkey computed something");
  for (const [place, text] of Object.entries(await places(visited, given))) {
    for (const canary of canaries) {
      for (const form of forms(canary)) assert.ok(!text.includes(form), `an output of the PRF is in: ${place}`);
    }
  }
  const left = await visited.page.evaluate(() => globalThis.left());
  assert.ok(left.flat().every((byte) => byte === 0), "what the browser gave is overwritten");
}

describe("four classes of authenticator", () => {
  const eval_ = { eval: { first: VAULT } };
  for (const [name, options, code] of [
    ["a platform authenticator computes at both ceremonies", platform, "ready"],
    ["a security key that computes when it signs in alone", twoTouches, "passkey.prf-pending"],
    ["a security key that computes at both", oneTouchKey, "ready"],
  ]) {
    test(name, () =>
      visit(options, async (visited) => {
        const made = await visited.run(registers, creation, eval_);
        assert.equal(made.code, code);
        const allowing = { ...request, allowCredentials: [{ type: "public-key", id: made.id }] };
        const used = await visited.run(signsIn, allowing, eval_);
        const outputs = await visited.witnessed();
        assertKeys(outputs.at(-1), used);
        if (code === "ready") assert.deepEqual(outputs[0], outputs[1], "the same at registration and at sign-in");
        for (const text of [made.text, used.text]) await visited.page.evaluate(([body]) => fetch("/kept", { method: "POST", body }), [text]);
        await assertNoCanary(visited, [made.text, used.text]);
      }),
    );
  }

  test("one without PRF signs in, and says so by a code", () =>
    visit(none, async ({ run }) => {
      const made = await run(registers, creation, eval_);
      assert.equal(made.code, "passkey.prf-unsupported");
      assert.deepEqual(await run(signsIn, request, eval_), { failed: "passkey.prf-unsupported" });
    }));
});

test("inputs by credential go before the others; a second input gives a second handle", () =>
  visit(platform, async (visited) => {
    const { id } = await visited.run(registers, creation, { eval: { first: VAULT } });
    const allowing = { ...request, allowCredentials: [{ type: "public-key", id }] };
    const used = await visited.run(signsIn, allowing, { eval: { first: "b3RoZXI" }, evalByCredential: { [id]: { first: VAULT, second: "bmV3" }, AAAA: { first: VAULT } } });
    const [registered, first, second] = await visited.witnessed();
    assert.deepEqual(first, registered);
    assert.notDeepEqual(second, first);
    assert.equal(used.second, true);
    await assertNoCanary(visited, [used.text]);
  }));

test("bytes are as good as base64url, and inputs for unknown credentials alone are refused before the browser is asked", () =>
  visit(platform, async ({ run, witnessed }) => {
    await run((passkey, options) => passkey.register(options, { prf: { eval: { first: new TextEncoder().encode("vault") } } }).then(({ id }) => id), creation);
    await run(signsIn, request, { eval: { first: VAULT } });
    const [made, used] = await witnessed();
    assert.deepEqual(made, used);
    assert.deepEqual(await run(signsIn, request, { evalByCredential: { AAAA: { first: VAULT } } }), { failed: "passkey.options-invalid" });
    assert.deepEqual(await run(registers, creation, { evalByCredential: { AAAA: { first: VAULT } } }), { failed: "passkey.options-invalid" });
    assert.equal((await witnessed()).length, 2);
  }));

test("a server's empty `prf` is asked for with a real input", () =>
  visit(platform, async (visited) => {
    const made = await visited.run(registers, { ...creation, extensions: { prf: {} } });
    assert.equal(made.code, "ready");
    const used = await visited.run(signsIn, { ...request, extensions: { prf: {} } });
    assertKeys((await visited.witnessed()).at(-1), used);
    await assertNoCanary(visited, [made.text, used.text]);
  }));

test("the canary is in nothing after autofill, an immediate sign-in, and where the browser has no JSON of its own", () =>
  visit(platform, async (visited) => {
    const extensions = { prf: { eval: { first: VAULT } } };
    const made = await visited.run(registers, { ...creation, extensions });
    const texts = await visited.run(async (passkey, options) => {
      const autofill = await passkey.signIn(options, { mediation: "conditional" });
      for (const name of ["toJSON", "parseRequestOptionsFromJSON"]) delete (name === "toJSON" ? PublicKeyCredential.prototype : PublicKeyCredential)[name];
      const old = await passkey.signIn(options);
      for (const response of [autofill, old]) {
        dispatchEvent(new CustomEvent("signed-in", { detail: response }));
        console.log(response, passkey.prf(response));
        localStorage.setItem(response.id, JSON.stringify(response));
        sessionStorage.setItem("handle", JSON.stringify(passkey.prf(response)));
        history.replaceState({ response }, "");
        document.querySelector("input").value = JSON.stringify(response);
      }
      return [JSON.stringify(autofill), JSON.stringify(old)];
    }, { ...request, extensions });
    assert.equal(texts.length, 2);
    assert.equal((await visited.witnessed()).length, 3);
    await assertNoCanary(visited, [made.text, ...texts]);
  }));

test("a platform that fails at the sight of PRF is asked once more without", () =>
  visit(none, async ({ run }) => {
    const outcome = await run(async (passkey, options) => {
      const asked = [];
      const own = CredentialsContainer.prototype.create;
      CredentialsContainer.prototype.create = function (given) {
        asked.push(given.publicKey.extensions?.prf !== undefined);
        return given.publicKey.extensions?.prf ? Promise.reject(new DOMException("", "UnknownError")) : own.call(this, given);
      };
      const { type } = await passkey.register(options, { prf: { eval: { first: "dmF1bHQ" } } });
      CredentialsContainer.prototype.create = () => (asked.push("again"), Promise.reject(new DOMException("", "NotAllowedError")));
      const refused = await passkey.register(options, { prf: { eval: { first: "dmF1bHQ" } } }).catch(({ code }) => code);
      return { asked, type, refused };
    }, creation);
    assert.deepEqual(outcome, { asked: [true, false, "again"], type: "public-key", refused: "passkey.not-allowed" });
  }));

test("a purpose is 1 to 256 bytes, and a use is one of three", () =>
  visit(platform, async ({ run }) => {
    await run(registers, creation, { eval: { first: VAULT } });
    const codes = await run(async (passkey, options) => {
      const handle = passkey.prf(await passkey.signIn(options, { prf: { eval: { first: "dmF1bHQ" } } }));
      const code = (use, purpose) => handle.deriveKey(use, purpose).then(({ algorithm }) => algorithm.name, (error) => error.code);
      return Promise.all([code("AES-GCM", ""), code("AES-GCM", "x".repeat(257)), code("constructor", "a"), code("AES-CBC", "a"), code("HMAC", "é".repeat(128))]);
    }, request);
    assert.deepEqual(codes, ["input.invalid", "input.invalid", "input.invalid", "input.invalid", "HMAC"]);
  }));
