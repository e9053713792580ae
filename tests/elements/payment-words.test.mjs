/** The card form's texts in every language: complete, in their own letters, fetched only when they may be used, and read in the frame. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { suite } from "./lib/harness.mjs";

const dist = join(import.meta.dirname, "../../pkg/dist");
const from = async (path) => import(pathToFileURL(join(dist, path)));
const { english } = await from("elements/shared/words-payment-form.js");
const tags = (await readdir(join(dist, "locales/payment"))).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
const locales = new Map(await Promise.all(tags.map(async (tag) => [tag, (await from(`locales/payment/${tag}.js`)).default])));

const ASKED = "ar cs da de el es fa fi fr he hu it ja ko nb nl pl pt-BR ro ru sv tr uk zh-Hans".split(" ");
const SCRIPTS = { ar: "Arabic", el: "Greek", fa: "Arabic", he: "Hebrew", ja: "(Han|Hiragana|Katakana)", ko: "Hangul", ru: "Cyrillic", uk: "Cyrillic", "zh-Hans": "Han" };

function texts(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => texts(value, path === "" ? key : `${path}/${key}`));
}

const placeholders = (text) => (text.match(/\{\w*\}/g) ?? []).sort();
const inEnglish = new Map(texts(english));

test("the languages asked for are there, those of the passwords", async () => {
  assert.deepEqual([...locales.keys()].sort(), [...ASKED].sort());
  const others = (await readdir(join(dist, "locales/password"))).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
  assert.deepEqual(others.sort(), [...ASKED].sort());
});

for (const [tag, locale] of locales) {
  describe(tag, () => {
    test("says all that English says, with the same values filled in, and is not called reviewed", () => {
      assert.equal(locale.language, tag);
      assert.equal(locale.reviewed, false);
      const own = new Map(texts(locale.form));
      assert.deepEqual([...own.keys()].sort(), [...inEnglish.keys()].sort());
      for (const [path, text] of own) {
        assert.deepEqual(placeholders(text), placeholders(inEnglish.get(path)), path);
        assert.equal(text === "", inEnglish.get(path) === "", path);
        assert.equal(text, text.trim().normalize("NFC"), path);
        if (text !== "" && path !== "recognised" && `${tag}/${path}` !== "ro/label") assert.notEqual(text, inEnglish.get(path), `${path} is translated`);
      }
    });

    test("is written in its own letters", () => {
      const script = SCRIPTS[tag] ?? "Latin";
      const foreign = new RegExp(`(?!\\p{Script=Common}|\\p{Script=Inherited})${script.startsWith("(") ? `(?!${script.slice(1, -1).split("|").map((one) => `\\p{Script=${one}}`).join("|")})` : `(?!\\p{Script=${script}})`}\\p{L}`, "u");
      for (const [path, text] of texts(locale.form)) assert.doesNotMatch(text.replace(/\{\w+\}/g, ""), foreign, path);
    });
  });
}

describe("in a page", () => {
  const own = suite();
  const page = (attributes, options) => own.site.page(`<form><sp-payment-form ${attributes}><p slot="unavailable">Invoice.</p></sp-payment-form></form>`, { elements: ["payment-form"], ...options });
  const label = (shopper) => shopper.page.locator("sp-payment-form iframe").contentFrame().locator("label").first();

  test("a language that nobody has reviewed is used with the shop's leave alone", async () => {
    const shopper = await own.open(page("", { lang: "de" }));
    await label(shopper).filter({ hasText: "Card number" }).waitFor({ state: "attached" });
    assert.equal(own.site.received.some(({ path }) => path.includes("/locales/")), false);
    const group = shopper.page.locator("sp-payment-form [part=group]");
    assert.equal(await group.getAttribute("lang"), "en");
    await shopper.page.evaluate(() => document.querySelector("sp-payment-form").toggleAttribute("unreviewed", true));
    await label(shopper).filter({ hasText: "Kartennummer" }).waitFor({ state: "attached" });
    assert.equal(await shopper.page.locator("sp-payment-form iframe").getAttribute("title"), "Karte");
    assert.equal(await group.getAttribute("lang"), "de");
    assert.equal(await shopper.page.locator("sp-payment-form iframe").contentFrame().locator("html").getAttribute("lang"), "de");
  });

  test("the frame reads from right to left where the page does, and card numbers from left to right", async () => {
    const shopper = await own.open(page("unreviewed", { lang: "ar", dir: "rtl" }));
    await label(shopper).filter({ hasText: "رقم البطاقة" }).waitFor({ state: "attached" });
    const frame = shopper.page.locator("sp-payment-form iframe").contentFrame();
    assert.equal(await frame.locator("html").getAttribute("dir"), "rtl");
    assert.equal(await frame.locator("[data-card=number]").evaluate((input) => getComputedStyle(input).direction), "ltr");
  });
});
