/** What the tests of the package's own scripts stand on: one browser, the bare page, and shoppers who leave after each test. */
import { after, afterEach, before } from "node:test";
import { launchChromium, newShopper } from "../../lib/chromium.mjs";
import { servePackage } from "./package-page.mjs";

/** Sets them up around the tests of one file. */
export function packageSuite() {
  const met = [];
  const own = {
    browser: undefined,
    site: undefined,
    /** A fresh shopper, who leaves when the test ends. */
    async meet(options) {
      const shopper = await newShopper(own.browser, options);
      met.push(shopper);
      return shopper;
    },
  };
  before(async () => {
    [own.browser, own.site] = await Promise.all([launchChromium(), servePackage()]);
  });
  afterEach(async () => {
    await Promise.all(met.splice(0).map((shopper) => shopper.close()));
    own.site.reset();
  });
  after(async () => {
    await own.browser?.close();
    await own.site?.stop();
  });
  return own;
}
