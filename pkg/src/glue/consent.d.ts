import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/web.rs`. */
export interface ConsentGlue extends Glue {
  readPolicy(json: string): PolicyView;
  policyProblems(json: string): string[];
  record(policyJson: string, decisionJson: string, language: string): string;
}

interface View {
  free(): void;
}

export interface PolicyView extends View {
  readonly version: string;
  readonly language: string;
  readonly controller: string;
  readonly address: string | undefined;
  readonly contact: string;
  readonly policyUrl: string;
  readonly purposes: PurposeView[];
  readonly services: ServiceView[];
}

export interface PurposeView extends View {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly essential: boolean;
  readonly legalBasis: string;
}

export interface ServiceView extends View {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly purposes: string[];
  readonly scripts: string[];
  readonly origins: string[];
  readonly sends: string[];
  readonly recipients: string[];
  readonly retention: string;
  readonly gated: boolean;
  readonly sets: StoredView[];
}

export interface StoredView extends View {
  readonly kind: string;
  readonly name: string;
  readonly retention: string;
}

export default function create(): ConsentGlue;
