/** A shopper who takes what the field suggests, signs up with it, and later changes it for another. */
import assert from "node:assert/strict";
import test from "node:test";

import { newPerson } from "../people.mjs";
import { answerBanner, signInByPassword, signOut } from "../shopper.mjs";
import { world } from "./world.mjs";

const here = world();

/** Takes a suggested password, of words or of characters, and gives it. */
async function suggested(page, kind) {
  const field = page.locator("sp-password-field");
  await field.locator("[part=suggest]").click();
  if (kind === "characters") await field.getByLabel("Characters").check();
  await field.locator("[part=entropy]").filter({ hasText: kind === "words" ? "77 bits" : "98 bits" }).waitFor();
  await field.locator("[part=use]").click();
  return page.locator("[name=password]").inputValue();
}

test("a suggested password is taken by the shop's server, to sign up and to change it", async () => {
  await here.visit(async ({ page, watch, origin }) => {
    const person = newPerson();
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await page.goto(`${origin}/sign-up`);
    await page.locator("[name=name]").fill(person.name);
    await page.locator("[name=email]").fill(person.email);
    const words = await suggested(page, "words");
    assert.equal(watch.requests.filter(({ url }) => /password-generate.*\.wasm/.test(url)).length, 1);
    await page.locator("form[action='/sign-up'] button[type=submit]").click();
    await page.waitForURL(/\/account(\?|$)/);

    await page.goto(`${origin}/account/password`);
    await page.locator("[name=current]").fill(words);
    const characters = await suggested(page, "characters");
    assert.equal(characters.length, 15);
    await page.locator("form[action='/account/password'] button[type=submit]").click();
    await page.waitForURL(/\/account(\?|$)/);
    await signOut(page);
    await signInByPassword(page, origin, { ...person, password: characters });
    const sent = watch.requests.filter(({ url }) => url.includes(words) || url.includes(encodeURIComponent(characters)));
    assert.deepEqual(sent, [], "no address holds a password");
  });
});
