/**
 * Three ways to a browser with an authenticator, behind one interface.
 *
 * `open(kind)` gives a page of the site with an authenticator of that kind, which is over with `close`. `run` calls a function in the page
 * with the loaded verbs; what the verbs reject with comes back as `{ failed: code }`.
 */
import { addAuthenticator, launchChromium, newShopper } from "../../lib/chromium.mjs";
import { startFirefox } from "../../lib/firefox.mjs";
import { freePort, start } from "../../lib/process.mjs";
import { Session, until } from "../../lib/webdriver.mjs";

/** What an authenticator can do, in the words of CDP; {@link webdriver} has them in WebDriver's. */
const KINDS = {
  platform: { hasPrf: true, hasLargeBlob: true },
  u2f: { protocol: "u2f", ctap2Version: undefined, transport: "usb", hasResidentKey: false, hasUserVerification: false, isUserVerified: false, defaultBackupEligibility: undefined, defaultBackupState: undefined },
};

const CHROMIUM = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const script = (body) => `async (body, given) => {
  const { load } = await import("/passkey.js");
  const passkey = await load();
  try { return await (${body})(passkey, ...given); } catch (error) { return { failed: error.code ?? String(error), message: error.message }; }
}`;

const mapping = (secure) => `--host-resolver-rules=MAP shop.example 127.0.0.1:${secure.port},MAP brand.test 127.0.0.1:${secure.port}`;

/** Chromium by the DevTools protocol. */
export async function byCdp({ secure }) {
  const browser = await launchChromium([mapping(secure), "--ignore-certificate-errors"]);
  return {
    name: "Chromium by CDP",
    unsupported: {},
    async open(origin, kind) {
      const { page, close } = await newShopper(browser, { ignoreHTTPSErrors: true });
      await page.goto(origin);
      const authenticator = await addAuthenticator(page, KINDS[kind]);
      const { cdp, authenticatorId } = authenticator;
      return {
        run: (body, ...given) => page.evaluate(`(${script(body)})(null, ${JSON.stringify(given)})`),
        // CDP's words for what an authenticator answers wrongly.
        corrupt: (bits) => cdp.send("WebAuthn.setResponseOverrideBits", { authenticatorId, ...bits }),
        close,
      };
    },
    stop: () => browser.close(),
  };
}

/** Chromium by chromedriver. */
export async function byChromedriver({ secure }) {
  const port = await freePort();
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/status`).catch(() => ({ ok: false }))).ok;
  const driver = await start(process.env.CHROMEDRIVER ?? "chromedriver", [`--port=${port}`], { ready });
  const session = await Session.open(`http://127.0.0.1:${port}`, {
    browserName: "chrome",
    acceptInsecureCerts: true,
    "goog:chromeOptions": { binary: process.env.CHROME ?? "/usr/bin/chromium", args: [...CHROMIUM, mapping(secure)] },
  });
  return {
    name: "chromedriver",
    unsupported: {},
    ...webdriver(session, { platform: { extensions: ["prf", "largeBlob"], defaultBackupEligibility: true, defaultBackupState: true }, u2f: U2F }),
    async stop() {
      await session.close();
      await driver.stop();
    },
  };
}

const U2F = { protocol: "ctap1/u2f", transport: "usb", hasResidentKey: false, hasUserVerification: false, isUserVerified: false };

/** Firefox by geckodriver. */
export async function byFirefox() {
  const driver = await startFirefox(["--allow-system-access"]);
  const session = await driver.open();
  return {
    name: "Firefox",
    unsupported: {
      immediate: "Firefox has no immediate mode",
      "related origin": "Firefox ESR 153 refuses without fetching the list of related origins",
      largeBlob: "Firefox has no largeBlob",
      "ML-DSA-44": "Firefox's authenticator has no ML-DSA",
    },
    ...webdriver(session, { platform: {}, u2f: U2F }),
    pick: () => pickInFirefox(session),
    async stop() {
      await session.close();
      await driver.stop();
    },
  };
}

function webdriver(session, kinds) {
  return {
    async open(origin, kind) {
      await session.go(origin);
      const authenticator = await session.addAuthenticator(kinds[kind]);
      return {
        async run(body, ...given) {
          // The click's activation lasts for what follows.
          await (await session.find("input")).click();
          return session.run(script(body), null, given);
        },
        /** In two parts, for what somebody outside the page has to do meanwhile. */
        begin: (body, ...given) =>
          session.run(`(body, given) => { delete document.body.dataset.ended; (${script(body)})(body, given).then((value) => { document.body.dataset.ended = JSON.stringify(value); }); }`, null, given),
        end: async () => JSON.parse(await session.waitFor("() => document.body.dataset.ended")),
        close: () => session.command("DELETE", `/webauthn/authenticator/${authenticator}`),
      };
    },
  };
}

/** Picks the first passkey of the autofill, which only the browser's own part can. */
async function pickInFirefox(session) {
  await session.command("POST", "/moz/context", { context: "chrome" });
  try {
    await until("an entry in the autofill", 5_000, () => session.run(chooseEntry.toString()));
  } finally {
    await session.command("POST", "/moz/context", { context: "content" });
  }
}

function chooseEntry() {
  const service = Cc["@mozilla.org/webauthn/service;1"].getService(Ci.nsIWebAuthnService);
  const { browsingContext, currentURI } = gBrowser.selectedBrowser;
  const pending = service.hasPendingConditionalGet(browsingContext.id, currentURI.prePath);
  if (!pending) return false;
  return new Promise((resolve) => {
    service.getAutoFillEntries(pending, {
      QueryInterface: ChromeUtils.generateQI(["nsIWebAuthnAutoFillEntriesCallback"]),
      resolve(entries) {
        if (entries.length > 0) service.selectAutoFillEntry(pending, entries[0].credentialId);
        resolve(entries.length > 0);
      },
      reject: () => resolve(false),
    });
  });
}
