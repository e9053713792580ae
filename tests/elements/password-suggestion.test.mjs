import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertQuiet, assertReflows, focused, heard, hears, settles, steps, suite } from "./lib/harness.mjs";

const TAG = "sp-password-field";
const own = suite();

const MARKUP = `<form action="/sign-up" method="post">
<label for="name">Name</label><input id="name" name="name" autocomplete="name">
<sp-password-field context="name" suggest>
<label for="password">Password</label><input id="password" name="password" type="password" required>
</sp-password-field><button>Sign up</button></form>`;

const input = (shopper) => shopper.page.locator("#password");
const part = (shopper, name) => shopper.page.locator(`${TAG} [part=${name}]`);
const phrase = /^[a-z-]{3,9}(-[a-z-]{3,9}){5}$/;

async function opened(markup = MARKUP, options = {}) {
  const shopper = await own.open(own.site.page(markup, { elements: ["password-field"], ...options }));
  await part(shopper, "suggest").waitFor();
  return shopper;
}

/** Presses the button and waits for what is suggested. */
async function offered(shopper) {
  await part(shopper, "suggest").click();
  await part(shopper, "suggestion").filter({ hasText: /./ }).waitFor();
  return part(shopper, "suggestion").textContent();
}

const fetched = ({ watch }, name) => watch.requests.filter(({ url }) => url.includes(name)).length;

test("nothing of it is fetched without the attribute, and the module only when the button is pressed", async () => {
  const without = await own.open(own.site.page(MARKUP.replace(" suggest", ""), { elements: ["password-field"] }));
  await part(without, "reveal").waitFor();
  await input(without).fill("ochre walnut sails");
  await settles(without.page, TAG, "ready");
  assert.equal(await part(without, "suggest").count(), 0);
  assert.equal(fetched(without, "suggestion"), 0);
  const shopper = await opened();
  await input(shopper).focus();
  await settles(shopper.page, TAG, "ready");
  assert.equal(fetched(shopper, "password-generate"), 0);
  await offered(shopper);
  assert.equal(fetched(shopper, "password-generate.wasm"), 1);
});

test("it comes and goes with the attribute while the field lives", async () => {
  const shopper = await own.open(own.site.page(MARKUP.replace(" suggest", ""), { elements: ["password-field"] }));
  await part(shopper, "reveal").waitFor();
  await shopper.page.evaluate((tag) => document.querySelector(tag).setAttribute("suggest", ""), TAG);
  assert.match(await offered(shopper), phrase);
  await shopper.page.evaluate((tag) => document.querySelector(tag).removeAttribute("suggest"), TAG);
  await part(shopper, "suggest").waitFor({ state: "hidden" });
  await part(shopper, "offer").waitFor({ state: "hidden" });
  await shopper.page.evaluate((tag) => document.querySelector(tag).setAttribute("suggest", ""), TAG);
  assert.match(await offered(shopper), phrase);
  assertQuiet(shopper);
});

test("it is offered, changed at wish, and filled in and shown when it is taken, with its entropy in words", async () => {
  const shopper = await opened();
  await shopper.page.evaluate(() => {
    globalThis.typed = [];
    for (const type of ["input", "change"]) document.addEventListener(type, (event) => event.target.id === "password" && globalThis.typed.push(type));
  });
  const first = await offered(shopper);
  assert.match(first, phrase);
  assert.equal(await part(shopper, "entropy").textContent(), "Picked at random, with 77 bits of entropy.");
  assert.equal(await input(shopper).inputValue(), "");
  await part(shopper, "another").click();
  await shopper.page.waitForFunction((old) => document.querySelector("sp-password-field").shadowRoot.querySelector("[part=suggestion]").textContent !== old, first);
  const second = await part(shopper, "suggestion").textContent();
  assert.match(second, phrase);
  await part(shopper, "use").click();
  assert.equal(await input(shopper).inputValue(), second);
  assert.equal(await input(shopper).getAttribute("type"), "text");
  assert.equal(await focused(shopper.page), "input.password");
  assert.equal(await part(shopper, "offer").isVisible(), false);
  assert.equal(await part(shopper, "suggestion").textContent(), "");
  assert.deepEqual(await shopper.page.evaluate(() => globalThis.typed), ["input", "change"]);
  await shopper.page.waitForFunction(() => /^The suggested password is filled in\. Picked at random, with 77 bits/.test(document.querySelector("sp-password-field").shadowRoot.querySelector("[role=status].spoken").textContent));
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").matches(":state(accepted)"));
  assertQuiet(shopper);
});

test("the event says what kind it is and never the password; the steps are told", async () => {
  const shopper = await opened();
  const password = await offered(shopper);
  await part(shopper, "use").click();
  const detail = await hears(shopper.page, "sp-password-suggested");
  assert.deepEqual(Object.keys(detail).sort(), ["entropy", "kind"]);
  assert.equal(detail.kind, "words");
  assert.ok(Math.abs(detail.entropy - 6 * Math.log2(7776)) < 1e-9);
  const all = await shopper.page.evaluate(() => JSON.stringify(globalThis.heard));
  assert.ok(!all.includes(password));
  assert.deepEqual((await heard(shopper.page, "sp-step")).filter(({ capability }) => capability === "password-generate").map(({ step, outcome }) => `${step} ${outcome}`), ["load ok", "suggest ok", "use ok"]);
  assert.equal((await steps(shopper.page)).length > 2, true);
});

test("characters meet the shop's own policy, and words are not offered where they cannot", async () => {
  const shopper = await opened();
  await shopper.page.evaluate(() => (document.querySelector("sp-password-field").policy = { id: "shop", minLength: 10, maxLength: 16, require: ["upper", "digit", "symbol"], maxConsecutive: 1 }));
  assert.equal((await offered(shopper)).length, 13);
  assert.equal(await part(shopper, "kinds").isVisible(), false);
  await part(shopper, "use").click();
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").matches(":state(accepted)"));
  assert.equal((await hears(shopper.page, "sp-password-suggested")).kind, "characters");
  // Capital letters and a digit are in the words, too.
  await shopper.page.evaluate(() => (document.querySelector("sp-password-field").policy = { id: "shop", minLength: 10, require: ["upper", "digit", "symbol"] }));
  assert.match(await offered(shopper), /^([A-Z][a-z-]{2,8}\d?-?){6}$/);
  await part(shopper, "use").click();
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").matches(":state(accepted)"));
});

test("by keyboard: open, choose characters, and Escape gives the focus back and forgets", async () => {
  const shopper = await opened();
  const { keyboard } = shopper.page;
  await part(shopper, "suggest").focus();
  await keyboard.press("Enter");
  await part(shopper, "suggestion").filter({ hasText: phrase }).waitFor();
  assert.equal(await part(shopper, "suggest").getAttribute("aria-expanded"), "true");
  await keyboard.press("Tab");
  await keyboard.press("ArrowRight");
  await part(shopper, "entropy").filter({ hasText: "98 bits" }).waitFor();
  assert.equal((await part(shopper, "suggestion").textContent()).length, 15);
  await keyboard.press("Tab");
  assert.equal(await focused(shopper.page), "button.use");
  await keyboard.press("Escape");
  assert.equal(await focused(shopper.page), "button.suggest");
  assert.equal(await part(shopper, "suggest").getAttribute("aria-expanded"), "false");
  assert.equal(await part(shopper, "offer").isVisible(), false);
  assert.equal(await part(shopper, "suggestion").textContent(), "");
  assert.equal(await input(shopper).inputValue(), "");
});

test("where the module cannot be had it says so, once it is asked, and everything else works", async () => {
  const shopper = await own.open(own.site.page(MARKUP, { elements: ["password-field"] }));
  await shopper.page.route("**/password-generate.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await part(shopper, "suggest").click();
  await part(shopper, "entropy").filter({ hasText: "No password can be suggested in this browser." }).waitFor();
  assert.equal(await part(shopper, "use").isVisible(), false);
  await shopper.page.waitForFunction(() => globalThis.heard.some(({ detail }) => detail.step === "load" && detail.outcome === "failed"));
  assert.equal((await heard(shopper.page, "sp-step")).find(({ outcome }) => outcome === "failed").code, "load.missing");
  assert.equal(await shopper.page.locator(TAG).getAttribute("state") === "unavailable", false);
  await shopper.page.unroute("**/password-generate.wasm");
  await part(shopper, "another").click();
  await part(shopper, "suggestion").filter({ hasText: phrase }).waitFor();
  await part(shopper, "use").click();
  assert.match(await input(shopper).inputValue(), phrase);
});

test("accessible in every guise, in a language from right to left, and at 320 pixels", async () => {
  const shopper = await opened(MARKUP.replace(" suggest", " suggest unreviewed"), { lang: "ar", dir: "rtl" });
  assert.match(await part(shopper, "suggest").textContent(), /\p{Script=Arabic}/u);
  await offered(shopper);
  assert.match(await part(shopper, "entropy").textContent(), /\p{Script=Arabic}.*(77|٧٧)/u);
  assert.equal(await part(shopper, "suggestion").evaluate((each) => getComputedStyle(each).direction), "ltr");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  const english = await opened();
  await offered(english);
  await assertAccessible(english.page);
  await assertReflows(english.page);
  assertQuiet(english);
});
