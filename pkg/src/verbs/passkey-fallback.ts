import type { Otp, PasskeyFallbackGlue } from "../glue/passkey-fallback.js";
import type { Core } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";

/** The hash function of one-time codes. Every authenticator has SHA1; some show wrong codes for the others. */
export type OtpAlgorithm = "SHA1" | "SHA256" | "SHA512";

/** What a server and an authenticator share: codes by time (TOTP, RFC 6238). */
export interface Totp {
  /** 128 bits or more in base32, either case, with or without spaces and hyphens. */
  readonly secret: string;
  /** `SHA1` where left out. */
  readonly algorithm?: OtpAlgorithm;
  /** 6 to 8; 6 where left out. */
  readonly digits?: number;
  /** How long a code is shown, 10 to 300 seconds; 30 where left out. */
  readonly period?: number;
}

/** The same for codes by counter (HOTP, RFC 4226). */
export type Hotp = Omit<Totp, "period">;

/** Whether a code by time was right. */
export type TotpOutcome =
  /** It was. Store the step with the account, in the statement that accepts the code. */
  | { readonly outcome: "right"; readonly step: number }
  /** It was used before, or is older than one that was. */
  | { readonly outcome: "replayed" }
  /** It was not. */
  | { readonly outcome: "wrong" };

/** What an `otpauth:` link says. */
export type OtpauthLink = Required<Hotp> & {
  /** Who issued it; empty where the link does not say. */
  readonly issuer: string;
  /** Whose account it is for. */
  readonly account: string;
} & ({ readonly kind: "totp"; readonly period: number } | { readonly kind: "hotp"; readonly counter: number });

/** A QR code as a picture to be built by the page: never as markup. */
export interface QrPicture {
  /** The side of the square, border included: `viewBox="0 0 side side"`. */
  readonly side: number;
  /** The `d` of a path of the dark squares. Fill it black on a white ground, whatever the page's colours are. */
  readonly path: string;
}

/** A new set of recovery codes. */
export interface RecoveryCodes {
  /** Ten codes of 80 bits, to be shown once. */
  readonly codes: readonly string[];
  /** What a server stores: no code can be read from it. */
  readonly hashes: string;
}

/** The verbs for when no passkey is at hand, once they are loaded. Times are in seconds since 1970. */
export interface PasskeyFallback {
  /** A new secret of 160 bits in base32. Throws `otp.random-missing`. */
  generateSecret(): string;
  /** The code at a time. Throws `otp.secret-invalid` or `input.invalid`. */
  totp(totp: Totp, time: number): string;
  /**
   * Whether a code is right: that of the present period, the one before or the one after. `lastStep` is the step of the last code that was
   * accepted, `null` before the first: it and what is before it are refused. Spaces and any script's digits are understood.
   *
   * Throws `otp.code-invalid` for what is no code, `otp.secret-invalid` or `input.invalid`.
   */
  verifyTotp(totp: Totp, code: string, time: number, lastStep: number | null): TotpOutcome;
  /** The code of a counter. Throws `otp.secret-invalid` or `input.invalid`. */
  hotp(hotp: Hotp, counter: number): string;
  /** The counter that a code belongs to, among the next `ahead` (at most 50) ones; `null` where it is wrong. Store one more than it gives. */
  verifyHotp(hotp: Hotp, code: string, counter: number, ahead?: number): number | null;
  /** The `otpauth:` link that enrols an authenticator. Throws `otp.link-invalid`, `otp.secret-invalid`, `input.invalid` or `input.too-long`. */
  totpLink(totp: Totp, issuer: string, account: string): string;
  /** The same for codes by counter. */
  hotpLink(hotp: Hotp, issuer: string, account: string, counter?: number): string;
  /** Reads a link of any issuer. Throws `otp.link-invalid`, `otp.secret-invalid` or `input.too-long`, never with anything of the link. */
  readLink(link: string): OtpauthLink;
  /** A text as a QR code. Throws `input.too-long` above 2,331 bytes. */
  qrCode(text: string): QrPicture;
  /** Makes recovery codes, and what a server stores of them. Throws `otp.random-missing`. */
  generateRecoveryCodes(): RecoveryCodes;
  /** A recovery code as it is shown, from what was typed. Throws `recovery.code-invalid`. */
  readRecoveryCode(text: string): string;
  /**
   * What a server stores once a recovery code was used; `null` where it is none of the set. Store it in a statement that replaces just
   * the text it was found in: two requests with one code cannot then both succeed.
   *
   * Throws `recovery.code-invalid` or `recovery.hashes-invalid`.
   */
  useRecoveryCode(code: string, hashes: string): string | null;
}

type LinkLines = [kind: string, secret: string, algorithm: string, digits: string, last: string, issuer: string, account: string];

/** Puts the verbs over the running module. */
export function open(core: Core<PasskeyFallbackGlue>): PasskeyFallback {
  const kind = ({ secret, algorithm = "SHA1", digits = 6 }: Hotp, period: number): Otp => [secret, algorithm, Number(whole(digits, "digits")), period];
  const byCounter = (hotp: Hotp): Otp => kind(hotp, 0);
  const byTime = (totp: Totp): Otp => kind(totp, Number(whole(totp.period ?? 30, "a period")) || 1);
  return Object.freeze<PasskeyFallback>({
    generateSecret: () => core.call((rust) => rust.generateSecret()),
    totp: (totp, time) => core.call((rust) => rust.otpCode(...byTime(totp), whole(time, "a time"))),
    verifyTotp: (totp, code, time, lastStep) => {
      const step = core.call((rust) => rust.verifyOtp(...byTime(totp), whole(time, "a time"), code, lastStep === null ? -1n : whole(lastStep, "a step")));
      if (step >= 0n) return Object.freeze({ outcome: "right", step: Number(step) });
      return Object.freeze({ outcome: step === -2n ? "replayed" : "wrong" });
    },
    hotp: (hotp, counter) => core.call((rust) => rust.otpCode(...byCounter(hotp), whole(counter, "a counter"))),
    verifyHotp: (hotp, code, counter, ahead = 10) => {
      const found = core.call((rust) => rust.verifyOtp(...byCounter(hotp), whole(counter, "a counter"), code, whole(ahead, "a number of counters")));
      return found < 0n ? null : Number(found);
    },
    totpLink: (totp, issuer, account) => core.call((rust) => rust.writeLink(...byTime(totp), 0n, issuer, account)),
    hotpLink: (hotp, issuer, account, counter = 0) => core.call((rust) => rust.writeLink(...byCounter(hotp), whole(counter, "a counter"), issuer, account)),
    readLink: (link) => {
      const [kind, secret, algorithm, digits, last, issuer, account] = core.call((rust) => rust.readLink(link)).split("\n") as LinkLines;
      const common = { secret, algorithm: algorithm as OtpAlgorithm, digits: Number(digits), issuer, account };
      return Object.freeze<OtpauthLink>(kind === "totp" ? { ...common, kind, period: Number(last) } : { ...common, kind: "hotp", counter: Number(last) });
    },
    qrCode: (text) => {
      const drawn = core.call((rust) => rust.qrCode(text));
      const space = drawn.indexOf(" ");
      return Object.freeze<QrPicture>({ side: Number(drawn.slice(0, space)), path: drawn.slice(space + 1) });
    },
    generateRecoveryCodes: () => {
      const [hashes = "", ...codes] = core.call((rust) => rust.generateRecoveryCodes()).split("\n");
      return Object.freeze<RecoveryCodes>({ codes: Object.freeze(codes), hashes });
    },
    readRecoveryCode: (text) => core.call((rust) => rust.readRecoveryCode(text)),
    useRecoveryCode: (code, hashes) => core.call((rust) => rust.useRecoveryCode(code, hashes)) ?? null,
  });
}

/** The module would take the remainder of anything else. */
function whole(value: number, what: string): bigint {
  if (Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw new PrivacyError("input.invalid", `code: expected ${what} that is a whole number, found ${String(value)}`);
}
