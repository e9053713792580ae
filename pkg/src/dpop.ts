import { base64url } from "./lib/base64url.js";
import { keptKey, forgetKey } from "./lib/dpop-key.js";
import { PrivacyError } from "./lib/error.js";
import { sendWith } from "./lib/send.js";

export { isPrivacyError, PrivacyError, privacyErrorCodes, type PrivacyErrorCode } from "./lib/error.js";

/** What a proof says beside method and address. */
export interface ProofOptions {
  /** What the server sent last as `DPoP-Nonce`. */
  readonly nonce?: string | undefined;
  /** The access token that goes with the request: its digest becomes `ath`. */
  readonly accessToken?: string | undefined;
  /** The time of the proof in seconds since 1970; the device's clock where left out. */
  readonly issuedAt?: number | undefined;
}

/** The public half of the key, as it is in every proof. */
export interface DpopPublicKey {
  /** Always `EC`. */
  readonly kty: "EC";
  /** Always `P-256`. */
  readonly crv: "P-256";
  /** The x coordinate in base64url. */
  readonly x: string;
  /** The y coordinate in base64url. */
  readonly y: string;
}

/** A key of this browser that no script can read, and that proves that a request comes from here. */
export interface DpopKey {
  /** The public half. */
  readonly publicKey: DpopPublicKey;
  /** Its SHA-256 thumbprint (RFC 7638) in base64url: what a server binds a session to. */
  readonly thumbprint: string;
  /** A proof for one request (RFC 9449 §4.2), to be sent as the header `DPoP`. */
  proof(method: string, url: string | URL, options?: ProofOptions): Promise<string>;
}

/** How {@link boundFetch} sends. */
export interface BoundFetchOptions {
  /** The origins that are sent proofs; the page's own, where left out. To others the key would be a way to recognise the visitor. */
  readonly origins?: readonly string[];
  /** What sends; the page's `fetch`, where left out. */
  readonly fetch?: typeof fetch;
}

const utf8 = new TextEncoder();

/**
 * The key of this browser under a name, made when there is none: P-256, not extractable, in IndexedDB.
 *
 * Script within the page can use it as long as it runs there, and cannot take it along: a copied cookie alone is then no use. Rejects with
 * `dpop.key-unavailable` where the browser keeps no key, as in some private windows.
 */
export async function dpopKey(name = "session"): Promise<DpopKey> {
  try {
    const { privateKey, publicKey } = await keptKey(name);
    const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
    const jwk: DpopPublicKey = Object.freeze({ kty: "EC", crv: "P-256", x, y });
    // RFC 7638 §3.2: the required members in lexicographic order.
    const thumbprint = await digest(JSON.stringify({ crv: "P-256", kty: "EC", x, y }));
    return Object.freeze<DpopKey>({ publicKey: jwk, thumbprint, proof: (method, url, options) => prove(privateKey, jwk, method, url, options) });
  } catch (cause) {
    throw new PrivacyError("dpop.key-unavailable", "dpop: expected a browser that keeps a key", { cause });
  }
}

/** Deletes the key: when the visitor signs out for good. Never rejects. */
export async function forgetDpopKey(name = "session"): Promise<void> {
  await forgetKey(name).catch(() => undefined);
}

async function prove(key: CryptoKey, jwk: DpopPublicKey, method: string, url: string | URL, { nonce, accessToken, issuedAt }: ProofOptions = {}): Promise<string> {
  const address = new URL(url, globalThis.location?.href);
  const header = { typ: "dpop+jwt", alg: "ES256", jwk };
  const claims = {
    jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
    htm: method.toUpperCase(),
    htu: `${address.origin}${address.pathname}`,
    iat: Math.floor(issuedAt ?? Date.now() / 1_000),
    ...(nonce !== undefined && { nonce }),
    ...(accessToken !== undefined && { ath: await digest(accessToken) }),
  };
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, utf8.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

/**
 * A `fetch` whose requests carry proofs. A nonce that the server sends is remembered and used; where the server asks for one, the
 * request is sent once more (RFC 9449 §8, §9). The device's clock is corrected by the server's.
 */
export function boundFetch(key: DpopKey, { origins, fetch: send = (...request) => fetch(...request) }: BoundFetchOptions = {}): typeof fetch {
  const nonces = new Map<string, string>();
  let ahead = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (!(origins ?? [globalThis.location?.origin]).includes(origin)) return send(request);
    const bound = async (): Promise<Response> => {
      const one = request.clone();
      one.headers.set("DPoP", await key.proof(one.method, one.url, { nonce: nonces.get(origin), issuedAt: (Date.now() + ahead) / 1_000 }));
      const response = await send(one);
      const nonce = response.headers.get("DPoP-Nonce");
      if (nonce !== null) nonces.set(origin, nonce);
      return response;
    };
    const response = await bound();
    if (response.status !== 401 || !(response.headers.get("WWW-Authenticate") ?? "").includes("use_dpop_nonce") || !response.headers.has("DPoP-Nonce")) return response;
    const now = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isFinite(now)) ahead = now - Date.now();
    return bound();
  };
}

/** Lets the elements of this package send with this `fetch`; without an argument, with the page's own again. */
export function sendElementsWith(bound?: typeof fetch): void {
  sendWith(bound);
}

async function digest(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text))));
}

function encode(value: object): string {
  return base64url(utf8.encode(JSON.stringify(value)));
}
