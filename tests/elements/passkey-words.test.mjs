/** The passkey elements' texts in every language: complete, well written, and fetched only when they may be used. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

const dist = join(import.meta.dirname, "../../pkg/dist");
const from = async (path) => import(pathToFileURL(join(dist, path)));
const { listEnglish, signinEnglish } = await from("elements/shared/words-passkey.js");
const { passkeyLocale } = await from("lib/passkey-languages.js");
const { problems, ...signin } = signinEnglish;
const { problems: _same, ...list } = listEnglish;
const english = { signin, list, problems };

const ASKED = "ar cs da de el es fa fi fr he hu it ja ko nb nl pl pt-BR ro ru sv tr uk zh-Hans".split(" ");
const tags = (await readdir(join(dist, "locales/passkey"))).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
const locales = new Map(await Promise.all(ASKED.map(async (tag) => [tag, await passkeyLocale(tag, true)])));
const SCRIPTS = { ar: "Arabic", el: "Greek", fa: "Arabic", he: "Hebrew", ja: "(Han|Hiragana|Katakana)", ko: "Hangul", ru: "Cyrillic", uk: "Cyrillic", "zh-Hans": "Han" };
const QUOTES = {
  ar: "«»", cs: "„“", da: "»«", de: "„“", el: "«»", es: "«»", fa: "«»", fi: "””", fr: "«»", he: "״״", hu: "„”", it: "«»",
  ja: "「」", ko: "‘’", nb: "«»", nl: "‘’", pl: "„”", "pt-BR": "“”", ro: "„”", ru: "«»", sv: "””", tr: "“”", uk: "«»", "zh-Hans": "“”",
};
/** The product's name is the same word in these. */
const SAME = new Set(["list/nameless"]);

function texts(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => texts(value, path === "" ? key : `${path}/${key}`));
}

const placeholders = (text) => (text.match(/\{\w*\}/g) ?? []).sort();
const inEnglish = new Map(texts(english));

test("the languages asked for are there, none reviewed yet, and English has its own", async () => {
  assert.deepEqual(tags.sort(), [...ASKED].sort());
  assert.ok(inEnglish.size >= 36);
  for (const tag of tags) assert.equal(await passkeyLocale(tag, false), null, "an unreviewed text is not used unless the shop allows it");
  assert.equal(await passkeyLocale("en", true), null);
  assert.equal((await passkeyLocale("nb-NO", true)).language, "nb");
  assert.equal((await passkeyLocale("no", true)).language, "nb");
  assert.equal(await passkeyLocale("zh-TW", true), null);
});

for (const tag of ASKED) {
  describe(`the passkey words of ${tag}`, () => {
    const locale = locales.get(tag);
    const own = texts({ signin: locale.signin, list: locale.list, problems: locale.problems });
    const none = (fault) => assert.deepEqual(own.filter(([path, text]) => fault(text, path)), []);

    test("have exactly English's keys and placeholders", () => {
      assert.deepEqual(Object.keys(locale).sort(), ["language", "list", "problems", "reviewed", "signin"]);
      assert.equal(locale.language, tag);
      assert.equal(locale.reviewed, false);
      assert.deepEqual(own.map(([path]) => path), [...inEnglish.keys()]);
      for (const [path, text] of own) assert.deepEqual(placeholders(text), placeholders(inEnglish.get(path)), path);
    });

    test("are plain text, translated, in their script and with their quotes", () => {
      none((text) => text.trim() !== text || text === "" || / {2}|\n/.test(text) || /[<>]|&#?\w+;/.test(text) || text.normalize("NFC") !== text);
      none((text, path) => text === inEnglish.get(path) && !SAME.has(path));
      none((text) => /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd"'`´]/.test(text));
      if (tag !== "fa") none((text) => /[\u200c\u200d]/.test(text));
      const [opening, closing] = QUOTES[tag];
      assert.ok(locale.list.confirm.replaceAll(/[\u00a0\u202f ]/g, "").includes(`${opening}{name}${closing}`), locale.list.confirm);
      const script = SCRIPTS[tag] ?? "Latin";
      const letters = new RegExp(script.startsWith("(") ? `[${script.slice(1, -1).split("|").map((one) => `\\p{Script=${one}}`).join("")}]` : `\\p{Script=${script}}`, "u");
      none((text) => !letters.test(text));
      none((text) => [...text.replace(/\{\w+\}/g, "").matchAll(/\p{L}/gu)].some(([letter]) => !letters.test(letter) && !/\p{Script=Common}/u.test(letter)));
    });

    test("end a sentence where English does, and fit", async () => {
      const ends = (text) => /[.。．…]$/u.test(text);
      none((text, path) => ends(text) !== ends(inEnglish.get(path)));
      none((text, path) => text.length > Math.max(40, 2 * inEnglish.get(path).length));
      const { save, cancel, confirmed } = locale.list;
      assert.deepEqual([save, cancel, confirmed].filter((text) => text.length > 20), []);
      const size = brotliCompressSync(await readFile(join(dist, `locales/passkey/${tag}.js`))).length;
      assert.ok(size <= 1_700, `${size} bytes after brotli`);
    });
  });
}
