/** Every view of the shop that a shopper can see, and how it is reached. */
import { addAuthenticator } from "../../lib/chromium.mjs";
import { answers, approvedCard, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, fillAddress, pay, payButton, signUp } from "../shopper.mjs";

/**
 * Walks through the shop and stops at each view.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} origin
 * @param {(name: string) => Promise<void>} stop called at each view
 */
export async function walk(page, origin, stop) {
  const authenticator = await addAuthenticator(page);
  const person = newPerson();

  await page.goto(`${origin}/`);
  const banner = page.locator("sp-consent-banner");
  await banner.locator('[part~="banner"]').waitFor();
  await stop("catalogue with the consent banner");
  await banner.locator('[part~="choose"]').click();
  await stop("catalogue with the banner's choices");
  await page.goto(`${origin}/`);
  await answerBanner(page, "reject");
  await stop("catalogue");
  await page.locator("main a[href^='/products/']").first().click();
  await page.waitForURL(/\/products\//);
  await stop("product");
  await page.goto(`${origin}/cart`);
  await stop("empty cart");
  await page.goto(`${origin}/nowhere`);
  await stop("not found");

  await page.goto(`${origin}/sign-up`);
  await stop("sign-up");
  await page.locator("[name=password]").pressSequentially("password");
  await page.locator("sp-password-field [part~=meter]").waitFor();
  await stop("sign-up with a weak password");
  await page.locator("sp-password-field [part~=suggest]").click();
  await page.locator("sp-password-field [part~=suggestion]").filter({ hasText: /./ }).waitFor();
  await stop("sign-up with a suggested password");
  await page.goto(`${origin}/sign-in`);
  await page.locator("sp-passkey-signin[state=ready]").waitFor();
  await stop("sign-in");
  await page.locator("form[action='/sign-in'] [name=email]").fill("nobody@mail.example");
  await page.locator("form[action='/sign-in'] [name=password]").fill("not the right password");
  await page.locator("form[action='/sign-in'] button[type=submit]").click();
  await page.locator("div.problem").waitFor();
  await stop("sign-in refused");

  await page.goto(`${origin}/sign-in/recovery`);
  await stop("recovery code");
  await page.goto(`${origin}/sign-in/code`);
  await stop("code by e-mail");
  await page.locator("form[action='/sign-in/code'] [name=email]").fill("nobody@mail.example");
  await page.locator("form[action='/sign-in/code'] button[type=submit]").click();
  await page.waitForURL(/\/sign-in\/code\/enter/);
  await stop("entering a code");

  await bringToCheckout(page, origin);
  await page.locator("sp-payment-form[state=ready]").waitFor();
  await stop("checkout");
  await fillAddress(page, person);
  await payButton(page).click();
  await page.locator("sp-payment-form [part~=summary]").waitFor();
  await stop("checkout with problems");
  await page.goto(`${origin}/checkout?card=inline`);
  await page.locator("sp-payment-form[state=ready]").waitFor();
  await stop("checkout with the card in the page");
  await page.goto(`${origin}/checkout`);
  await pay(page, person, answers.challenge());
  await page.waitForURL(/\/challenge\//);
  await stop("challenge");
  await page.goto(`${origin}/cart`);
  await stop("cart");
  await page.goto(`${origin}/checkout`);
  await pay(page, person, approvedCard());
  await page.waitForURL(/\/orders\//);
  await stop("order");

  await signUp(page, origin, person);
  const list = page.locator("sp-passkey-list");
  await page.locator("sp-passkey-list[state=ready]").waitFor();
  await stop("account");
  await page.goto(`${origin}/account?offer=passkey`);
  await page.locator("#passkey-offer:not([hidden])").waitFor();
  await stop("account with the offer of a passkey");
  await list.locator('[part~="add"]').click();
  await list.locator('[part~="remove"]').first().waitFor();
  await stop("account with a passkey");
  await list.locator('[part~="remove"]').first().click();
  await list.locator('[part~="cancel"]:visible').waitFor();
  await stop("account asking before it removes");
  await page.goto(`${origin}/products/kettle`);
  await page.locator("form[action='/cart'] [name=quantity]").fill("3");
  await page.locator("form[action='/cart'] button[type=submit]").click();
  await page.waitForURL(/\/cart(\?|$)/);
  await page.goto(`${origin}/checkout`);
  await page.locator("#confirm-passkey:not([hidden])").waitFor();
  await stop("checkout of an order to be confirmed");
  await page.goto(`${origin}/account/authenticator`);
  await stop("setting up an app");
  await page.goto(`${origin}/account/recovery-codes`);
  await stop("recovery codes to be made");
  await page.locator("form[action='/account/recovery-codes'] button").click();
  await page.locator(".recovery-codes li").first().waitFor();
  await stop("recovery codes");
  // It would answer the autofill by itself, and the page would be left.
  await authenticator.presence(false);
  await page.goto(`${origin}/sign-in/again`);
  await page.locator("sp-passkey-signin[state=ready]").waitFor();
  await stop("signing in again");
  await page.goto(`${origin}/privacy`);
  await page.locator("sp-privacy-settings[state=ready]").waitFor();
  await stop("privacy");
}
