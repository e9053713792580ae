import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/password/generate/web.rs`. */
export interface PasswordGenerateGlue extends Glue {
  generatePassword(rules: string, length: number | undefined, clear: boolean): GeneratedView;
  generatePassphrase(words: number, separator: string, capitalise: boolean, number: boolean): GeneratedView;
}

export interface GeneratedView {
  free(): void;
  readonly password: string;
  readonly entropy: number;
}

export default function create(): PasswordGenerateGlue;
