import { load } from "/pkg/password.js";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import zxcvbn from "zxcvbn";
import { each } from "./timing.js";

export async function run(passwords, repeats) {
  const ours = await load();
  const ts = new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs });
  const meters = [(password) => ours.estimate(password), (password) => zxcvbn(password), (password) => ts.check(password)];
  for (const meter of meters) await meter("warm up");
  return each(meters, passwords, repeats);
}
