import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/password/web.rs`. */
export interface PasswordGlue extends Glue {
  /** A word list from its words and their blocks of ranks: so many blocks, so many bytes. */
  unpack(coded: Uint8Array, ranks: Uint8Array, blocks: number, length: number): Uint8Array;
  /** `rank`: the place among the most common passwords, 0 for none, nothing where nobody has looked. */
  estimate(password: string, inputs: string[], rank: number | undefined): EstimateView;
}

export interface EstimateView {
  readonly score: number;
  readonly guesses: number;
  readonly guessesLog10: number;
  readonly bound: string;
  readonly corrections: string[];
  readonly uncorrectedScore: number;
  readonly uncorrectedGuesses: number;
  readonly warning: string | undefined;
  readonly suggestions: string[];
  readonly onlineThrottled: number;
  readonly onlineUnthrottled: number;
  readonly offlineSlow: number;
  readonly offlineFast: number;
  free(): void;
}

export default function create(): PasswordGlue;
