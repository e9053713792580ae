import type { Glue } from "../lib/core.js";

/** What each module that seals exports to JavaScript, in `src/payment/web.rs`. */
export interface SealingGlue extends Glue {
  Sealer: new (jwk: string, merchant: string, origin: string) => Sealer;
}

/** What the Rust core exports to JavaScript, in `src/payment/web.rs` and `src/payment/web/page.rs`. */
export interface PaymentGlue extends SealingGlue {
  format(text: string, caret: number): NumberView;
  formatExpiry(text: string, caret: number): ExpiryView;
  checkCard(number: string, expiry: string, code: string, name: string, nowMs: number, accepted: string[]): string[];
  lastFour(number: string): string;
  brandNames(): string[];
  Roots: new (jwks: string) => Roots;
}

interface NumberView {
  readonly text: string;
  readonly caret: number;
  readonly brand: string | undefined;
  readonly choices: string[];
  readonly complete: boolean;
  readonly valid: boolean;
  readonly codeLength: number;
  readonly digits: number;
  free(): void;
}

interface ExpiryView {
  readonly text: string;
  readonly caret: number;
  readonly complete: boolean;
  free(): void;
}

/** One or two roots. */
export interface Roots {
  verify(manifest: string, merchant: string, origin: string, nowMs: number, newest: number): Manifest;
}

/** Keys that were verified. */
export interface Manifest {
  readonly sequence: number;
  readonly expires: number;
  key(recipient: string, nowMs: number): Key;
}

/** One of them. */
export interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly module: string;
  readonly jwk: string;
  free(): void;
}

/** Seals for one key. */
export interface Sealer {
  seal(number: string, expiry: string, code: string, name: string, orderId: string, amountMinor: bigint, currency: string, nowMs: number, form: string, network: string): string;
  /** In the module for RSA alone. */
  sealFields?(number: string, expiry: string, code: string, name: string, orderId: string, amountMinor: bigint, currency: string, nowMs: number): string[];
  /** In the default module alone. */
  sealAddress?(parts: string[], orderId: string, amountMinor: bigint, currency: string, nowMs: number, form: string): string;
  free(): void;
}

export default function create(): PaymentGlue;
