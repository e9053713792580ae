/** The examples of docs/passwords.md, run as they stand under the strict policy of a plain shop. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { examplesOf, runInNode } from "./example.mjs";
import { plainSuite } from "./plain-suite.mjs";

const example = await examplesOf("docs/passwords.md");

describe("the password page's example of", () => {
  const own = plainSuite();
  const opened = (name, use) => own.opened(example(name), use);

  const measured = (page, tag) =>
    page.waitForFunction((name) => Number(document.querySelector(name).shadowRoot?.querySelector("[role=meter]")?.getAttribute("aria-valuenow")) > 50, tag);

  test("a meter measures, with the eight characters of the policy that it names", () =>
    opened("meter", async (page) => {
      await page.fill("#password", "ochre walnut");
      await measured(page, "sp-password-meter");
      assert.ok(await page.getByText("At least 8 characters").isVisible());
    }));

  test("a policy of the shop's own asks for what NIST advises against, and says so", () =>
    opened("meter", async (page) => {
      await page.fill("#password", "ochre walnut");
      await page.evaluate(example("policy"));
      await page.getByText("A digit").waitFor();
      assert.ok(await page.getByText("At least 10 characters").isVisible());
      assert.equal(await page.getByText("NIST SP 800-63B-4 advises against it").count(), 3);
    }));

  test("a field shows the rules, measures, shows what is typed, and holds a refused password back", () =>
    opened("field", async (page, watch) => {
      await page.fill("#email", "marta@example.com");
      await page.fill("#new-password", "marta");
      await page.getByRole("button", { name: "Sign up" }).click();
      assert.equal(watch.requests.some(({ method }) => method === "POST"), false);
      await page.fill("#new-password", "ochre walnut sails beneath gravity");
      await measured(page, "sp-password-field");
      await page.getByRole("button", { name: "Show password" }).click();
      assert.equal(await page.getAttribute("#new-password", "type"), "text");
      await page.getByRole("button", { name: "Sign up" }).click();
      await page.waitForURL(/\/checkout$/);
    }));

  test("a breach check asks nobody while typing, and says so when nobody answers", async () => {
    // The plain shop has no such service.
    const { page, watch, close } = await own.open(example("breach"));
    const asked = () => watch.requests.filter(({ url }) => /\/range\/[0-9A-F]{5}$/.test(url)).length;
    await page.locator("#password").pressSequentially("ochre walnut");
    await measured(page, "sp-password-meter");
    assert.equal(asked(), 0);
    await page.locator("#password").blur();
    await page.getByText("Not checked against known data breaches").waitFor();
    assert.equal(asked(), 1);
    assert.deepEqual(watch.violations(), []);
    await close();
  });

  test("a language is used where it is allowed, and nothing of another one is fetched", () =>
    opened("language", async (page, watch) => {
      await page.fill("#password", "ochre walnut sails");
      await page.getByText("Mindestens 15 Zeichen").waitFor();
      await measured(page, "sp-password-meter");
      assert.deepEqual(watch.requests.map(({ url }) => /locales\/password\/(.+)\.js/.exec(url)?.[1]).filter(Boolean), ["de"]);
      assert.ok(await page.getByRole("meter", { name: "Passwortstärke" }).isVisible());
    }));

  test("a suggested password is filled in", () =>
    opened("suggest", async (page) => {
      await page.getByRole("button", { name: "Suggest a password" }).click();
      await page.getByText("Picked at random, with 77 bits of entropy.").waitFor();
      await page.getByRole("button", { name: "Use this password" }).click();
      assert.match(await page.inputValue("#new-password"), /^[a-z]+-[a-z-]+$/);
    }));

  test("generating a password runs", () => runInNode(example("generate")));
  test("a language's words runs", () => runInNode(example("words")));
});
