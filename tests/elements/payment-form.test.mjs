import assert from "node:assert/strict";
import { test } from "node:test";
import { compactDecrypt } from "jose";
import { AMEX, assertNoCard, card, eventually, field, FIELDS, fill, focuses, inBoth, keys, MODES, open, own, page, sent, signed, TAG, VISA, YEAR } from "./lib/card-page.mjs";
import { assertAccessible, assertQuiet, assertReflows, focused, heard, hears, settles, steps } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";

const WAYS = [
  ["isolated", "in the frame", ""],
  ["inline", "built by the element", ""],
  ["inline", "of the shop's own markup", FIELDS],
];
for (const [mode, kind, children] of WAYS) {
  test(`${mode}, fields ${kind}: the processor's key opens what is sent, and nothing else holds the card`, async () => {
    const shopper = await open(mode, children);
    await fill(shopper);
    assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242");
    assert.equal(await field(shopper, "expiry").inputValue(), `08 / ${YEAR}`);
    await shopper.page.locator("#pay").click();
    const { posts, data } = await sent(shopper);
    assert.equal(posts.length, 1);
    assert.deepEqual([...data.keys()].sort(), ["envelope", "method", "order"]);
    assert.equal(data.get("method"), "card");
    const { plaintext, protectedHeader } = await compactDecrypt(data.get("envelope"), keys.privateKey, { keyManagementAlgorithms: ["ECDH-ES"] });
    const opened = JSON.parse(new TextDecoder().decode(plaintext));
    assert.equal(opened.number, VISA);
    assert.equal(opened.code, "123");
    assert.equal(opened.name, "Ada Byron");
    assert.deepEqual(protectedHeader.order, { id: "o-1", amount: 1999, currency: "EUR" });
    assert.equal(protectedHeader.origin, own.site.origin);
    await assertNoCard(shopper);
    assertQuiet(shopper);
  });
}

inBoth("it tells what it did, and no more of the card than a receipt", async (mode) => {
  const shopper = await open(mode);
  await shopper.page.evaluate(() => {
    document.addEventListener("submit", (event) => event.preventDefault());
  });
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.deepEqual(await hears(shopper.page, "sp-payment-sealed"), { brand: "visa", bin: "424242", lastFour: "4242" });
  assert.deepEqual(await steps(shopper.page), ["keys ok", "load ok", "check ok", "seal ok", "submit ok"]);
  assert.equal(await field(shopper, "code").inputValue(), "", "the code is forgotten");
  assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242", "the rest is kept");
  const events = JSON.stringify(await shopper.page.evaluate(() => globalThis.heard));
  assert.equal(/4242424|Byron|"123"/.test(events), false);
});

inBoth("while a card is typed it tells the brand and how far each field is, and of the number what a receipt may show", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").pressSequentially("42424242424242");
  const partial = await hears(shopper.page, "sp-payment-changed");
  assert.equal(partial.bin, null);
  assert.equal(partial.lastFour, null);
  await fill(shopper);
  await shopper.page.waitForFunction(() => globalThis.heard.at(-1)?.detail?.fields?.name === "valid");
  const whole = (await heard(shopper.page, "sp-payment-changed")).at(-1);
  assert.deepEqual(whole, {
    brand: "visa",
    bin: "424242",
    lastFour: "4242",
    codeLength: 3,
    fields: { number: "valid", expiry: "valid", code: "valid", name: "valid" },
  });
});

inBoth("inputs have no name, ask for autofill, and are closed until the card can be sealed", async (mode) => {
  let unlock;
  const url = page(mode === "inline" ? FIELDS : "", { attributes: MODES[mode] });
  own.site.routes.set("/keys", () => new Promise((resolve) => (unlock = async () => resolve({ body: await signed() }))));
  const shopper = Object.assign(await own.open(url), { mode });
  await shopper.page.locator(`${TAG}[state=loading]`).waitFor();
  await field(shopper, "name").and(card(shopper).locator("[autocomplete=cc-name]")).waitFor();
  for (const [name, autofill] of Object.entries({ number: "cc-number", expiry: "cc-exp", code: "cc-csc", name: "cc-name" })) {
    assert.equal(await field(shopper, name).isDisabled(), true);
    assert.equal(await field(shopper, name).getAttribute("name"), null);
    assert.equal(await field(shopper, name).getAttribute("autocomplete"), autofill);
  }
  await eventually("the keys to be asked for", () => unlock);
  unlock();
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").fill("4");
  assert.equal(await field(shopper, "number").getAttribute("inputmode"), "numeric");
});

inBoth("what is wrong is said at each field and in a list that leads there; putting it right takes it away", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper, { number: "4242424242424241", expiry: "0120", code: "1", name: "" });
  await shopper.page.locator("#pay").click();
  const { problems } = await hears(shopper.page, "sp-payment-invalid");
  assert.deepEqual(problems.map(({ field: name }) => name), ["number", "expiry", "code", "name"]);
  await focuses(shopper, "number");
  const number = field(shopper, "number");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  const described = await number.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby").split(" ").at(-1)).textContent);
  assert.match(described, /digit/);
  const links = shopper.page.locator(`${TAG} [part=summary] a`);
  assert.equal(await links.count(), 4);
  await links.nth(1).click();
  await focuses(shopper, "expiry");
  await number.fill(VISA);
  assert.equal(await number.getAttribute("aria-invalid"), null);
  assert.equal(own.site.received.some(({ path }) => path === "/paid"), false);
});

inBoth("a try that fails forgets the code, and keeps all else that was typed", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper, { expiry: "0120" });
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  await eventually("the code to be gone", async () => (await field(shopper, "code").inputValue()) === "");
  assert.equal(await field(shopper, "number").inputValue(), "4242 4242 4242 4242");
  assert.equal(await field(shopper, "expiry").inputValue(), "01 / 20");
  assert.equal(await field(shopper, "name").inputValue(), "Ada Byron");
});

inBoth("a field is judged when it is left, not while it is typed", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").pressSequentially("4111");
  assert.equal(await field(shopper, "number").getAttribute("aria-invalid"), null);
  await shopper.page.keyboard.press("Tab");
  await eventually("the number to be judged", async () => (await field(shopper, "number").getAttribute("aria-invalid")) === "true");
});

inBoth("a problem that appears when a field is left does not move the button from under the pointer", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper, { expiry: "01" });
  await field(shopper, "expiry").focus();
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  assert.equal(await shopper.page.locator(`${TAG} [part=summary] a`).count(), 1);
});

inBoth("the brand is told, and decides how long the code is", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await field(shopper, "number").fill(AMEX);
  assert.equal(await field(shopper, "number").inputValue(), "3782 822463 10005");
  await field(shopper, "code").pressSequentially("12 34567");
  assert.equal(await field(shopper, "code").inputValue(), "1234");
  await card(shopper).getByText("4 digits on the card").waitFor();
  await card(shopper).locator("[data-brand=visa][data-faint=true]").waitFor();
  await card(shopper).locator("[role=status]", { hasText: "American Express card." }).waitFor({ state: "attached" });
});

inBoth("a card of two networks asks which of them is to be used, and the choice is sealed with it", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await shopper.page.evaluate((tag) => document.querySelector(tag).setAttribute("accept", "cartes-bancaires visa mastercard"), TAG);
  // A number of the range of Visa's cards that are Cartes Bancaires' too.
  await fill(shopper, { number: "4970101234567890".replace(/.$/, checkDigit("497010123456789")) });
  const group = card(shopper).getByRole("group", { name: "Pay with" });
  await group.getByRole("radio", { name: "Visa" }).check();
  await shopper.page.waitForFunction(() => globalThis.heard.at(-1)?.detail?.brand === "visa");
  await group.getByRole("radio", { name: "Cartes Bancaires" }).check();
  await shopper.page.locator("#pay").click();
  const { data } = await sent(shopper);
  const { plaintext } = await compactDecrypt(data.get("envelope"), keys.privateKey, { keyManagementAlgorithms: ["ECDH-ES"] });
  assert.equal(JSON.parse(new TextDecoder().decode(plaintext)).network, "cartes-bancaires");
});

inBoth("a card of two networks, of which the shop takes one, asks nothing", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper, { number: "4970101234567890".replace(/.$/, checkDigit("497010123456789")) });
  assert.equal(await card(shopper).getByRole("radio").count(), 0);
});

/** The last digit of a number (ISO/IEC 7812-1, annex B). */
function checkDigit(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

inBoth("the caret stays where the shopper types", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  const number = field(shopper, "number");
  await number.fill("4242424242424");
  await number.evaluate((input) => input.setSelectionRange(6, 6));
  await number.press("9");
  assert.equal(await number.inputValue(), "4242 4924 2424 24");
  assert.equal(await number.evaluate((input) => input.selectionStart), 7);
  await number.press("Backspace");
  assert.equal(await number.inputValue(), "4242 4242 4242 4");
  assert.equal(await number.evaluate((input) => input.selectionStart), 6);
});

inBoth("through every edit the caret has as many digits before it as the shopper left there", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  const faults = await field(shopper, "number").evaluate((input) => {
    const digits = (text) => text.replace(/\D/g, "");
    let seed = 20_261_127;
    const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const found = [];
    input.focus();
    for (let edit = 0; edit < 2_000; edit++) {
      const { value } = input;
      const from = random(value.length + 1);
      const to = random(3) === 0 ? Math.min(value.length, from + random(5)) : from;
      // Typing, pasting with spaces, replacing a selection, deleting either way.
      const kind = digits(value).length > 17 ? 2 : random(3);
      const typed = kind === 2 ? "" : kind === 1 ? ` ${random(10_000)} ` : String(random(10));
      const cut = kind === 2 && from === to ? [Math.max(0, from - 1), to] : [from, to];
      const before = digits(value.slice(0, cut[0]) + typed).length;
      const all = digits(value.slice(0, cut[0]) + typed + value.slice(cut[1]));
      input.setRangeText(typed, cut[0], cut[1], "end");
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      const after = digits(input.value.slice(0, input.selectionStart)).length;
      // A number is cut where the longest of its brand ends, and nowhere else.
      const kept = digits(input.value);
      if (!all.startsWith(kept) || (kept !== all && kept.length < 15) || after !== Math.min(before, kept.length)) found.push({ value, cut, typed, now: input.value, caret: input.selectionStart });
    }
    return found.slice(0, 3);
  });
  assert.deepEqual(faults, []);
});

inBoth("a double click seals once", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await shopper.page.evaluate(() => {
    const button = document.querySelector("#pay");
    button.click();
    button.click();
  });
  const { posts } = await sent(shopper);
  assert.equal(posts.length, 1);
});

inBoth("Enter pays with the first button of the form, and its name goes with it", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await field(shopper, "name").press("Enter");
  const { data } = await sent(shopper);
  assert.ok(data.get("envelope"));
  // The first one in the tree, which stands in the slot: it takes the card with it all the same.
  assert.equal(data.get("method"), "invoice");
});

inBoth("a button that skips the form's checks sends no card", async (mode) => {
  const shopper = await open(mode);
  await fill(shopper);
  await shopper.page.locator("#invoice").click();
  const { data } = await sent(shopper);
  assert.deepEqual([...data.keys()].sort(), ["method", "order"]);
  await assertNoCard(shopper);
});

inBoth("a disabled fieldset leaves the card out, and opening it again lets it in", async (mode) => {
  const shopper = await open(mode, "", { attributes: "disabled" });
  await shopper.page.waitForTimeout(300);
  assert.equal(own.site.received.some(({ path }) => path === "/keys"), false, "nothing is loaded before it is needed");
  await shopper.page.evaluate(() => {
    document.querySelector("sp-payment-form").disabled = false;
  });
  await fill(shopper);
  await shopper.page.evaluate(() => {
    document.querySelector("sp-payment-form").disabled = true;
  });
  await eventually("the field to close", () => field(shopper, "number").isDisabled());
  await shopper.page.locator("#pay").click();
  const { data } = await sent(shopper);
  assert.equal(data.has("envelope"), false);
});

inBoth("by keyboard alone: through every field to the end, and back", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await shopper.page.keyboard.press("Tab");
  for (const [name, text] of [["number", VISA], ["expiry", `08${YEAR}`], ["code", "123"], ["name", "Ada Byron"]]) {
    await focuses(shopper, name);
    await shopper.page.keyboard.type(text);
    await shopper.page.keyboard.press("Tab");
  }
  assert.equal(await focused(shopper.page), "button.pay");
  await shopper.page.keyboard.press("Shift+Tab");
  await focuses(shopper, "name");
  await shopper.page.keyboard.press("Tab");
  await eventually("the focus on the button", async () => (await focused(shopper.page)) === "button.pay");
  await shopper.page.keyboard.press("Enter");
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("isolated: an element that is moved starts anew, in a new frame", async () => {
  const shopper = await open("isolated");
  await fill(shopper);
  await shopper.page.evaluate(() => document.querySelector("#checkout").append(document.querySelector("sp-payment-form")));
  await settles(shopper.page, TAG, "ready");
  assert.equal(await field(shopper, "number").inputValue(), "");
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("isolated: the shop's colours and language are taken on, and nothing else", async () => {
  const rule = "sp-payment-form { --sp-border: rgb(1, 2, 3); --sp-surface: url(/leak.png); --sp-radius: 1px; font-size: 20px }";
  own.site.routes.set("/theme.css", () => ({ headers: { "content-type": "text/css" }, body: rule }));
  const shopper = await open("isolated", "", { head: '<link rel="stylesheet" href="/theme.css">' });
  await settles(shopper.page, TAG, "ready");
  const style = () => field(shopper, "number").evaluate((input) => {
    const { borderTopColor, borderTopLeftRadius, backgroundImage, fontSize } = getComputedStyle(input);
    return { borderTopColor, borderTopLeftRadius, backgroundImage, fontSize };
  });
  await eventually("the border", async () => (await style()).borderTopColor === "rgb(1, 2, 3)");
  assert.deepEqual(await style(), { borderTopColor: "rgb(1, 2, 3)", borderTopLeftRadius: "1px", backgroundImage: "none", fontSize: "20px" });
  assert.equal(own.site.received.some(({ path }) => path === "/leak.png"), false);
});

test("isolated: with `frame-src 'none'` it is full, without it reduced, and it says so", async () => {
  const full = await open("isolated", "", { policy: `${POLICY}; frame-src 'none'` });
  await full.page.locator(`${TAG}[isolation=full]`).waitFor();
  const reduced = await open("isolated", "", { policy: `${POLICY}; frame-src https://bank.example` });
  await reduced.page.locator(`${TAG}[isolation=reduced]`).waitFor();
  await settles(reduced.page, TAG, "ready");
  const inline = await open("inline");
  await inline.page.locator(`${TAG}[isolation=none]`).waitFor();
});

test("isolated: all fields are in one form of one frame, which the page lets be filled in", async () => {
  const shopper = await open("isolated");
  await settles(shopper.page, TAG, "ready");
  assert.equal(await shopper.page.locator(`${TAG} iframe`).getAttribute("allow"), "autofill");
  const tokens = await card(shopper).locator("form").evaluate((element) => [...element.elements].map((input) => input.autocomplete));
  assert.deepEqual(tokens, ["cc-number", "cc-exp", "cc-csc", "cc-name"], "all of them in one form of one frame");
});

inBoth("accessible in every guise: empty, filled, and with problems", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  await assertAccessible(shopper.page);
  const tree = await (mode === "inline" ? shopper.page.locator("main") : card(shopper).locator("body")).ariaSnapshot();
  for (const name of ["Card number", "Expiry date", "Security code", "Name on card"]) assert.match(tree, new RegExp(`textbox "${name}"`));
  assert.match(await shopper.page.locator("main").ariaSnapshot(), /group "Card"/);
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  assert.equal((await heard(shopper.page, "sp-unavailable")).length, 0);
  assertQuiet(shopper);
});
