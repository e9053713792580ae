/** What our verbs give is what the browser's own `toJSON()` gives, PRF results apart: Chromium and Firefox. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAuthenticator, launchChromium, newShopper } from "../lib/chromium.mjs";
import { startFirefox } from "../lib/firefox.mjs";
import { startRelyingParty } from "../lib/relying-party.mjs";

const prf = { eval: { first: "dmF1bHQ" } };
const creation = {
  challenge: "AAECAwQFBgcICQoLDA0ODw",
  rp: { id: "localhost", name: "Shop" },
  user: { id: "dXNlci0x", name: "ada@shop.example", displayName: "Ada" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
  extensions: { credProps: true },
};
const request = { challenge: creation.challenge, rpId: "localhost", userVerification: "required" };

let site;
before(async () => {
  site = await startRelyingParty();
});
after(() => site?.close());

/** Both ceremonies in the page: the browser's answer beside ours. */
const both = async (creation, request, prf) => {
  const pairs = [];
  const kept = [];
  for (const verb of ["create", "get"]) {
    const own = CredentialsContainer.prototype[verb];
    CredentialsContainer.prototype[verb] = async function (options) {
      const credential = await own.call(this, options);
      kept.push(JSON.parse(JSON.stringify(credential)));
      return credential;
    };
  }
  const passkey = await (await import("/passkey.js")).load();
  for (const how of [{}, prf ? { prf } : {}]) {
    const made = await passkey.register(creation, how);
    const allowed = { ...request, allowCredentials: [{ type: "public-key", id: made.id }] };
    pairs.push([made, kept.pop()], [await passkey.signIn(allowed, how), kept.pop()]);
  }
  return pairs;
};

function assertSame(pairs) {
  assert.equal(pairs.length, 4);
  for (const [ours, browsers] of pairs) {
    const { prf: computed, ...others } = browsers.clientExtensionResults;
    const enabled = computed?.enabled === undefined ? {} : { prf: { enabled: computed.enabled } };
    assert.deepEqual(ours, { ...browsers, clientExtensionResults: { ...others, ...enabled } });
  }
  return pairs.filter(([, { clientExtensionResults }]) => clientExtensionResults.prf?.results).length;
}

test("Chromium", async () => {
  const browser = await launchChromium();
  try {
    const { page } = await newShopper(browser);
    await page.goto(site.origin);
    await addAuthenticator(page, { hasPrf: true });
    const pairs = await page.evaluate(([body, ...given]) => new Function(`return (${body})`)()(...given), [String(both), creation, request, prf]);
    assert.equal(assertSame(pairs), 2, "the browser's own had PRF results at both ceremonies");
  } finally {
    await browser.close();
  }
});

test("Firefox", async () => {
  const driver = await startFirefox();
  let session;
  try {
    session = await driver.open();
    await session.go(site.origin);
    await session.addAuthenticator();
    const pairs = await session.run(String(both), creation, request, prf);
    assert.equal(assertSame(pairs), 1, "the browser's own had PRF results at the sign-in");
  } finally {
    await session?.close();
    await driver.stop();
  }
});
