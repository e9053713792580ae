/** The whole way by keyboard alone, each stop visible, and what each element says to assistive technology. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { addAuthenticator, launchChromium, newShopper } from "../../lib/chromium.mjs";
import { startShop } from "../../lib/shop.mjs";
import { approvedCard, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, cardDocument, cardFormReady, signUp } from "../shopper.mjs";

let shop;
let browser;
before(async () => {
  shop = await startShop();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await shop?.stop();
});

async function visit(journey) {
  const { page, watch, close } = await newShopper(browser);
  try {
    const authenticator = await addAuthenticator(page);
    await journey(page, shop.origin, authenticator);
    assert.deepEqual(watch.violations(), []);
  } finally {
    await close();
  }
}

/** What has the focus, seen through shadow roots and into the card's frame; and whether one can see it. */
async function focused(page) {
  const stop = await focusedIn(page);
  const inner = page.frames()[1];
  if (stop.tag !== "iframe" || inner === undefined) return stop;
  // The frame has the focus before a field in it has.
  await inner.waitForFunction(() => document.hasFocus() && document.activeElement !== document.body);
  return focusedIn(inner);
}

function focusedIn(frame) {
  return frame.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) {
      element = element.shadowRoot.activeElement;
    }
    const host = element?.getRootNode().host?.localName ?? "";
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      host,
      part: element.getAttribute("part") ?? "",
      tag: element.localName,
      name: element.getAttribute("name") ?? "",
      card: element.getAttribute("data-card") ?? "",
      href: element.getAttribute("href") ?? "",
      value: element.getAttribute("value") ?? "",
      type: element.getAttribute("type") ?? "",
      form: element.closest("form")?.getAttribute("action") ?? "",
      isSeen: box.width > 0 && ((outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none"),
    };
  });
}

/** Presses Tab until the focus is where a shopper wants it. */
async function tabTo(page, what, isThere) {
  const stops = [];
  for (let presses = 0; presses < 80; presses += 1) {
    const stop = await focused(page);
    if (stop.tag !== "body" && stop.tag !== "main") {
      assert.ok(stop.isSeen, `the focus on ${JSON.stringify(stop)} cannot be seen`);
    }
    if (isThere(stop)) {
      return;
    }
    stops.push(`${stop.host} ${stop.tag} ${stop.part}${stop.name}${stop.href}`);
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${what}:\n${stops.join("\n")}`);
}

async function tabAndType(page, name, text) {
  await tabTo(page, name, (stop) => stop.name === name || stop.card === name);
  await page.keyboard.type(text);
}

test("a shopper buys by keyboard alone, from the banner to the order", { timeout: 120_000 }, async () => {
  await visit(async (page, origin) => {
    const person = newPerson();
    const card = approvedCard();
    await page.goto(`${origin}/`);
    await page.locator('sp-consent-banner [part~="banner"]').waitFor();
    await tabTo(page, "the banner's reject", (stop) => stop.part.split(" ").includes("reject"));
    await page.keyboard.press("Enter");
    await page.locator('sp-consent-banner [part~="banner"]').waitFor({ state: "hidden" });

    await page.goto(`${origin}/`);
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).href, "#main", "the first stop skips to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, "a product", (stop) => stop.href.startsWith("/products/"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/products\//);
    await tabTo(page, "the button", (stop) => stop.tag === "button" && stop.form === "/cart");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/cart(\?|$)/);
    await tabTo(page, "the checkout", (stop) => stop.href === "/checkout");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/checkout(\?|$)/);
    await cardFormReady(page);
    for (const field of ["email", "name", "address", "postcode", "city"]) {
      await tabAndType(page, field, person[field]);
    }
    for (const field of ["number", "expiry", "code"]) {
      await tabAndType(page, field, card[field]);
    }
    await tabTo(page, "the name on the card", (stop) => stop.card === "name");
    await page.keyboard.type(card.name);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /receipt is on its way/);
  });
});

test("sp-passkey-list and sp-passkey-signin by keyboard", { timeout: 120_000 }, async () => {
  await visit(async (page, origin, authenticator) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await signUp(page, origin, newPerson());
    await page.locator("sp-passkey-list[state=ready]").waitFor();
    await tabTo(page, "add", (stop) => stop.part.split(" ").includes("add"));
    await page.keyboard.press("Space");
    await page.locator("sp-passkey-list [part~=remove]").first().waitFor();
    await tabTo(page, "sign out", (stop) => stop.form === "/sign-out");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/account"));
    // Nothing is picked in the autofill.
    await authenticator.presence(false);
    await page.goto(`${origin}/sign-in`);
    await page.locator("sp-passkey-signin[state=ready]").waitFor();
    await authenticator.presence(true);
    await tabTo(page, "the passkey button", (stop) => stop.host === "sp-passkey-signin" && stop.tag === "button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/account(\?|$)/);
  });
});

test("sp-privacy-settings by keyboard", { timeout: 120_000 }, async () => {
  await visit(async (page, origin) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await page.goto(`${origin}/privacy`);
    await page.locator("sp-privacy-settings[state=ready]").waitFor();
    await tabTo(page, "an optional purpose", (stop) => stop.host === "sp-privacy-settings" && stop.type === "checkbox");
    await page.keyboard.press("Space");
    await tabTo(page, "save", (stop) => stop.part.split(" ").includes("save"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => JSON.parse(localStorage.getItem("sp-consent")).granted.length === 1);
  });
});

/** What an element says to assistive technology: each line is a role with its name. */
const SPOKEN = {
  "sp-consent-banner": { path: "/", says: [/region "/, /button "/, /link|button "/] },
  "sp-password-field": {
    path: "/sign-up",
    says: [/meter "/],
    prepare: (page) => page.locator("[name=password]").pressSequentially("password"),
  },
  "sp-passkey-signin": { path: "/sign-in", says: [/button "/] },
  "sp-privacy-settings": { path: "/privacy", says: [/checkbox "/, /button "/] },
};

for (const [tag, { path, says, prepare }] of Object.entries(SPOKEN)) {
  test(`${tag} names its roles in the accessibility tree`, { timeout: 60_000 }, async () => {
    await visit(async (page, origin) => {
      await page.goto(`${origin}${path}`);
      await prepare?.(page);
      if (tag !== "sp-consent-banner") {
        await page.locator(`${tag}[state=ready]`).waitFor();
      }
      if (tag === "sp-password-field") {
        await page.getByRole("meter").waitFor();
      }
      const tree = await page.locator(tag).ariaSnapshot();
      for (const said of says) {
        assert.match(tree, said);
      }
    });
  });
}

test("sp-payment-form names its four fields in the accessibility tree", { timeout: 60_000 }, async () => {
  await visit(async (page, origin) => {
    await bringToCheckout(page, origin);
    await cardFormReady(page);
    assert.match(await page.locator("sp-payment-form").ariaSnapshot(), /group "Card"/);
    const tree = await cardDocument(page).locator("body").ariaSnapshot();
    for (const name of ["Card number", "Expiry date", "Security code", "Name on card"]) {
      assert.match(tree, new RegExp(`textbox "${name}"`));
    }
  });
});
