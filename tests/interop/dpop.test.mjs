/** `DPoP` proofs made in Chromium and Firefox, verified by npm `jose`; and what the key and `boundFetch` promise. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, describe, test } from "node:test";

import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from "jose";

import { startSite } from "../elements/lib/site.mjs";
import { launchChromium, newShopper } from "../lib/chromium.mjs";
import { startFirefox } from "../lib/firefox.mjs";

let site;
before(async () => (site = await startSite()));
afterEach(() => site.reset());
after(() => site.stop());

/** Verifies a proof as a server does that knows nothing but the request. */
async function verify(proof) {
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt", algorithms: ["ES256"], maxTokenAge: 60, requiredClaims: ["jti", "htm", "htu", "iat"] });
  return { payload, jwk: protectedHeader.jwk };
}

const MAKE = `async (options) => {
  const { dpopKey } = await import("/pkg/dpop.js");
  const key = await dpopKey();
  return { proof: await key.proof("post", location.origin + "/api/orders?page=2#top", options), thumbprint: key.thumbprint, publicKey: key.publicKey };
}`;

async function assertVerified({ proof, thumbprint, publicKey }, { nonce, accessToken } = {}) {
  const { payload, jwk } = await verify(proof);
  assert.deepEqual(jwk, publicKey);
  assert.deepEqual(Object.keys(jwk).sort(), ["crv", "kty", "x", "y"]);
  assert.equal(await calculateJwkThumbprint(jwk), thumbprint);
  assert.deepEqual([payload.htm, payload.htu, payload.nonce], ["POST", `${site.origin}/api/orders`, nonce]);
  assert.equal(payload.ath, accessToken && createHash("sha256").update(accessToken).digest("base64url"));
  assert.match(payload.jti, /^[\w-]{22}$/);
  return payload.jti;
}

describe("in Chromium", () => {
  let browser;
  let shopper;
  let page;
  before(async () => (browser = await launchChromium()));
  after(() => browser.close());
  const open = async () => {
    shopper ??= await newShopper(browser);
    page = await shopper.context.newPage();
    await page.goto(site.page("<p>A page</p>"));
    return page;
  };
  afterEach(async () => {
    await shopper?.close();
    shopper = undefined;
  });

  test("jose verifies proofs, with nonce and access token and without, and no two are alike", async () => {
    await open();
    const ids = new Set();
    for (const options of [{}, { nonce: "n-1" }, { accessToken: "opaque.token" }, { nonce: "n", accessToken: "é漢" }]) {
      for (let round = 0; round < 5; round += 1) ids.add(await assertVerified(await page.evaluate(`(${MAKE})(${JSON.stringify(options)})`), options));
    }
    assert.equal(ids.size, 20);
  });

  test("the key stays in the browser, is the same in every tab made at once, and is forgotten on demand", async () => {
    const pages = [await open(), await open(), await open()];
    const made = await Promise.all(pages.map((each) => each.evaluate(`(${MAKE})()`)));
    assert.equal(new Set(made.map(({ thumbprint }) => thumbprint)).size, 1);
    const kept = await page.evaluate(async () => {
      const database = await new Promise((resolve) => {
        indexedDB.open("storefront-privacy-dpop").onsuccess = ({ target }) => resolve(target.result);
      });
      const { privateKey } = await new Promise((resolve) => {
        database.transaction("keys").objectStore("keys").get("session").onsuccess = ({ target }) => resolve(target.result);
      });
      database.close();
      const exported = await Promise.all(["jwk", "pkcs8"].map((format) => crypto.subtle.exportKey(format, privateKey).catch((error) => error.name)));
      return [privateKey.extractable, ...exported];
    });
    assert.deepEqual(kept, [false, "InvalidAccessError", "InvalidAccessError"]);
    const { thumbprint } = await page.evaluate(`import("/pkg/dpop.js").then(({ forgetDpopKey }) => forgetDpopKey()).then(${MAKE})`);
    assert.notEqual(thumbprint, made[0].thumbprint);
  });

  test("a browser that keeps no key says so", async () => {
    await open();
    const code = await page.evaluate(async () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("no", "SecurityError");
      };
      const { dpopKey } = await import("/pkg/dpop.js");
      return dpopKey().catch((error) => error.code);
    });
    assert.equal(code, "dpop.key-unavailable");
  });

  test("boundFetch proves each request, takes up nonces, corrects the clock, and sends other origins nothing", async () => {
    await open();
    const proofs = [];
    site.routes.set("POST /api/orders", (request) => {
      proofs.push(request.headers?.dpop);
      return proofs.length === 1
        ? { status: 401, headers: { "dpop-nonce": "n-1", "www-authenticate": 'DPoP error="use_dpop_nonce"', date: new Date(Date.now() + 3_600_000).toUTCString() }, body: {} }
        : { headers: { "dpop-nonce": "n-2" }, body: { received: request.body } };
    });
    const sent = await page.evaluate(async () => {
      const { boundFetch, dpopKey } = await import("/pkg/dpop.js");
      const key = await dpopKey();
      const bound = boundFetch(key);
      const answers = [];
      for (let round = 0; round < 2; round += 1) answers.push(await (await bound("/api/orders", { method: "POST", body: `order ${round}` })).json());
      const seen = [];
      const watched = boundFetch(key, { fetch: async (request) => (seen.push(request.headers.has("DPoP")), new Response()) });
      await watched("https://elsewhere.example/");
      await watched(new Request("/here"));
      return { answers, seen };
    });
    assert.deepEqual(sent, { answers: [{ received: "order 0" }, { received: "order 1" }], seen: [false, true] });
    assert.equal(proofs.length, 3);
    const payloads = await Promise.all(proofs.map(async (proof) => JSON.parse(Buffer.from(proof.split(".")[1], "base64url"))));
    assert.deepEqual(payloads.map(({ nonce }) => nonce), [undefined, "n-1", "n-2"]);
    assert.ok(payloads[1].iat - payloads[0].iat > 3_500, "the server's clock counts");
  });
});

test("in Firefox: jose verifies the proof, and the key is kept", async () => {
  const driver = await startFirefox();
  const session = await driver.open();
  try {
    await session.go(site.page("<p>A page</p>"));
    const first = JSON.parse(await session.run(`async () => JSON.stringify(await (${MAKE})({ nonce: "n" }))`));
    await assertVerified(first, { nonce: "n" });
    await session.refresh();
    const second = JSON.parse(await session.run(`async () => JSON.stringify(await (${MAKE})())`));
    assert.equal(second.thumbprint, first.thumbprint);
  } finally {
    await session.close();
    await driver.stop();
  }
});
