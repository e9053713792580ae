/** Firefox through geckodriver. */
import { freePort, start } from "./process.mjs";
import { Session } from "./webdriver.mjs";

/**
 * @param {string[]} [more] arguments of geckodriver beside the usual ones
 * @returns a driver; `open(prefs)` gives a session with a fresh profile and preferences that differ
 */
export async function startFirefox(more = []) {
  const port = await freePort();
  const websocket = await freePort();
  const program = process.env.GECKODRIVER ?? "geckodriver";
  const driver = await start(program, ["--port", String(port), "--websocket-port", String(websocket), "--log", "fatal", ...more], {
    ready: () => answers(port),
  });
  return {
    open: (prefs = {}) =>
      Session.open(`http://127.0.0.1:${port}`, {
        browserName: "firefox",
        "moz:firefoxOptions": {
          binary: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
          args: ["-headless"],
          prefs: {
            // Without these two a ceremony waits for a security key that is not there.
            "security.webauth.webauthn_enable_softtoken": true,
            "security.webauth.webauthn_enable_usbtoken": false,
            "app.normandy.enabled": false,
            "browser.safebrowsing.update.enabled": false,
            "extensions.update.enabled": false,
            "intl.accept_languages": "en-GB",
            ...prefs,
          },
        },
      }),
    stop: () => driver.stop(),
  };
}

/** @param {number} port @returns {Promise<boolean>} whether a driver answers there */
export async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/status`)).ok;
  } catch {
    return false;
  }
}
