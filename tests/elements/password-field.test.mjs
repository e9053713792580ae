import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertQuiet, assertReflows, focused, hears, settles, suite } from "./lib/harness.mjs";

const TAG = "sp-password-field";
const own = suite();

const MARKUP = `<form action="/sign-up" method="post">
<label for="name">Name</label><input id="name" name="name" autocomplete="name">
<sp-password-field context="name shop">
<label for="password">Password</label><input id="password" name="password" type="password" required>
<p slot="unavailable">The shop says whether it is strong enough.</p>
</sp-password-field>
<p>At <span id="shop">Hob &amp; Rim</span></p><button>Sign up</button></form>`;

const page = (markup = MARKUP, options = {}) => own.site.page(markup, { elements: ["password-field"], ...options });
const input = (shopper) => shopper.page.locator("#password");
const reveal = (shopper) => shopper.page.locator(`${TAG} [part=reveal]`);
const done = () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><title>Done</title>" });

async function opened(markup, options) {
  const shopper = await own.open(page(markup, options));
  await reveal(shopper).waitFor();
  return shopper;
}

test("the input is told what the policy asks for, and keeps what the page has said", async () => {
  const shopper = await opened(MARKUP.replace("required", 'required minlength="20"'));
  const attributes = await input(shopper).evaluate((each) => Object.fromEntries(each.getAttributeNames().map((name) => [name, each.getAttribute(name)])));
  assert.equal(attributes.autocomplete, "new-password");
  assert.equal(attributes.minlength, "20");
  assert.equal(attributes.maxlength, "512");
  assert.match(attributes.passwordrules, /^minlength: 15; maxlength: 256; /);
  assert.match(await input(shopper).evaluate((each) => document.getElementById(each.getAttribute("aria-describedby")).textContent), /At least 15 characters/);
});

test("the button shows what is typed, keeps the caret where it is, and hides it when the form is sent", async () => {
  own.site.routes.set("POST /sign-up", done);
  const shopper = await opened();
  await input(shopper).fill("ochre walnut sails");
  await input(shopper).evaluate((each) => each.setSelectionRange(5, 9));
  await reveal(shopper).click();
  const now = () => input(shopper).evaluate((each) => [each.type, each.selectionStart, each.selectionEnd, each.value]);
  assert.deepEqual(await now(), ["text", 5, 9, "ochre walnut sails"]);
  assert.equal(await reveal(shopper).getAttribute("aria-pressed"), "true");
  await reveal(shopper).press("Space");
  assert.deepEqual(await now(), ["password", 5, 9, "ochre walnut sails"]);
  await reveal(shopper).click();
  await shopper.page.evaluate(() => {
    document.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      globalThis.sent = document.querySelector("#password").type;
    });
    document.querySelector("form").requestSubmit();
  });
  assert.equal(await shopper.page.evaluate(() => globalThis.sent), "password");
  assert.equal(await reveal(shopper).getAttribute("aria-pressed"), "false");
  assertQuiet(shopper);
});

test("it is announced when what is typed is shown", async () => {
  const shopper = await opened();
  await reveal(shopper).click();
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").shadowRoot.querySelector("[role=status].spoken").textContent === "Your password is shown.");
});

test("what a manager fills in is measured like what is typed", async () => {
  const shopper = await opened();
  await input(shopper).evaluate((each) => {
    each.value = "ochre walnut sails beneath gravity";
    each.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await settles(shopper.page, TAG, "ready");
  assert.equal((await hears(shopper.page, "sp-password-estimated")).score, 4);
  assert.equal(await input(shopper).inputValue(), "ochre walnut sails beneath gravity");
});

test("pasting is never hindered, and Tab goes from the input to the button", async () => {
  const shopper = await opened();
  const pasted = await input(shopper).evaluate((each) => each.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true })));
  assert.equal(pasted, true);
  await input(shopper).focus();
  await shopper.page.keyboard.press("Tab");
  assert.equal(await focused(shopper.page), "button.reveal");
});

test("with `enforce` the form is held back by the element, which names the rules, and the input's own validity is left alone", async () => {
  const shopper = await opened(MARKUP.replace("<sp-password-field", "<sp-password-field enforce"));
  const valid = () => shopper.page.evaluate(() => [document.querySelector("form").checkValidity(), document.querySelector("#password").validity.customError]);
  await input(shopper).fill("short");
  assert.deepEqual(await valid(), [false, false]);
  await input(shopper).fill("hob rim hob rim hob rim");
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").matches(":state(refused)"));
  assert.deepEqual(await valid(), [false, false]);
  await input(shopper).fill("ochre walnut sails beneath gravity");
  assert.deepEqual(await valid(), [true, false]);
});

test("text of another element is context as a value is", async () => {
  const shopper = await opened();
  await input(shopper).fill("hobrimhobrimhobrim");
  await settles(shopper.page, TAG, "ready");
  const { failed } = await hears(shopper.page, "sp-password-estimated");
  assert.ok(!failed.includes("password.too-short") && failed.includes("password.context"), String(failed));
});

test("a shop's own policy is checked, and what NIST advises against is marked", async () => {
  const shopper = await opened();
  await shopper.page.evaluate(() => (document.querySelector("sp-password-field").policy = { id: "shop", minLength: 10, require: ["digit"] }));
  await input(shopper).fill("ochre walnut");
  await settles(shopper.page, TAG, "ready");
  assert.deepEqual((await hears(shopper.page, "sp-password-estimated")).failed, ["password.class-missing"]);
  assert.match(await shopper.page.locator(`${TAG} [part=rules]`).textContent(), /NIST SP 800-63B-4 advises against it/);
});

test("a leaked password is warned of without asking anybody, and the warning says how often it is wrong", async () => {
  const shopper = await opened(MARKUP.replace("<sp-password-field", '<sp-password-field policy="nist-800-63b-4-mfa"'));
  const breach = shopper.page.locator(`${TAG} [part=breach]`);
  await input(shopper).fill("jordan23");
  await breach.waitFor();
  assert.match(await breach.textContent(), /from a data breach.*0\.4%/);
  await input(shopper).fill("ochre walnut sails beneath gravity");
  await breach.waitFor({ state: "hidden" });
  assert.deepEqual(shopper.watch.requests.filter(({ url }) => !url.startsWith(own.site.origin)), []);
});

test("how long guessing takes is told when it is asked for, in the page's language", async () => {
  const shopper = await opened();
  await input(shopper).fill("tr0ub4dour&3");
  await settles(shopper.page, TAG, "ready");
  const times = shopper.page.locator(`${TAG} [part=times]`);
  await times.locator("summary").click();
  await times.locator("li").first().waitFor();
  const texts = await times.locator("li").allTextContents();
  assert.equal(texts.length, 4);
  assert.ok(texts.every((text) => /second|minute|hour|day|month|year|centuries/.test(text)), String(texts));
});

test("a language that nobody has reviewed is used only where the page says so", async () => {
  const arabic = { lang: "ar", dir: "rtl" };
  const strict = await opened(MARKUP, arabic);
  assert.equal(await reveal(strict).textContent(), "Show password");
  assert.equal(await strict.page.locator(`${TAG} .panel`).getAttribute("lang"), "en");
  const direction = (shopper) => shopper.page.locator(`${TAG} [part=rules]`).evaluate((list) => getComputedStyle(list).direction);
  assert.equal(await direction(strict), "ltr");
  const allowed = await opened(MARKUP.replace("<sp-password-field", "<sp-password-field unreviewed"), arabic);
  assert.match(await reveal(allowed).textContent(), /\p{Script=Arabic}/u);
  assert.equal(await direction(allowed), "rtl");
  await input(allowed).fill("password");
  await settles(allowed.page, TAG, "ready");
  await assertAccessible(allowed.page);
});

test("without script the input is a plain one", async () => {
  own.site.routes.set("POST /sign-up", done);
  const shopper = await own.open(page(), { javaScriptEnabled: false });
  await input(shopper).fill("ochre walnut sails");
  await shopper.page.getByRole("button", { name: "Sign up" }).click();
  await shopper.page.waitForURL("**/sign-up");
  assert.match(own.site.received.find(({ path }) => path === "/sign-up").body, /password=ochre/);
});

test("accessible in every guise: empty, weak, strong and shown", async () => {
  const shopper = await opened();
  await assertAccessible(shopper.page);
  await input(shopper).fill("password");
  await settles(shopper.page, TAG, "ready");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  await input(shopper).fill("ochre walnut sails beneath gravity");
  await reveal(shopper).click();
  await assertAccessible(shopper.page);
  assertQuiet(shopper);
});
