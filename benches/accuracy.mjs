/**
 * How well our guesses, and zxcvbn's, order the passwords of reference sets: the weighted Spearman correlation with their strength.
 *
 *     node benches/accuracy.mjs FOLDER
 *
 * FOLDER holds, at any depth, the sets of RUB-SysSec/Password-Strength-Meter-Accuracy (MIT), which are not in this repository: for each set
 * a file `0_NAME.pw`, `1_NAME.strength` and `2_NAME.weight`, of one value a line after a line with a title. Needs a built package.
 */
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { weightedSpearman } from "./spearman.mjs";

/** Targets of the online and the offline sets. */
const targets = { rockyou: [0.86, 0.83], linkedin: [0.81, 0.93], "000webhost": [0.465, 0.925] };

/**
 * @param {string} folder where the sets are
 * @param {(password: string) => {guesses: number}} zxcvbn the original
 */
export async function accuracy(folder, zxcvbn) {
  const dist = resolve(import.meta.dirname, "../pkg/dist");
  const [{ load }, { loadList, rank }] = await Promise.all(["password.inline.js", "password-policy.js"].map((name) => import(pathToFileURL(join(dist, name)).href)));
  const [password, list] = await Promise.all([load(), readFile(join(dist, "data/password-list.bin")).then((top) => loadList({ top, long: false }))]);
  const paths = await readdir(folder, { recursive: true });
  const find = (name) => join(folder, paths.find((path) => basename(path) === name) ?? name);
  const names = paths.map((path) => /^0_(.+)\.pw$/.exec(basename(path))?.[1]).filter((name) => name !== undefined).sort();
  const rows = [];
  for (const name of names) {
    const [words, strength, weights] = await Promise.all([lines(find(`0_${name}.pw`)), lines(find(`1_${name}.strength`)), lines(find(`2_${name}.weight`))]);
    if (words.length !== strength.length || words.length !== weights.length) throw new Error(`${name}: expected as many passwords as strengths and weights`);
    const numbers = [strength, weights].map((all) => all.map(Number));
    const ours = [];
    for (const word of words) ours.push((await password.estimate(word, [], rank(list, word))).guesses);
    const [set, attack] = name.split(".");
    rows.push({
      name,
      passwords: words.length,
      ours: weightedSpearman(numbers[0], ours, numbers[1]),
      zxcvbn: weightedSpearman(numbers[0], words.map((word) => zxcvbn(word).guesses), numbers[1]),
      target: targets[set]?.[attack === "offline" ? 1 : 0] ?? null,
    });
  }
  return rows;
}

async function lines(path) {
  const [, ...values] = (await readFile(path, "utf8")).replace(/\n$/, "").split("\n");
  return values;
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error("usage: node benches/accuracy.mjs FOLDER");
  const { default: zxcvbn } = await import("zxcvbn");
  for (const { name, passwords, ours, zxcvbn: theirs, target } of await accuracy(folder, zxcvbn)) {
    console.log(`${name}: ours ${ours.toFixed(3)}, zxcvbn ${theirs.toFixed(3)}, target ${target ?? "none"} (${passwords} passwords)`);
  }
}
