/** What gate and banner cost the page that they are in: the same page with them and without, in turns. */
import { median, row, spreadOf } from "./rows.mjs";
import { SLOW } from "./consent.mjs";

const FRAME = 1_000 / 60;

/** @param {{browser: import("playwright-core").Browser, server: {origin: string}, hosts: object[], rounds: number}} bench */
export async function hostRows({ browser, server, hosts, rounds }) {
  const found = {};
  for (const profile of ["slow", "fast"]) {
    for (let round = 0; round < rounds; round++) {
      for (const { id, path } of hosts) {
        const list = ((found[profile] ??= {})[id] ??= []);
        list.push(await visit(browser, server.origin + path, profile));
      }
    }
  }
  const rows = [];
  for (const name of ["home", "product", "list", "checkout"]) {
    // Each visit with them beside the one without of the same round.
    const differences = (profile, figure) => found[profile][`${name} with`].map((visited, round) => visited[figure] - found[profile][name][round][figure]);
    const limit = (what, profile, figure, most) => {
      const all = differences(profile, figure);
      return row({ id: `consent.host.${name}.${what}, more than without, ${profile}`, unit: "ms", ours: Math.max(median(all), 0.01), peer: "the limit", figure: most, target: 1, spread: median(all) > 1 ? spreadOf(all) : 0 });
    };
    rows.push(limit("LCP", "slow", "largest", 50), limit("INP, 4× CPU", "slow", "interaction", 8));
    rows.push(limit("first contentful paint", "slow", "first", FRAME), limit("first contentful paint", "fast", "first", FRAME));
    const all = ["slow", "fast"].flatMap((profile) => found[profile][`${name} with`]);
    const count = (id, ours) => row({ id: `consent.host.${name}.${id}`, unit: "", ours, peer: "none", figure: 1, target: 0 });
    rows.push(count("visits whose layout shifted", all.filter(({ shift }) => shift > 0).length));
    rows.push(count("visits whose largest paint was the banner's", all.filter(({ ours }) => ours).length));
  }
  return rows;
}

async function visit(browser, url, profile) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const cdp = await context.newCDPSession(tab);
  if (profile === "slow") {
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", SLOW);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  await tab.addInitScript(watch);
  await tab.goto(url, { waitUntil: "load" });
  await tab.waitForFunction(() => document.querySelector("sp-consent-banner")?.getAttribute("state") !== "loading");
  await tab.waitForTimeout(profile === "slow" ? 800 : 300);
  const { largest, ours, first, shift } = await tab.evaluate(() => globalThis.seen());
  await tab.locator("#add").click();
  await tab.waitForTimeout(300);
  const interaction = await tab.evaluate(() => Math.max(8, ...globalThis.presses));
  await context.close();
  return { largest, ours, first, shift, interaction };
}

function watch() {
  let largest;
  let shift = 0;
  const on = (type, take, options = {}) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  on("largest-contentful-paint", (entry) => (largest = entry));
  on("layout-shift", ({ value }) => (shift += value));
  globalThis.presses = [];
  on("event", ({ duration }) => globalThis.presses.push(duration), { durationThreshold: 16 });
  globalThis.seen = () => ({
    largest: largest.startTime,
    // What is within a shadow root is not named.
    ours: largest.element === null,
    first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    shift,
  });
}
