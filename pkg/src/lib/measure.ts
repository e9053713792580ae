import type { EstimateView, PasswordGlue } from "../glue/password.js";
import type { Correction, Engine, Estimate, PasswordSuggestion, PasswordWarning } from "../verbs/password.js";
import type { Core } from "./core.js";
import { fillWords } from "./words.js";

/** The password verbs over a module on this very thread: in the worker, and in the `/inline` twin. */
export function measureHere(core: Core<PasswordGlue>): Engine {
  const restore = prepare(core);
  return {
    estimate: async (password, inputs, rank) =>
      core.call((rust) => {
        restore();
        return read(rust.estimate(password, inputs, rank === null ? 0 : rank));
      }),
  };
}

/**
 * Readies a fresh module: its word lists, and all that its first call makes for good. What it gives puts the order of
 * hash maps back to where it was then. zxcvbn leaves ties to that order: so an answer depends on the question alone.
 */
function prepare(core: Core<PasswordGlue>): () => void {
  const { memory } = core;
  const seed = fillWords(core);
  // A capital, a substitution, a row of keys, a date, a year: one of everything that keeps something, and no more.
  core.call((rust) => rust.estimate("P4qwe1.1.1999", ["warm"], undefined).free());
  const order = new DataView(memory.buffer).getBigUint64(seed, true);
  return () => new DataView(memory.buffer).setBigUint64(seed, order, true);
}

/** The same verbs, over the first 64 code points alone: a longer password would hold up the page's own thread. */
export function measureCapped(core: Core<PasswordGlue>): Engine {
  const engine = measureHere(core);
  return { ...engine, estimate: (password, inputs, rank) => engine.estimate(Array.from(password).slice(0, 64).join(""), inputs, rank) };
}

/** A plain copy: the view itself lives in the module's memory. */
function read(view: EstimateView): Estimate {
  const { score, guesses, guessesLog10, bound, corrections, warning = null, suggestions, onlineThrottled, onlineUnthrottled, offlineSlow, offlineFast } = view;
  view.free();
  return {
    score: score as Estimate["score"],
    guesses,
    guessesLog10,
    warning: warning as PasswordWarning | null,
    suggestions: suggestions as PasswordSuggestion[],
    seconds: { onlineThrottled, onlineUnthrottled, offlineSlow, offlineFast },
    bound: bound as Estimate["bound"],
    corrections: corrections as Correction[],
  };
}
