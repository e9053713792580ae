import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/signal/web.rs` and `src/consent/explain/web.rs`. */
export interface ConsentSignalsGlue extends Glue {
  readSignalsList(json: string): SignalsListView;
  signals(policy: string, answers: string): string;
  explain(text: string, list: string): string;
}

export interface SignalsListView {
  free(): void;
  signals(policy: string, answers: string): string;
}

export default function create(): ConsentSignalsGlue;
