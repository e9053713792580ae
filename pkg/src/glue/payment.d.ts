import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/payment/web.rs`. */
export interface PaymentGlue extends Glue {
  format(text: string, caret: number): NumberView;
  formatExpiry(text: string, caret: number): ExpiryView;
  checkCard(number: string, expiry: string, code: string, name: string, nowMs: number, accepted: string[]): string[];
  lastFour(number: string): string;
  brandNames(): string[];
  Sealer: new (jwk: string, merchant: string, origin: string) => Sealer;
}

interface NumberView {
  readonly text: string;
  readonly caret: number;
  readonly brand: string | undefined;
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

interface Sealer {
  seal(number: string, expiry: string, code: string, name: string, orderId: string, amountMinor: bigint, currency: string, nowMs: number): string;
  free(): void;
}

export default function create(): PaymentGlue;
