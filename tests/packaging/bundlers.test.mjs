/** The packed tarball, installed and run in a real browser, in every bundler that the README names. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";

import { launchChromium, newShopper } from "../lib/chromium.mjs";
import { assertConsumerWorks, expected } from "./lib/consumer.mjs";
import { command, home, project } from "./lib/project.mjs";
import { serve, strictPolicy } from "./lib/server.mjs";

const webpack = join(import.meta.dirname, "lib/webpack.mjs");

describe("the packed tarball runs in", () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  async function assertBuiltWorks(directory) {
    const { origin, stop } = await serve(directory);
    try {
      await assertConsumerWorks(browser, `${origin}/`);
    } finally {
      await stop();
    }
  }

  test("Vite 8, built", async () => {
    const app = await project("vite", ["shared", "vite"]);
    await command(app, "vite", ["build"]);
    await assertBuiltWorks(join(app, "dist"));
  });

  test("Vite's dev server, for function", async () => {
    const app = await project("vite-dev", ["shared", "vite"]);
    await assertServedWorks(app, "vite", (port) => ["--port", port, "--strictPort", "--host", "127.0.0.1"], (origin) =>
      assertConsumerWorks(browser, `${origin}/`, { violations: false }),
    );
  });

  test("webpack 5, with its Trusted Types option", async () => {
    const app = await project("webpack", ["shared", "webpack"]);
    await command(app, "node", [webpack]);
    await cp(join(app, "index.html"), join(app, "dist/index.html"));
    await assertBuiltWorks(join(app, "dist"));
  });

  test("Rollup 4, with its asset plugin", async () => {
    const app = await project("rollup", ["shared", "rollup"]);
    await command(app, "rollup", ["--config", "rollup.config.js"]);
    await cp(join(app, "index.html"), join(app, "dist/index.html"));
    await assertBuiltWorks(join(app, "dist"));
  });

  test("esbuild, inline", async () => {
    const app = await project("esbuild", ["shared", "esbuild"]);
    await command(app, "esbuild", ["app.js", "--bundle", "--format=esm", "--minify", "--outfile=dist/app.js"]);
    await cp(join(app, "index.html"), join(app, "dist/index.html"));
    await assertBuiltWorks(join(app, "dist"));
  });

  test("Next 16, in a client component with a nonce and in a server component", async () => {
    const app = await project("next", ["shared", "next"]);
    await command(app, "next", ["build"], { NEXT_TELEMETRY_DISABLED: "1" });
    await assertServedWorks(app, "next", (port) => ["start", "--port", port, "--hostname", "127.0.0.1"], async (origin) => {
      await assertConsumerWorks(browser, `${origin}/`);
      const { page, close } = await newShopper(browser);
      await page.goto(`${origin}/server`);
      assert.equal(await page.textContent("#formatted"), expected.formatted);
      await close();
    });
  });

  test("Node, through the node condition", async () => {
    const app = await project("node", ["shared"]);
    assert.deepEqual(JSON.parse(await command(app, "node", ["node.mjs"])), expected);
  });

  test("no bundler: files copied by the command, an import map, and integrity", async () => {
    const app = await project("plain", ["shared"]);
    const printed = await command(app, "npx", ["storefront-privacy", "copy", "public/privacy"]);
    const map = /<script type="importmap"[^>]*>([\s\S]*?)<\/script>/.exec(printed)?.[1];
    assert.ok(map, `the command prints an import map:\n${printed}`);
    assert.match(printed, /integrity="sha384-[A-Za-z0-9+/=]{64}"/);
    await assertPlainWorks(app, map);
  });

  /** An import map is inline script: a strict policy allows it by its hash. */
  async function assertPlainWorks(app, map) {
    const hash = createHash("sha256").update(map).digest("base64");
    for (const file of ["app.js", "elements.js", "exercise.js", "manifest.mjs"]) await cp(join(app, file), join(app, "public", file));
    const page = await readFile(join(app, "index.html"), "utf8");
    await writeFile(join(app, "public/index.html"), page.replace("<script", () => `<script type="importmap">${map}</script>\n    <script`));
    const { origin, stop } = await serve(join(app, "public"), strictPolicy.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`));
    try {
      await assertConsumerWorks(browser, `${origin}/`);
    } finally {
      await stop();
    }
  }

  test("a build emits each wasm file once", async () => {
    const emitted = (await readdir(join(home, "apps/vite/dist/assets"))).filter((name) => name.endsWith(".wasm"));
    const modules = emitted.map((name) => name.replace(/-[\w-]{8}\.wasm$/, "")).sort();
    assert.deepEqual(modules, ["consent", "consent-receipts", "passkey", "password", "payment", "payment-hpke", "payment-rsa"]);
  });
});

/** Runs a development or production server until `use` is done with it. */
async function assertServedWorks(directory, name, args, use) {
  const port = String(await freePort());
  const path = `${join(home, "node_modules/.bin")}:${process.env.PATH}`;
  const child = spawn(name, args(port), { cwd: directory, env: { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1" }, detached: true });
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  child.stderr.on("data", (data) => (printed += data));
  const origin = `http://localhost:${port}`;
  try {
    await waitFor(origin, () => printed);
    await use(origin);
  } finally {
    process.kill(-child.pid, "SIGTERM");
  }
}

async function waitFor(origin, printed) {
  for (let tries = 0; tries < 150; tries++) {
    const answered = await fetch(origin).then((response) => response.ok, () => false);
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no answer from ${origin}:\n${printed()}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
