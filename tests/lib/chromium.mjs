/** Chromium through playwright-core, with a CDP virtual authenticator, and a watch on everything a page does. */
import { chromium } from "playwright-core";

const PROGRAM = process.env.CHROME ?? "/usr/bin/chromium";
const ARGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * @param {string[]} [more] arguments beside the usual ones
 * @returns {Promise<import("playwright-core").Browser>} the one browser process of a suite
 */
export function launchChromium(more = []) {
  return chromium.launch({ executablePath: PROGRAM, args: [...ARGS, ...more] });
}

/**
 * A browser that keeps its profile in a folder, and connects ahead of requests as a shopper's does: a private window never does.
 *
 * @param {string} folder
 * @param {string[]} [more] arguments beside the usual ones
 */
export function launchProfile(folder, more = []) {
  const quiet = "--disable-background-networking";
  return chromium.launchPersistentContext(folder, { executablePath: PROGRAM, ignoreDefaultArgs: [quiet], args: [...ARGS.filter((each) => each !== quiet), ...more] });
}

/**
 * A fresh shopper: a context of its own with one page, watched from its first request.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function newShopper(browser, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(10_000);
  const watch = watchContext(context);
  await context.addInitScript(reportViolations);
  context.on("page", (each) => each.on("frameattached", () => framed.add(each)));
  const page = await context.newPage();
  clickPatiently(page);
  return { context, page, watch, close: () => context.close() };
}

/** Pages that have, or had, a frame. */
const framed = new WeakSet();
/** Longer than Chromium takes to paint what moved: after 100 ms none of 77 clicks was lost, at once 21 of 41. */
const PAINTED = 150;
let patient = false;

/**
 * Chromium sends a pointer to where it painted a frame last, if that has a process of its own: what takes the frame's place is not met for
 * some milliseconds, which no person is fast enough for.
 */
function clickPatiently(page) {
  if (patient) return;
  patient = true;
  const locator = Object.getPrototypeOf(page.locator("html"));
  for (const verb of ["click", "check"]) {
    const native = locator[verb];
    locator[verb] = async function (options) {
      if (framed.has(this.page())) {
        await native.call(this, { ...options, trial: true });
        await new Promise((resolve) => setTimeout(resolve, PAINTED));
      }
      return native.call(this, options);
    };
  }
}

/**
 * @typedef {object} Watch
 * @property {{method: string, url: string, headers: Record<string, string>, body: string}[]} requests to any origin
 * @property {string[]} consoleLines
 * @property {string[]} errors uncaught exceptions
 * @property {() => string[]} violations of the page's Content Security Policy, Trusted Types among them
 */

/** @returns {Watch} */
function watchContext(context) {
  const requests = [];
  const consoleLines = [];
  const errors = [];
  context.on("request", (request) => {
    requests.push({ method: request.method(), url: request.url(), headers: request.headers(), body: request.postData() ?? "" });
  });
  context.on("console", (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => errors.push(String(error.error())));
  const isViolation = /violat|content security policy|trusted ?(type|html|script)/i;
  const violations = () => [...consoleLines, ...errors].filter((line) => isViolation.test(line));
  return { requests, consoleLines, errors, violations };
}

function reportViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.warn(`violated ${event.effectiveDirective}: ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`);
  });
}

/**
 * Gives a page a platform authenticator that always consents.
 *
 * @param {import("playwright-core").Page} page
 * @param {object} [options] CDP `VirtualAuthenticatorOptions` that differ
 */
export async function addAuthenticator(page, options = {}) {
  const cdp = await page.context().newCDPSession(page);
  // The user interface cannot be clicked without a screen: a request would stay pending.
  await cdp.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: true,
      defaultBackupState: true,
      ...options,
    },
  });
  return {
    cdp,
    authenticatorId,
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    verified: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    presence: (enabled) => cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
  };
}

/**
 * Everything a page has put somewhere it stays: storage, databases, caches, cookies, its address and history state.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string>}
 */
export async function storageOf(page) {
  const stored = await page.evaluate(async () => {
    const databases = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        databases.push(
          await new Promise((resolve, reject) => {
            const all = database.transaction(store).objectStore(store).getAll();
            all.onsuccess = () => resolve(all.result);
            all.onerror = () => reject(all.error);
          }),
        );
      }
      database.close();
    }
    const cached = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      cached.push(name, (await cache.keys()).map((request) => request.url));
    }
    return { ...{ local: { ...localStorage }, session: { ...sessionStorage } }, databases, cached, state: history.state, url: location.href };
  });
  return JSON.stringify([stored, await page.context().cookies()]);
}
