import { execFileSync } from "node:child_process"; import { resolve } from "node:path"; import { chromium } from "playwright-core";
import { bannerRows } from "./consent.mjs"; import { hostRows } from "./host.mjs"; import { banners } from "./pages/banners.mjs"; import { hosts } from "./pages/hosts.mjs"; import { serve } from "./server.mjs"; import { table } from "./rows.mjs";
const root = resolve(import.meta.dirname, "..");
const banner = execFileSync("cargo", ["run","--quiet","--no-default-features","--features","consent","--example","banner","--","www/pages/privacy.json","/pkg/styles/banner.css"], { cwd: root, encoding: "utf8" });
const pages = await banners(banner); const hostPages = await hosts(root, banner);
const server = await serve(root, [...pages, ...hostPages]);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"] });
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
try { if (process.argv[2] !== "banner") console.log(table(await hostRows({ browser, server, hosts: hostPages, rounds }))); if (process.argv[2] !== "host") console.log(table(await bannerRows({ browser, server, pages: pages.filter(({ visible }) => visible), rounds }))); } finally { await browser.close(); await server.stop(); }
