/** Withdrawal deletes what services kept: in every form of a cookie, over several hosts, and it looks again. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { assertAccessible, assertQuiet, settles, suite } from "./lib/harness.mjs";

const own = suite();
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
const essential = policy.purposes.find(({ essential }) => essential).id;
const set = (kind, name) => ({ kind, name, retention: "P30D" });
policy.services = [
  { ...policy.services[0], id: "shop", purposes: [essential], scripts: [], sets: [set("cookie", "_keep"), set("local-storage", "an.cart")] },
  {
    ...policy.services[0],
    id: "analytics",
    name: "Countess",
    purposes: ["analytics"],
    scripts: ["/tracker.js", "/sw.js"],
    origins: [],
    sets: [
      set("cookie", "_an*"),
      set("cookie", "_keep"),
      set("cookie", "deep_id"),
      set("cookie", "hidden_id"),
      set("cookie", "sp-consent"),
      set("local-storage", "an.*"),
      set("session-storage", "an-session"),
      set("indexed-db", "an-data*"),
      set("cache-storage", "an-cache"),
    ],
  },
  { ...policy.services[0], id: "marketing", purposes: ["marketing"], scripts: [], origins: [], sets: [set("cookie", "ads_id")] },
];

const head = `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="analytics marketing" data-release="/tracker.js"></script>
<script type="text/plain" data-purpose="analytics" data-src="/tracker.js"></script>`;
// A service worker's address is a sink: a page of the test registers it, with the policy for that left out.
const loose = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

function serve({ stubborn = false } = {}) {
  const hidden = /(?:^|; )hidden_id=/;
  own.site.routes.set("/privacy.json", () => ({ body: policy }));
  own.site.routes.set("/tracker.js", () => ({ headers: { "content-type": "text/javascript" }, body: "globalThis.tracked = true;" }));
  own.site.routes.set("/sw.js", () => ({ headers: { "content-type": "text/javascript" }, body: "addEventListener('fetch', () => {});" }));
  own.site.routes.set("/plant", () => ({ headers: { "set-cookie": ["hidden_id=1; Path=/; HttpOnly", "deep_id=1; Path=/plant/deep"] }, body: "" }));
  own.site.routes.set("POST /forget", ({ headers, body }) => {
    assert.ok(JSON.parse(body).services.includes("analytics"));
    const found = hidden.test(headers.cookie ?? "") ? ["hidden_id"] : [];
    return { headers: found.length > 0 && !stubborn ? { "set-cookie": ["hidden_id=; Path=/; Max-Age=0"] } : {}, body: { found } };
  });
}

async function open(attributes = 'clear="/forget"') {
  const address = own.site.page(`<sp-privacy-settings policy="/privacy.json" ${attributes}></sp-privacy-settings>`, { elements: ["privacy-settings"], head, policy: loose });
  const shopper = await own.open(address.replace("//localhost", "//www.shop.localhost"));
  await settles(shopper.page, "sp-privacy-settings", "ready");
  return shopper;
}

async function accept({ page }) {
  for (const purpose of ["analytics", "marketing"]) await page.locator(`#purpose-${purpose}`).check();
  await page.locator("[part=save]").click();
  await page.waitForFunction(() => globalThis.tracked);
}

async function plant({ page }) {
  await page.evaluate(async () => {
    document.cookie = "_an_host=1; Path=/";
    document.cookie = "_an_own=1; Path=/; Domain=www.shop.localhost";
    document.cookie = "_an_parent=1; Path=/; Domain=shop.localhost";
    document.cookie = "_an_path=1; Path=/page";
    document.cookie = "_an_twice=1; Path=/";
    document.cookie = "_an_twice=2; Path=/page; Domain=shop.localhost";
    document.cookie = "_an_chips=1; Path=/; Secure; Partitioned; SameSite=None";
    document.cookie = "__Host-other=1; Path=/; Secure";
    document.cookie = "_keep=1; Path=/";
    document.cookie = "ads_id=1; Path=/; Domain=shop.localhost";
    for (const name of ["an.a", "an.b", "an.cart", "other"]) localStorage.setItem(name, "1");
    for (const name of ["an-session", "other"]) sessionStorage.setItem(name, "1");
    for (const name of ["an-data-1", "other-data"]) {
      await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => (target.result.close(), resolve())));
    }
    await caches.open("an-cache");
    await caches.open("other-cache");
    await navigator.serviceWorker.register("/sw.js");
    await fetch("/plant");
  });
}

const state = async ({ page, context }) => ({
  cookies: (await context.cookies()).map(({ name, domain, path }) => `${name} ${domain} ${path}`).sort(),
  ...(await page.evaluate(async () => ({
    local: Object.keys(localStorage).sort(),
    session: Object.keys(sessionStorage).sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
    caches: (await caches.keys()).sort(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))),
});

test("withdrawing deletes everything that its services keep, and nothing else", async () => {
  serve();
  const shopper = await open();
  await accept(shopper);
  await plant(shopper);
  const before = await state(shopper);
  assert.equal(before.cookies.filter((cookie) => cookie.startsWith("_an")).length, 7, before.cookies.join("\n"));
  assert.ok(before.cookies.includes("deep_id www.shop.localhost /plant/deep"), before.cookies.join("\n"));
  await shopper.page.locator("[part=withdraw]").click();
  await shopper.page.locator("[part=cleared]").waitFor();
  const after = await state(shopper);
  // A cookie at a path that nobody named is out of reach from here.
  assert.deepEqual(after.cookies, ["__Host-other www.shop.localhost /", "_keep www.shop.localhost /", "deep_id www.shop.localhost /plant/deep"]);
  assert.deepEqual(after.local.filter((name) => !name.startsWith("sp-")), ["an.cart", "other"]);
  assert.ok(after.local.includes("sp-consent"), "what is ours stays");
  assert.deepEqual([after.session, after.databases, after.caches, after.workers], [["other"], ["other-data"], ["other-cache"], 0]);
  const cleared = await shopper.page.locator("[part=cleared]").textContent();
  for (const name of ["_an_parent (cookie)", "hidden_id (cookie)", "ads_id (cookie)", "an.a (local storage)", "an-data-1 (database)", "an-cache (cache)"]) assert.ok(cleared.includes(name), cleared);
  assert.equal(await shopper.page.locator("[part=left]").count(), 0);
});

test("a path that the shop names is reached", async () => {
  serve();
  const shopper = await open();
  await shopper.page.evaluate(() => fetch("/plant"));
  const report = await shopper.page.evaluate(async (file) => {
    const [{ clearServices }, { load }] = await Promise.all([import("/pkg/clear.js"), import("/pkg/consent.js")]);
    return clearServices((await load()).policy(file), () => false, { paths: ["/plant/deep"] });
  }, policy);
  assert.deepEqual(report.left, []);
  assert.deepEqual((await shopper.context.cookies()).map(({ name }) => name), ["hidden_id"]);
});

test("code that has run is named, and a reload ends it", async () => {
  serve();
  const shopper = await open();
  await accept(shopper);
  await shopper.page.locator("[part=withdraw]").click();
  await shopper.page.locator("[part=running]", { hasText: "Countess has already run" }).waitFor();
  await assertAccessible(shopper.page);
  await Promise.all([shopper.page.waitForEvent("load"), shopper.page.locator("[part=reload]").click()]);
  assert.equal(await shopper.page.evaluate(() => globalThis.tracked), undefined);
  assertQuiet(shopper);
});

test("what could not be deleted is named", async () => {
  serve({ stubborn: true });
  const shopper = await open();
  await accept(shopper);
  await plant(shopper);
  await shopper.page.evaluate(() => {
    // A store that is full, or refuses.
    Storage.prototype.removeItem = () => undefined;
  });
  await shopper.page.locator("[part=withdraw]").click();
  const left = await shopper.page.locator("[part=left]").textContent();
  for (const name of ["hidden_id (cookie)", "an.a (local storage)", "an-session (session storage)"]) assert.ok(left.includes(name), left);
});

test("a server that is away leaves the cookies that script cannot see, and says so", async () => {
  serve();
  own.site.routes.set("POST /forget", () => ({ status: 503, body: {} }));
  const shopper = await open();
  await accept(shopper);
  await shopper.page.locator("[part=withdraw]").click();
  assert.match(await shopper.page.locator("[part=left]").textContent(), /hidden_id \(cookie\)/);
});

test("granting everything deletes nothing", async () => {
  serve();
  const shopper = await open();
  await accept(shopper);
  await plant(shopper);
  const before = await state(shopper);
  await shopper.page.locator("[part=save]").click();
  await shopper.page.waitForTimeout(300);
  assert.deepEqual(await state(shopper), before);
});
