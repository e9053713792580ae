import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/web.rs`. */
export interface ConsentGlue extends Glue {
  checkPolicy(json: string): { free(): void };
  record(policyJson: string, decisionJson: string, language: string): string;
}

export default function create(): ConsentGlue;
