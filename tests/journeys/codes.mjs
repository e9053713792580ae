/** What signing in without a passkey takes: the shop's letters, and an authenticator app. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "storefront-privacy/passkey-fallback";

import { until } from "../lib/webdriver.mjs";
import { answerBanner, fill, follow, mainText, signUp } from "./steps.mjs";
import { newPerson } from "./people.mjs";

/** The letters to an address, oldest first. */
export function letters({ dataDir }, address) {
  const folder = join(dataDir, "shop/mail");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".eml")).sort();
  return files.map((name) => readFileSync(join(folder, name), "utf8")).filter((letter) => letter.includes(`To: <${address}>`));
}

/** The code of the last letter. */
export const mailedCode = (shop, address) => /^Subject: (\d{4} \d{4}) is your code/m.exec(letters(shop, address).at(-1))[1];

/** An authenticator app that was given a key: it shows no code twice. */
export async function authenticator(secret) {
  const fallback = await load();
  let step = Math.floor(Date.now() / 30_000) - 1;
  return () => {
    step = Math.max(step + 1, Math.floor(Date.now() / 30_000));
    return fallback.totp({ secret }, step * 30);
  };
}

/** The whole way, over WebDriver: an app, recovery codes, a code by mail, and each used to sign in. */
export async function withoutPasskey(page, shop) {
  const { origin } = shop;
  const person = newPerson();
  const submit = (action) => `form[action='${action}'] > button[type=submit]`;
  const signOut = async () => {
    await (await page.find("form[action='/sign-out'] button")).click();
    await until("to be signed out", 10_000, async () => !/\/account(\?|$)/.test(await page.url()));
  };
  await page.go(`${origin}/`);
  await answerBanner(page, "reject");
  await signUp(page, origin, person);

  await follow(page, "a[href='/account/authenticator']", /\/account\/authenticator$/);
  const key = await until("the key", 10_000, () => page.run("() => document.querySelector('.key').textContent"));
  const nextCode = await authenticator(key);
  await fill(page, "form[action='/account/authenticator']", { code: "000000" });
  await (await page.find(submit("/account/authenticator"))).click();
  await page.find("div.problem");
  assert.match(await mainText(page), /That code is not right/);
  await fill(page, "form[action='/account/authenticator']", { code: nextCode() });
  await follow(page, submit("/account/authenticator"), /\/account\?notice=authenticator-on$/);

  await follow(page, "a[href='/account/recovery-codes']", /\/account\/recovery-codes$/);
  await (await page.find(submit("/account/recovery-codes"))).click();
  await page.find(".recovery-codes li");
  const codes = await page.run("() => [...document.querySelectorAll('.recovery-codes code')].map((code) => code.textContent)");
  assert.equal(codes.length, 10);
  await page.go(`${origin}/account`);
  assert.match(await mainText(page), /10 left/);
  await signOut();

  await page.go(`${origin}/sign-in`);
  await fill(page, "form[action='/sign-in']", { email: person.email, password: person.password });
  await follow(page, submit("/sign-in"), /\/sign-in\/second-step$/);
  await fill(page, "form[action='/sign-in/second-step']", { code: nextCode() });
  await follow(page, submit("/sign-in/second-step"), /\/account(\?|$)/);
  await signOut();

  await page.go(`${origin}/sign-in`);
  await follow(page, "p.aside a[href='/sign-in/code']", /\/sign-in\/code$/);
  await fill(page, "form[action='/sign-in/code']", { email: person.email });
  await follow(page, submit("/sign-in/code"), /\/sign-in\/code\/enter$/);
  await fill(page, "form[action='/sign-in/code/enter']", { code: mailedCode(shop, person.email) });
  // The code by mail stands for the password, and not for the app.
  await follow(page, submit("/sign-in/code/enter"), /\/sign-in\/second-step$/);

  await follow(page, "a[href='/sign-in/recovery']", /\/sign-in\/recovery$/);
  await fill(page, "form[action='/sign-in/recovery']", { email: person.email, code: codes[2].toLowerCase().replaceAll("-", " ") });
  await follow(page, submit("/sign-in/recovery"), /\/account\?notice=recovered$/);
  assert.match(await mainText(page), /9 left/);
  assert.ok(letters(shop, person.email).some((letter) => letter.includes("A recovery code was used to sign in; 9 are left.")));
}
