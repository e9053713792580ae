/**
 * Ours beside its peers, in one run of headless browsers: a Markdown table on standard output, and every figure for a machine in
 * `$BENCH_REPORT` (target/report/bench.json when it is not set). Ratios of one run mean something; times of two runs do not.
 *
 * Needs a built package: `cargo xtask bench` sees to that.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

import lists from "zxcvbn/lib/frequency_lists.js";

import { adversarial, passwords } from "./passwords.mjs";
import { tcfRows } from "./tcf.mjs";
import { bannerRows } from "./consent.mjs";
import { hostRows } from "./host.mjs";
import { paymentRows } from "./payment.mjs";
import { banners } from "./pages/banners.mjs";
import { hosts } from "./pages/hosts.mjs";
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
const hostPages = await hosts(root, banner);
const server = await serve(root, [...pages, ...hostPages]);
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const rows = [...(await passwordRows()), ...(await passkeyRows()), ...(await paymentRows({ inChromium: timed, origin: server.origin, rounds })), ...(await bannerRows({ browser, server, pages: pages.filter(({ visible }) => visible), rounds })), ...(await hostRows({ browser, server, hosts: hostPages, rounds })), ...(await tcfRows(root)), ...(await gppRows()), ...(await measureSizes(root))];
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

/** Of 2,000 passwords of twenty kinds: in the worker's own time, and as the page waits for it. */
async function passwordRows() {
  const set = passwords(100, lists);
  const { inside, worst, asked } = await timed("password", { set, hard: adversarial() }, 3);
  const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)];
  const peers = ["zxcvbn 4.4.2", "@zxcvbn-ts 4 common+en"];
  const rows = [];
  for (const [name, share, targets] of [["median", 0.5, [1 / 4, 1 / 40]], ["p99", 0.99, [1 / 2, 1 / 40]]]) {
    for (const [which, peer] of peers.entries()) {
      const [ours, ...theirs] = [inside[0], inside[1], inside[2]].map((list) => at(list, share));
      rows.push(row({ id: `password.estimate.${name}, in the worker`, unit: "ms", ours, peer, figure: theirs[which], target: targets[which] }));
      rows.push(row({ id: `password.estimate.${name}, as the page waits`, unit: "ms", ours: at(asked, share), peer, figure: theirs[which], target: null }));
    }
  }
  rows.push(row({ id: "password.estimate.worst of 20 by 100 characters", unit: "ms", ours: Math.max(...worst), peer: "the limit", figure: 100, target: 1 }));
  const [cold, theirs] = await coldStarts();
  rows.push(row({ id: "password.cold start to first answer", unit: "ms", ours: median(cold), peer: peers[0], figure: median(theirs), target: 1, spread: spreadOf(cold) }));
  return rows;
}

/** Milliseconds from asking for the script to the first answer, each in a fresh context: our façade with its worker, and zxcvbn. */
async function coldStarts() {
  const scripts = ["import('/bench/cold.js').then((it) => it.ours())", "import('/bench/cold-zxcvbn.js').then((it) => it.theirs())"];
  const times = scripts.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [who, script] of scripts.entries()) {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(`${server.origin}/blank`);
      times[who].push(await tab.evaluate(`(async () => { const start = performance.now(); await ${script}; return performance.now() - start; })()`));
      await context.close();
    }
  }
  return times;
}

/** Of 400 clicks, each in the click's own task: nothing is awaited before the browser is asked. */
async function passkeyRows() {
  const [ours, theirs] = await timed("passkey", null, 400);
  const id = "passkey.click to credentials.get().p95";
  const at95 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)];
  return [
    row({ id, unit: "ms", ours: at95(ours), peer: "the limit", figure: 5, target: 1 }),
    row({ id, unit: "ms", ours: at95(ours), peer: "@simplewebauthn/browser 14.0.0", figure: at95(theirs), target: null }),
  ];
}
