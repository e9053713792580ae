/** `<sp-one-time-code>`: one field, its time, an authenticator's set-up, recovery codes; and its words in every language. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { assertAccessible, assertQuiet, assertReflows, assertUnavailable, focused, heard, hears, settles, steps, suite } from "./lib/harness.mjs";

const dist = join(import.meta.dirname, "../../pkg/dist");
const TAG = "sp-one-time-code";
const elements = ["one-time-code"];
const shared = suite();

/** Opens a page with this in it. */
async function at(body, { permissions, ...options } = {}) {
  const shopper = await shared.open(shared.site.page(body, { elements, ...options }));
  if (permissions) await shopper.context.grantPermissions(permissions);
  return shopper;
}

const field = (attributes = "", extra = "") => `<form action="/sent" method="post"><${TAG} digits="6" ${attributes}>
<label for="code">Code</label><input id="code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="32">
<div slot="plain"><button type="submit" form="again">Send another code, plainly</button></div><p slot="unavailable">It cannot work here.</p></${TAG}>
<button id="send">Sign in</button></form><form id="again" action="/again" method="post"></form>${extra}`;

const typed = (page) => page.locator("#code").inputValue();
const paste = (page, text) =>
  page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData("text/plain", value);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    const input = document.querySelector("#code");
    input.focus();
    // What a browser does with what nobody took.
    if (input.dispatchEvent(event)) document.execCommand("insertText", false, value);
  }, text);

describe("the field", () => {
  test("takes what is pasted: a code with spaces, full-width, in another script, within a message", async () => {
    const { page, ...rest } = await at(field());
    await settles(page, TAG, "ready");
    for (const text of ["123 456", " 123-456\n", "１２３４５６", "١٢٣٤٥٦", "Your code is 123 456. Call 0800 1234567 for help.", "@shop.example #123456"]) {
      await page.locator("#code").fill("");
      await paste(page, text);
      assert.equal(await typed(page), "123456", text);
    }
    assert.ok((await heard(page, "sp-code-complete")).every(({ from }) => from === "paste"));
    await page.locator("#code").fill("");
    await paste(page, "One of 123456 and 654321");
    assert.equal((await typed(page)).length, 12, "two codes are not guessed between");
    assertQuiet({ page, ...rest });
  });

  test("takes typing with the caret where it is, and tells its form and the shop when it is complete", async () => {
    const { page } = await at(field());
    await settles(page, TAG, "ready");
    await page.locator("#code").pressSequentially("12 3٤5");
    assert.equal(await typed(page), "12345");
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    await page.locator("#code").press("Home");
    await page.locator("#code").pressSequentially("0 ");
    assert.equal(await typed(page), "012345");
    assert.equal(await page.evaluate(() => document.querySelector("#code").selectionStart), 1);
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), true);
    assert.deepEqual(await heard(page, "sp-code-complete"), [{ from: "keyboard" }]);
    assert.deepEqual(await steps(page), ["load ok", "enter ok"]);
    assert.ok(!JSON.stringify(await page.evaluate(() => globalThis.heard)).includes("012345"), "no event has the code");
  });

  test("is the plain form's own input, and has one form value", async () => {
    const { page } = await at(field());
    await settles(page, TAG, "ready");
    shared.site.routes.set("POST /sent", () => ({ body: "sent" }));
    await page.locator("#code").fill("123456");
    await page.locator("#send").click();
    await page.waitForURL("**/sent");
    assert.equal(shared.site.received.find(({ path }) => path === "/sent").body, "code=123456");
  });

  test("needs no wasm", async () => {
    const { page } = await at(field(`expires-in="600"`));
    await settles(page, TAG, "ready");
    assert.deepEqual(shared.site.received.filter(({ path }) => path.endsWith(".wasm")), []);
  });

  test("says what a code is worth", async () => {
    const { page } = await at(field(`method="email-code"`));
    await settles(page, TAG, "ready");
    assert.equal(await page.locator(`${TAG} [part=assurance]`).innerText(), "A code can be given away to a page that only looks like ours. A passkey cannot. Below assurance level 1.");
    await page.evaluate(() => document.querySelector("sp-one-time-code").setAttribute("method", "totp"));
    await page.getByText("Assurance level 2 of 3.").waitFor();
  });

  test("takes a code from a text message where the browser has one, and stops waiting when the form is sent", async () => {
    const { page } = await at(field("sms"));
    await settles(page, TAG, "ready");
    await page.evaluate(() => {
      globalThis.OTPCredential ??= class {};
      navigator.credentials.get = ({ otp, signal }) =>
        new Promise((resolve, reject) => {
          globalThis.asked = otp.transport;
          signal.addEventListener("abort", () => reject(signal.reason));
          globalThis.message = (code) => resolve({ code });
          globalThis.aborted = () => signal.aborted;
        });
      const old = document.querySelector("sp-one-time-code");
      old.replaceWith(old.cloneNode(true));
    });
    await page.waitForFunction(() => globalThis.asked);
    assert.deepEqual(await page.evaluate(() => globalThis.asked), ["sms"]);
    await page.evaluate(() => globalThis.message("654321"));
    assert.deepEqual(await hears(page, "sp-code-complete"), { from: "message" });
    assert.equal(await typed(page), "654321");
    await page.evaluate(() => document.querySelector("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true })));
    assert.equal(await page.evaluate(() => globalThis.aborted()), true);
  });
});

describe("the time", () => {
  const timed = `expires-in="62" resend-in="2" resend="/codes" extend="/more" email="ada@example.com"`;

  test("is shown, warned of before it ends, extended by the shopper, and over", async () => {
    const { page } = await at(field(timed));
    await settles(page, TAG, "ready");
    assert.match(await page.locator(`${TAG} [part=time]`).innerText(), /^The code works for 1:0\d more\.$/);
    assert.deepEqual(await hears(page, "sp-code-time"), { change: "warning" });
    await page.getByText("Less than a minute is left for the code.").waitFor({ state: "attached" });
    shared.site.routes.set("POST /more", () => ({ body: { expires_in: 600, extendable: false } }));
    await page.getByRole("button", { name: "I need more time" }).click();
    await page.getByText("You have more time.").waitFor({ state: "attached" });
    assert.match(await page.locator(`${TAG} [part=time]`).innerText(), /^The code works for (10:00|9:5\d) more\.$/);
    assert.equal(await page.getByRole("button", { name: "I need more time" }).isVisible(), false, "no more than the server gives");
    await page.evaluate(() => document.querySelector("sp-one-time-code").setAttribute("expires-in", "1"));
    await page.getByText("The time is over. Have another code sent.").first().waitFor();
    assert.deepEqual((await heard(page, "sp-code-time")).map(({ change }) => change), ["warning", "extended", "warning", "over"]);
  });

  test("until another code can be sent is shown, and the button comes then", async () => {
    const { page } = await at(field(timed));
    await settles(page, TAG, "ready");
    assert.match(await page.locator(`${TAG} [part=wait]`).innerText(), /^Another code can be sent in [12] seconds\.$/);
    assert.equal(await page.getByText("Send another code, plainly").isVisible(), false, "the plain button is replaced");
    shared.site.routes.set("POST /codes", () => ({ status: 202, body: { expires_in: 600, resend_in: 30, extendable: true } }));
    await page.getByRole("button", { name: "Send another code", exact: true }).click();
    await page.getByText("Another code was sent. Earlier ones no longer work.").waitFor({ state: "attached" });
    assert.equal(shared.site.received.find(({ path }) => path === "/codes").body, '{"email":"ada@example.com"}');
    assert.match(await page.locator(`${TAG} [part=wait]`).innerText(), /in (30|29|28) seconds/);
    assert.ok((await steps(page)).includes("resend ok"));
  });

  test("says so when the server cannot be reached or refuses, and the field stays", async () => {
    const { page } = await at(field(timed.replace(`resend-in="2"`, `resend-in="0"`)));
    await settles(page, TAG, "ready");
    shared.site.routes.set("POST /codes", () => ({ status: 429, body: {} }));
    await page.getByRole("button", { name: "Send another code", exact: true }).click();
    await page.locator(`${TAG} [part=problem]`).getByText("That did not work.").waitFor();
    assert.ok((await steps(page)).includes("resend failed otp.code-refused"));
    await page.locator("#code").fill("123456");
    assert.deepEqual(await hears(page, "sp-code-complete"), { from: "keyboard" });
  });
});

const LINK = "otpauth://totp/Hob%20%26%20Rim:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hob%20%26%20Rim";
const enrol = `<${TAG} view="enrol" method="totp" link="${LINK.replaceAll("&", "&amp;")}"><p id="plain">The key: GEZD GNBV</p><p slot="unavailable">Type the key.</p></${TAG}>`;

describe("an authenticator's set-up", () => {
  test("draws the code, links to an app, and copies the key with feedback", async () => {
    const shopper = await at(enrol, { permissions: ["clipboard-read", "clipboard-write"] });
    const { page } = shopper;
    await settles(page, TAG, "ready");
    assert.equal(await page.locator("#plain").isVisible(), false);
    const picture = page.getByRole("img", { name: "QR code with the key for your authenticator app" });
    assert.ok((await picture.boundingBox()).width >= 200);
    assert.equal(await page.getByRole("link", { name: "Open an app on this device" }).getAttribute("href"), LINK);
    await page.getByRole("button", { name: "Copy the key" }).click();
    await page.locator(`${TAG} [part=feedback]`).getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertQuiet(shopper);
  });

  test("selects the key where the browser does not copy", async () => {
    const { page } = await at(enrol);
    await settles(page, TAG, "ready");
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.getByRole("button", { name: "Copy the key" }).click();
    await page.locator(`${TAG} [part=feedback]`).getByText("The browser did not copy it.").waitFor();
  });

  test("shows the page's own words without its module, and for a link that is none", async () => {
    shared.site.routes.set("/pkg/wasm/passkey-fallback.wasm", () => ({ status: 404, body: "" }));
    await assertUnavailable(await at(enrol), TAG, "load.missing");
    shared.site.routes.clear();
    await assertUnavailable(await at(enrol.replace("otpauth://", "https://")), TAG, "otp.link-invalid");
  });
});

const CODES = Array.from({ length: 10 }, (_, index) => `ABCD-EFGH-JKMN-000${index}`);
const recovery = `<form><${TAG} view="recovery" method="recovery-code" filename="shop-codes.txt" required><ol>${CODES.map((code) => `<li><code>${code}</code></li>`).join("")}</ol></${TAG}><button>Go on</button></form>`;

describe("recovery codes", () => {
  test("are copied, downloaded and printed, and the form waits until they are saved", async () => {
    const shopper = await at(recovery, { permissions: ["clipboard-read", "clipboard-write"] });
    const { page } = shopper;
    await settles(page, TAG, "ready");
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    await page.getByRole("button", { name: "Copy the codes" }).click();
    await page.locator(`${TAG} [part=feedback]`).getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${CODES.join("\n")}\n`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
    assert.equal(file.suggestedFilename(), "shop-codes.txt");
    assert.equal(await readFile(await file.path(), "utf8"), `${CODES.join("\n")}\n`);
    await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
    await page.getByRole("button", { name: "Print" }).click();
    assert.equal(await page.evaluate(() => globalThis.printed), true);
    await page.getByRole("checkbox", { name: "I have saved them" }).check();
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), true);
    const kept = await heard(page, "sp-recovery-codes-kept");
    assert.deepEqual(kept.map(({ how }) => how), ["copied", "downloaded", "printed", "confirmed"]);
    assert.ok(!JSON.stringify(await page.evaluate(() => globalThis.heard)).includes("ABCD"), "no event has a code");
    assertQuiet(shopper);
  });
});

describe("everyone", () => {
  test("can use it: axe in four guises, 400 % zoom, the keyboard", async () => {
    for (const body of [field(`method="email-code" expires-in="600" resend="/codes" extend="/more"`), enrol, recovery]) {
      const { page } = await at(body);
      await settles(page, TAG, "ready");
      await assertAccessible(page);
      await assertReflows(page);
    }
    const { page } = await at(field(`expires-in="600" resend="/codes" extend="/more"`));
    await settles(page, TAG, "ready");
    const way = [];
    for (let press = 0; press < 4; press += 1) {
      await page.keyboard.press("Tab");
      way.push(await focused(page));
    }
    assert.deepEqual(way, ["input.code", "button.extend", "button.resend", "button.send"]);
  });

  test("reads it in their language where the shop lets unreviewed texts be used, right to left too", async () => {
    const persian = field(`unreviewed expires-in="600" extend="/more" method="totp"`);
    const { page } = await at(persian, { lang: "fa", dir: "rtl" });
    await settles(page, TAG, "ready");
    await page.getByRole("button", { name: "زمان بیشتری لازم دارم" }).waitFor();
    assert.match(await page.locator(`${TAG} [part=time]`).innerText(), /[۰-۹]+:[۰-۹]{2}/);
    await assertAccessible(page);
    const { page: reviewed } = await at(persian.replace("unreviewed", ""), { lang: "fa" });
    await settles(reviewed, TAG, "ready");
    await reviewed.getByRole("button", { name: "I need more time" }).waitFor();
  });

  test("finds complete, well-written words in 24 languages, each for less than 2 KB", async () => {
    const from = async (path) => import(pathToFileURL(join(dist, path)));
    const { english } = await from("elements/shared/words-one-time-code.js");
    const files = (await readdir(join(dist, "locales/one-time-code"))).filter((name) => name.endsWith(".js"));
    assert.equal(files.length, 24);
    const holes = (text) => (text.match(/\{\w*\}/g) ?? []).sort();
    for (const file of files) {
      const { default: locale } = await from(`locales/one-time-code/${file}`);
      const { length } = brotliCompressSync(await readFile(join(dist, "locales/one-time-code", file)));
      assert.ok(length < 2_048, `${file}: ${length} bytes`);
      assert.deepEqual([locale.language, locale.reviewed], [file.slice(0, -3), false]);
      assert.deepEqual(Object.keys(locale.words), Object.keys(english));
      for (const [name, text] of Object.entries(locale.words)) {
        assert.deepEqual(holes(text), holes(english[name]), `${file} ${name}`);
        assert.ok(text === text.trim() && text !== english[name] && !/ {2}|\.\.\.|'/.test(text), `${file} ${name}: ${text}`);
      }
    }
    const { oneTimeCodeLocale } = await from("lib/code-languages.js");
    assert.equal(await oneTimeCodeLocale("de-AT", false), null);
    for (const [asked, given] of [["de-AT", "de"], ["no", "nb"], ["pt", "pt-BR"], ["zh-CN", "zh-Hans"], ["zh-TW", undefined], ["x", undefined]]) {
      assert.equal((await oneTimeCodeLocale(asked, true))?.language, given, asked);
    }
  });
});
