/** What passkeys are for in a shop, beside signing in: an account without a password, and an order that only its owner places. */
import assert from "node:assert/strict";
import test from "node:test";

import { addAuthenticator } from "../../lib/chromium.mjs";
import { approvedCard, newPerson } from "../people.mjs";
import { answerBanner, pay, signInByPassword, signOut, signUp } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const here = world();

async function signUpByPasskey(page, origin, person) {
  await page.goto(`${origin}/`);
  await answerBanner(page, "reject");
  await page.goto(`${origin}/sign-up`);
  await page.locator("form[action='/sign-up'] [name=name]").fill(person.name);
  await page.locator("form[action='/sign-up'] [name=email]").fill(person.email);
  await page.locator("#by-passkey button").click();
  await page.waitForURL(/\/account\?notice=signed-up/);
}

test("an account is made with a passkey, and the autofill signs in to it", async () => {
  await here.visit(async ({ page, origin, watch }) => {
    const authenticator = await addAuthenticator(page);
    const person = newPerson();
    await signUpByPasskey(page, origin, person);
    assert.match(await page.locator("h1").innerText(), /Ada Winter/);
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    assert.equal(await page.locator("sp-passkey-list [part~=item]").count(), 1);
    const [credential] = await authenticator.credentials();
    assert.equal(credential.userName, person.email, "whoever keeps the passkey knows the account's name");

    await page.locator("form[action='/sign-out'] button").click();
    await page.waitForURL((url) => !url.pathname.startsWith("/account"));
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(/\/account(\?|$)/);
    assert.deepEqual(watch.errors, []);
  });
});

test("who does not finish has no account, and may try again", async () => {
  await here.visit(async ({ page, origin }) => {
    const authenticator = await addAuthenticator(page);
    await authenticator.verified(false);
    const person = newPerson();
    await page.goto(`${origin}/sign-up`);
    await page.locator("form[action='/sign-up'] [name=name]").fill(person.name);
    await page.locator("form[action='/sign-up'] [name=email]").fill(person.email);
    await page.locator("#by-passkey button").click();
    await page.locator("#by-passkey [role=alert]").filter({ hasText: "Try again" }).waitFor();
    await authenticator.verified(true);
    await page.locator("#by-passkey button").click();
    await page.waitForURL(/\/account\?notice=signed-up/);
  });
});

test("a large order is placed once its owner has signed it with a passkey", async () => {
  await here.visit(async ({ page, origin, watch }) => {
    await addAuthenticator(page);
    const person = newPerson();
    await signUpByPasskey(page, origin, person);
    await page.goto(`${origin}/products/kettle`);
    await page.locator("form[action='/cart'] [name=quantity]").fill("3");
    await page.locator("form[action='/cart'] button[type=submit]").click();
    await page.waitForURL(/\/cart(\?|$)/);
    await page.goto(`${origin}/checkout`);

    await pay(page, person, approvedCard());
    await page.locator("#problem").filter({ hasText: "Please confirm this order" }).waitFor();

    await page.locator("#confirm-passkey button").click();
    await page.locator("#confirmed").filter({ hasText: "You have confirmed this order" }).waitFor();
    await pay(page, person, approvedCard());
    await page.waitForURL(/\/orders\//);
    await eventually("the order to be paid", async () => /paid/.test(await page.locator("main").innerText()));
    assert.deepEqual(watch.errors, []);
  });
});

test("after a password a passkey is offered, taken with one click, and not offered again", async () => {
  await here.visit(async ({ page, origin, watch }) => {
    const person = newPerson();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, person);
    await signOut(page);
    await signInByPassword(page, origin, person);
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    assert.equal(await page.locator("#passkey-offer").isVisible(), false, "no passkey is offered where this device keeps none");

    await addAuthenticator(page);
    await page.reload();
    const buttons = page.locator("#passkey-offer button");
    await buttons.first().waitFor();
    const [take, leave] = await buttons.evaluateAll((all) => all.map((button) => {
      const { backgroundColor, color, fontSize, fontWeight, height } = getComputedStyle(button);
      return { backgroundColor, color, fontSize, fontWeight, height };
    }));
    assert.deepEqual(take, leave, "both answers weigh the same");
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    await buttons.first().click();
    await page.locator("#passkey-offer").waitFor({ state: "hidden" });
    assert.equal(await page.locator("sp-passkey-list [part~=item]").count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), "passkeys", "the focus is where the passkey is");
    await page.reload();
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    assert.equal(await page.locator("#passkey-offer").count(), 0);
    assert.deepEqual(watch.errors, []);
  });
});

test("who says not now is not asked again", async () => {
  await here.visit(async ({ page, origin }) => {
    const person = newPerson();
    await addAuthenticator(page);
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, person);
    await signOut(page);
    await signInByPassword(page, origin, person);
    await page.getByRole("button", { name: "Not now" }).click();
    await page.waitForURL(/notice=passkey-declined$/);
    await page.getByText("We will not ask again").waitFor();
    await signOut(page);
    await signInByPassword(page, origin, person);
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    assert.equal(await page.locator("#passkey-offer").count(), 0);
  });
});

test("a tab that closes mid-ceremony leaves no passkey, and the next tab adds one", async () => {
  await here.visit(async ({ page, context, origin }) => {
    const person = newPerson();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, person);
    const left = await addAuthenticator(page);
    await left.presence(false);
    await page.locator("sp-passkey-list[state=ready] [part~=add]").click();
    await page.locator("sp-passkey-list [part~=add][aria-disabled=true]").filter({ hasText: "Waiting for your passkey" }).waitFor();
    await page.close();

    const next = await context.newPage();
    await addAuthenticator(next);
    await next.goto(`${origin}/account`);
    const list = next.locator("sp-passkey-list[state=ready]");
    await list.waitFor();
    assert.equal(await list.locator("[part~=item]").count(), 0);
    await list.locator("[part~=add]").click();
    await list.locator("[part~=item]").waitFor();
  });
});
