/** `storefront-privacy policy`: what a shop's build runs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const root = join(import.meta.dirname, "../..");
const program = join(root, "pkg/bin/storefront-privacy.mjs");
const whole = join(root, "tests/vectors/consent/whole-policy.json");
const poor = join(root, "tests/vectors/consent/policy.json");

function run(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "policy", ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("storefront-privacy policy", () => {
  let directory;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "policy-"));
  });
  after(() => rm(directory, { recursive: true }));
  const file = (name) => readFile(join(directory, "out", name), "utf8");

  test("has nothing to object to in a policy that says everything, the demo shop's among them", () => {
    for (const path of [whole, join(root, "www/pages/privacy.json")]) {
      assert.deepEqual(run("check", path), { status: 0, stdout: `${path}: nothing to object to\n`, stderr: "" });
    }
  });

  test("names everything that a poor policy lacks, each with its place and rule", () => {
    const { status, stderr } = run("check", poor);
    assert.equal(status, 2);
    const lines = stderr.trim().split("\n");
    assert.ok(lines.length > 5);
    for (const line of lines) assert.match(line, /^\$[.[].*: expected .* \([a-z-]+\)$/);
    const asJson = JSON.parse(run("check", poor, "--json").stdout);
    assert.deepEqual(asJson.map(({ path, reason, rule }) => `${path}: ${reason} (${rule})`), lines);
  });

  test("tells what is no policy at all, and what it does not understand", async () => {
    const broken = join(directory, "broken.json");
    await writeFile(broken, '{"purposes": [{"id": "a", "checked": true}]}');
    const { status, stderr } = run("check", broken);
    assert.equal(status, 2);
    assert.match(stderr, /\$\.purposes\[0\]\.checked: expected no preset choice/);
    assert.equal(run("check", join(directory, "nothing.json")).status, 1);
    for (const words of [[], ["check"], ["lint", whole], ["build", whole], ["build", whole, "--out", directory, "--gate", "x"], ["check", whole, "--inline"]]) {
      assert.equal(run(...words).status, 2, words.join(" "));
    }
  });

  test("refuses a language that nobody has reviewed, unless the shop allows it", async () => {
    const german = JSON.parse(await readFile(whole, "utf8"));
    german.language = "de";
    const path = join(directory, "german.json");
    await writeFile(path, JSON.stringify(german));
    assert.match(run("check", path).stderr, /^\$\.language: .*\(unreviewed-language\)$/m);
    await writeFile(path, JSON.stringify({ ...german, unreviewed: true }));
    assert.equal(run("check", path).status, 0);
    assert.equal(run("build", path, "--out", join(directory, "out"), "--date", "2026-11-27").status, 0);
    const banner = await file("banner.html");
    assert.match(banner, /^<sp-consent-banner [^>]*unreviewed/);
    assert.match(banner, />Alle annehmen</);
  });

  test("writes the banner, the head, the gate's configuration, gpc.json, a security policy and digests", async () => {
    const previous = JSON.parse(await readFile(whole, "utf8"));
    previous.services[1].retention = "P1Y";
    previous.version = "2026-11";
    await writeFile(join(directory, "previous.json"), JSON.stringify(previous));
    const words = ["build", whole, "--out", join(directory, "out"), "--base", "/assets", "--previous", join(directory, "previous.json"), "--record", "/records", "--settings", "/privacy", "--banner", "/assets/elements/consent-banner.js", "--date", "2026-11-27"];
    const { status, stderr } = run(...words);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual((await readdir(join(directory, "out"))).sort(), ["banner.html", "choices.html", "csp.txt", "gate.json", "gpc.json", "head.html", "privacy.json", "sri.json"]);
    assert.deepEqual(JSON.parse(await file("gpc.json")), { gpc: true, lastUpdate: "2026-11-27" });
    const gate = await readFile(join(root, "pkg/dist/gate-full.global.js"), "utf8");
    const sri = `sha384-${createHash("sha384").update(gate.trim()).digest("base64")}`;
    assert.equal(JSON.parse(await file("sri.json")).gate, sri);
    assert.ok((await file("head.html")).includes(`<script src="/assets/gate-full.global.js" integrity="${sri}" data-policy="2026-12"`));
    assert.deepEqual(JSON.parse(await file("privacy.json")).changes, ["Footfall: P1Y → P2Y"]);
    assert.ok((await file("banner.html")).includes("<li>Footfall: P1Y → P2Y</li>"));
    assert.equal(JSON.parse(await file("gate.json"))["data-gpc"], "marketing");
    assert.ok((await file("head.html")).includes(' data-banner="/assets/elements/consent-banner.js"'));
    assert.match(await file("choices.html"), /^<a class="sp-choices" lang="en" href="\/privacy">Your Privacy Choices <svg [^]*<\/svg><\/a>\n$/);
    assert.match(await file("csp.txt"), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' https:\/\/footfall\.example;/);
  });

  test("puts gate and sheet into the page, and allows them by their hashes", async () => {
    assert.equal(run("build", whole, "--out", join(directory, "out"), "--inline", "--gate", "declarative").status, 0);
    const [head, csp] = await Promise.all([file("head.html"), file("csp.txt")]);
    for (const [tag, directive] of [["style", "style-src"], ["script", "script-src"]]) {
      const contents = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(head)[1];
      const hash = `'sha256-${createHash("sha256").update(contents).digest("base64")}'`;
      assert.ok(csp.split("; ").find((each) => each.startsWith(directive)).includes(hash), directive);
    }
  });

  test("says the same as the published schema of what is no policy", async () => {
    const schema = JSON.parse(await readFile(join(root, "pkg/dist/schemas/privacy.json"), "utf8"));
    const { default: Ajv } = await import("ajv/dist/2020.js");
    const valid = new Ajv({ strict: false }).compile(schema);
    const policy = JSON.parse(await readFile(whole, "utf8"));
    assert.equal(valid(policy), true, JSON.stringify(valid.errors));
    for (const change of [
      (each) => delete each.version,
      (each) => (each.purposes[0].checked = true),
      (each) => (each.services[0].retention = "1 year"),
      (each) => (each.services[1].origins = ["https://a.example/path"]),
      (each) => (each.purposes[1].legalBasis = "because"),
      (each) => (each.gate.mode = "off"),
      (each) => (each.regions[0].region = "California"),
      (each) => (each.policyUrl = "//evil.example"),
      (each) => (each.colour = "red"),
    ]) {
      const changed = structuredClone(policy);
      change(changed);
      assert.equal(valid(changed), false, String(change));
      const path = join(directory, "changed.json");
      await writeFile(path, JSON.stringify(changed));
      assert.match(run("check", path).stderr, /\(form\)$/m, String(change));
    }
  });
});
