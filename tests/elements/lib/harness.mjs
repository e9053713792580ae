/** What every element's tests share: a watched page, the element's events, its states, and axe in every guise. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, afterEach, before } from "node:test";
import { launchChromium, newShopper } from "../../lib/chromium.mjs";
import { startSite } from "./site.mjs";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Sets up a browser and a site for the tests of one file. */
export function suite() {
  const suite = { browser: undefined, site: undefined, opened: [], open };
  before(async () => {
    [suite.browser, suite.site] = await Promise.all([launchChromium(), startSite()]);
  });
  afterEach(async () => {
    await Promise.all(suite.opened.splice(0).map((shopper) => shopper.close()));
    suite.site.reset();
  });
  after(async () => {
    await suite.browser.close();
    await suite.site.stop();
  });

  /** Opens a page of the site, and remembers every event of ours that is heard on its document. */
  async function open(url, options) {
    const shopper = await newShopper(suite.browser, options);
    suite.opened.push(shopper);
    await shopper.context.addInitScript(collectEvents);
    await shopper.page.goto(url);
    return shopper;
  }
  return suite;
}

function collectEvents() {
  const names = ["sp-unavailable", "sp-step", "sp-password-estimated", "sp-passkey-signed-in", "sp-passkey-added", "sp-passkey-removed"];
  names.push("sp-password-breach", "sp-password-suggested", "sp-payment-changed", "sp-payment-sealed", "sp-payment-invalid", "sp-consent-decided");
  names.push("sp-code-complete", "sp-code-time", "sp-recovery-codes-kept");
  globalThis.heard = [];
  for (const name of names) {
    document.addEventListener(name, (event) => {
      globalThis.heard.push({ type: event.type, detail: event.detail, tag: event.target.localName, kind: event.constructor !== CustomEvent });
    });
  }
}

/** What the page has heard of one kind of event. */
export const heard = (page, type) => page.evaluate((name) => globalThis.heard.filter((event) => event.type === name).map((event) => event.detail), type);

/** Waits until the page has heard an event, and gives the last one's detail. */
export async function hears(page, type) {
  await page.waitForFunction((name) => globalThis.heard.some((event) => event.type === name), type);
  return (await heard(page, type)).at(-1);
}

/** Waits for an element's state. */
export const settles = (page, tag, state, timeout = 10_000) => page.locator(`${tag}[state="${state}"]`).waitFor({ state: "attached", timeout });

/** The steps that an element has told, as `step outcome code`. */
export async function steps(page) {
  const told = await heard(page, "sp-step");
  for (const step of told) {
    assert.deepEqual(Object.keys(step).sort(), ["capability", "code", "duration", "outcome", "step"]);
    assert.match(step.duration, /^(<100ms|<1s|<3s|<10s|>=10s)$/);
    assert.match(step.outcome, /^(ok|failed|cancelled|late)$/);
  }
  return told.map(({ step, outcome, code }) => [step, outcome, code].filter(Boolean).join(" "));
}

/** No violation of the page's policy, and no error that nobody caught. */
export function assertQuiet({ watch }) {
  assert.deepEqual(watch.violations(), []);
  assert.deepEqual(watch.errors, []);
}

const GUISES = [
  { name: "light", media: { colorScheme: "light" } },
  { name: "dark", media: { colorScheme: "dark" } },
  { name: "right to left", media: { colorScheme: "light" }, dir: "rtl" },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
];

// Without `preload`, for which axe would add a <style> that the page's policy refuses.
/** No violation that axe finds in the page as it stands, in light, dark, right to left and forced colours. */
export async function assertAccessible(page) {
  await Promise.all(page.frames().map((frame) => frame.evaluate(axeSource)));
  for (const { name, media, dir = "ltr" } of GUISES) {
    await page.emulateMedia({ forcedColors: "none", ...media });
    await page.evaluate((value) => document.documentElement.setAttribute("dir", value), dir);
    // A frame learns of it by a message.
    if (page.frames().length > 1) await page.waitForTimeout(150);
    const behind = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const found = await Promise.all(page.frames().map((frame) => frame.evaluate(violations, behind)));
    assert.deepEqual(found.flat(), [], `axe in ${name}`);
    assert.equal(await overflows(page), false, `nothing is cut off sideways in ${name}`);
  }
  await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
  await page.evaluate(() => document.documentElement.setAttribute("dir", "ltr"));
}

/** What axe finds in one document; a frame's is looked at by itself. */
async function violations(behind) {
  // A frame's document can be seen through, which axe takes for white.
  if (globalThis.top !== globalThis) document.documentElement.style.backgroundColor = behind;
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  // What a page has once, the page around a frame has.
  const off = { enabled: false };
  const partOfAPage = { "landmark-one-main": off, "page-has-heading-one": off, region: off };
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], preload: false, iframes: false, rules: globalThis.top === globalThis ? {} : partOfAPage });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}

const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** At 400 % zoom, 320 CSS pixels, everything is there without scrolling sideways (WCAG 2.2, 1.4.10). */
export async function assertReflows(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  assert.equal(await overflows(page), false, "nothing is cut off sideways at 320 pixels");
  await page.setViewportSize(before);
}

/** Where the focus is, through shadow roots: tag, part and text. */
export function focused(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const name = element?.getAttribute("part") ?? element?.id ?? "";
    return `${element?.localName}${name ? `.${name.replaceAll(" ", ".")}` : ""}`;
  });
}

/** Every element's own promise when its module is missing: the slot within three seconds, an event, and a quiet page. */
export async function assertUnavailable(shopper, tag, code, { within = 3_500 } = {}) {
  const { page } = shopper;
  await settles(page, tag, "unavailable", within);
  assert.equal(await page.locator(`${tag} [slot="unavailable"]`).isVisible(), true, "the shop's words are shown");
  const event = await hears(page, "sp-unavailable");
  assert.equal(event.code, code);
  assert.ok((await heard(page, "sp-unavailable")).length === 1, "it is said once");
  assert.deepEqual(shopper.watch.errors, []);
}
