/**
 * Ours beside its peers, in one headless browser run: a Markdown table on standard output, and every figure for a machine in
 * `$BENCH_REPORT` (target/report/bench.json when it is not set). Ratios of one run mean something; times of two runs do not.
 *
 * Needs a built package: `cargo xtask bench` sees to that.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

import { passwords } from "./passwords.mjs";
import { tcfRows } from "./tcf.mjs";
import { banners } from "./pages/banners.mjs";
import { gppRows } from "./gpp.mjs";
import { measureSizes } from "./sizes.mjs";
import { serve } from "./server.mjs";
import { median, row, spreadOf, table } from "./rows.mjs";

const root = resolve(import.meta.dirname, "..");
const report = process.env.BENCH_REPORT ?? join(root, "target/report/bench.json");
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

const banner = execFileSync(
  "cargo",
  ["run", "--quiet", "--no-default-features", "--features", "consent", "--example", "banner", "--", "www/pages/privacy.json", "/pkg/styles/banner.css"],
  { cwd: root, encoding: "utf8" },
);
const pages = await banners(banner);
const server = await serve(root, pages);
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const rows = [...(await passwordRows()), ...(await paymentRows()), ...(await bannerRows()), ...(await tcfRows(root)), ...(await gppRows()), ...(await measureSizes(root))];
  console.log(table(rows));
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, `${JSON.stringify(rows, null, 2)}\n`);
} finally {
  await browser.close();
  await server.stop();
}

async function timed(page, inputs, repeats) {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(600_000);
  await tab.goto(`${server.origin}/blank`);
  const times = await tab.evaluate(async ([path, list, times]) => (await import(path)).run(list, times), [`/bench/${page}.js`, inputs, repeats]);
  await tab.close();
  return times;
}

async function passwordRows() {
  const [ours, zxcvbn, ts] = await timed("password", passwords(25), 3);
  const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)];
  const rows = [];
  for (const [name, share] of [["median", 0.5], ["p99", 0.99]]) {
    rows.push(row({ id: `password.estimate.${name}`, unit: "ms", ours: at(ours, share), peer: "zxcvbn 4.4.2", figure: at(zxcvbn, share), target: 1, spread: spreadOf(ours) }));
    rows.push(row({ id: `password.estimate.${name}`, unit: "ms", ours: at(ours, share), peer: "@zxcvbn-ts 4 common+en", figure: at(ts, share), target: 1, spread: spreadOf(ours) }));
  }
  return rows;
}

async function paymentRows() {
  const [ours, jose, forge] = await timed("payment", null, rounds);
  const figures = { id: "payment.seal.median", unit: "ms", ours: median(ours), spread: spreadOf(ours) };
  return [
    // A P-256 agreement in the browser's own code is several times faster than any in wasm: a stated gap, not a goal.
    row({ ...figures, peer: "jose 6.2.18, ECDH-ES in WebCrypto", figure: median(jose), target: null }),
    // Another cipher, named: what a page does today that has no WebCrypto.
    row({ ...figures, peer: "node-forge 1.4.3, RSA-OAEP-256", figure: median(forge), target: null }),
  ];
}

/** Milliseconds from navigation to the first frame in which a banner has a box and is opaque. */
async function bannerRows() {
  const shown = Object.fromEntries(pages.map(({ id }) => [id, []]));
  const painted = [];
  for (let round = 0; round < rounds; round++) {
    for (const { id, path, visible } of pages) {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.addInitScript(watchBanner, visible);
      await tab.goto(server.origin + path);
      await tab.waitForFunction(() => globalThis.bannerShown !== undefined).catch((error) => {
        throw new Error(`the banner of ${id} never showed`, { cause: error });
      });
      const { banner: time, paint } = await tab.evaluate(() => ({
        banner: globalThis.bannerShown,
        paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      }));
      shown[id].push(time);
      if (id === "ahead" && paint !== undefined) painted.push(paint);
      await context.close();
    }
  }
  const ahead = { id: "consent.banner.visible, rendered ahead", unit: "ms", ours: median(shown.ahead), spread: spreadOf(shown.ahead) };
  const script = { id: "consent.banner.visible, by script", unit: "ms", ours: median(shown.script), spread: spreadOf(shown.script) };
  return [
    row({ ...ahead, peer: "first contentful paint of the same page, and one frame", figure: median(painted) + 1000 / 60, target: 1 }),
    row({ ...ahead, peer: "orejime 3.2.1", figure: median(shown.orejime), target: 1 }),
    row({ ...ahead, peer: "vanilla-cookieconsent 3.1.0", figure: median(shown["vanilla-cookieconsent"]), target: 1 }),
    row({ ...script, peer: "orejime 3.2.1", figure: median(shown.orejime), target: 1 }),
    row({ ...script, peer: "vanilla-cookieconsent 3.1.0", figure: median(shown["vanilla-cookieconsent"]), target: 1 }),
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
