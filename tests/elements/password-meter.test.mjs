import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertQuiet, assertReflows, assertUnavailable, heard, hears, settles, steps, suite } from "./lib/harness.mjs";
import { distFile } from "./lib/site.mjs";

const TAG = "sp-password-meter";
const own = suite();

const MARKUP = `<form action="/sign-up" method="post">
<label for="email">E-mail</label><input id="email" name="email" autocomplete="username">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="new-password">
<sp-password-meter for="password" context="email"><p slot="unavailable">Fifteen characters or more are enough.</p></sp-password-meter>
<button>Sign up</button></form>`;

const page = (markup = MARKUP, options = {}) => own.site.page(markup, { elements: ["password-meter"], ...options });

async function typed(shopper, text) {
  await shopper.page.locator("#password").fill(text);
  await shopper.page.waitForFunction(
    () => document.querySelector("sp-password-meter").shadowRoot.querySelector("[data-met]") !== null,
  );
  return hears(shopper.page, "sp-password-estimated");
}

test("it loads nothing before the input has the focus, and measures what is typed then", async () => {
  const shopper = await own.open(page());
  await shopper.page.waitForTimeout(300);
  assert.equal(own.site.received.some(({ path }) => path.endsWith(".wasm")), false);
  assert.equal(await shopper.page.locator(`${TAG} [slot=unavailable]`).isVisible(), false);
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  const estimate = await typed(shopper, "password");
  assert.equal(estimate.score, 0);
  assert.deepEqual(estimate.failed, ["password.too-short"]);
  assert.deepEqual((await steps(shopper.page)).slice(0, 2), ["load ok", "estimate ok"]);
  assertQuiet(shopper);
});

test("a long passphrase fills the bar, and every rule is met", async () => {
  const shopper = await own.open(page());
  const estimate = await typed(shopper, "ochre walnut sails beneath gravity");
  assert.equal(estimate.score, 4);
  assert.deepEqual(estimate.failed, []);
  const meter = shopper.page.getByRole("meter", { name: "Password strength" });
  assert.equal(await meter.getAttribute("aria-valuetext"), "Very strong");
  assert.equal(await meter.getAttribute("aria-valuenow"), "100");
  assert.equal(await shopper.page.evaluate(() => document.querySelector("sp-password-meter").matches(":state(accepted)")), true);
});

test("what is long enough and common is refused, and nothing is said of the common list before", async () => {
  const shopper = await own.open(page());
  const common = shopper.page.locator(`${TAG} li`, { hasText: "many people use" });
  await typed(shopper, "password");
  assert.equal(await common.getAttribute("data-met"), null);
  await shopper.page.locator("#password").fill("aaaaaaaaaaaaaaaa");
  await shopper.page.waitForFunction(() => globalThis.heard.findLast((event) => event.type === "sp-password-estimated").detail.failed.includes("password.common"));
  assert.equal(await common.getAttribute("data-met"), "false");
});

test("the bar grows with the guesses between two scores", async () => {
  const shopper = await own.open(page());
  const width = async (text) => {
    await typed(shopper, text);
    await shopper.page.waitForTimeout(400);
    return (await shopper.page.locator(`${TAG} [part=fill]`).boundingBox()).width;
  };
  const [short, longer, longest] = [await width("kettle"), await width("kettle7"), await width("kettle7 harbour")];
  assert.ok(short < longer && longer < longest, `${short} < ${longer} < ${longest}`);
});

test("words of another input count against the password, and are looked at again when they change", async () => {
  const shopper = await own.open(page());
  await shopper.page.locator("#email").fill("margaret.oldenburg@shop.example");
  const estimate = await typed(shopper, "margaretoldenburg");
  assert.ok(estimate.failed.includes("password.context"), String(estimate.failed));
  await shopper.page.locator("#email").fill("a@b.example");
  await shopper.page.waitForFunction(() => !globalThis.heard.findLast((event) => event.type === "sp-password-estimated").detail.failed.includes("password.context"));
});

test("only the newest password is shown", async () => {
  const shopper = await own.open(page());
  await typed(shopper, "a");
  await shopper.page.locator("#password").pressSequentially("bcdefghijklmnopqrstuvwxyz0123456789", { delay: 0 });
  await shopper.page.waitForTimeout(500);
  const last = (await heard(shopper.page, "sp-password-estimated")).at(-1);
  await shopper.page.locator("#password").fill("");
  const alone = await typed(shopper, "abcdefghijklmnopqrstuvwxyz0123456789");
  assert.equal(last.guessesLog10, alone.guessesLog10);
});

test("the verdict is announced when the typing pauses, once, and politely", async () => {
  const shopper = await own.open(page());
  await typed(shopper, "kettle");
  const live = shopper.page.locator(`${TAG} [role=status]`);
  assert.equal(await live.textContent(), "");
  await shopper.page.waitForTimeout(1_100);
  assert.match(await live.textContent(), /^Password strength: \w+( \w+)?\. Still to do: At least 15 characters/);
});

test("no event holds the password", async () => {
  const shopper = await own.open(page());
  await typed(shopper, "zebra-crossing-7");
  assert.equal(JSON.stringify(await shopper.page.evaluate(() => globalThis.heard)).includes("zebra"), false);
});

test("it leaves the input alone: pasting, its value and its validity", async () => {
  const shopper = await own.open(page());
  await typed(shopper, "short");
  const input = shopper.page.locator("#password");
  assert.equal(await input.evaluate((each) => each.checkValidity()), true);
  assert.equal(await input.inputValue(), "short");
  const pasted = await input.evaluate((each) => each.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true })));
  assert.equal(pasted, true, "pasting is not prevented");
  assert.equal(await input.getAttribute("aria-describedby"), await shopper.page.locator(TAG).getAttribute("id"));
});

test("with `enforce` a refused password makes the input invalid, and a failing module never does", async () => {
  const shopper = await own.open(page(MARKUP.replace("context=", "enforce context=")));
  await typed(shopper, "short");
  assert.equal(await shopper.page.locator("#password").evaluate((each) => each.checkValidity()), false);
  await typed(shopper, "ochre walnut sails beneath gravity");
  await shopper.page.waitForFunction(() => document.querySelector("#password").checkValidity());
});

test("the texts can be replaced", async () => {
  const shopper = await own.open(page());
  await shopper.page.evaluate(() => {
    document.querySelector("sp-password-meter").words = { label: "Stärke", verdicts: ["1", "2", "3", "4", "5"] };
  });
  await typed(shopper, "kettle");
  await shopper.page.getByRole("meter", { name: "Stärke" }).waitFor();
});

test("a missing module shows the shop's words, and the form still works", async () => {
  own.site.routes.set("/pkg/wasm/password.wasm", () => ({ status: 404 }));
  own.site.routes.set("POST /sign-up", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><title>Done</title>" }));
  const shopper = await own.open(page());
  await shopper.page.locator("#password").focus();
  await assertUnavailable(shopper, TAG, "load.missing");
  await shopper.page.locator("#password").fill("ochre walnut sails");
  await shopper.page.getByRole("button", { name: "Sign up" }).click();
  await shopper.page.waitForURL("**/sign-up");
  assert.match(own.site.received.find(({ path }) => path === "/sign-up").body, /password=ochre/);
});

test("a slow module gives way after three seconds, and takes the place back when it comes", async () => {
  const bytes = await distFile("wasm/password.wasm");
  own.site.routes.set("/pkg/wasm/password.wasm", () => ({ delay: 4_000, headers: { "content-type": "application/wasm" }, body: bytes }));
  const shopper = await own.open(page());
  await shopper.page.locator("#password").fill("kettle");
  await assertUnavailable(shopper, TAG, "load.timeout");
  await settles(shopper.page, TAG, "ready");
  await hears(shopper.page, "sp-password-estimated");
  assert.equal(await shopper.page.locator(`${TAG} [slot=unavailable]`).isVisible(), false);
  assert.ok((await steps(shopper.page)).includes("load late"));
});

test("accessible in every guise: empty, weak and strong", async () => {
  const shopper = await own.open(page());
  await assertAccessible(shopper.page);
  await typed(shopper, "password");
  await shopper.page.waitForTimeout(1_100);
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  assert.match(await shopper.page.locator("main").ariaSnapshot(), /meter "Password strength"/);
  await typed(shopper, "ochre walnut sails beneath gravity");
  await assertAccessible(shopper.page);
  assertQuiet(shopper);
});
