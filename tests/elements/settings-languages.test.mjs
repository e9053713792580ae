/**
 * The privacy settings in other languages: whole, small, fetched only when they may be used, accessible. In CI every right-to-left
 * language and some others; all of them with LANGUAGES=all.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { assertAccessible, assertQuiet, assertReflows, settles, suite } from "./lib/harness.mjs";

const own = suite();
const dist = new URL("../../pkg/dist/", import.meta.url);
const from = async (path) => import(new URL(path, dist));
const policy = JSON.parse(await readFile(new URL("../vectors/consent/policy.json", import.meta.url), "utf8"));
const tagsOf = async (folder) => (await readdir(new URL(folder, dist))).filter((name) => name.endsWith(".words.js")).map((name) => name.replace(".words.js", ""));
const all = await tagsOf("locales/settings/");
const locales = new Map(await Promise.all(all.map(async (tag) => [tag, (await from(`locales/settings/${tag}.words.js`)).default])));
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const chosen = process.env.LANGUAGES === "all" ? all : [...RIGHT_TO_LEFT, "de", "th", "zh-Hans"];

/** All but what is said of partners, which follows the standard texts of their framework. */
const { settingsEnglish } = await from("elements/shared/words-settings.js");
const { recordEnglish } = await from("elements/shared/words-settings-more.js");
const { rightsEnglish } = await from("elements/shared/words-rights.js");
const english = { ...settingsEnglish, records: recordEnglish, rights: rightsEnglish };

/** How each language that is not written in Latin letters writes its own. */
const SCRIPTS = {
  ar: "Arabic", bg: "Cyrillic", el: "Greek", fa: "Arabic", he: "Hebrew", hi: "Devanagari", ja: "(Han|Hiragana|Katakana)", ko: "Hangul", mk: "Cyrillic",
  ru: "Cyrillic", sr: "Cyrillic", th: "Thai", uk: "Cyrillic", ur: "Arabic", "zh-Hans": "Han", "zh-Hant": "Han",
};

/** Letters that a neighbour writes and this language does not. */
const FOREIGN = {
  ar: /[پچژگکیٔ]/u, bg: /[ыэёіїєѓќјљњџ]/iu, cs: /[ąęłńśźżľĺŕôä]/iu, da: /[äöß]/iu, fa: /[يكةى]/u, mk: /[йщъыьэюяёії]/iu, nb: /[äöß]/iu, ro: /[şţ]/iu,
  ru: /[іїєґ]/iu, sk: /[ěřů]/iu, sr: /[йщъыьэюяёіїѓќѕ]/iu, sv: /[æøß]/iu, uk: /[ыэъё]/iu, ur: /[يكةى]/u,
  "zh-Hans": /[碼強詞個這會沒與請確測開啟關閉時間數據洩顯隱選擇]/u, "zh-Hant": /[码强词个这会没与请确测开启关闭时间数据显隐选择]/u,
};

/** Every text with the path to it. */
function texts(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => texts(value, path === "" ? key : `${path}/${key}`));
}

const inEnglish = new Map(texts(english));
const placeholders = (text) => (text.match(/\{\w*\}/g) ?? []).sort();

test("the banner's languages, none of them over 3 KB, none taken for reviewed", async () => {
  const banner = (await tagsOf("locales/banner/")).filter((tag) => tag !== "en");
  assert.deepEqual(all, banner);
  assert.ok(all.length + 1 >= 45, `${all.length + 1} languages`);
  for (const [tag, { language, reviewed }] of locales) {
    assert.deepEqual([language, reviewed], [tag, false]);
    const { length } = brotliCompressSync(await readFile(new URL(`locales/settings/${tag}.words.js`, dist)));
    assert.ok(length <= 3_000, `${tag}: ${length} bytes`);
  }
});

for (const [tag, { language: _language, reviewed: _reviewed, ...words }] of locales) {
  test(`${tag}: every text is there, with English's placeholders, in its own script`, () => {
    const found = new Map(texts(words));
    assert.deepEqual([...found.keys()].sort(), [...inEnglish.keys()].sort());
    for (const [path, text] of found) {
      assert.deepEqual(placeholders(text), placeholders(inEnglish.get(path)), path);
      assert.equal(text, text.trim().normalize("NFC"), path);
      assert.match(text, /\S/u, path);
      assert.doesNotMatch(text, /["|<>]|''| {2}|\.\.|GDPR|complian[ct]/u, path);
      if (Object.hasOwn(FOREIGN, tag)) assert.doesNotMatch(text, FOREIGN[tag], path);
      const bare = text.replaceAll(/\{\w+\}/g, "");
      if (Object.hasOwn(SCRIPTS, tag) && /\p{L}/u.test(bare)) assert.match(bare, new RegExp(`\\p{Script=${SCRIPTS[tag].replace(/[()]/g, "").split("|").join("}|\\p{Script=")}}`, "u"), path);
      // One word may be the same as in English; a sentence is not.
      if (inEnglish.get(path).split(" ").length > 3 && /\p{L}/u.test(bare)) assert.notEqual(text, inEnglish.get(path), path);
    }
  });
}

const head = `<script src="/pkg/gate.global.js" data-policy="${policy.version}" data-purposes="analytics marketing" data-release=""></script>`;

async function opened(tag, attributes = "unreviewed") {
  own.site.routes.set("/privacy.json", () => ({ body: policy }));
  const markup = `<sp-privacy-settings lang="${tag}" policy="/privacy.json" receipts="/receipts" requests="/requests" ${attributes}></sp-privacy-settings>`;
  const shopper = await own.open(own.site.page(markup, { elements: ["privacy-settings"], head }));
  if (RIGHT_TO_LEFT.includes(tag)) await shopper.page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  await settles(shopper.page, "sp-privacy-settings", "ready");
  await shopper.page.locator("sp-privacy-settings [part=request]").waitFor();
  return shopper;
}

for (const tag of chosen) {
  test(`${tag}: shown in it from top to bottom, and axe finds nothing`, async () => {
    const shopper = await opened(tag);
    const { page } = shopper;
    const said = await page.locator("sp-privacy-settings .content").innerText();
    const words = locales.get(tag);
    for (const text of [words.undecided, words.save, words.withdraw, words.records.receiptsAbout, words.rights.about]) assert.ok(said.includes(text), text);
    assert.equal(await page.locator("sp-privacy-settings .content").getAttribute("lang"), tag);
    // The shop's texts are English here: they run their own way, from the side where the others begin.
    const [direction, gap] = await page.locator("sp-privacy-settings [part=about]").first().evaluate((text) => {
      const words = document.createRange();
      words.selectNodeContents(text);
      const [box, drawn] = [text.parentElement.querySelector("[part=basis]").getBoundingClientRect(), words.getBoundingClientRect()];
      return [getComputedStyle(text).direction, document.dir === "rtl" ? box.right - drawn.right : drawn.left - box.left];
    });
    assert.deepEqual([direction, Math.round(gap)], ["ltr", 0]);
    for (const summary of await page.locator("sp-privacy-settings summary").all()) await summary.click();
    await page.locator("sp-privacy-settings [part=withdraw]").click();
    assert.equal(await page.locator("sp-privacy-settings > .spoken, sp-privacy-settings .spoken[role=status]").last().innerText(), words.withdrawn);
    await assertAccessible(page);
    await assertReflows(page);
    assertQuiet(shopper);
  });
}

test("settings and banner say alike what both say", async () => {
  const { bannerEnglish } = await from("elements/shared/words-consent.js");
  for (const word of ["always", "conflict", "changed"]) assert.equal(settingsEnglish[word], bannerEnglish[word]);
});

test("English, and marked as such, where unreviewed words may not be used or there are none", async () => {
  for (const [tag, attributes] of [["de", ""], ["tlh", "unreviewed"]]) {
    const { page } = await opened(tag, attributes);
    const content = page.locator("sp-privacy-settings .content");
    assert.ok((await content.innerText()).includes(settingsEnglish.undecided), tag);
    assert.equal(await content.getAttribute("lang"), "en");
  }
});

test("the shop's own words are never replaced", async () => {
  const { page } = await opened("de");
  await page.evaluate(() => (document.querySelector("sp-privacy-settings").words = { undecided: "Noch offen." }));
  assert.ok((await page.locator("sp-privacy-settings [part=standing]").innerText()).startsWith("Noch offen."));
});
