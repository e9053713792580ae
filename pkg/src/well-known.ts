import { PrivacyError } from "./lib/error.js";

export { isPrivacyError, PrivacyError, privacyErrorCodes, type PrivacyErrorCode } from "./lib/error.js";

/** Where a site's visitors add and manage their passkeys, and read what PRF keys are used for; each an address of the site. */
export interface PasskeyEndpoints {
  /** Where a passkey is added. */
  readonly enroll?: string | undefined;
  /** Where passkeys are managed. */
  readonly manage?: string | undefined;
  /** What keys from the PRF extension are used for, and what is lost with a passkey. */
  readonly prfUsageDetails?: string | undefined;
}

/**
 * The JSON of `/.well-known/webauthn`: the origins that may use the passkeys of this relying party (Web Authentication Level 3 §5.11). It is
 * served by the relying party's own domain as `application/json`. A browser looks at five names at least, and may pass over the rest.
 *
 * Throws `input.invalid` where one is no origin with `https://` (or `http://localhost`), is there twice, or there are none or more than 100.
 */
export function relatedOrigins(origins: readonly string[]): string {
  if (origins.length < 1 || origins.length > 100) throw invalid(`expected 1 to 100 origins, found ${String(origins.length)}`);
  origins.forEach((origin, place) => {
    if (afterOrigin(origin) !== "") throw invalid(`expected an origin such as https://shop.example at place ${String(place)}`);
    if (origins.indexOf(origin) < place) throw invalid(`expected each origin once, found the one at place ${String(place)} before`);
  });
  return JSON.stringify({ origins });
}

/**
 * The JSON of `/.well-known/passkey-endpoints` ("A Well-Known URL for Relying Party Passkey Endpoints", W3C).
 *
 * Throws `input.invalid` where one is no address with `https://` (or `http://localhost`).
 */
export function passkeyEndpoints({ enroll, manage, prfUsageDetails }: PasskeyEndpoints): string {
  const endpoints = { enroll, manage, prfUsageDetails };
  for (const [name, address] of Object.entries(endpoints)) {
    if (address !== undefined && afterOrigin(address) === null) throw invalid(`expected an address such as https://shop.example/account for ${name}`);
  }
  return JSON.stringify(endpoints);
}

/** What follows the origin of an address; `null` where it is no address that a browser would take. */
function afterOrigin(address: string): string | null {
  const found = /^(https?):\/\/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*)(?::([1-9]\d{0,4}))?((?:[/?#][!#-;=?-[\]_a-z~]*)?)$/.exec(address);
  if (!found) return null;
  const [, scheme, host = "", port = "1", rest = ""] = found;
  return host.length <= 253 && Number(port) <= 65_535 && (scheme === "https" || host === "localhost") ? rest : null;
}

function invalid(expected: string): PrivacyError {
  return new PrivacyError("input.invalid", `well-known: ${expected}`);
}
