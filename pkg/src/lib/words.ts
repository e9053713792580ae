import type { PasswordGlue } from "../glue/password.js";
import type { Core } from "./core.js";
import { PrivacyError } from "./error.js";

/** The section at the module's end that `xtask/scripts/words.mjs` writes. */
const section = "storefront-privacy.words";

/**
 * Puts the word lists, which are coded apart from the module's data, into the memory of a fresh instance. Gives the address of the
 * number that hash maps take their order from.
 */
export function fillWords(core: Core<PasswordGlue>): number {
  const [coded] = WebAssembly.Module.customSections(core.module, section);
  if (!coded) throw new PrivacyError("load.corrupt", "the module's word lists are missing");
  const view = new DataView(coded);
  const bytes = new Uint8Array(coded);
  const lists = view.getUint32(4, true);
  let at = 8 + 12 * lists;
  for (let list = 0; list < lists; list++) {
    const [start, length, words] = [0, 4, 8].map((field) => view.getUint32(8 + 12 * list + field, true)) as [number, number, number];
    const ranks = at + 8 + view.getUint32(at + 4, true);
    const text = core.call((rust) => rust.unpack(bytes.subarray(at + 8, ranks), bytes.subarray(ranks, ranks + words), view.getUint32(at, true), length));
    new Uint8Array(core.memory.buffer).set(text, start);
    at = ranks + words;
  }
  return view.getUint32(0, true);
}
