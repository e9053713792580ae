/** What the tarball promises without being run: its exports, its types, its contents. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launchChromium, newShopper } from "../lib/chromium.mjs";
import { command, prepare, project } from "./lib/project.mjs";
import { serve } from "./lib/server.mjs";

const capabilities = ["consent", "consent-iab", "consent-minimise", "consent-receipts", "consent-signals", "passkey", "passkey-fallback", "password", "password-generate", "payment", "payment-hpke", "payment-rsa"];
const manifest = JSON.parse(await readFile(join(import.meta.dirname, "../../pkg/package.json"), "utf8"));

describe("the packed tarball", () => {
  let tarball;
  let files;
  let browser;
  before(async () => {
    ({ tarball, files } = await prepare());
    browser = await launchChromium();
  });
  after(() => browser.close());

  test("has nothing that publint objects to", async () => {
    await command(process.cwd(), "publint", [tarball, "--strict"]);
  });

  test("resolves for every module resolution that attw knows, ESM only", async () => {
    const profile = ["--profile", "esm-only", "--exclude-entrypoints", "custom-elements.json", ...unresolvable()];
    await command(process.cwd(), "attw", [tarball, ...profile, "--no-color", "--format", "ascii"]);
  });

  test("has no runtime dependency and no install script", () => {
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(Object.keys(manifest.scripts).filter((name) => /install|prepare|prepublish|postpack/.test(name)), []);
  });

  test("has an inline twin and types for every capability", () => {
    for (const name of capabilities) {
      for (const subpath of [`./${name}`, `./${name}/inline`]) {
        const entry = manifest.exports[subpath];
        assert.ok(files.includes(entry.types.slice(2)), `${subpath} has types`);
        assert.ok(files.includes(entry.default.slice(2)), `${subpath} has a file`);
      }
    }
  });

  test("carries its licences, changelog, security notes and readme, and no source or test", () => {
    for (const name of ["README.md", "CHANGELOG.md", "SECURITY.md", "VERSIONING.md", "LICENSE-APACHE", "LICENSE-MIT", "package.json"]) {
      assert.ok(files.includes(name), `${name} is in the tarball`);
    }
    assert.deepEqual(files.filter((name) => /^(src|scripts|test-d)\/|\.map$|\.test\./.test(name)), []);
  });

  for (const [resolution, module] of [["nodenext", "nodenext"], ["bundler", "esnext"]]) {
    test(`type-checks with ${resolution} and skipLibCheck off`, async () => {
      const app = await project(`types-${resolution}`, ["types"]);
      const options = { strict: true, noEmit: true, skipLibCheck: false, target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [], module, moduleResolution: resolution };
      await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
      await command(app, "tsc", ["--project", "."]);
    });
  }

  test("leaves nothing in a bundle that imports a capability and does not use it", async () => {
    const app = await project("unused", ["types"]);
    await writeFile(join(app, "unused.js"), capabilities.map((name, index) => `import { load as load${index} } from "storefront-privacy/${name}";`).join("\n"));
    await command(app, "esbuild", ["unused.js", "--bundle", "--format=esm", "--minify", "--outfile=unused.out.js"]);
    assert.equal((await readFile(join(app, "unused.out.js"), "utf8")).trim(), "");
  });

  test("keeps an element that is imported for its side effect", async () => {
    const app = await project("kept", ["types"]);
    await writeFile(join(app, "kept.js"), 'import "storefront-privacy/elements/password-meter";');
    await command(app, "esbuild", ["kept.js", "--bundle", "--format=esm", "--minify", "--outfile=kept.out.js"]);
    assert.match(await readFile(join(app, "kept.out.js"), "utf8"), /sp-password-meter/);
  });

  test("imports in Node, without a document, every subpath that is a module", async () => {
    const app = await project("ssr", ["types"]);
    const elements = files.map((file) => /^dist\/(elements\/sp-[a-z-]+|elements\/[a-z-]+)\.js$/.exec(file)?.[1]).filter(Boolean);
    const subpaths = [...capabilities, ...capabilities.map((name) => `${name}/inline`), "gate", ...elements];
    const script = `for (const path of ${JSON.stringify(subpaths)}) await import("storefront-privacy/" + path);`;
    await command(app, "node", ["--input-type=module", "--eval", script]);
  });

  test("may be on a page twice: the second copy throws nothing and shares the first one's instance", async () => {
    const app = await project("twice", ["shared", "twice"]);
    for (const copy of ["one", "two"]) {
      await command(app, "esbuild", [`${copy}.js`, "--bundle", "--format=esm", "--minify", `--outfile=public/${copy}.js`]);
    }
    await writeFile(join(app, "public/index.html"), await readFile(join(app, "twice.html")));
    const { origin, stop } = await serve(join(app, "public"));
    const { page, watch, close } = await newShopper(browser);
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => globalThis.one && globalThis.two);
    const [one, two] = await page.evaluate(async () => [await globalThis.one, await globalThis.two]);
    assert.equal(one, "4111 1111 1111 1111");
    assert.equal(two, one);
    assert.deepEqual(watch.errors, []);
    assert.deepEqual(watch.violations(), []);
    await close();
    await stop();
  });
});

/** Entry points that are no modules: attw cannot resolve them by nature. */
function unresolvable() {
  return Object.keys(manifest.exports)
    .filter((subpath) => /^\.\/(wasm|styles)\/|\.json$/.test(subpath) && !subpath.includes("*"))
    .map((subpath) => subpath.slice(2));
}
