/** WebKitGTK's MiniBrowser through WebKitWebDriver, on a virtual screen. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { answers } from "./firefox.mjs";
import { freePort, start } from "./process.mjs";
import { Session } from "./webdriver.mjs";

/** @returns a driver; `open()` gives a session with a fresh profile */
export async function startWebKit() {
  const port = await freePort();
  const program = process.env.WEBKIT_DRIVER ?? "WebKitWebDriver";
  const driver = await start("xvfb-run", ["-a", program, `--port=${port}`], { ready: () => answers(port) });
  return {
    open: () =>
      Session.open(`http://127.0.0.1:${port}`, {
        "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
      }),
    stop: () => driver.stop(),
  };
}

/** The directory carries the machine's triplet. */
function miniBrowser() {
  if (process.env.WEBKIT_BROWSER) {
    return process.env.WEBKIT_BROWSER;
  }
  const found = readdirSync("/usr/lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join("/usr/lib", entry.name, "webkit2gtk-4.1/MiniBrowser"))
    .find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error("no MiniBrowser of WebKitGTK 4.1 under /usr/lib: set WEBKIT_BROWSER");
  }
  return found;
}
