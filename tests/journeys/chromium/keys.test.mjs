/** The processor changes its keys, with the command that ships, while a shopper is at the checkout. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { MERCHANT, ROOT } from "../../lib/shop.mjs";
import { approvedCard, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, cardFormReady, pay } from "../shopper.mjs";
import { world } from "./world.mjs";

const here = world();

const program = join(ROOT, "pkg/bin/storefront-privacy.mjs");
const root = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "payment/root.jwk");

/** The files of the processor that runs. */
function processor() {
  const directory = join(here.shop.dataDir, "processor");
  const manifest = join(directory, "manifests", `${MERCHANT}.jws`);
  const keys = (...words) => execFileSync(process.execPath, [program, "keys", ...words], { encoding: "utf8" });
  return {
    /** What pages may seal for: the keys in their order. */
    kids: () => JSON.parse(Buffer.from(readFileSync(manifest, "utf8").split(".")[1], "base64url")).keys.map(({ kid }) => kid),
    rotate(kid, alg) {
      const file = join(directory, "keys", `${kid}.jwk`);
      keys("make-key", "--kid", kid, "--alg", alg, "--out", file);
      keys("rotate", manifest, "--root", root, "--key", file, "--overlap", "1", "--out", manifest);
    },
    revoke(kid) {
      keys("revoke", manifest, "--root", root, "--kid", kid, "--out", manifest);
      const folder = join(directory, "keys");
      const file = readdirSync(folder).find((name) => JSON.parse(readFileSync(join(folder, name), "utf8")).kid === kid);
      rmSync(join(folder, file));
    },
  };
}

/** The keys that the envelopes were sealed for which the shop was sent, oldest first. */
function sealedFor() {
  const forms = here.shop.recorder.exchanges.filter(({ url, method }) => url === "/checkout" && method === "POST");
  return forms.map(({ body }) => {
    const [header] = new URLSearchParams(body).get("envelope").split(".");
    return JSON.parse(Buffer.from(header, "base64url")).kid;
  });
}

async function atCheckout(page, origin) {
  await page.goto(`${origin}/`);
  await answerBanner(page, "reject");
  await bringToCheckout(page, origin);
  await cardFormReady(page);
}

test("a key is rotated while the card form is open: what it seals for the key before still pays", async () => {
  await here.visit(async ({ page, origin }) => {
    const { kids, rotate } = processor();
    const [first] = kids();
    await atCheckout(page, origin);
    rotate("next", "HPKE-9");
    assert.deepEqual(kids(), ["next", first]);
    await pay(page, newPerson(), approvedCard());
    await page.waitForURL(/\/orders\//);
    assert.deepEqual(sealedFor(), [first]);
  });
});

test("a key is revoked while the card form is open: nothing is charged, and the next try seals for the key that is left", async () => {
  await here.visit(async ({ page, origin }) => {
    here.shop.recorder.reset();
    const { kids, rotate, revoke } = processor();
    await atCheckout(page, origin);
    const [before] = kids();
    rotate("after", "ECDH-ES");
    revoke(before);
    const person = newPerson();
    await pay(page, person, approvedCard());
    await page.locator(".problem").first().waitFor();
    assert.match(page.url(), /\/checkout/);
    // What was typed is there still, but for the card, which the shop never had.
    assert.equal(await page.locator("#checkout [name=email]").inputValue(), person.email);
    await pay(page, person, approvedCard());
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /receipt is on its way/);
    assert.deepEqual(sealedFor(), [before, "after"]);
  });
});
