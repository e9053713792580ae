/**
 * Our verbs between every browser and every verifier: each server's own options, byte for byte, carried out, and the answer verified by
 * the server that gave them. Each cell has passed, or is named with why it cannot be.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startRelyingParty } from "../lib/relying-party.mjs";
import { ROOT } from "../lib/shop.mjs";
import { byCdp, byChromedriver, byFirefox } from "./conformance/engines.mjs";
import { startVerifiers } from "./conformance/verifiers.mjs";

const tls = Object.fromEntries(["key", "cert"].map((name) => [name, readFileSync(join(ROOT, `tests/vectors/passkey/tls/${name}.pem`))]));
const FEATURES = ["register", "sign in", "conditional", "immediate", "related origin", "PRF", "largeBlob", "U2F", "ML-DSA-44"];

/** What a verifier cannot verify. */
const UNVERIFIABLE = {
  "@simplewebauthn/server": {
    "ML-DSA-44": process.versions.node.startsWith("2") && Number(process.versions.node.split(".")[0]) < 24 ? "Node.js before 24 has no ML-DSA" : undefined,
  },
  "webauthn-rs": { "ML-DSA-44": "webauthn-rs 0.6 has no ML-DSA" },
};

/** Firefox's authenticator appends extension data and leaves the flag clear that says so: the keys are there, and no verifier reads the sign-in. */
const UNREADABLE = "keys derived; Firefox's authenticator data is refused";

const { verifiers, missing } = await startVerifiers();
const matrix = new Map();
const site = {};
before(async () => {
  Object.assign(site, { plain: await startRelyingParty(), secure: await startRelyingParty({ tls, related: ["https://brand.test"] }) });
});
after(() => {
  for (const verifier of verifiers) verifier.stop();
  site.plain?.close();
  site.secure?.close();
  print();
});

const registers = async (passkey, options, how) => ({ response: await passkey.register(options, how) });

const signsIn = async (passkey, options, how) => {
  const response = await passkey.signIn(options, how);
  const computed = how?.prf ? (await passkey.prf(response).deriveKey("AES-GCM", "vault")).type : undefined;
  return { response, computed };
};

function clean({ failed, message, ...value }) {
  if (failed !== undefined) throw new Error(`${failed}: ${message}`);
  return value;
}

/** One registration and one sign-in, as the feature has them. */
async function ceremonies(engine, verifier, feature, page, { origin, rpId }) {
  const u2f = feature === "U2F";
  const asked = { rpId, origin, userVerification: u2f ? "discouraged" : "required", resident: !u2f, algorithms: [feature === "ML-DSA-44" ? -48 : -7] };
  const creation = await verifier.call("creation", asked);
  const prf = feature === "PRF" ? { prf: { eval: { first: "dmF1bHQ" } } } : {};
  const options = structuredClone(creation.options);
  if (feature === "largeBlob") (options.publicKey ?? options).extensions = { largeBlob: { support: "required" } };
  const made = clean(await page.run(registers, options, prf));
  const { credential, userVerified } = await verifier.call("register", { ...asked, state: creation.state, response: made.response });
  assert.equal(userVerified, !u2f);
  if (feature === "largeBlob") assert.equal(made.response.clientExtensionResults.largeBlob.supported, true);
  if (feature === "register") return undefined;

  const discoverable = feature === "conditional" || feature === "immediate";
  const request = await verifier.call("request", { ...asked, ...(!discoverable && { credential }) });
  const how = { ...prf, ...(feature === "conditional" && { mediation: "conditional" }), ...(feature === "immediate" && { uiMode: "immediate" }) };
  const wanted = structuredClone(request.options);
  if (feature === "largeBlob") (wanted.publicKey ?? wanted).extensions = { largeBlob: { write: "aGVsbG8gYmxvYg" } };
  const used = clean(feature === "conditional" && engine.pick ? await picking(engine, page, wanted, how) : await page.run(signsIn, wanted, how));
  const verified = verifier.call("authenticate", { ...asked, state: request.state, credential, response: used.response });
  if (feature === "PRF") {
    assert.equal(used.computed, "secret");
    assert.equal(used.response.clientExtensionResults.prf?.results, undefined);
    if (engine.name === "Firefox") {
      await assert.rejects(verified);
      return UNREADABLE;
    }
  }
  await verified;
  if (feature === "largeBlob") assert.equal(used.response.clientExtensionResults.largeBlob.written, true);
  return undefined;
}

/** A conditional sign-in whose passkey is picked from outside the page. */
async function picking(engine, page, options, how) {
  await page.begin(signsIn, options, how);
  await engine.pick();
  return page.end();
}

for (const begin of [byCdp, byChromedriver, byFirefox]) {
  describe(begin.name, () => {
    let engine;
    before(async () => {
      engine = await begin(site);
    });
    after(() => engine?.stop());

    for (const feature of FEATURES) {
      for (const verifier of verifiers) {
        test(`${feature}: ${verifier.name}`, { timeout: 30_000 }, async (t) => {
          const cell = `${engine.name}, ${feature}, ${verifier.name}`;
          const why = engine.unsupported[feature] ?? UNVERIFIABLE[verifier.name]?.[feature];
          if (why) {
            matrix.set(cell, why);
            t.diagnostic(`unsupported: ${why}`);
            return;
          }
          const related = feature === "related origin";
          const place = related ? { origin: "https://brand.test", rpId: "shop.example" } : { origin: site.plain.origin, rpId: "localhost" };
          const page = await engine.open(place.origin, feature === "U2F" ? "u2f" : "platform");
          try {
            matrix.set(cell, (await ceremonies(engine, verifier, feature, page, place)) ?? "passed");
          } finally {
            await page.close();
          }
        });
      }
    }
  });
}

/** A browser's silent creation: as the authenticator's own, but nobody was there (UP) and nobody was verified (UV). */
const standIn = async (passkey, options) => {
  const { create } = CredentialsContainer.prototype;
  let asked;
  CredentialsContainer.prototype.create = async function ({ publicKey, mediation, signal }) {
    asked = mediation;
    const json = (await create.call(this, { publicKey, signal })).toJSON();
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
    const text = (data) => btoa(String.fromCharCode(...data)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    const data = bytes(json.response.authenticatorData);
    const object = bytes(json.response.attestationObject);
    const at = object.length - data.length;
    for (const [where, flags] of [[data, 32], [object, at + 32]]) where[flags] &= ~0x05;
    Object.assign(json.response, { authenticatorData: text(data), attestationObject: text(object) });
    return { id: json.id, type: "public-key", getClientExtensionResults: () => ({}), toJSON: () => json };
  };
  try {
    return { response: await passkey.register(options, { mediation: "conditional" }), asked };
  } finally {
    CredentialsContainer.prototype.create = create;
  }
};

describe("a silent creation (a stand-in's, UP and UV clear)", () => {
  let engine;
  before(async () => {
    engine = await byCdp(site);
  });
  after(() => engine?.stop());

  // What the others say when nobody was there is a refusal, whatever the server allows.
  const ALLOWING = new Set(["@simplewebauthn/server", "py_webauthn"]);
  for (const verifier of verifiers) {
    test(`${verifier.name}: ${ALLOWING.has(verifier.name) ? "accepted where the server allows it, and only there" : "refused"}`, { timeout: 30_000 }, async () => {
      const page = await engine.open(site.plain.origin, "platform");
      try {
        const asked = { rpId: "localhost", origin: site.plain.origin, userVerification: "preferred", resident: true, algorithms: [-7] };
        const { options, state } = await verifier.call("creation", asked);
        const { response, asked: mediation } = clean(await page.run(standIn, options));
        assert.equal(mediation, "conditional");
        await assert.rejects(verifier.call("register", { ...asked, state, response }));
        const silent = verifier.call("register", { ...asked, state, response, presence: false });
        if (ALLOWING.has(verifier.name)) assert.equal((await silent).userVerified, false);
        else await assert.rejects(silent);
      } finally {
        await page.close();
      }
    });
  }
});

describe("all verifiers refuse", () => {
  let engine;
  before(async () => {
    engine = await byCdp(site);
  });
  after(() => engine?.stop());

  const asked = () => ({ rpId: "localhost", origin: site.plain.origin, userVerification: "required", resident: true, algorithms: [-7] });
  for (const verifier of verifiers) {
    test(`${verifier.name}: a bogus signature, no presence, no verification, another origin, an old challenge`, { timeout: 60_000 }, async () => {
      const page = await engine.open(site.plain.origin, "platform");
      const refuses = async (what, promise) => {
        await assert.rejects(promise, undefined, `${verifier.name} took ${what}`);
      };
      try {
        const creation = await verifier.call("creation", asked());
        const made = clean(await page.run(registers, creation.options, {}));
        await refuses("a registration from another origin", verifier.call("register", { ...asked(), origin: "http://localhost:1", state: creation.state, response: made.response }));
        const other = await verifier.call("creation", asked());
        await refuses("a registration for an old challenge", verifier.call("register", { ...asked(), state: other.state, response: made.response }));
        const { credential } = await verifier.call("register", { ...asked(), state: creation.state, response: made.response });

        const sign = async () => {
          const request = await verifier.call("request", { ...asked(), credential });
          const { response } = clean(await page.run(signsIn, request.options, {}));
          return { state: request.state, response, credential };
        };
        const good = await sign();
        await refuses("a sign-in from another origin", verifier.call("authenticate", { ...asked(), ...good, origin: "http://localhost:1" }));
        const later = await verifier.call("request", { ...asked(), credential });
        await refuses("a sign-in for an old challenge", verifier.call("authenticate", { ...asked(), ...good, state: later.state }));
        await verifier.call("authenticate", { ...asked(), ...good });
        for (const [what, bits] of [
          ["a bogus signature", { isBogusSignature: true }],
          ["a sign-in without verification", { isBadUV: true }],
          ["a sign-in without presence", { isBadUP: true }],
        ]) {
          await page.corrupt({ isBogusSignature: false, isBadUV: false, isBadUP: false, ...bits });
          const bad = await sign();
          await refuses(what, verifier.call("authenticate", { ...asked(), ...bad }));
        }
      } finally {
        await page.close();
      }
    });
  }
});

test("every cell has passed or is named", () => {
  const failed = [];
  for (const engine of ["Chromium by CDP", "chromedriver", "Firefox"]) {
    for (const feature of FEATURES) for (const { name } of verifiers) if (!matrix.has(`${engine}, ${feature}, ${name}`)) failed.push(`${engine}, ${feature}, ${name}`);
  }
  assert.deepEqual(failed, []);
  const passed = [...matrix.values()].filter((value) => value === "passed").length;
  // Chromium twice with all nine features but ML-DSA where a verifier has none, and Firefox with four.
  assert.ok(passed >= 21 * verifiers.length - 1, `${passed} of ${matrix.size} cells passed`);
});

for (const line of missing) test(line, { skip: line }, () => {});

function print() {
  const engines = ["Chromium by CDP", "chromedriver", "Firefox"];
  const lines = [`| | ${engines.flatMap((engine) => verifiers.map(({ name }) => `${engine}: ${name}`)).join(" | ")} |`];
  for (const feature of FEATURES) {
    lines.push(`| ${feature} | ${engines.flatMap((engine) => verifiers.map(({ name }) => matrix.get(`${engine}, ${feature}, ${name}`) ?? "failed")).join(" | ")} |`);
  }
  console.log(lines.join("\n"));
}
