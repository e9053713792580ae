/** `load()`: one instance, a code for every way it can fail, and a fresh start afterwards. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { packageSuite } from "./lib/package-suite.mjs";

const capabilities = ["password", "passkey", "payment", "consent"];

const own = packageSuite();
let shopper;

/** Runs a function of the loaded module in a fresh page; gives its result, or the code that it threw. */
async function inPage(capability, run = async ({ load }) => Object.keys(await load())) {
  shopper = await own.meet();
  await shopper.page.goto(`${own.site.origin}/`);
  return shopper.page.evaluate(
    `import("/${capability}.js").then(${run}).catch((error) => (error.name === "PrivacyError" ? error.code : String(error)))`,
  );
}

const wasm = (capability, respond) => {
  own.site.answers[`/wasm/${capability}.wasm`] = respond;
};

for (const capability of capabilities) {
  describe(`${capability}, loaded`, () => {
    test("gives its verbs under the strict policy, without a violation", async () => {
      assert.ok((await inPage(capability)).length >= 2);
      assert.deepEqual(shopper.watch.violations(), []);
    });

    test("is one instance, fetched once", async () => {
      assert.equal(await inPage(capability, async ({ load }) => (await load()) === (await load())), true);
      assert.equal(own.site.requested.filter((path) => path === `/wasm/${capability}.wasm`).length, 1);
    });

    test("is shared with its inline twin", async () => {
      const shared = `async ({ load }) => (await load()) === (await (await import("/${capability}.inline.js")).load())`;
      assert.equal(await inPage(capability, shared), true);
    });

    test("refuses a second source with load.conflict", async () => {
      assert.equal(await inPage(capability, async ({ load }) => (await load(), await load("/elsewhere.wasm"))), "load.conflict");
    });

    const failures = {
      "load.missing": (response) => response.writeHead(404).end(),
      "network.failed": (response) => response.destroy(),
      "load.mime": (response, file) => response.writeHead(200, { "content-type": "text/html" }).end(file),
      "load.corrupt": (response, file) => response.writeHead(200, { "content-type": "application/wasm" }).end(file.subarray(0, file.length / 2)),
    };
    for (const [code, respond] of Object.entries(failures)) {
      test(`fails with ${code}, and loads afterwards`, async () => {
        wasm(capability, respond);
        assert.equal(await inPage(capability), code);
        delete own.site.answers[`/wasm/${capability}.wasm`];
        assert.equal(await shopper.page.evaluate(`import("/${capability}.js").then(({ load }) => load()).then((verbs) => typeof verbs)`), "object");
      });
    }

    test("fails with load.blocked where the page may not compile", async () => {
      own.site.policy = { "script-src": "'self'" };
      assert.equal(await inPage(capability), "load.blocked");
    });

    test("fails with load.blocked where the page may not fetch it", async () => {
      own.site.policy = { "connect-src": "'none'" };
      assert.equal(await inPage(capability), "load.blocked");
    });

    test("fails with browser.unsupported below the floor", async () => {
      assert.equal(await inPage(capability, async ({ load }) => (delete globalThis.WebAssembly, await load())), "browser.unsupported");
    });

    test("can be given up by one caller while another waits on", async () => {
      const outcome = await inPage(capability, async ({ load }) => {
        const controller = new AbortController();
        const given = load({ signal: controller.signal }).catch((reason) => reason.name);
        const waited = load();
        controller.abort();
        return [await given, typeof (await waited)];
      });
      assert.deepEqual(outcome, ["AbortError", "object"]);
    });
  });
}

describe("the password worker", () => {
  test("is refused with worker.refused by the page's worker-src", async () => {
    own.site.policy = { "worker-src": "'none'" };
    assert.equal(await inPage("password"), "worker.refused");
  });

  test("is refused with worker.refused when it is missing", async () => {
    own.site.answers["/worker/password.js"] = (response) => response.writeHead(404).end();
    assert.equal(await inPage("password"), "worker.refused");
  });

  test("measures the newest of the passwords that wait", async () => {
    const outcome = await inPage("password", async ({ load }) => {
      const { estimate } = await load();
      const settled = await Promise.allSettled(["dragon", "dragon1", "dragon12"].map((password) => estimate(password)));
      return settled.map(({ status, reason }) => reason?.name ?? status);
    });
    assert.deepEqual(outcome, ["fulfilled", "AbortError", "fulfilled"]);
  });
});

test("after a trap the memory is overwritten, and the next load starts afresh", async () => {
  const outcome = await inPage("payment", async ({ load }) => {
    const memories = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...wanted) => {
      const instance = await instantiate(...wanted);
      memories.push(instance.exports.memory);
      return instance;
    };
    const first = await load();
    const { encodeInto } = TextEncoder.prototype;
    const code = (run) => {
      try {
        return run();
      } catch (error) {
        return error.code;
      }
    };
    const filled = new Uint8Array(memories[0].buffer).some((byte) => byte !== 0);
    TextEncoder.prototype.encodeInto = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    const trapped = code(() => first.format("4242é", 5));
    TextEncoder.prototype.encodeInto = encodeInto;
    const dropped = code(() => first.format("4242", 4));
    const emptied = new Uint8Array(memories[0].buffer).every((byte) => byte === 0);
    return { filled, trapped, dropped, emptied, again: (await load()).format("42424", 5).text };
  });
  assert.deepEqual(outcome, { filled: true, trapped: "module.trapped", dropped: "module.trapped", emptied: true, again: "4242 4" });
});

test("random bytes for a key come from the function that was there at import", async () => {
  own.site.answers["/manifest.mjs"] = await readFile(join(import.meta.dirname, "../lib/manifest.mjs"), "utf8");
  const outcome = await inPage("payment", async ({ load }) => {
    let asked = 0;
    crypto.getRandomValues = (bytes) => {
      asked++;
      return bytes.fill(1);
    };
    const { makeRoot } = await import("/manifest.mjs");
    const root = await makeRoot();
    const { seal, trust } = await load({ roots: root.roots });
    asked = 0;
    const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
    const key = { kty, crv, x, y, kid: "1", alg: "ECDH-ES", use: "enc" };
    const card = { number: "4242424242424242", expiry: "12/40", code: "123", name: "Ada Lovelace" };
    const manifest = await root.sign({ keys: [key], origins: [location.origin] });
    const envelope = await seal(card, { id: "1", amount: 100, currency: "EUR" }, trust(manifest, { merchant: "shop" }));
    return [asked, envelope.split(".").length];
  });
  assert.deepEqual(outcome, [0, 5]);
});
