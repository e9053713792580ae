/** The password elements' texts in every language: complete, well written, and fetched only when they may be used. */
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

const dist = join(import.meta.dirname, "../../pkg/dist");
const folder = join(dist, "locales/password");
const from = async (path) => import(pathToFileURL(join(dist, path)));

const english = {
  meter: (await from("elements/shared/words-password-meter.js")).english,
  field: (await from("elements/shared/words-password-field.js")).english,
};
const tags = (await readdir(folder)).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
const locales = new Map(await Promise.all(tags.map(async (tag) => [tag, (await from(`locales/password/${tag}.js`)).default])));

const ASKED = "ar cs da de el es fa fi fr he hu it ja ko nb nl pl pt-BR ro ru sv tr uk zh-Hans".split(" ");
const BUDGET = 2_560;

/** How each language writes its letters; whatever else stands in a text is a term of technology. */
const SCRIPTS = { ar: "Arabic", el: "Greek", fa: "Arabic", he: "Hebrew", ja: "(Han|Hiragana|Katakana)", ko: "Hangul", ru: "Cyrillic", uk: "Cyrillic", "zh-Hans": "Han" };
const TERMS = /\b(NIST SP 800-63B-4|OWASP ASVS 5\.0|Caps Lock|email|bit|abcabc|abc|aaa|a)\b/gu;

/** Letters that a neighbour writes and this language does not. */
const FOREIGN = {
  ar: /[پچژگکیٔ]/u,
  cs: /[ąęłńśźżľĺŕôä]/iu,
  da: /[äöß]/iu,
  fa: /[يكةى]/u,
  nb: /[äöß]/iu,
  ro: /[şţ]/iu,
  ru: /[іїєґ]/iu,
  sv: /[æøß]/iu,
  uk: /[ыэъё]/iu,
  "zh-Hans": /[碼強詞個這會沒與請確測開啟關閉時間數據洩顯隱選擇\p{Script=Hiragana}\p{Script=Katakana}]/u,
};

const QUOTES = {
  ar: "«»", cs: "„“", da: "»«", de: "„“", el: "«»", es: "«»", fa: "«»", fi: "””", fr: "«»", he: "״״", hu: "„”", it: "«»",
  ja: "「」", ko: "‘’", nb: "«»", nl: "‘’", pl: "„”", "pt-BR": "“”", ro: "„”", ru: "«»", sv: "””", tr: "“”", uk: "«»", "zh-Hans": "“”",
};

/** Every text with the path to it. */
function texts(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => texts(value, path === "" ? key : `${path}/${key}`));
}

const wordsOf = ({ meter, field }) => ({ meter, field });
const placeholders = (text) => (text.match(/\{\w*\}/g) ?? []).sort();
const inEnglish = new Map(texts(english));

test("the languages asked for are there", () => {
  assert.deepEqual(ASKED.filter((tag) => !locales.has(tag)), []);
  assert.ok(inEnglish.size > 60);
});

for (const [tag, locale] of locales) {
  describe(`the password words of ${tag}`, () => {
    const own = texts(wordsOf(locale));
    const none = (fault) => assert.deepEqual(own.filter(([path, text]) => fault(text, path)), []);

    test("name their language and say whether they were reviewed", () => {
      assert.deepEqual(Object.keys(locale).sort(), ["field", "language", "meter", "reviewed"]);
      assert.equal(locale.language, tag);
      assert.deepEqual(Intl.getCanonicalLocales(tag), [tag]);
      assert.equal(typeof locale.reviewed, "boolean");
    });

    test("have exactly English's keys, in its order", () => {
      assert.deepEqual(own.map(([path]) => path), [...inEnglish.keys()]);
    });

    test("have each text's placeholders, and no other brace", () => {
      for (const [path, text] of own) {
        assert.deepEqual(placeholders(text), placeholders(inEnglish.get(path) ?? ""), path);
        assert.doesNotMatch(text.replace(/\{\w+\}/g, ""), /[{}]/, path);
      }
    });

    test("are plain text, translated", () => {
      none((text) => text.trim() !== text || text === "" || / {2}|\n/.test(text));
      none((text) => /[<>]|&#?\w+;/.test(text));
      none((text) => text.normalize("NFC") !== text);
      none((text, path) => text === inEnglish.get(path) && !path.startsWith("meter/policies/"));
    });

    test("have no mark that nobody sees, and no typewriter quotes", () => {
      // The zero width non-joiner is Persian spelling; the directional marks are the page's business (`dir`).
      none((text) => /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]/.test(text));
      if (tag !== "fa") none((text) => /[\u200c\u200d]/.test(text));
      none((text) => /["'`´]/.test(text));
      const [opening, closing] = QUOTES[tag];
      const repeats = locale.meter.warnings["repeats-like-aaa-are-easy-to-guess"].replaceAll("\u00a0", "");
      assert.ok(repeats.includes(`${opening}aaa${closing}`), repeats);
    });

    test("are written in their script", () => {
      const script = SCRIPTS[tag] ?? "Latin";
      const letters = new RegExp(script.startsWith("(") ? `[${script.slice(1, -1).split("|").map((one) => `\\p{Script=${one}}`).join("")}]` : `\\p{Script=${script}}`, "u");
      none((text, path) => !path.startsWith("meter/policies/") && !letters.test(text));
      const terms = script === "Latin" ? /\{\w+\}/gu : new RegExp(`\\{\\w+\\}|${TERMS.source}`, "gu");
      const others = (text) => [...text.replace(terms, "").matchAll(/\p{L}/gu)].map(([letter]) => letter).filter((letter) => !letters.test(letter) && !/\p{Script=Common}/u.test(letter));
      none((text) => others(text).length > 0);
      if (tag in FOREIGN) none((text) => FOREIGN[tag].test(text));
    });

    test("end a sentence where English does", () => {
      const ends = (text) => /[.。．…]\)?$|[.。]）$/u.test(text);
      none((text, path) => ends(text) !== ends(inEnglish.get(path)));
    });

    test("fit a narrow screen and their budget", async () => {
      const { verdicts, met, unmet, open } = locale.meter;
      assert.deepEqual([...verdicts, met, unmet, open].filter((text) => text.length > 26), []);
      assert.equal(new Set(verdicts).size, 5);
      const { reveal, suggestion } = locale.field;
      assert.deepEqual([reveal, suggestion.open, suggestion.use, suggestion.another, suggestion.close].filter((text) => text.length > 32), []);
      none((text, path) => text.length > Math.max(40, 2 * inEnglish.get(path).length));
      const size = brotliCompressSync(await readFile(join(folder, `${tag}.js`))).length;
      assert.ok(size <= BUDGET, `${size} bytes after brotli`);
    });
  });
}

describe("a language's words", () => {
  let home;
  let passwordLocale;
  // The loader as it ships, beside files that tell when they are run.
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "words-"));
    await writeFile(join(home, "package.json"), '{"type":"module"}');
    await mkdir(join(home, "lib"));
    await mkdir(join(home, "locales/password"), { recursive: true });
    for (const file of ["languages.js", "language-tags.js"]) await cp(join(dist, "lib", file), join(home, "lib", file));
    globalThis.fetchedWords = [];
    for (const tag of tags) {
      const text = await readFile(join(folder, `${tag}.js`), "utf8");
      await writeFile(join(home, `locales/password/${tag}.js`), `globalThis.fetchedWords.push(${JSON.stringify(tag)});${text}`);
    }
    ({ passwordLocale } = await import(pathToFileURL(join(home, "lib/languages.js"))));
  });
  after(() => rm(home, { recursive: true }));

  const unreviewed = () => tags.filter((tag) => !locales.get(tag).reviewed);

  test("stay where they are until they are asked for", () => assert.deepEqual(globalThis.fetchedWords, []));

  test("are not fetched when no native speaker has reviewed them and the shop does not allow that", async () => {
    for (const tag of unreviewed()) assert.equal(await passwordLocale(tag, false), null);
    assert.deepEqual(globalThis.fetchedWords, []);
  });

  test("are not fetched for a language that is built in, unknown, or no language", async () => {
    for (const language of ["en", "en-GB", "xx", "tlh", "", "not a tag", "constructor", "toString"]) {
      assert.equal(await passwordLocale(language, true), null, language);
    }
    assert.deepEqual(globalThis.fetchedWords, []);
  });

  test("are those of a language that is read by the same people, and of no other", async () => {
    const pairs = { "de-AT": "de", "fr-CA": "fr", pt: "pt-BR", "pt-PT": null, zh: "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": null, "zh-Hant": null, "zh-HK": null, no: "nb", "nb-NO": "nb", iw: "he", "fa-AF": "fa", "AR-eg": "ar" };
    for (const [language, tag] of Object.entries(pairs)) {
      const found = await passwordLocale(language, true);
      assert.equal(found?.language ?? null, tag, language);
      assert.ok(tag === null || globalThis.fetchedWords.includes(tag));
    }
    assert.equal(globalThis.fetchedWords.length, new Set(Object.values(pairs)).size - 1, "one file for each language that was asked for");
  });

  test("are found by their own tag", async () => {
    for (const tag of tags) assert.deepEqual(wordsOf(await passwordLocale(tag, true)), wordsOf(locales.get(tag)));
    assert.equal(globalThis.fetchedWords.length, tags.length, "each file runs once");
  });
});
