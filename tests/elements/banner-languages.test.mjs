/**
 * The banner in other languages: whole, small, the same from server and script, accessible. In CI every right-to-left language and some
 * others; all of them with LANGUAGES=all.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { assertAccessible, assertQuiet, assertReflows, settles, suite } from "./lib/harness.mjs";

const own = suite();
const dist = new URL("../../pkg/dist/", import.meta.url);
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
const files = (await readdir(new URL("locales/banner/", dist))).filter((name) => name.endsWith(".js"));
const all = files.map((name) => name.replace(".words.js", "")).filter((tag) => tag !== "en");
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const chosen = process.env.LANGUAGES === "all" ? all : [...RIGHT_TO_LEFT, "de", "th", "zh-Hans"];

test("at least 45 languages, none of them over 1.2 KB, none taken for reviewed", async () => {
  assert.ok(files.length >= 45, `${files.length} languages`);
  for (const tag of RIGHT_TO_LEFT) assert.ok(all.includes(tag), tag);
  for (const name of files) {
    const text = await readFile(new URL(`locales/banner/${name}`, dist));
    assert.ok(brotliCompressSync(text).length <= 1_200, `${name}: ${brotliCompressSync(text).length} bytes`);
    const { default: words } = await import(new URL(`locales/banner/${name}`, dist));
    assert.equal(words.reviewed, words.language === "en", name);
  }
});

for (const tag of chosen) {
  test(`${tag}: server and script say the same, and axe finds nothing`, async () => {
    const { load } = await import(new URL("tools.js", dist));
    const tools = await load();
    const spoken = { ...policy, language: tag, unreviewed: true };
    const site = tools.build(spoken, { gateSource: "", styleSource: "", gateHref: "/g", stylesheetHref: "/assets/banner.css", settingsHref: "/settings", today: "2026-11-27" });
    own.site.routes.set("/assets/banner.css", async () => ({ headers: { "content-type": "text/css" }, body: await readFile(new URL("styles/banner.css", dist)) }));
    own.site.routes.set("/privacy.json", () => ({ body: spoken }));
    const head = `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="analytics marketing" data-release=""></script>`;
    const drawn = `<sp-consent-banner lang="${tag}" policy="/privacy.json" settings="/settings" unreviewed></sp-consent-banner>`;
    const texts = [];
    for (const markup of [site.banners[tag], drawn]) {
      const shopper = await own.open(own.site.page(markup, { elements: ["consent-banner"], head }));
      await settles(shopper.page, "sp-consent-banner", "ready");
      if (RIGHT_TO_LEFT.includes(tag)) await shopper.page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      const banner = shopper.page.locator("sp-consent-banner [part=banner]");
      await banner.locator("[value=choose]").click();
      texts.push((await banner.innerText()).replaceAll(/\s+/g, " "));
      const [accept, reject] = await banner.locator("[value=accept], [value=reject]").evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect()).map(({ width, height }) => [Math.round(width), Math.round(height)].join()));
      assert.equal(accept, reject, "one size");
      await assertAccessible(shopper.page);
      await assertReflows(shopper.page);
      assertQuiet(shopper);
    }
    assert.equal(texts[0], texts[1]);
  });
}
