/** Requests about data in the settings: opt-outs for anyone, the rest for who is known, and where they stand. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { assertAccessible, assertQuiet, assertReflows, settles, suite } from "./lib/harness.mjs";

const own = suite();
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
const gate = `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="analytics marketing" data-release=""></script>`;
const markup = `<sp-privacy-settings policy="/privacy.json" requests="/requests" region="US-CA"></sp-privacy-settings>`;

let made, signedIn, answer;

function serve() {
  [made, signedIn, answer] = [[], false, undefined];
  own.site.routes.set("/privacy.json", () => ({ body: policy }));
  own.site.routes.set("GET /requests", () => (signedIn ? { body: { requests: made } } : { status: 401, body: { code: "shop.sign-in-needed" } }));
  own.site.routes.set("POST /requests/codes", () => ({ status: 204 }));
  own.site.routes.set("POST /requests", ({ body }) => {
    if (answer !== undefined) return answer;
    const { action } = JSON.parse(body);
    const open = action === "correction";
    const id = String(made.length).padStart(32, "0");
    const request = { request_id: id, action, status: open ? "open" : "fulfilled", received_at: "2026-11-27T08:00:00Z", expected_by: "2027-01-11T23:59:59Z", regime: "ccpa", source: "Cal. Civ. Code §1798.130(a)(2)(A)", reason: null };
    if (action === "access") request.results_url = `/requests/${id}/data`;
    made.push(request);
    own.site.routes.set(`GET /requests/${id}`, () => ({ body: request }));
    own.site.routes.set(`DELETE /requests/${id}`, () => ((request.status = "revoked"), { body: request }));
    return { status: 201, body: request };
  });
}

async function open() {
  serve();
  const shopper = await own.open(own.site.page(markup, { elements: ["privacy-settings"], head: gate }));
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await shopper.page.locator("[part=request]").waitFor();
  return shopper;
}

const choose = ({ page }, action) => page.locator("[part=request] select").selectOption(action);
const send = ({ page }) => page.locator("[part=send]").click();
const said = ({ page }, text) => page.locator("[part=request] [role=status]", { hasText: text }).waitFor();
const posted = () => own.site.received.filter(({ method, path }) => method === "POST" && path === "/requests").map(({ body }) => JSON.parse(body));

test("opting out asks for nothing, holds at once, and is sent", async () => {
  const shopper = await open();
  await shopper.page.locator("#purpose-marketing").check();
  await shopper.page.locator("[part=save]").click();
  await choose(shopper, "sale:opt-out");
  assert.equal(await shopper.page.getByLabel("Your e-mail address").isVisible(), false);
  await send(shopper);
  await said(shopper, "We have your request. To be answered by January 11, 2027 (Cal. Civ. Code §1798.130(a)(2)(A))");
  assert.deepEqual(await shopper.page.evaluate(() => JSON.parse(localStorage.getItem("sp-consent")).granted), []);
  assert.deepEqual(posted(), [{ action: "sale:opt-out", region: "US-CA", detail: "", email: "", code: "" }]);
  await shopper.page.locator("[part=requests-list] li", { hasText: "Do not sell or share my data, November 27, 2026: done" }).waitFor();
});

test("an opt-out holds in this browser also when the shop is away", async () => {
  const shopper = await open();
  await shopper.page.locator("#purpose-analytics").check();
  await shopper.page.locator("[part=save]").click();
  await shopper.context.setOffline(true);
  await choose(shopper, "sale:opt-out");
  await send(shopper);
  await said(shopper, "The shop cannot be reached.");
  assert.deepEqual(await shopper.page.evaluate(() => JSON.parse(localStorage.getItem("sp-consent")).granted), []);
});

test("a copy by a code that was mailed", async () => {
  const shopper = await open();
  await choose(shopper, "access");
  await shopper.page.getByLabel("Your e-mail address").fill("ada@example.com");
  await shopper.page.getByRole("button", { name: "Mail me a code" }).click();
  await said(shopper, "a code is on its way");
  answer = { status: 401, body: { code: "consent.request-refused" } };
  await shopper.page.getByLabel("The code").fill("0000 0000");
  await send(shopper);
  await said(shopper, "That did not work");
  answer = { status: 429, body: {} };
  await send(shopper);
  await said(shopper, "too often");
  answer = undefined;
  await shopper.page.getByLabel("The code").fill("1234 5678");
  await send(shopper);
  await said(shopper, "We have your request.");
  assert.deepEqual(posted().at(-1), { action: "access", region: "US-CA", detail: "", email: "ada@example.com", code: "1234 5678" });
  const link = shopper.page.getByRole("link", { name: "Get the copy" });
  assert.equal(await link.getAttribute("href"), "/requests/00000000000000000000000000000000/data");
  // This browser still knows of it when the page is opened again.
  await shopper.page.reload();
  await link.waitFor();
});

test("who is signed in is not asked who they are; what is open can be taken back", async () => {
  const shopper = await open();
  signedIn = true;
  await shopper.page.reload();
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await choose(shopper, "correction");
  assert.equal(await shopper.page.getByLabel("Your e-mail address").isVisible(), false);
  await shopper.page.getByLabel("What is wrong, and what is right?").fill("My name is Ann");
  await send(shopper);
  await shopper.page.locator("[part=requests-list] li", { hasText: "To be answered by January 11, 2027" }).waitFor();
  await shopper.page.getByRole("button", { name: "Take it back" }).click();
  await shopper.page.locator("[part=requests-list] li", { hasText: "taken back" }).waitFor();
  await choose(shopper, "deletion");
  assert.ok(await shopper.page.getByText("Your account is deleted at once").isVisible());
});

test("a sign-in that is too old for a copy is told from none, and a code does instead", async () => {
  const shopper = await open();
  signedIn = true;
  await shopper.page.reload();
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await choose(shopper, "access");
  const email = shopper.page.getByLabel("Your e-mail address");
  assert.equal(await email.isVisible(), false);
  answer = { status: 401, body: { code: "shop.sign-in-again" } };
  await send(shopper);
  await email.waitFor();
  assert.equal(await email.evaluate((input) => input.getRootNode().activeElement === input), true);
  answer = undefined;
  await email.fill("ada@example.com");
  await shopper.page.getByLabel("The code").fill("1234 5678");
  await send(shopper);
  await said(shopper, "We have your request.");
  assert.deepEqual(posted().at(-1), { action: "access", region: "US-CA", detail: "", email: "ada@example.com", code: "1234 5678" });
});

test("a copy elsewhere is not linked", async () => {
  const shopper = await open();
  signedIn = true;
  made.push({ request_id: "f".repeat(32), action: "access", status: "fulfilled", received_at: "2026-11-27T08:00:00Z", expected_by: "2027-01-11T23:59:59Z", source: "x", results_url: "https://evil.example/data" });
  await shopper.page.reload();
  await shopper.page.locator("[part=requests-list] li").waitFor();
  assert.equal(await shopper.page.getByRole("link", { name: "Get the copy" }).count(), 0);
});

test("the form in every guise", async () => {
  const shopper = await open();
  await choose(shopper, "correction");
  await assertAccessible(shopper.page);
  await assertReflows(shopper.page);
  assertQuiet({ watch: { ...shopper.watch, violations: shopper.watch.violations, errors: shopper.watch.errors.filter((error) => !/401/.test(String(error))) } });
});
