import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/password/web.rs`. */
export interface PasswordGlue extends Glue {
  estimate(password: string, inputs: string[]): EstimateView;
  checkPolicy(policy: string, password: string, inputs: string[]): string[];
}

export interface EstimateView {
  readonly score: number;
  readonly guesses: number;
  readonly guessesLog10: number;
  readonly warning: string | undefined;
  readonly suggestions: string[];
  readonly onlineThrottled: number;
  readonly onlineUnthrottled: number;
  readonly offlineSlow: number;
  readonly offlineFast: number;
  free(): void;
}

export default function create(): PasswordGlue;
