/** The small script of a sign-in page: autofill that goes on, a click that waits for nothing, one ceremony at a time. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { addAuthenticator } from "../lib/chromium.mjs";
import { packageSuite } from "./lib/package-suite.mjs";

const creation = {
  rp: { name: "Shop", id: "localhost" },
  user: { id: "AAECAw", name: "ada@shop.example", displayName: "Ada" },
  challenge: "A".repeat(22),
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
};

const own = packageSuite();
let shopper;

/** What a page's own script would hold: a shop that counts, and the browser's calls with the stack that made them. */
function scene() {
  globalThis.world = { challenges: [], asked: [], inClick: [], signedIn: [], failed: [], refuse: 0 };
  const { get } = CredentialsContainer.prototype;
  CredentialsContainer.prototype.get = function (options) {
    const challenge = btoa(String.fromCharCode(...new Uint8Array(options.publicKey.challenge))).slice(0, 4);
    globalThis.world.asked.push([options.uiMode ?? options.mediation ?? "dialogue", challenge]);
    globalThis.world.inClick.push(globalThis.clicking === true);
    return (globalThis.stub ?? get).call(this, options);
  };
  globalThis.begin = async (changes = {}) => {
    const { preparePasskeys } = await import("/passkey-start.js");
    const { world } = globalThis;
    const start = preparePasskeys({
      async options() {
        const challenge = String(world.challenges.length + 10).padEnd(22, "A");
        world.challenges.push(challenge);
        return { publicKey: { challenge, rpId: "localhost", userVerification: "required", ...changes.publicKey }, ceremony: challenge };
      },
      async verify(response, { ceremony }) {
        if (world.refuse-- > 0) throw new Error("refused");
        return { id: response.id, ceremony, keys: Object.keys(response).sort() };
      },
      signedIn: (session) => world.signedIn.push(session),
      failed: ({ code }) => world.failed.push(code),
      ...changes.shop,
    });
    const button = document.body.appendChild(document.createElement("button"));
    button.textContent = "Sign in";
    for (const approach of ["focus", "pointerdown"]) button.addEventListener(approach, () => start.pause());
    button.addEventListener("click", () => {
      globalThis.clicking = true;
      world.pressed = performance.now();
      start.ask().then(
        (session) => world.signedIn.push(session),
        ({ code }) => world.failed.push(code),
      );
      globalThis.clicking = false;
    });
    globalThis.start = start;
    return start;
  };
  globalThis.made = (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }).then(({ id }) => id);
}

async function open(options = {}) {
  shopper = await own.meet();
  await shopper.context.addInitScript(scene);
  await shopper.page.goto(`${own.site.origin}/`);
  const authenticator = await addAuthenticator(shopper.page, options);
  const world = () => shopper.page.evaluate(() => globalThis.world);
  const until = (condition) => shopper.page.waitForFunction(condition, undefined, { timeout: 15_000 });
  return { page: shopper.page, authenticator, world, until };
}

describe("autofill", () => {
  test("signs in with what the visitor picks, and fetches no WebAssembly", async () => {
    const { page, world, until } = await open();
    const id = await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(async () => (await globalThis.begin()).autofill());
    await until(() => globalThis.world.signedIn.length === 1);
    const { signedIn, asked, challenges } = await world();
    assert.equal(signedIn[0].id, id);
    assert.equal(signedIn[0].ceremony, challenges[0]);
    assert.deepEqual(signedIn[0].keys, ["authenticatorAttachment", "clientExtensionResults", "id", "rawId", "response", "type"]);
    assert.deepEqual(asked.map(([how]) => how), ["conditional"]);
    assert.deepEqual(own.site.requested.filter((path) => /wasm|glue/.test(path)), []);
    assert.deepEqual(shopper.watch.errors, []);
  });

  test("is offered again after the server's refusal, with a fresh challenge", async () => {
    const { page, world, until } = await open();
    await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(async () => {
      globalThis.world.refuse = 1;
      (await globalThis.begin()).autofill();
    });
    await until(() => globalThis.world.signedIn.length === 1);
    const { asked, challenges, failed, signedIn } = await world();
    assert.deepEqual(failed, ["passkey.server-refused"]);
    assert.equal(new Set(asked.map(([, challenge]) => challenge)).size, 2, "no challenge is used twice");
    assert.equal(signedIn[0].ceremony, challenges[1]);
  });

  test("is offered again with fresh options before the old ones expire, and not without end after failures", async () => {
    const { page, world, until } = await open();
    await page.evaluate(async () => {
      globalThis.stub = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      (await globalThis.begin({ shop: { lifetime: 1_000 } })).autofill();
    });
    await until(() => globalThis.world.asked.length === 3);
    const { asked, failed } = await world();
    assert.equal(new Set(asked.map(([, challenge]) => challenge)).size, 3);
    assert.deepEqual(failed, []);
    await page.evaluate(() => {
      globalThis.start.stop();
      globalThis.world.asked.length = 0;
      globalThis.stub = () => Promise.reject(new DOMException("", "NotAllowedError"));
      return globalThis.begin().then((start) => start.autofill());
    });
    await until(() => globalThis.world.asked.length === 2);
    assert.ok((await world()).asked.length < 4, "it is not asked in a rush");
  });

  test("waits while another ceremony is under way, and goes on when it has ended", async () => {
    const { page, world, until } = await open({ automaticPresenceSimulation: false });
    await page.evaluate(async () => (await globalThis.begin()).autofill());
    await until(() => globalThis.world.asked.length === 1);
    const code = await page.evaluate(async (options) => {
      const passkey = await (await import("/passkey.js")).load();
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      return passkey.register(options, { signal: controller.signal }).catch((error) => error.code);
    }, creation);
    assert.equal(code, "passkey.aborted", "the other ceremony ran until it was ended");
    await until(() => globalThis.world.asked.length === 2);
    assert.deepEqual((await world()).asked.map(([how]) => how), ["conditional", "conditional"]);
    assert.deepEqual((await world()).failed, []);
  });

  test("is nothing where the browser has none", async () => {
    const { page, world } = await open();
    await page.evaluate(async () => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
      (await globalThis.begin()).autofill();
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    assert.deepEqual((await world()).asked, []);
  });
});

describe("the click", () => {
  test("asks the browser in its own task, within 5 ms at p95, with autofill pending", async () => {
    const { page, authenticator, world, until } = await open({ automaticPresenceSimulation: false });
    await page.evaluate(async () => {
      globalThis.stub = ({ signal, mediation }) => {
        if (mediation === "conditional") return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        (globalThis.world.waits ??= []).push(performance.now() - globalThis.world.pressed);
        return Promise.reject(new DOMException("", "NotAllowedError"));
      };
      const start = await globalThis.begin();
      start.autofill();
    });
    for (let press = 1; press <= 20; press++) {
      await page.evaluate(async () => {
        await globalThis.start.prepare();
        globalThis.start.resume();
      });
      await until(() => globalThis.world.asked.at(-1)?.[0] === "conditional");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForFunction((count) => globalThis.world.waits?.length === count, press);
    }
    const { inClick, asked, waits } = await world();
    const clicks = inClick.filter((_, index) => asked[index][0] === "dialogue");
    assert.equal(clicks.length, 20);
    assert.ok(clicks.every(Boolean), "each dialogue was asked for while the click was handled");
    assert.ok(waits.sort((a, b) => a - b)[18] <= 5, `p95 of ${waits.length}: ${waits[18]} ms`);
    assert.ok(authenticator);
  });

  test("with a dialogue signs in, and a late one fetches options first", async () => {
    const { page, world, until } = await open();
    await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(() => globalThis.begin());
    await page.getByRole("button", { name: "Sign in" }).click();
    await until(() => globalThis.world.signedIn.length === 1);
    assert.equal((await world()).challenges.length, 1);
    await page.evaluate(() => globalThis.start.prepare());
    await page.getByRole("button", { name: "Sign in" }).click();
    await until(() => globalThis.world.signedIn.length === 2);
    const { asked, inClick } = await world();
    assert.deepEqual(asked.map(([how]) => how), ["dialogue", "dialogue"]);
    assert.deepEqual(inClick, [false, true]);
  });

  test("in immediate mode takes what is at hand, and says at once that there is nothing", async () => {
    const { page, world, until } = await open();
    await page.evaluate(async () => (await globalThis.begin({ shop: { immediate: true } })).prepare());
    await page.getByRole("button", { name: "Sign in" }).click();
    await until(() => globalThis.world.failed.length === 1);
    assert.deepEqual((await world()).failed, ["passkey.none-here"]);
    await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(() => globalThis.start.prepare());
    await page.getByRole("button", { name: "Sign in" }).click();
    await until(() => globalThis.world.signedIn.length === 1);
    assert.deepEqual((await world()).asked.map(([how]) => how), ["immediate", "immediate"]);
  });
});

describe("whatever the server and the browser speak", () => {
  test("options that the browser refuses are read by the lenient reader, before the click", async () => {
    const { page, world, until } = await open();
    await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(async () => {
      const start = await globalThis.begin({ publicKey: { rpId: null, timeout: null, hints: ["telepathy"], allowCredentials: null, challenge: "AAECAwQFBgcICQoLDA0ODw==" } });
      await start.prepare();
    });
    await page.getByRole("button", { name: "Sign in" }).click();
    await until(() => globalThis.world.signedIn.length === 1);
    assert.deepEqual((await world()).inClick, [true]);
    assert.ok(own.site.requested.includes("/wasm/passkey.wasm"));
  });

  test("a browser without JSON of its own, and a manager whose getters throw", async () => {
    const { page, world, until } = await open();
    await page.evaluate((options) => globalThis.made(options), creation);
    await page.evaluate(async () => {
      delete PublicKeyCredential.parseRequestOptionsFromJSON;
      delete PublicKeyCredential.prototype.toJSON;
      await (await globalThis.begin()).ask().then((session) => globalThis.world.signedIn.push(session));
      PublicKeyCredential.prototype.toJSON = () => {
        throw new TypeError("Illegal invocation");
      };
      await globalThis.start.ask().then((session) => globalThis.world.signedIn.push(session));
      Object.defineProperty(PublicKeyCredential.prototype, "rawId", {
        get() {
          throw new TypeError("Illegal invocation");
        },
      });
      await globalThis.start.ask().catch(({ code }) => globalThis.world.failed.push(code));
    });
    await until(() => globalThis.world.failed.length === 1);
    const { signedIn, failed } = await world();
    assert.deepEqual(signedIn.map(({ keys }) => keys.length), [6, 6]);
    assert.deepEqual(failed, ["passkey.response-invalid"]);
  });

  test("PRF in the options is not asked for, so that nothing comes of it", async () => {
    const { page, until } = await open({ hasPrf: true });
    await page.evaluate((options) => globalThis.made(options), { ...creation, extensions: { prf: {} } });
    const results = await page.evaluate(async () => {
      const start = await globalThis.begin({ publicKey: { extensions: { prf: { eval: { first: "AAAA" } } } }, shop: { verify: async (response) => JSON.stringify(response) } });
      return start.ask();
    });
    assert.doesNotMatch(results, /prf|results/);
    assert.ok(until);
  });
});

test("an extension that ignores an abort is ended by the watchdog, and what it makes late is not left behind", async () => {
  const { page, authenticator } = await open();
  const outcome = await page.evaluate(async (options) => {
    const passkey = await (await import("/passkey.js")).load();
    const { create } = CredentialsContainer.prototype;
    CredentialsContainer.prototype.create = ({ publicKey }) => new Promise((resolve) => setTimeout(resolve, 1_600)).then(() => create.call(navigator.credentials, { publicKey }));
    const controller = new AbortController();
    const since = performance.now();
    setTimeout(() => controller.abort(), 50);
    const code = await passkey.register(options, { signal: controller.signal }).catch((error) => error.code);
    return { code, waited: performance.now() - since };
  }, creation);
  assert.equal(outcome.code, "passkey.unresponsive");
  assert.ok(outcome.waited < 1_500, `${outcome.waited} ms`);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.deepEqual(await authenticator.credentials(), [], "no orphan");
});

test("smaller than the library that does less", async () => {
  const { build } = createRequire(join(import.meta.dirname, "../../pkg/package.json"))("esbuild");
  const { outputFiles } = await build({ entryPoints: [join(import.meta.dirname, "../../pkg/dist/passkey-start.js")], bundle: true, format: "esm", minify: true, splitting: true, outdir: "out", write: false });
  const entry = outputFiles.find(({ path }) => path.endsWith("passkey-start.js"));
  const needed = [entry, ...outputFiles.filter((file) => new RegExp(`from"\\./${file.path.split("/").at(-1)}"`).test(entry.text))];
  const size = brotliCompressSync(Buffer.concat(needed.map(({ contents }) => Buffer.from(contents)))).length;
  assert.ok(size <= 3_200, `${size} bytes after brotli`);
  assert.ok(readFileSync(join(import.meta.dirname, "../../pkg/dist/passkey-start.js")).length > 0);
});
