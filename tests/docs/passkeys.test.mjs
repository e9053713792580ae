/** The examples of docs/passkeys.md, docs/one-time-codes.md and docs/bound-sessions.md, run as they stand. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";

import { examplesOf, runInNode } from "./example.mjs";
import { plainSuite } from "./plain-suite.mjs";

const [passkeys, codes, bound] = await Promise.all(["docs/passkeys.md", "docs/one-time-codes.md", "docs/bound-sessions.md"].map(examplesOf));
const element = (name) => `<script type="module" src="/privacy/elements/${name}.js"></script>`;

describe("the example of", () => {
  const own = plainSuite();
  const running = (text, use, body = "") => own.opened(`${body}<script type="module" src="${own.shop.script(text)}"></script>`, use);

  test("a sign-in page offers passkeys in its own input, and asks by its button", () =>
    own.opened(element("passkey-signin") + passkeys("element"), async (page) => {
      await page.waitForSelector("sp-passkey-signin[state=ready]");
      assert.equal(await page.locator("#email").getAttribute("autocomplete"), "username webauthn");
      assert.ok(await page.getByRole("link", { name: "Send me a code" }).isVisible());
    }));

  test("a sign-in by script asks with the server's challenge", () =>
    running(`const button = document.querySelector("button");\n${passkeys("start")}\nawait start.prepare();\nglobalThis.start = start;`, async (page) => {
      await page.waitForFunction(() => globalThis.start?.ready);
      await page.evaluate(() => {
        navigator.credentials.get = ({ mediation, publicKey }) => {
          if (mediation === undefined) globalThis.asked = [...new Uint8Array(publicKey.challenge)];
          return Promise.reject(new DOMException("", "NotAllowedError"));
        };
      });
      await page.getByRole("button").click();
      const challenge = await (await page.waitForFunction(() => globalThis.asked)).jsonValue();
      assert.deepEqual(challenge, Array(32).fill(0));
    }, "<button>Sign in</button>"));

  test("a step-up asks for the order that the challenge was made for, and for no other", () => {
    const order = { amount: 24_900, currency: "EUR", id: "1", merchant: "shop.example" };
    const nonce = Buffer.alloc(32, 7);
    const challenge = createHash("sha256").update(nonce).update(JSON.stringify(order)).digest("base64url");
    const options = { publicKey: { challenge, rpId: "localhost" }, order: { ...order, nonce: nonce.toString("base64url") } };
    const text = `import { load } from "storefront-privacy/passkey";
      const passkey = await load();
      navigator.credentials.get = () => Promise.reject(new DOMException("", "InvalidStateError"));
      const ask = async (options) => { ${passkeys("order")} };
      const options = ${JSON.stringify(options)};
      const code = (order) => ask({ ...options, order }).then(() => "asked", (error) => error.code);
      globalThis.codes = [await code(options.order), await code({ ...options.order, amount: 1 })];`;
    return running(text, async (page) => {
      const [right, wrong] = await (await page.waitForFunction(() => globalThis.codes)).jsonValue();
      assert.notEqual(right, "passkey.order-mismatch");
      assert.equal(wrong, "passkey.order-mismatch");
    });
  });

  test("an authenticator app and recovery codes run in Node", () =>
    runInNode(`import assert from "node:assert/strict";
      ${codes("authenticator")}
      assert.match(link, /^otpauth:\\/\\/totp\\/Hob%20%26%20Rim:ada%40example\\.com\\?secret=/);
      assert.ok(side > 29 && path.startsWith("M"));
      assert.equal(verdict.outcome, "right");
      ${codes("recovery")}
      assert.equal(codes.length, 10);
      assert.equal(left, null);
      assert.equal(fallback.useRecoveryCode(codes[0], hashes).split("$").length, hashes.split("$").length - 1);`));

  test("a code's field takes a message with one code in it", () =>
    own.opened(element("one-time-code") + codes("element"), async (page) => {
      await page.waitForSelector("sp-one-time-code[state=ready]");
      await page.locator("#code").focus();
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData("text/plain", "Your code is 1234 5678.");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      });
      assert.equal(await page.locator("#code").inputValue(), "12345678");
    }));

  test("a bound session's requests carry proofs of the browser's key", async () => {
    own.shop.answer("/api/session/key", {});
    await running(`${bound("bind")}\nglobalThis.bound = true;`, async (page, watch) => {
      await page.waitForFunction(() => globalThis.bound);
      const { headers } = watch.requests.find(({ url }) => url.endsWith("/api/session/key"));
      const [head, claims] = headers.dpop.split(".").slice(0, 2).map((part) => JSON.parse(Buffer.from(part, "base64url")));
      assert.equal(head.typ, "dpop+jwt");
      assert.equal(claims.htm, "POST");
    });
  });
});
