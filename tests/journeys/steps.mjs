/** The steps of a shopper over WebDriver, for the engines that Playwright does not drive here. */
import { Key, until } from "../lib/webdriver.mjs";

/** Decides in the consent banner. @param {"accept" | "reject"} choice */
export async function answerBanner(session, choice) {
  const banner = await session.find("sp-consent-banner");
  const button = await until(`the button ${choice}`, 10_000, async () => {
    const found = await banner.inShadow(`[part~="${choice}"]`);
    return (await found.displayed()) ? found : undefined;
  });
  await button.click();
  await until("the banner to be gone", 5_000, async () => {
    const container = await banner.inShadow('[part~="banner"]').catch(() => undefined);
    return container === undefined || !(await container.displayed());
  });
}

/**
 * Clicks, and waits for the address that follows. WebKit's driver on a busy machine presses and loses the release, so that the button
 * has the focus and nothing happens: whoever sits there presses again.
 */
export async function follow(session, selector, pattern) {
  await (await session.find(selector)).click();
  await session.arrive(pattern, 4_000).catch(async () => {
    // It may have gone meanwhile: what counts is where that leads.
    await (await session.query(selector))?.click().catch(() => undefined);
    await session.arrive(pattern);
  });
}

/** Opens the catalogue, puts the first piece in the cart and goes to the checkout. */
export async function bringToCheckout(session, origin, { inline = false } = {}) {
  await session.go(`${origin}/`);
  await follow(session, "main a[href^='/products/']", /\/products\//);
  await follow(session, "form[action='/cart'] button[type=submit]", /\/cart(\?|$)/);
  await follow(session, "main a[href='/checkout']", /\/checkout(\?|$)/);
  if (inline) await session.go(`${origin}/checkout?card=inline`);
}

/** Fills in fields of a form by their names. */
export async function fill(session, form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = await session.find(`${form} [name=${name}]`);
    // WebKit answers that a page is loaded before it is laid out.
    await until(`${name} to be there to be typed into`, 5_000, async () => (await field.clear(), true));
    await field.type(value);
  }
}

/** Fills in where the parcel goes; the country is the shop's own. */
export function fillAddress(session, { email, name, address, postcode, city }) {
  return fill(session, "#checkout", { email, name, address, postcode, city });
}

/**
 * Types a card as a shopper does who uses the keyboard. No script can put the focus into the frame in WebKit, and its driver clicks
 * beside what is in one; Tab goes there in every engine.
 */
export async function fillCard(session, card) {
  await session.within(await session.find("sp-payment-form[state=ready] > iframe"), async () => {
    const number = await session.find("[data-card=number]");
    await until("the card's fields to be open", 5_000, () => number.enabled());
  });
  await session.run("(before) => before.focus()", await session.find("#checkout [name=country]"));
  for (const field of ["number", "expiry", "code", "name"]) await session.keys(Key.tab + card[field]);
}

/** Creates an account; the page that follows is the account's. */
export async function signUp(session, origin, { name, email, password }) {
  await session.go(`${origin}/sign-up`);
  await fill(session, "form[action='/sign-up']", { name, email, password });
  await follow(session, "form[action='/sign-up'] button[type=submit]", /\/account(\?|$)/);
}

/** The text of the page's main part. */
export async function mainText(session) {
  return (await session.find("main")).text();
}

/** Everything the page has put somewhere it stays. */
export function storageOf(session) {
  return session.run(`async () => {
    const databases = indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name) : [];
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, history.state, document.cookie, location.href]);
  }`);
}
