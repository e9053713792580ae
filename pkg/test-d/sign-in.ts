// What stands in for a passkey, and the key that binds a session.
import { boundFetch, dpopKey, forgetDpopKey, sendElementsWith } from "storefront-privacy/dpop";
import type { OtpauthLink, PasskeyFallback } from "storefront-privacy/passkey-fallback";
import { passkeyEndpoints, relatedOrigins } from "storefront-privacy/well-known";
import { holds, type Same } from "./same.js";

export function signIn(fallback: PasskeyFallback, code: string, now: number): number | null {
  const totp = { secret: fallback.generateSecret(), digits: 6 };
  const verdict = fallback.verifyTotp(totp, code, now, null);
  // @ts-expect-error a wrong code has no step
  void verdict.step;
  // @ts-expect-error there is no such hash
  fallback.totp({ secret: totp.secret, algorithm: "MD5" }, now);
  // @ts-expect-error codes by counter have no period
  fallback.hotp({ secret: totp.secret, period: 30 }, 0);
  const { codes, hashes } = fallback.generateRecoveryCodes();
  // @ts-expect-error codes are given, not taken
  codes.push("");
  holds<Same<ReturnType<typeof fallback.useRecoveryCode>, string | null>>();
  fallback.useRecoveryCode(codes[0] ?? "", hashes);
  return verdict.outcome === "right" ? verdict.step : null;
}

export function describe(link: OtpauthLink): string {
  return link.kind === "totp" ? `${link.issuer} ${link.period.toFixed()}` : `${link.issuer} ${link.counter.toFixed()}`;
}

export async function bind(): Promise<typeof fetch> {
  const key = await dpopKey();
  holds<Same<typeof key.publicKey.crv, "P-256">>();
  // @ts-expect-error the private half is nobody's
  void key.privateKey;
  const bound = boundFetch(key, { origins: ["https://shop.example"] });
  sendElementsWith(bound);
  await key.proof("GET", "https://shop.example/api/orders", { nonce: "1", accessToken: "2" });
  await forgetDpopKey();
  return bound;
}

holds<Same<ReturnType<typeof relatedOrigins>, string>>();
// @ts-expect-error there is no such endpoint
passkeyEndpoints({ remove: "https://shop.example/account" });
