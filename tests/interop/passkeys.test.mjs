/** Options of @simplewebauthn/server, carried out by ours in Chromium, and verified by @simplewebauthn/server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";

import { addAuthenticator, launchChromium, newShopper } from "../lib/chromium.mjs";
import { ROOT } from "../lib/shop.mjs";

const DIST = join(ROOT, "pkg/dist");
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const RP = "localhost";

let server;
let browser;
let origin;
before(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Relying party</title>");
      return;
    }
    try {
      const body = readFileSync(join(DIST, pathname));
      response.writeHead(200, { "content-type": TYPES[extname(pathname)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${server.address().port}`;
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A shopper's page with our verbs, and an authenticator. */
async function visit(use, authenticatorOptions) {
  const { page, close } = await newShopper(browser);
  try {
    await page.goto(origin);
    const authenticator = await addAuthenticator(page, authenticatorOptions);
    const verb = (name) => (options) =>
      page.evaluate(
        async ([verb, given]) => {
          const { load } = await import("/passkey.js");
          const passkey = await load();
          return passkey[verb](given).catch(({ name, code, message }) => ({ failed: { name, code, message } }));
        },
        [name, options],
      );
    await use({ register: verb("register"), signIn: verb("signIn"), authenticator });
  } finally {
    await close();
  }
}

function creationOptions(changes = {}) {
  return generateRegistrationOptions({
    rpName: "Shop",
    rpID: RP,
    userName: "ada@mail.example",
    userDisplayName: "Ada Winter",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    ...changes,
  });
}

function verifyNew(response, { challenge }) {
  return verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: RP });
}

function verifyUse(response, { challenge }, { id, publicKey, counter }) {
  return verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: RP,
    credential: { id, publicKey, counter },
  });
}

for (const [name, algorithm] of [
  ["ES256", -7],
  ["EdDSA", -8],
  ["RS256", -257],
]) {
  test(`${name}: a registration and a sign-in are verified`, async () => {
    await visit(async ({ register, signIn }) => {
      const creation = await creationOptions({ supportedAlgorithmIDs: [algorithm] });
      const made = await register(creation);
      const { verified, registrationInfo } = await verifyNew(made, creation);
      assert.equal(verified, true);
      assert.equal(registrationInfo.userVerified, true);

      const request = await generateAuthenticationOptions({ rpID: RP, userVerification: "required" });
      const used = await signIn(request);
      const outcome = await verifyUse(used, request, registrationInfo.credential);
      assert.equal(outcome.verified, true);
      assert.equal(used.response.userHandle, creation.user.id);
    });
  });
}

test("a wrapper `publicKey`, as many servers send it, changes nothing", async () => {
  await visit(async ({ register }) => {
    const creation = await creationOptions();
    const { verified } = await verifyNew(await register({ publicKey: creation }), creation);
    assert.equal(verified, true);
  });
});

test("a passkey that is there already is refused by its code", async () => {
  await visit(async ({ register }) => {
    const { id } = await register(await creationOptions());
    const { failed } = await register(await creationOptions({ excludeCredentials: [{ id }] }));
    assert.equal(failed.code, "passkey.already-registered");
  });
});

test("a PRF secret never leaves with the response", async () => {
  await visit(
    async ({ register, signIn }) => {
      const creation = await creationOptions();
      creation.extensions = { prf: { eval: { first: "AAECAwQFBgcICQoLDA0ODw" } } };
      const made = await register(creation);
      assert.equal((await verifyNew(made, creation)).verified, true);
      assert.ok(!/"results"/.test(JSON.stringify(made)), "at registration");
      const request = await generateAuthenticationOptions({ rpID: RP });
      request.extensions = creation.extensions;
      assert.ok(!/"results"/.test(JSON.stringify(await signIn(request))), "at sign-in");
    },
    { hasPrf: true },
  );
});

test("a bogus signature is not verified", async () => {
  await visit(async ({ register, signIn, authenticator }) => {
    const creation = await creationOptions();
    const { registrationInfo } = await verifyNew(await register(creation), creation);
    const { cdp, authenticatorId } = authenticator;
    await cdp.send("WebAuthn.setResponseOverrideBits", { authenticatorId, isBogusSignature: true });
    const request = await generateAuthenticationOptions({ rpID: RP });
    const outcome = await verifyUse(await signIn(request), request, registrationInfo.credential).catch(() => ({ verified: false }));
    assert.equal(outcome.verified, false);
  });
});

test("without the person's verification the ceremony fails by its code", async () => {
  await visit(async ({ register, authenticator }) => {
    await authenticator.verified(false);
    const { failed } = await register(await creationOptions());
    assert.match(failed.code, /^passkey\.(cancelled|not-allowed|timeout)$/);
  });
});

test("options that ask for another site are refused by their code", async () => {
  await visit(async ({ register }) => {
    const { failed } = await register(await creationOptions({ rpID: "another.example" }));
    assert.equal(failed.code, "passkey.rp-mismatch");
  });
});
