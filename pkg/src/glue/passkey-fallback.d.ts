import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/passkey/fallback/web.rs`. */
export interface PasskeyFallbackGlue extends Glue {
  generateSecret(): string;
  readonly Otp: new (secret: string, algorithm: string, digits: number, period: number) => OtpView;
  readLink(text: string): [kind: string, secret: string, algorithm: string, digits: string, last: string, issuer: string, account: string];
  qrCode(text: string): string;
  generateRecoveryCodes(): [hashes: string, ...codes: string[]];
  readRecoveryCode(text: string): string;
  useRecoveryCode(text: string, hashes: string): string | undefined;
}

export interface OtpView {
  free(): void;
  code(at: bigint): string;
  verify(code: string, at: bigint, bound: bigint): bigint;
  link(issuer: string, account: string, counter: bigint): string;
}

export default function create(): PasskeyFallbackGlue;
