/** `storefront-privacy receipt verify`: what anyone types who was given a file of receipts. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { load } from "storefront-privacy/consent-receipts";
import { IndependentShop, newKey, signReceipt } from "../interop/receipts/shopper.mjs";

const program = join(import.meta.dirname, "../../pkg/bin/storefront-privacy.mjs");
const policy = await readFile(join(import.meta.dirname, "../vectors/consent/policy.json"), "utf8");

const run = (...words) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, "receipt", ...words]);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].on("data", (text) => (output[name] += text));
    child.on("close", (status) => resolve({ status, ...output }));
  });

describe("storefront-privacy receipt verify", () => {
  let directory, file, text, shop, server, origin;
  before(async () => {
    const receipts = await load();
    directory = await mkdtemp(join(tmpdir(), "receipt-"));
    file = join(directory, "receipts.json");
    server = createServer((request, response) => {
      const url = new URL(request.url, origin);
      const answer = url.pathname === "/log" ? shop.since(Number(url.searchParams.get("from"))) : JSON.stringify({ keys: [shop.key.jwk] });
      Promise.resolve(answer).then((body) => response.end(body));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
    shop = new IndependentShop(await newKey(), "https://shop.example");
    const decision = { v: 1, policy: "2026-11", at: 1_795_392_000, granted: ["analytics"] };
    const receipt = await signReceipt(receipts, await newKey(), policy, decision, { origin: "https://shop.example" });
    const evidence = await shop.evidence(await shop.take(receipt));
    text = JSON.stringify({ format: "storefront-privacy receipts 1", receipts: [{ receipt, kantara: receipts.kantara(receipt), evidence }] });
    await writeFile(file, text);
  });
  after(async () => {
    server.close();
    await rm(directory, { recursive: true });
  });

  test("says that a file holds, what it says, and by what", async () => {
    const { status, stdout, stderr } = await run("verify", file, "--keys", `${origin}/keys`, "--log", `${origin}/log`);
    assert.equal(stderr, "");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /Visitor statistics: given\n {2}Advertising: refused\n/);
    assert.match(stdout, /✓ consistency: today's log of 1 entries begins as it did/);
    assert.match(stdout, /– witness: /);
    assert.match(stdout, /Everything that can be checked holds\.\n$/);
  });

  test("says what does not hold, and exits with 2", async () => {
    const changed = join(directory, "changed.json");
    const value = JSON.parse(text);
    value.receipts[0].kantara.language = "fr";
    await writeFile(changed, JSON.stringify(value));
    const { status, stdout } = await run("verify", changed);
    assert.equal(status, 2);
    assert.match(stdout, /✗ kantara: says something else/);
    shop.leaves[0] = Buffer.alloc(32);
    const rewritten = await run("verify", file, "--log", `${origin}/log`, "--json");
    assert.equal(rewritten.status, 2);
    assert.equal(JSON.parse(rewritten.stdout).checks.find(({ check }) => check === "consistency").outcome, "fails");
  });

  test("refuses what is no file of receipts, and a wrong word", async () => {
    await writeFile(join(directory, "other.json"), "{}");
    const other = await run("verify", join(directory, "other.json"));
    assert.equal(other.status, 2);
    assert.match(other.stderr, /^consent\.receipt-invalid: /);
    assert.equal((await run("verify", join(directory, "none.json"))).status, 1);
    assert.equal((await run("show", file)).status, 2);
  });
});
