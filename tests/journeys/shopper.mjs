/** The steps of a shopper in a Chromium page, named as a person would say them. */

/** Decides in the consent banner. @param {"accept" | "reject"} choice */
export async function answerBanner(page, choice) {
  const banner = page.locator("sp-consent-banner");
  await banner.locator(`[part~="${choice}"]`).click();
  await banner.locator('[part~="banner"]').waitFor({ state: "hidden" });
}

/** Opens the catalogue, puts one piece in the cart and goes to the checkout. */
export async function bringToCheckout(page, origin, { piece = 0, inline = false } = {}) {
  await page.goto(`${origin}/`);
  await page.locator("main a[href^='/products/']").nth(piece).click();
  await page.waitForURL(/\/products\//);
  await page.locator("form[action='/cart'] button[type=submit]").click();
  await page.waitForURL(/\/cart(\?|$)/);
  await page.locator("main a[href='/checkout']").click();
  await page.waitForURL(/\/checkout(\?|$)/);
  if (inline) await page.goto(`${origin}/checkout?card=inline`);
}

/** Fills in where the parcel goes. */
export async function fillAddress(page, person) {
  for (const field of ["email", "name", "address", "postcode", "city"]) {
    await page.locator(`#checkout [name=${field}]`).fill(person[field]);
  }
  await page.locator("#checkout [name=country]").selectOption(person.country);
}

/** Waits until the card can be typed. */
export async function cardFormReady(page) {
  await page.locator("sp-payment-form[state=ready]").waitFor();
}

/** The document that the card's fields are in: a frame's, or the page itself where the shop chose `inline`. */
export function cardDocument(page) {
  return page.url().includes("card=inline") ? page : page.locator("sp-payment-form iframe").contentFrame();
}

/** Types a card as a shopper does. */
export async function fillCard(page, card) {
  await cardFormReady(page);
  for (const field of ["number", "expiry", "code", "name"]) {
    const input = cardDocument(page).locator(`[data-card=${field}]`);
    await input.fill("");
    await input.pressSequentially(card[field]);
  }
}

/** The button that pays by card. */
export function payButton(page) {
  return page.locator("#checkout button[value=card]");
}

/** From the checkout page to the processor's answer. */
export async function pay(page, person, card) {
  await fillAddress(page, person);
  await fillCard(page, card);
  const button = payButton(page);
  await button.scrollIntoViewIfNeeded();
  // The card's frame is drawn by a process of its own: until it has drawn where it was scrolled to, it is still hit there.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
  await button.click();
}

/** Creates an account with a measured password. */
export async function signUp(page, origin, person) {
  await page.goto(`${origin}/sign-up`);
  await page.locator("[name=name]").fill(person.name);
  await page.locator("[name=email]").fill(person.email);
  await page.locator("[name=password]").pressSequentially(person.password);
  await page.locator("form[action='/sign-up'] button[type=submit]").click();
  await page.waitForURL(/\/account(\?|$)/);
}

/** Signs in with a password. */
export async function signInByPassword(page, origin, { email, password }) {
  await page.goto(`${origin}/sign-in`);
  await page.locator("form[action='/sign-in'] [name=email]").fill(email);
  await page.locator("form[action='/sign-in'] [name=password]").fill(password);
  await page.locator("form[action='/sign-in'] button[type=submit]").click();
  await page.waitForURL(/\/account(\?|$)/);
}

export async function signOut(page) {
  await page.locator("form[action='/sign-out'] button").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/account"));
}
