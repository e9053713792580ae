/** The README's examples, run as they stand, and its promise of how little a page has to add. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";

import { examplesOf, root, runInNode } from "./example.mjs";
import { plainSuite } from "./plain-suite.mjs";

const example = await examplesOf("README.md");

/** Lines that a shop's own page gains: what is in its form already is not counted twice. */
const lineCount = (text) => text.trim().split("\n").length;

describe("the README's example of", () => {
  const { open, close } = plainSuite();

  test("Node runs", () => runInNode(example("node")));

  test("a password meter takes 2 lines and measures", async () => {
    assert.ok(lineCount(example("password")) <= 2);
    const shopper = await open(`<label>Password <input id="password" type="password"></label>${example("password")}`);
    await shopper.page.fill("#password", "correct horse battery staple");
    await shopper.page.getByRole("meter").waitFor();
    await shopper.page.waitForFunction(() => Number(document.querySelector("sp-password-meter").shadowRoot?.querySelector("[role=meter]")?.getAttribute("aria-valuenow")) > 0);
    await close(shopper);
  });

  test("a passkey sign-in takes 15 lines and two routes, and asks for a passkey", async () => {
    assert.ok(lineCount(example("passkey")) <= 15);
    const shopper = await open(example("passkey"));
    await shopper.page.waitForSelector("sp-passkey-signin[state=ready]");
    assert.ok(await shopper.page.getByRole("button").isVisible());
    assert.equal(await shopper.page.getByText("Sign in with your password.").isVisible(), false);
    await close(shopper);
  });

  test("a card form takes 12 lines and posts an envelope and no digit", async () => {
    assert.ok(lineCount(example("payment")) <= 12);
    const shopper = await open(example("payment"));
    const { page, watch } = shopper;
    await page.waitForSelector("sp-payment-form[state=ready]");
    const card = page.locator("sp-payment-form iframe").contentFrame();
    await card.locator("[data-card=number]").fill("4111 1111 1111 1111");
    await card.locator("[data-card=expiry]").fill("12/39");
    await card.locator("[data-card=code]").fill("123");
    await card.locator("[data-card=name]").fill("A Shopper");
    await page.getByRole("button", { name: "Pay" }).click();
    await page.waitForURL(/\/checkout$/);
    const posted = watch.requests.find((request) => request.method === "POST" && request.url.endsWith("/checkout"));
    const envelope = new URLSearchParams(posted.body).get("envelope");
    assert.equal(envelope.split(".").length, 5);
    assert.equal(watch.requests.some((request) => request.body.includes("4111")), false);
    await close(shopper);
  });

  test("consent takes 3 lines and one file: the marked script waits for the answer", async () => {
    assert.ok(lineCount(example("consent")) <= 3);
    const held = '<script type="text/plain" data-purpose="analytics" data-src="/tracker.js"></script>';
    const shopper = await open(example("consent") + held);
    const { page, watch } = shopper;
    const tracked = () => watch.requests.filter((request) => request.url.endsWith("/tracker.js")).length;
    await page.getByRole("button", { name: "Accept all" }).waitFor();
    assert.equal(tracked(), 0);
    await page.getByRole("button", { name: "Accept all" }).click();
    await page.waitForFunction(() => globalThis.tracked === true);
    assert.equal(tracked(), 1);
    await close(shopper);
  });
});

describe("the documents", () => {
  test("link to files that exist", async () => {
    for (const name of ["README.md", "SECURITY.md", "VERSIONING.md", "ACCESSIBILITY.md", "DESIGN.md", "CHANGELOG.md", "docs/failures.md", "docs/passkeys.md", "docs/minimise.md", "docs/passwords.md", "docs/payments.md", "docs/privacy-settings.md", "docs/receipts.md"]) {
      const text = await readFile(join(root, name), "utf8");
      for (const [, target] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)\)/g)) {
        await assert.doesNotReject(readFile(resolve(root, name, "..", target)), `${name} links to ${target}`);
      }
    }
  });
});
