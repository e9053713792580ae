/** The gate that also holds what scripts do: nothing that waits for a purpose leaves the page, by whatever way it is tried. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launchChromium, newShopper } from "../lib/chromium.mjs";
import { CASES, IMPOSSIBLE } from "../lib/leak-cases.mjs";
import { startLeakSite } from "../lib/leak-site.mjs";

/** So long after the page has loaded nothing may arrive: something that does takes a few milliseconds on one machine. */
const QUIET = 300;
/** So long something is waited for that has to arrive. */
const PATIENCE = 5_000;
const AT_ONCE = 6;

let browser;
let site;
before(async () => {
  site = await startLeakSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  site.stop();
});

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens the pages of all cases, some at a time, and says of which something arrived. `expected`: it waits for that longer. */
async function reached(cases, name, head, expected = false) {
  const waiting = Object.entries(cases).map(([title, about], index) => [title, `${name}${index}`, about]);
  const found = new Set();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const shopper = await newShopper(browser);
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [title, id, about] = next;
        const address = site.page(id, about, head);
        // A page that leaves for another one, or asks for what never ends, is not waited for.
        await Promise.race([shopper.page.goto(address, { waitUntil: expected ? "commit" : "load", timeout: PATIENCE }).catch(() => undefined), pause(PATIENCE)]);
        for (let waited = 0; waited < (expected ? PATIENCE : QUIET) && !site.reached.has(id); waited += 50) {
          await pause(50);
        }
        if (site.reached.has(id)) found.add(title);
      }
      await Promise.race([shopper.close(), pause(PATIENCE)]);
    }),
  );
  return found;
}

test(`nothing leaves in any of ${Object.keys(CASES).length} pages`, { timeout: 120_000 }, async () => {
  assert.ok(Object.keys(CASES).length >= 40);
  assert.deepEqual([...(await reached(CASES, "held", site.gateTag()))], []);
});

test("an origin that nobody has named waits as well", { timeout: 120_000 }, async () => {
  const some = Object.fromEntries(Object.entries(CASES).filter((_, index) => index % 5 === 1));
  assert.deepEqual([...(await reached(some, "unknown", site.gateTag().replace(/ data-rules="[^"]*"/, "")))], []);
});

test("without the gate, each of those pages lets something out", { timeout: 120_000 }, async () => {
  const loud = Object.fromEntries(Object.entries(CASES).filter(([, { silent }]) => !silent));
  const found = await reached(loud, "free", "", true);
  assert.deepEqual(Object.keys(loud).filter((title) => !found.has(title)), []);
});

test("in the mode `observe` everything goes out, and is noted", { timeout: 120_000 }, async () => {
  const some = Object.fromEntries(Object.entries(CASES).filter(([, { silent, html }], index) => index % 4 === 1 && !silent && !html));
  const found = await reached(some, "observed", site.gateTag('data-mode="observe"'), true);
  assert.deepEqual([...found].sort(), Object.keys(some).sort());
  const shopper = await newShopper(browser);
  await shopper.page.goto(site.page("noted", CASES.fetch, site.gateTag('data-mode="observe"')));
  const noted = await shopper.page.evaluate(() => globalThis[Symbol.for("storefront-privacy.gate")].observed);
  assert.deepEqual(noted, [{ channel: "fetch", target: `${site.tracker}/noted/a.js`, purposes: ["stats"] }]);
  await shopper.close();
});

test("what is essential, and the shop's own, is never held", { timeout: 120_000 }, async () => {
  const some = Object.fromEntries(Object.entries(CASES).filter(([, { silent }], index) => index % 4 === 2 && !silent));
  const found = await reached(some, "essential", site.gateTag(`data-essential="${"http://localhost"}:${new URL(site.tracker).port}"`), true);
  assert.deepEqual([...found].sort(), Object.keys(some).sort());
});

test("what no script can stop is what the documentation says", { timeout: 120_000 }, async () => {
  const found = await reached(IMPOSSIBLE, "impossible", site.gateTag(), true);
  assert.deepEqual([...found].sort(), Object.keys(IMPOSSIBLE).sort());
  const documented = await readFile(new URL("../../docs/consent.md", import.meta.url), "utf8");
  for (const title of Object.keys(IMPOSSIBLE)) assert.ok(documented.includes(title), title);
});

test("a hint to connect sends nothing that could be counted: its address is put aside", async () => {
  const shopper = await newShopper(browser);
  await shopper.page.goto(site.page("hint", CASES.preconnect, site.gateTag()));
  const link = () => shopper.page.evaluate(() => [document.querySelector("[rel=preconnect]").getAttribute("href"), document.querySelector("[rel=preconnect]").dataset.purpose]);
  assert.deepEqual(await link(), [null, "stats"]);
  await shopper.page.evaluate(() => void globalThis[Symbol.for("storefront-privacy.gate")].decide(["stats"]));
  await shopper.page.waitForFunction(() => document.querySelector("[rel=preconnect]").hasAttribute("href"));
  assert.equal((await link())[0], `${site.tracker}/hint/a.js`);
  await shopper.close();
});

test("after a grant what was held goes on in order, with its listeners, and what is new passes", async () => {
  const shopper = await newShopper(browser);
  const run = `globalThis.order = [];
    for (const name of ["a", "b", "c"]) {
      const s = document.createElement("script");
      s.src = "{url}?" + name;
      s.onload = () => order.push(name);
      document.head.append(s);
    }
    const host = document.createElement("div");
    document.body.append(host);
    const i = document.createElement("img");
    i.src = "{url}?image";
    i.onerror = i.onload = () => order.push("image");
    host.attachShadow({ mode: "open" }).append(i);
    document.body.background = "{url}?background";
    document.body.insertAdjacentHTML("beforeend", '<svg><filter><feImage href="{url}?filter"/></filter></svg>');`;
  await shopper.page.goto(site.page("granted", { run }, site.gateTag()));
  await shopper.page.waitForTimeout(QUIET);
  assert.deepEqual(await shopper.page.evaluate(() => globalThis.order), []);
  await shopper.page.evaluate(() => void globalThis[Symbol.for("storefront-privacy.gate")].decide(["stats"]));
  await shopper.page.waitForFunction(() => globalThis.order.length === 4);
  assert.deepEqual(await shopper.page.evaluate(() => globalThis.order.filter((name) => name !== "image")), ["a", "b", "c"]);
  const given = await shopper.page.evaluate(() => [document.body.background, document.querySelector("feImage").getAttribute("href")]);
  assert.deepEqual(given, [`${site.tracker}/granted/a.js?background`, `${site.tracker}/granted/a.js?filter`]);
  assert.equal(await shopper.page.evaluate((url) => fetch(url).then(({ ok }) => ok), `${site.tracker}/granted/b.js`), true);
  await shopper.close();
});

test("what is kept in the browser waits too", async () => {
  const shopper = await newShopper(browser);
  const stores = site.gateTag('data-stores="stats=c:_ff stats=l:ff-* stats=i:ffdb stats=k:ffcache"');
  const run = `
    document.cookie = "_ff=1"; document.cookie = "cart=1"; document.cookie = "_ff=; max-age=0";
    localStorage.setItem("ff-id", "1"); localStorage.setItem("cart", "1"); localStorage["ff-named"] = "1";
    globalThis.told = [];
    try { indexedDB.open("ffdb") } catch (error) { told.push(error.name) }
    caches.open("ffcache").catch((error) => told.push(error.name));
    cookieStore.set("_ff", "2");`;
  await shopper.page.goto(site.page("stored", { run }, stores));
  await shopper.page.waitForFunction(() => globalThis.told.length === 2);
  const kept = await shopper.page.evaluate(() => [document.cookie, Object.keys(localStorage).sort(), globalThis.told]);
  assert.deepEqual(kept, ["cart=1", ["cart"], ["SecurityError", "SecurityError"]]);
  await shopper.page.evaluate(() => {
    globalThis[Symbol.for("storefront-privacy.gate")].decide(["stats"]);
    document.cookie = "_ff=1";
  });
  assert.match(await shopper.page.evaluate(() => document.cookie), /_ff=1/);
  await shopper.close();
});
