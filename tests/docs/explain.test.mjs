/** `storefront-privacy explain`: what a shop's own people type to see what a signal says. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const program = join(import.meta.dirname, "../../pkg/bin/storefront-privacy.mjs");
/** The example of the TCF specification, "Creating a TC String". */
const tc = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA";
const list = {
  gvlSpecificationVersion: 3,
  vendors: { 2: { id: 2, name: "Zweite GmbH" } },
  purposes: {},
};

function run(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("storefront-privacy explain", () => {
  let directory;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "explain-"));
    await writeFile(join(directory, "list.json"), JSON.stringify(list));
    await writeFile(join(directory, "broken.json"), "{");
  });
  after(() => rm(directory, { recursive: true }));

  test("says every field of a US privacy string", () => {
    const { status, stdout, stderr } = run("explain", "1YYN");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual(stdout.split("\n"), [
      "US privacy string",
      "Version: 1 (version 1 of the format)",
      "Notice: Y (notice of the right to opt out was given)",
      "OptOutSale: Y (the visitor opted out of the sale of personal data)",
      "LspaCovered: N (not covered by the IAB's Limited Service Provider Agreement)",
      "",
    ]);
  });

  test("names vendors from a list", () => {
    const { status, stdout } = run("explain", tc, "--vendor-list", join(directory, "list.json"));
    assert.equal(status, 0);
    assert.match(stdout, /^vendorConsents: 1–4 \(consented to: 4 vendors: 2 Zweite GmbH\)$/m);
    assert.match(stdout, /^disclosedVendors: 1–5, 100, 404 /m);
  });

  test("speaks JSON to programs", () => {
    const { status, stdout } = run("explain", "DBABLA~CEAQAAAAAACA.YA", "--json");
    assert.equal(status, 0);
    const { kind, lines } = JSON.parse(stdout);
    assert.equal(kind, "gpp");
    const optOut = lines.find(({ path }) => path === "usnat.SaleOptOut");
    assert.deepEqual(optOut, { path: "usnat.SaleOptOut", value: "1", meaning: "opted out of the sale of personal data" });
  });

  test("refuses with a code, what was expected and where", () => {
    for (const [words, code, where] of [
      [["explain", "hello"], "signal.invalid", "at character 0"],
      [["explain", "2~1.x~dv."], "signal.invalid", "at character 4"],
      [["explain", tc.slice(0, 30)], "signal.invalid", "at bit"],
      [["explain", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA"], "signal.version", "version 2"],
      [["explain", "1YYN", "--vendor-list", join(directory, "broken.json")], "vendor-list.invalid", "line 1"],
    ]) {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 2, words.join(" "));
      assert.equal(stdout, "");
      assert.ok(stderr.startsWith(`${code}: `) && stderr.includes(where) && stderr.trimEnd().split("\n").length === 1, stderr);
    }
  });

  test("tells wrong usage from a file that is not there", () => {
    for (const words of [["explain"], ["explain", "1YYN", "1YYN"], ["explain", "1YYN", "--base", "/x"], ["copy", "x", "--json"], ["explain", "--what"]]) {
      const { status, stderr } = run(...words);
      assert.equal(status, 2, words.join(" "));
      assert.match(stderr, /usage: storefront-privacy/);
    }
    const missing = run("explain", "1YYN", "--vendor-list", join(directory, "none.json"));
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /^cannot read .*none\.json: ENOENT$/m);
    const help = run("--help");
    assert.equal(help.status, 0);
    assert.match(help.stdout, /explain STRING/);
  });

  test("the documented table is made by the program", async () => {
    const { load } = await import("../../pkg/dist/consent-signals.inline.js");
    const signals = await load();
    const policy = await readFile(join(import.meta.dirname, "../vectors/consent/iab-policy.json"), "utf8");
    const decision = { v: 1, policy: "2026-11", at: 1795392000, granted: ["analytics", "marketing", "measurement"] };
    const made = signals.signals(policy, { decision, region: "US-CA", now: 1795392060 });
    const document = await readFile(join(import.meta.dirname, "../../docs/signals.md"), "utf8");
    assert.ok(document.includes(`\`${made.gpp}\``), made.gpp);
    const opted = signals.signals(policy, { decision, region: "US-CA", gpc: true, now: 1795392060 });
    assert.ok(document.includes(`\`${opted.gpp}\``), opted.gpp);
    assert.deepEqual([made.usPrivacy, opted.usPrivacy], ["1YNN", "1YYN"]);
    assert.equal(made.withheld.tc.code, null);
    assert.throws(() => signals.signals("{}", { now: 1 }), { code: "consent.policy-invalid" });
    assert.throws(() => signals.signals(policy, {}), { code: "input.invalid" });
  });
});
