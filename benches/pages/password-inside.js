import create from "/pkg/glue/password.js";
import { instantiate } from "/pkg/lib/core.js";
import { measureHere } from "/pkg/lib/measure.js";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import zxcvbn from "zxcvbn";

/** The engine as our worker runs it, told of each password that it is not listed: all corrections are made. */
addEventListener("message", async ({ data: { set, hard, repeats } }) => {
  const module = await WebAssembly.compileStreaming(fetch("/pkg/wasm/password.wasm"));
  const ours = measureHere(await instantiate(create, module, () => undefined));
  const ts = new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs });
  const meters = [(password) => ours.estimate(password, [], null), (password) => zxcvbn(password), (password) => ts.check(password)];
  for (const meter of meters) await meter("warm up");
  const inside = await inTurn(meters, set, repeats);
  const [worst] = await inTurn(meters.slice(0, 1), hard, repeats);
  postMessage({ inside, worst });
});

/** One meter after the other over the whole set, again and again: none works with what another left in the caches. */
async function inTurn(meters, passwords, repeats) {
  const best = meters.map(() => passwords.map(() => Infinity));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [who, meter] of meters.entries()) {
      for (const [at, password] of passwords.entries()) {
        const start = performance.now();
        await meter(password);
        best[who][at] = Math.min(best[who][at], performance.now() - start);
      }
    }
  }
  return best;
}
