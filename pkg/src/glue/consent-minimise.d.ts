import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/minimise/web.rs`. */
export interface ConsentMinimiseGlue extends Glue {
  pseudonym(secret: Uint8Array, id: string, purpose: string, epoch: number): string;
  redact(text: string): string;
}

export default function create(): ConsentMinimiseGlue;
