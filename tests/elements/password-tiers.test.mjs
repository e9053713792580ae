/** The two tiers of the password elements: what answers at once, what is loaded when, and what stays when the rest fails. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertQuiet, assertUnavailable, heard, hears, settles, steps, suite } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";

const TAG = "sp-password-field";
const own = suite();

const markup = (attributes = "") => `<form action="/sign-up" method="post">
<sp-password-field ${attributes}><label for="password">Password</label><input id="password" name="password" type="password">
<p slot="unavailable">The shop says whether it is strong enough.</p></sp-password-field></form>`;

const page = (attributes, options = {}) => own.site.page(markup(attributes), { elements: ["password-field"], ...options });
const fill = (shopper, text) => shopper.page.locator("#password").fill(text);
const requested = (suffix) => own.site.received.filter(({ path }) => path.endsWith(suffix)).length;
const last = (shopper) => shopper.page.evaluate(() => globalThis.heard.findLast(({ type }) => type === "sp-password-estimated")?.detail);
const rules = (shopper) => shopper.page.locator(`${TAG} [part=rules] li`).evaluateAll((items) => items.map((item) => item.dataset.met));

/** A worker of the test's own: `answer` is told each password, and answers by `reply(score)`, or not at all. */
function stands(answer) {
  const body = `const answer = ${answer};
addEventListener("message", ({ data }) => {
  if (data.kind === "start") return postMessage({ kind: "ready" });
  const seconds = { onlineThrottled: 1, onlineUnthrottled: 1, offlineSlow: 1, offlineFast: 1 };
  answer(data.password, (score) => postMessage({ kind: "done", id: data.id, value:
    { score, guesses: 10, guessesLog10: data.password.length, warning: null, suggestions: [], seconds, bound: "estimate", corrections: [] } }));
});`;
  own.site.routes.set("/pkg/worker/password.js", () => ({ headers: { "content-type": "text/javascript" }, body }));
}

test("tier 0 answers before the module is there, and without it", async () => {
  own.site.routes.set("/pkg/wasm/password.wasm", () => ({ delay: 60_000, status: 404 }));
  const shopper = await own.open(page());
  await fill(shopper, "password");
  const { score, rank, failed } = await hears(shopper.page, "sp-password-estimated");
  assert.deepEqual([score, rank, failed], [0, 2, ["password.too-short"]]);
  assert.equal(await shopper.page.getByRole("meter").getAttribute("aria-valuetext"), "Very weak");
});

test("what a key press costs the page's thread is less than a millisecond, the drawing included", async () => {
  const shopper = await own.open(page());
  await fill(shopper, "p");
  await settles(shopper.page, TAG, "ready");
  const median = await shopper.page.evaluate(() => {
    const input = document.querySelector("#password");
    const took = Array.from({ length: 200 }, (_, index) => {
      input.value = `kettle harbour ${index}`;
      const since = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return performance.now() - since;
    });
    return took.sort((a, b) => a - b)[100];
  });
  assert.ok(median < 1, `${median} ms`);
});

test("the module is fetched at low priority, behind what the page needs itself", async () => {
  const shopper = await own.open("about:blank");
  const cdp = await shopper.context.newCDPSession(shopper.page);
  await cdp.send("Network.enable");
  const priorities = [];
  cdp.on("Network.requestWillBeSent", ({ request }) => request.url.endsWith("/wasm/password.wasm") && priorities.push(request.initialPriority));
  await shopper.page.goto(page());
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  assert.deepEqual(priorities, ["Low"]);
});

test("typing sends nothing, anywhere", async () => {
  const shopper = await own.open(page());
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  const before = [own.site.received.length, shopper.watch.requests.length];
  await shopper.page.locator("#password").pressSequentially("Tr0ub4dour&3 ochre walnut sails", { delay: 5 });
  await shopper.page.waitForTimeout(1_200);
  assert.equal((await last(shopper)).score, 4);
  assert.deepEqual([own.site.received.length, shopper.watch.requests.length], before);
  assertQuiet(shopper);
});

for (const [name, connection] of Object.entries({ "Save-Data": { saveData: true, effectiveType: "4g" }, "a slow connection": { saveData: false, effectiveType: "slow-2g" } })) {
  test(`under ${name} only tier 0 is loaded, unless the shop insists`, async () => {
    const visit = async (attributes) => {
      const shopper = await own.open("about:blank");
      await shopper.context.addInitScript((value) => Object.defineProperty(navigator, "connection", { value }), connection);
      await shopper.page.goto(page(attributes));
      await fill(shopper, "ochre walnut sails beneath gravity");
      await settles(shopper.page, TAG, "ready");
      return hears(shopper.page, "sp-password-estimated");
    };
    const thrifty = await visit("");
    assert.deepEqual([thrifty.score, thrifty.failed], [null, []]);
    assert.deepEqual([requested("password.wasm"), requested("worker/password.js")], [0, 0]);
    assert.equal((await visit("insist")).score, 4);
    assert.equal(requested("password.wasm"), 1);
  });
}

test("a page that may run no wasm keeps tier 0, and is told so once", async () => {
  const shopper = await own.open(page("", { policy: POLICY.replace(" 'wasm-unsafe-eval'", "") }));
  await fill(shopper, "short");
  await assertUnavailable(shopper, TAG, "load.blocked");
  await fill(shopper, "qwertyuiop");
  assert.equal((await last(shopper)).rank !== null, true);
  await fill(shopper, "ochre walnut sails beneath gravity");
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").matches(":state(accepted)"));
  assert.equal((await heard(shopper.page, "sp-unavailable")).length, 1);
  assert.equal((await last(shopper)).score, null);
});

test("without words of the shop's the element says itself what is still checked", async () => {
  const url = own.site.page(markup().replace(/<p slot.*?<\/p>/, ""), { elements: ["password-field"] });
  own.site.routes.set("/pkg/wasm/password.wasm", () => ({ status: 404 }));
  const shopper = await own.open(url);
  await fill(shopper, "short");
  await shopper.page.getByText("The full measurement could not start.").waitFor();
});

test("a worker that dies leaves tier 0, and is said to be gone once", async () => {
  stands(`(password, reply) => { if (password.includes("x")) throw new Error("gone"); reply(3); }`);
  const shopper = await own.open(page());
  await fill(shopper, "kettle harbour walnut");
  await settles(shopper.page, TAG, "ready");
  await hears(shopper.page, "sp-password-estimated");
  await fill(shopper, "kettle harbour walnut x");
  await assertUnavailable(shopper, TAG, "worker.refused");
  await fill(shopper, "kettle");
  assert.deepEqual((await rules(shopper))[0], "false");
  assert.equal((await heard(shopper.page, "sp-unavailable")).length, 1);
});

test("a worker that sends nothing but nonsense is refused, and says so once", async () => {
  own.site.routes.set("/pkg/worker/password.js", () => ({ headers: { "content-type": "text/javascript" }, body: "for (const odd of [7, 'x', [], {}, { kind: 'done', id: 3 }, { kind: 'failed', id: 9 }, null]) postMessage(odd)" }));
  const shopper = await own.open(page());
  await fill(shopper, "password");
  await assertUnavailable(shopper, TAG, "worker.refused");
  assert.equal((await last(shopper)).rank, 2);
  assert.equal((await heard(shopper.page, "sp-unavailable")).length, 1);
  assert.deepEqual(shopper.watch.errors, []);
});

test("a worker past its deadline is replaced, and tier 0 is shown meanwhile", async () => {
  stands(`(password, reply) => { if (password.includes("x")) for (;;); reply(3); }`);
  const shopper = await own.open(page());
  await fill(shopper, "kettle");
  await settles(shopper.page, TAG, "ready");
  await shopper.page.getByRole("meter").waitFor();
  await fill(shopper, "kettle x");
  assert.deepEqual((await rules(shopper))[0], "false", "the rules answer at once");
  await shopper.page.waitForFunction(() => globalThis.heard.some(({ type, detail }) => type === "sp-step" && detail.code === "worker.late"));
  assert.equal((await last(shopper)).score, null);
  assert.equal(await shopper.page.getByRole("meter").isVisible(), false, "no bar is shown of another password");
  await fill(shopper, "kettle harbour");
  await shopper.page.getByRole("meter").waitFor();
  assert.equal((await last(shopper)).score, 3);
  assert.equal(requested("worker/password.js"), 2);
  assert.deepEqual(await heard(shopper.page, "sp-unavailable"), []);
});

test("after three deadlines in a row no other worker is started", async () => {
  stands("() => { for (;;); }");
  const shopper = await own.open(page());
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  for (const text of ["a", "ab", "abc"]) {
    await fill(shopper, text);
    await shopper.page.waitForTimeout(1_300);
  }
  assert.equal(requested("worker/password.js"), 3);
  await assertUnavailable(shopper, TAG, "worker.refused");
  await fill(shopper, "abcd");
  await shopper.page.waitForTimeout(300);
  assert.equal(requested("worker/password.js"), 3, "nothing is tried again while typing");
  const late = "estimate failed worker.late";
  assert.deepEqual((await steps(shopper.page)).filter((step) => step.startsWith("estimate")), [late, late, "estimate failed worker.refused"]);
});

test("an answer about what is no longer typed is dropped", async () => {
  stands(`(password, reply) => setTimeout(reply, 300, 2)`);
  const shopper = await own.open(page());
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  for (const text of ["k", "ke", "ket", "kett", "kettl"]) await fill(shopper, text);
  await shopper.page.waitForTimeout(1_000);
  const told = (await heard(shopper.page, "sp-password-estimated")).filter(({ score }) => score !== null);
  assert.deepEqual(told.map(({ guessesLog10 }) => guessesLog10), [5], "the first was measured, and the last is shown");
});

test("two fields on a page share one worker, and each gets its answer", async () => {
  const second = markup().replace(/(id|for|name)="password"/g, '$1="again"');
  const shopper = await own.open(own.site.page(markup() + second, { elements: ["password-field"] }));
  await shopper.page.evaluate(() => {
    for (const input of document.querySelectorAll("input")) {
      input.value = `ochre walnut sails ${input.id}`;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await shopper.page.waitForFunction(() => new Set(globalThis.heard.filter(({ type, detail }) => type === "sp-password-estimated" && detail.score !== null).map(({ detail }) => detail.guessesLog10)).size > 1);
  assert.equal(requested("worker/password.js"), 1);
});

test("no task is long on the page's thread, whatever is typed", async () => {
  const shopper = await own.open(page());
  await own.browser.startTracing(shopper.page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await shopper.page.locator("#password").focus();
  await settles(shopper.page, TAG, "ready");
  for (const text of ["4@8({[<369&#!1/".repeat(7).slice(0, 100), "p4$$w0rd".repeat(12), "é".repeat(256), "x".repeat(100_000)]) {
    await shopper.page.evaluate((value) => {
      const input = document.querySelector("#password");
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }, text);
    await shopper.page.waitForTimeout(200);
  }
  const { traceEvents } = JSON.parse(await own.browser.stopTracing());
  const threads = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  // The time that the thread itself worked, so that a busy machine does not count.
  const tasks = traceEvents.filter(({ name, tdur, pid, tid }) => /RunTask$/.test(name) && tdur > 0 && threads.has(`${pid} ${tid}`));
  assert.ok(tasks.length > 50, `${tasks.length} tasks are seen`);
  const longest = Math.max(...tasks.map(({ tdur }) => tdur / 1_000));
  assert.ok(longest < 50, `${longest} ms`);
});

test("what cannot be a password is answered like any other", async () => {
  const shopper = await own.open(page());
  await fill(shopper, "kettle");
  await settles(shopper.page, TAG, "ready");
  for (const text of ["\ud800 lone surrogate", "nul\0byte", "👩‍👩‍👧‍👦".repeat(20), "كلمة مرور طويلة جدا هنا", "e\u0301".repeat(40), "x".repeat(1_000_000)]) {
    await shopper.page.evaluate((value) => {
      globalThis.heard.length = 0;
      const input = document.querySelector("#password");
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }, text);
    await hears(shopper.page, "sp-password-estimated");
  }
  assert.equal(await shopper.page.locator(TAG).getAttribute("state"), "ready");
  assert.deepEqual(shopper.watch.errors, []);
});
