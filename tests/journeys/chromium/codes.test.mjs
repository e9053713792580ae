/** Signing in without a passkey, and getting back in when it is lost. */
import assert from "node:assert/strict";
import test from "node:test";

import { addAuthenticator } from "../../lib/chromium.mjs";
import { authenticator, letters, mailedCode } from "../codes.mjs";
import { newPerson } from "../people.mjs";
import { answerBanner, signOut, signUp } from "../shopper.mjs";
import { world } from "./world.mjs";

const here = world();

const submit = (page, action) => page.locator(`form[action='${action}'] > button[type=submit]`).click();

/** Enters a code once the element has put its clock there, which moves the button. */
async function enter(page, code, action) {
  await page.locator("sp-one-time-code[state=ready]").waitFor({ state: "attached" });
  await page.locator("[name=code]").fill(code);
  await submit(page, action);
}

/** Asks for a code by mail, and enters it as the letter has it, with its space. */
async function signInByMail(page, origin, { email }) {
  await page.goto(`${origin}/sign-in`);
  await page.locator("p.aside a[href='/sign-in/code']").click();
  await page.locator("form[action='/sign-in/code'] [name=email]").fill(email);
  await submit(page, "/sign-in/code");
  await page.waitForURL(/\/sign-in\/code\/enter$/);
  await enter(page, mailedCode(here.shop, email), "/sign-in/code/enter");
}

/** An account with a passkey on a device that is then lost, and recovery codes where they are asked for. */
async function loseDevice(page, origin, person, { recoveryCodes = false } = {}) {
  await page.goto(`${origin}/`);
  await answerBanner(page, "reject");
  const lost = await addAuthenticator(page);
  await signUp(page, origin, person);
  const list = page.locator("sp-passkey-list[state=ready]");
  await list.locator('[part~="add"]').click();
  await list.locator('[part~="remove"]').first().waitFor();
  let codes = [];
  if (recoveryCodes) {
    await page.goto(`${origin}/account/recovery-codes`);
    await submit(page, "/account/recovery-codes");
    await page.locator(".recovery-codes code").first().waitFor();
    codes = await page.locator(".recovery-codes code").allTextContents();
    await page.goto(`${origin}/account`);
  }
  await lost.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: lost.authenticatorId });
  await signOut(page);
  return codes;
}

/** The account page, reached by a code: the lost passkey is removed, a new one added, the owner told of both. */
async function replacePasskey(page, { email }) {
  await page.waitForURL(/\/account\?notice=recovered$/);
  await addAuthenticator(page);
  await page.getByText("If you lost your passkey, add a new one now").waitFor();
  const list = page.locator("sp-passkey-list[state=ready]");
  await list.locator('[part~="remove"]').first().click();
  await list.getByRole("button", { name: "Remove", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("sp-passkey-list").shadowRoot.querySelectorAll("li").length === 0);
  await list.locator('[part~="add"]').click();
  await list.locator('[part~="remove"]').first().waitFor();
  const told = letters(here.shop, email).join("\n");
  for (const event of ["A passkey was added.", "A passkey was removed."]) assert.ok(told.includes(event), event);
}

test("a shopper who lost the passkey gets in by a code by mail, and replaces it", async () => {
  await here.visit(async ({ page, origin }) => {
    const person = newPerson();
    await loseDevice(page, origin, person);
    await signInByMail(page, origin, person);
    await replacePasskey(page, person);
  });
});

test("a shopper who lost the passkey gets in by a recovery code, replaces it, and the new one signs in", async () => {
  await here.visit(async ({ page, origin }) => {
    const person = newPerson();
    const codes = await loseDevice(page, origin, person, { recoveryCodes: true });
    assert.equal(codes.length, 10);
    await page.goto(`${origin}/sign-in/recovery`);
    await page.locator("[name=email]").fill(person.email);
    await page.locator("[name=code]").fill(codes[0].toLowerCase());
    await submit(page, "/sign-in/recovery");
    await replacePasskey(page, person);
    assert.ok(letters(here.shop, person.email).some((letter) => letter.includes("A recovery code was used to sign in; 9 are left.")));
    await signOut(page);
    // The simulated authenticator picks from the autofill by itself.
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(/\/account(\?|$)/);
    await signOut(page);
    await page.goto(`${origin}/sign-in/recovery`);
    await page.locator("[name=email]").fill(person.email);
    await page.locator("[name=code]").fill(codes[0]);
    await submit(page, "/sign-in/recovery");
    await page.locator("#problem").waitFor();
  });
});

test("a code by mail works in the browser that asked alone, and the app's code is asked for besides", async () => {
  await here.visit(async ({ page, origin }) => {
    const person = newPerson();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, person);
    await page.goto(`${origin}/account/authenticator`);
    const key = await page.locator(".key").first().textContent();
    const nextCode = await authenticator(key);
    await page.locator("[name=code]").fill(nextCode());
    await submit(page, "/account/authenticator");
    await page.waitForURL(/notice=authenticator-on$/);
    await signOut(page);

    await signInByMail(page, origin, person);
    await page.waitForURL(/\/sign-in\/second-step$/);
    await here.visit(async ({ page: thief }) => {
      await thief.goto(`${origin}/sign-in/code`);
      await thief.locator("[name=email]").fill("thief@mail.example");
      await submit(thief, "/sign-in/code");
      await thief.waitForURL(/\/sign-in\/code\/enter$/);
      await enter(thief, mailedCode(here.shop, person.email), "/sign-in/code/enter");
      await thief.getByText("That code is not right").waitFor();
    });
    await enter(page, nextCode(), "/sign-in/second-step");
    await page.waitForURL(/\/account(\?|$)/);
    await page.getByRole("heading", { name: "Ways to sign in" }).waitFor();
    assert.match(await page.locator("section[aria-labelledby=ways]").innerText(), /Authenticator app, after the password\s+Can be phished · assurance level 2 of 3/);
  });
});
