/** The consent banner beside its peers: when it is seen, what its script costs, and how long an accepting visitor waits. */
import { median, row, spreadOf } from "./rows.mjs";

const PEERS = { orejime: "orejime 3.2.1", "vanilla-cookieconsent": "vanilla-cookieconsent 3.1.0", klaro: "klaro 0.7.22" };
/** 4× CPU, 150 ms round trip, 1.6 Mbit/s. */
export const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

/** @param {{browser: import("playwright-core").Browser, server: {origin: string}, pages: object[], rounds: number}} bench */
export async function bannerRows(bench) {
  const rows = [];
  for (const profile of ["fast", "slow"]) {
    const seen = Object.fromEntries(bench.pages.map(({ id }) => [id, []]));
    const script = Object.fromEntries(bench.pages.map(({ id }) => [id, []]));
    const beyond = [];
    for (let round = 0; round < bench.rounds; round++) {
      for (const page of bench.pages) {
        const { shown, paint, cost } = await visit(bench, page, profile);
        seen[page.id].push(shown);
        script[page.id].push(cost);
        if (page.id === "ahead") beyond.push(shown - paint);
      }
    }
    const of = (id, figures, from) => ({ id: `consent.${id}, ${profile}`, unit: "ms", ours: median(figures[from]), spread: spreadOf(figures[from]) });
    rows.push(row({ id: `consent.banner.visible after first paint, ahead, ${profile}`, unit: "ms", ours: Math.max(median(beyond), 0.01), peer: "one frame", figure: 1000 / 60, target: 1 }));
    for (const [peer, name] of Object.entries(PEERS)) {
      const target = profile === "fast" && peer === "orejime" ? 0.6 : 1;
      rows.push(row({ ...of("banner.visible, by script", seen, "script"), peer: name, figure: median(seen[peer]), target }));
      rows.push(row({ ...of("banner.visible, rendered ahead", seen, "ahead"), peer: name, figure: median(seen[peer]), target: 1 }));
    }
    rows.push(row({ ...of("banner.script time", script, "script"), peer: PEERS["vanilla-cookieconsent"], figure: median(script["vanilla-cookieconsent"]), target: 0.4 }));
    rows.push(row({ ...of("banner.script time, ahead", script, "ahead"), peer: PEERS["vanilla-cookieconsent"], figure: median(script["vanilla-cookieconsent"]), target: 0.4 }));
  }
  return [...rows, ...(await acceptRows(bench))];
}

async function visit({ browser, server }, { id, path, visible }, profile) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const cdp = await context.newCDPSession(tab);
  await cdp.send("Performance.enable");
  if (profile === "slow") {
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", SLOW);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  await tab.addInitScript(watchBanner, visible);
  await tab.goto(server.origin + path, { waitUntil: "commit" });
  await tab.waitForFunction(() => globalThis.bannerShown !== undefined).catch((error) => {
    throw new Error(`the banner of ${id} never showed`, { cause: error });
  });
  const { metrics } = await cdp.send("Performance.getMetrics");
  await tab.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const { shown, paint } = await tab.evaluate(() => ({ shown: globalThis.bannerShown, paint: performance.getEntriesByName("first-contentful-paint")[0].startTime }));
  await context.close();
  return { shown, paint, cost: metrics.find(({ name }) => name === "ScriptDuration").value * 1_000 };
}

/** At 4× CPU, with 20 scripts that wait: the work of the click itself, and how long until the next frame (INP). */
async function acceptRows({ browser, server, rounds }) {
  const work = [];
  const delays = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const cdp = await context.newCDPSession(tab);
    await tab.goto(`${server.origin}/banner/accept`);
    await tab.waitForFunction(() => document.querySelector("sp-consent-banner")?.getAttribute("state") === "ready");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await tab.evaluate(() => {
      globalThis.delays = [];
      new PerformanceObserver((list) => delays.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "event", durationThreshold: 16, buffered: true });
      const gate = globalThis[Symbol.for("storefront-privacy.gate")];
      addEventListener("click", () => (globalThis.begun = performance.now()), { capture: true, once: true });
      addEventListener("click", () => (globalThis.done = performance.now()), { once: true });
      globalThis.gate = gate;
    });
    await tab.locator("sp-consent-banner [value=accept]").click();
    await tab.waitForFunction(() => globalThis.ranScripts === 20);
    await tab.waitForTimeout(200);
    const { begun, done, durations } = await tab.evaluate(() => ({ begun: globalThis.begun, done: globalThis.done, durations: globalThis.delays }));
    work.push(done - begun);
    delays.push(Math.max(8, ...durations));
    await context.close();
  }
  return [
    row({ id: "consent.accept.synchronous work, 4× CPU", unit: "ms", ours: median(work), spread: spreadOf(work), peer: "the limit, 2 ms at full speed", figure: 8, target: 1 }),
    row({ id: "consent.accept.INP, 20 held scripts, 4× CPU", unit: "ms", ours: median(delays), spread: spreadOf(delays), peer: "the limit", figure: 50, target: 1 }),
  ];
}

function watchBanner(visible) {
  // Indirect: the expression is the page's own, and the page under measurement has no policy against it.
  const find = new Function(`return ${visible}`);
  const look = () => {
    const box = find();
    const opaque = box?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && Number(getComputedStyle(box).opacity) > 0.99;
    if (opaque && box.getBoundingClientRect().height > 0) globalThis.bannerShown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
