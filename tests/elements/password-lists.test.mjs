/** The lists of the most used passwords: read off the page's thread where a worker may run, on it where none may, and done without where they are damaged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hears, settles, suite } from "./lib/harness.mjs";
import { POLICY, distFile } from "./lib/site.mjs";

const TAG = "sp-password-field";
const WORKER = "/pkg/worker/password-lists.js";
const LIST = "/pkg/data/password-list.bin";
const own = suite();

const markup = (attributes = "", id = "password") => `<form action="/sign-up" method="post">
<sp-password-field ${attributes}><label for="${id}">Password</label><input id="${id}" name="${id}" type="password"></sp-password-field></form>`;
const page = (attributes, options = {}) => own.site.page(markup(attributes), { elements: ["password-field"], ...options });
const fill = (shopper, text) => shopper.page.locator("#password").fill(text);
const requested = (suffix) => own.site.received.filter(({ path }) => path.endsWith(suffix)).length;
const ranked = (shopper, rank) => shopper.page.waitForFunction((rank) => globalThis.heard.some(({ type, detail }) => type === "sp-password-estimated" && detail.rank === rank), rank);

test("the lists are read once for all fields, and not by the page's thread", async () => {
  const shopper = await own.open(own.site.page(markup() + markup("", "again"), { elements: ["password-field"] }));
  await shopper.page.locator("#again").fill("dragon");
  await fill(shopper, "password");
  await ranked(shopper, 2);
  assert.deepEqual([WORKER, LIST, "/lib/password/words.js"].map(requested), [1, 1, 0]);
});

test("once it is there the list answers within the key press, below a millisecond", async () => {
  const shopper = await own.open(page());
  await fill(shopper, "password");
  await ranked(shopper, 2);
  const [inTime, median] = await shopper.page.evaluate(() => {
    const input = document.querySelector("#password");
    const words = ["dragon", "monkey", "letmein", "qwertyuiop"];
    let inTime = 0;
    const took = Array.from({ length: 200 }, (_, index) => {
      globalThis.heard.length = 0;
      input.value = words[index % words.length];
      const since = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      const time = performance.now() - since;
      if (globalThis.heard.some(({ type, detail }) => type === "sp-password-estimated" && detail.rank !== null)) inTime += 1;
      return time;
    });
    return [inTime, took.sort((a, b) => a - b)[100]];
  });
  assert.equal(inTime, 200);
  assert.ok(median < 1, `${median} ms`);
});

const refusals = {
  "is not there": () => own.site.routes.set(WORKER, () => ({ status: 404 })),
  "is no script": () => own.site.routes.set(WORKER, () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html>" })),
  "fails at once": () => own.site.routes.set(WORKER, () => ({ headers: { "content-type": "text/javascript" }, body: "throw new Error('gone')" })),
  "sends what it was not asked for": () =>
    own.site.routes.set(WORKER, () => ({ headers: { "content-type": "text/javascript" }, body: "for (const odd of [null, 7, 'x', { id: 99 }, { id: -1, value: {} }]) postMessage(odd); throw new Error('gone')" })),
};
for (const [why, refuse] of Object.entries(refusals)) {
  test(`where the worker ${why} the page's thread reads the lists`, async () => {
    refuse();
    const shopper = await own.open(page());
    await fill(shopper, "password");
    await ranked(shopper, 2);
    assert.equal(requested("/lib/password/list.js"), 1);
    assert.deepEqual(shopper.watch.errors.filter((text) => !/password-lists|404|MIME/i.test(text)), []);
  });
}

test("a page that may run no worker has tier 0 still", async () => {
  const shopper = await own.open(page("", { policy: `${POLICY}; worker-src 'none'` }));
  await fill(shopper, "password");
  await ranked(shopper, 2);
  await settles(shopper.page, TAG, "unavailable");
});

test("a damaged list is told apart from a whole one, whatever the damage, and its rule is not looked at", async () => {
  const whole = await distFile("data/password-list.bin");
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1] ^= 1;
  for (const [name, body] of Object.entries({ empty: Buffer.alloc(0), short: whole.subarray(0, 7), cut: whole.subarray(0, 9_000), longer: Buffer.concat([whole, whole]), flipped, zeros: Buffer.alloc(19_200), ones: Buffer.alloc(19_200, 255) })) {
    own.site.routes.set(LIST, () => ({ headers: { "content-type": "application/octet-stream" }, body }));
    const shopper = await own.open(page());
    await fill(shopper, "passwordpassword");
    await settles(shopper.page, TAG, "ready");
    const { rank, failed, score } = await hears(shopper.page, "sp-password-estimated");
    assert.deepEqual([rank, failed, score !== null], [null, [], true], name);
    assert.deepEqual(shopper.watch.errors, [], name);
  }
});

test("a filter of leaked passwords that is damaged warns of nothing, and the rest works", async () => {
  for (const body of [Buffer.alloc(0), Buffer.alloc(49_177, 1), (await distFile("data/password-leaked-8.bin")).subarray(0, 49_000)]) {
    own.site.routes.set("/pkg/data/password-leaked-8.bin", () => ({ headers: { "content-type": "application/octet-stream" }, body }));
    const shopper = await own.open(page('policy="nist-800-63b-4-mfa"'));
    // The whole filter has it: password-field.test.mjs.
    await fill(shopper, "jordan23");
    await settles(shopper.page, TAG, "ready");
    assert.ok((await hears(shopper.page, "sp-password-estimated")).score !== null);
    assert.equal(await shopper.page.locator(`${TAG} [part=breach]`).isVisible(), false);
    assert.deepEqual(shopper.watch.errors, []);
  }
});

test("no value of an attribute breaks the field", async () => {
  const odd = ["", " ", "http://[", "javascript:alert(1)", "data:text/javascript,throw 1", "\\\\", "../../../../etc", "a".repeat(5_000), "%00", "&#0;", "\u202e", "constructor", "__proto__"];
  for (const value of odd) {
    const attributes = ["policy", "context", "list", "src", "worker", "pwned", "for", "lang"].map((name) => `${name}="${value}"`).join(" ");
    const shopper = await own.open(page(attributes));
    await fill(shopper, "ochre walnut sails");
    await shopper.page.evaluate(() => document.querySelector("#password").blur());
    await shopper.page.locator(`${TAG}:is([state=ready],[state=unavailable])`).waitFor();
    assert.equal(await shopper.page.locator("#password").inputValue(), "ochre walnut sails", value.slice(0, 20));
    assert.equal(await shopper.page.locator("form").evaluate((form) => form.checkValidity()), true);
    assert.deepEqual(shopper.watch.errors.filter((text) => !/Content Security Policy|Failed to load|fetch|MIME/i.test(text)), [], value.slice(0, 20));
  }
});
