/** One shopper's whole way: from the catalogue to the privacy settings, with everything this product does. */
import assert from "node:assert/strict";
import test from "node:test";

import { addAuthenticator } from "../../lib/chromium.mjs";
import { approvedCard, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, pay, signOut, signUp } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const here = world();

test("a shopper signs up, adds a passkey, signs in with it, pays with a sealed card, and changes consent", async (t) => {
  await here.visit(async ({ page, watch, origin }) => {
    const authenticator = await addAuthenticator(page);
    const person = newPerson();
    const card = approvedCard();

    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await bringToCheckout(page, origin);

    await page.goto(`${origin}/sign-up`);
    const meter = page.locator("sp-password-field");
    const rated = meter.evaluate((element) => {
      return new Promise((resolve) => element.addEventListener("sp-password-estimated", (event) => resolve(event.detail)));
    });
    await page.locator("[name=password]").pressSequentially("password");
    const weak = await rated;
    assert.ok(weak.score <= 1, "a word from the list scores low");
    assert.ok(weak.failed.length > 0, "and breaks a rule");

    await signUp(page, origin, person);
    assert.match(await page.locator("h1").innerText(), /Ada Winter/);

    const list = page.locator("sp-passkey-list");
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    const added = list.evaluate((element) => {
      return new Promise((resolve) => element.addEventListener("sp-passkey-added", () => resolve(true)));
    });
    await list.locator('[part~="add"]').click();
    assert.ok(await added);
    const credentials = await authenticator.credentials();
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].isResidentCredential, true, "a passkey is discoverable");

    await signOut(page);
    // The visitor picks nothing in the autofill, and takes the button.
    await authenticator.presence(false);
    await page.goto(`${origin}/sign-in`);
    await page.locator("sp-passkey-signin[state=ready]").waitFor();
    await authenticator.presence(true);
    await page.locator('sp-passkey-signin [part~="button"]').click();
    await page.waitForURL(/\/account(\?|$)/);
    assert.match(await page.locator("h1").innerText(), /Ada Winter/);

    await signOut(page);
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(/\/account(\?|$)/);
    assert.match(await page.locator("h1").innerText(), /Ada Winter/, "the autofill signs in, too");

    await bringToCheckout(page, origin);
    assert.equal(await page.locator("#checkout [name=email]").inputValue(), person.email, "the checkout knows who signed in");
    await pay(page, person, card);
    await page.waitForURL(/\/orders\//);
    const evidence = await page.locator(".evidence").innerText();
    assert.ok(evidence.includes(card.lastFour), "the order page shows the last four digits");
    assert.ok(!evidence.includes(card.number));

    await page.goto(`${origin}/privacy`);
    await page.locator("sp-privacy-settings[state=ready]").waitFor();
    const settings = page.locator("sp-privacy-settings");
    await settings.locator("input[type=checkbox]:not([disabled])").first().check();
    await settings.locator('[part~="save"]').click();
    await eventually("the tracker to be reached after consent", async () => (await here.shop.trackerHits()) > 0);
    await eventually("a record at the backend", () => {
      return here.shop.recorder.exchanges.some(({ url, method, status }) => {
        return url === "/api/consent-records" && method === "POST" && status === 201;
      });
    });

    const before = await here.shop.trackerHits();
    await settings.locator("input[type=checkbox]:not([disabled])").first().uncheck();
    await settings.locator('[part~="save"]').click();
    await page.goto(`${origin}/`);
    await page.waitForLoadState("networkidle");
    assert.equal(await here.shop.trackerHits(), before, "after withdrawal nothing more is sent");
    assert.deepEqual(watch.errors, []);
  });
});

test("the shopper removes the passkey again, and it no longer signs in", async () => {
  await here.visit(async ({ page, origin }) => {
    await addAuthenticator(page);
    const person = newPerson();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, person);
    const list = page.locator("sp-passkey-list");
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    await list.locator('[part~="add"]').click();
    await list.locator('[part~="remove"]:visible').click();
    await list.locator('[part~="cancel"]:visible').waitFor();
    await list.locator('[part~="remove"]:visible').click();
    await list.locator('[part~="empty"]').waitFor();

    await signOut(page);
    await page.goto(`${origin}/sign-in`);
    await page.locator("sp-passkey-signin[state=ready]").waitFor();
    await page.locator('sp-passkey-signin [part~="button"]').click();
    await eventually("a message", async () => (await page.locator('sp-passkey-signin [part~="problem"]').innerText()) !== "");
    assert.match(page.url(), /\/sign-in(\?|$)/);
  });
});
