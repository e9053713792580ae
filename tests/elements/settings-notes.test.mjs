/** What settings and banner say and do beside a choice: the browser's signal, what it contradicts, what has changed, what is deleted. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertAccessible, assertReflows, settles, steps, suite } from "./lib/harness.mjs";

const own = suite();
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
policy.purposes.find(({ id }) => id === "marketing").gpc = true;

const gate = (attributes = "") => `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-gpc="marketing" data-purposes="analytics marketing" ${attributes}></script>`;

/** Opens a page with one element, whose visitor decided `stored` before. */
async function open(element, { stored, signal = false, file = policy, attributes = "" } = {}) {
  own.site.routes.set("/privacy.json", () => ({ body: file }));
  const url = own.site.page(`<sp-${element} policy="/privacy.json"></sp-${element}>`, { elements: [element], head: gate(attributes) });
  const shopper = await own.open("about:blank");
  if (signal) await shopper.context.addInitScript(() => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true, configurable: true }));
  if (stored) await shopper.context.addInitScript((text) => localStorage.getItem("sp-consent") ?? localStorage.setItem("sp-consent", text), JSON.stringify({ v: 1, at: Math.floor(Date.now() / 1_000) - 60, ...stored }));
  await shopper.page.goto(url);
  await settles(shopper.page, `sp-${element}`, "ready");
  return shopper;
}
const notes = (shopper) => shopper.page.locator("[part=notes] > *").allTextContents();

test("settings say that the browser's signal is honoured, and what it contradicts until the visitor decides anew", async () => {
  const shopper = await open("privacy-settings", { stored: { policy: policy.version, granted: ["analytics", "marketing"] }, signal: true });
  const [honoured, conflict, ...rest] = await notes(shopper);
  assert.match(honoured, /^Opt-out request honoured/);
  assert.match(conflict, /contradict each other/);
  assert.deepEqual(rest, []);
  assert.equal(await shopper.page.locator("input[value=marketing]").isChecked(), false);
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  await shopper.page.getByRole("button", { name: "Save my choice" }).click();
  await shopper.page.locator("[part=conflict]").waitFor({ state: "detached" });
});

test("settings say what has changed since the visitor last chose, and no more once they have", async () => {
  const file = { ...policy, changes: ["Footfall: the approximate place"] };
  const shopper = await open("privacy-settings", { stored: { policy: "2026-01", granted: [] }, file });
  assert.deepEqual(await shopper.page.locator("[part=changes] li").allTextContents(), file.changes);
  await assertAccessible(shopper.page);
  await shopper.page.getByRole("button", { name: "Save my choice" }).click();
  await shopper.page.locator("[part=changes]").waitFor({ state: "detached" });
  const fresh = await open("privacy-settings", { file });
  assert.deepEqual(await notes(fresh), []);
});

test("where an objection is enough, settings say what is allowed until there is one", async () => {
  const shopper = await open("privacy-settings", { attributes: 'data-opt-out="US-CA" data-region="US-CA"' });
  await shopper.page.getByText("Until you do, this is allowed: Visitor statistics and ").waitFor();
  const strict = await open("privacy-settings", { attributes: 'data-opt-out="US-CA" data-region="DE"' });
  await strict.page.getByText("only what the shop needs to work is on").waitFor();
});

test("who objected where that is enough is not asked again within twelve months; elsewhere within six", async () => {
  const asked = async (region, days, granted) => {
    const at = Math.floor(Date.now() / 1_000) - days * 86_400;
    const attributes = `data-opt-out="US-CA" data-region="${region}" data-reask="180 184 366"`;
    const shopper = await open("consent-banner", { stored: { policy: policy.version, at, granted }, attributes });
    return shopper.page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].decision === null);
  };
  for (const [region, days, granted, again] of [
    ["US-CA", 365, [], false],
    ["US-CA", 367, [], true],
    ["US-CA", 365, ["analytics"], false],
    ["US-CA", 181, ["analytics", "marketing"], true],
    ["DE", 183, [], false],
    ["DE", 185, [], true],
  ]) {
    assert.equal(await asked(region, days, granted), again, `${region}, ${days} days, ${granted}`);
  }
});

test("who refuses in the banner what was granted before has it deleted", async () => {
  const shopper = await open("consent-banner", { stored: { policy: "2026-01", granted: ["analytics", "marketing"] } });
  await shopper.page.evaluate(() => {
    document.cookie = "_ff=1; path=/";
    localStorage.setItem("kept", "1");
  });
  await shopper.page.getByRole("button", { name: "Reject all" }).click();
  await shopper.page.waitForFunction(() => globalThis.heard.some(({ detail }) => detail?.step === "clear"));
  assert.ok((await steps(shopper.page)).includes("clear ok"));
  assert.deepEqual(await shopper.page.evaluate(() => [document.cookie, localStorage.getItem("kept")]), ["", "1"]);
  const fresh = await open("consent-banner");
  await fresh.page.getByRole("button", { name: "Reject all" }).click();
  assert.equal((await steps(fresh.page)).some((step) => step.startsWith("clear")), false, "nothing was granted, so that nothing is loaded to delete it");
});
