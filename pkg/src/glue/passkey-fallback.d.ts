import type { Glue } from "../lib/core.js";

/** One kind of code: its period is 0 where it goes by a counter. */
export type Otp = readonly [secret: string, algorithm: string, digits: number, period: number];

/** What the Rust core exports to JavaScript, in `src/passkey/fallback/web.rs`. */
export interface PasskeyFallbackGlue extends Glue {
  generateSecret(): string;
  otpCode(...args: [...otp: Otp, at: bigint]): string;
  verifyOtp(...args: [...otp: Otp, at: bigint, code: string, bound: bigint]): bigint;
  writeLink(...args: [...otp: Otp, counter: bigint, issuer: string, account: string]): string;
  readLink(text: string): string;
  qrCode(text: string): string;
  generateRecoveryCodes(): string;
  readRecoveryCode(text: string): string;
  useRecoveryCode(text: string, hashes: string): string | undefined;
}

export default function create(): PasskeyFallbackGlue;
