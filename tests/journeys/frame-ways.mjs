/** Ways out of the card's frame in another engine than Chromium: the same code, within the frame and in a page without a policy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";

import { signedPage } from "../elements/lib/signed-page.mjs";
import { startSite } from "../elements/lib/site.mjs";
import { startListener } from "../lib/listener.mjs";
import { makeRoot } from "../lib/manifest.mjs";
import { asFunction, WAYS_AWAY, WAYS_OUT } from "../lib/ways-out.mjs";

/** So long nothing may arrive: what does takes a few milliseconds on one machine. */
const QUIET = 500;
/** So long something is waited for that has to arrive. */
const PATIENCE = 5_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {{name: string, start: () => Promise<object>, prefs?: object, lacks: string[]}} engine `lacks`: the ways that this engine has not, even outside */
export function frameWays({ name, start, prefs, lacks }) {
  const ways = { ...WAYS_OUT, ...WAYS_AWAY };
  test(`${name}: of ${Object.keys(ways).length - lacks.length} ways out of the card's frame none reaches the server`, { timeout: 240_000 }, async () => {
    const [site, driver, root, listener] = await Promise.all([startSite(), start(), makeRoot(), startListener()]);
    const pair = await generateKeyPair("ECDH-ES", { crv: "P-256" });
    const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ECDH-ES", use: "enc" };
    const page = await driver.open(prefs);
    /** Tries each way in a page of its own, and gives those that arrive; one that has to is waited for longer. */
    const tried = async (from, patience, act) => {
      const found = [];
      for (const [index, [way, run]] of Object.entries(ways).entries()) {
        const path = `/${from}-${index}`;
        const { packets } = listener;
        await act(asFunction(run, `${listener.origin}${path}`, listener.udpPort));
        const arrived = () => (way.includes("WebRTC") ? listener.packets > packets : listener.paths.some((each) => each.split("?")[0] === path));
        const longest = lacks.includes(way) ? QUIET : patience;
        for (let waited = 0; waited < longest && !arrived(); waited += 50) await pause(50);
        if (arrived()) found.push(way);
      }
      return found.sort();
    };
    try {
      const inFrame = await tried("frame", QUIET, async (source) => {
        await page.go(signedPage(site, { root, publicJwk }));
        const frame = await page.find("sp-payment-form[state=ready] > iframe");
        await page.within(frame, async () => {
          await page.run(`() => document.querySelector("form > div").shadowRoot !== null`);
          await page.run(source).catch(() => undefined);
        });
      });
      assert.deepEqual(inFrame, []);
      assert.deepEqual(listener.paths, [], "nothing came later");
      const outside = await tried("outside", PATIENCE, async (source) => {
        await page.go(site.page("<p>Outside</p>", { policy: "" }));
        await page.run(source).catch(() => undefined);
      });
      assert.deepEqual(outside, Object.keys(ways).filter((way) => !lacks.includes(way)).sort());
    } finally {
      await page.close().catch(() => undefined);
      await driver.stop();
      await Promise.all([site.stop(), listener.stop()]);
    }
  });
}
