/*
 * WebAuthn Level 3 §5.1.8–§5.1.10 (parse…FromJSON, toJSON): the browser's own where it has them, the same
 * conversion where not. The options have passed the core, so that every member is of its type.
 */

type Bytes = ArrayBuffer;

interface NativeJSON {
  parseCreationOptionsFromJSON?(json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON?(json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions;
}

/** Creation options as the browser takes them. */
export function parseCreationOptions(json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  const native: NativeJSON = PublicKeyCredential;
  if (native.parseCreationOptionsFromJSON) return native.parseCreationOptionsFromJSON(json);
  return {
    ...json,
    challenge: decode(json.challenge),
    user: { ...json.user, id: decode(json.user.id) },
    excludeCredentials: (json.excludeCredentials ?? []).map(descriptor),
    extensions: extensions(json.extensions),
  } as PublicKeyCredentialCreationOptions;
}

/** Request options as the browser takes them. */
export function parseRequestOptions(json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  const native: NativeJSON = PublicKeyCredential;
  if (native.parseRequestOptionsFromJSON) return native.parseRequestOptionsFromJSON(json);
  return {
    ...json,
    challenge: decode(json.challenge),
    allowCredentials: (json.allowCredentials ?? []).map(descriptor),
    extensions: extensions(json.extensions),
  } as PublicKeyCredentialRequestOptions;
}

/**
 * A credential as plain JSON, without PRF results: they are key material, and stay in the page. The browser's own
 * `toJSON` is not asked where there are any: it makes strings of them, which nothing can overwrite. A password manager's may throw.
 */
export function toPlainJSON(credential: PublicKeyCredential): unknown {
  const computed = (credential.getClientExtensionResults() as { prf?: { results?: unknown } }).prf?.results;
  if (!computed && typeof credential.toJSON === "function") {
    try {
      return credential.toJSON();
    } catch {
      // Member by member, then.
    }
  }
  return encodeCredential(credential);
}

function encodeCredential(credential: PublicKeyCredential): object {
  const { id, rawId, type, response } = credential;
  const attachment = credential.authenticatorAttachment;
  return {
    id,
    rawId: encode(rawId),
    type,
    ...(attachment && { authenticatorAttachment: attachment }),
    response: "attestationObject" in response ? encodeAttestation(response as AuthenticatorAttestationResponse) : encodeAssertion(response as AuthenticatorAssertionResponse),
    clientExtensionResults: plain(withoutSecrets(credential.getClientExtensionResults())),
  };
}

function encodeAttestation(response: AuthenticatorAttestationResponse): object {
  const publicKey = response.getPublicKey?.();
  const authenticatorData = response.getAuthenticatorData?.();
  const publicKeyAlgorithm = response.getPublicKeyAlgorithm?.();
  return {
    clientDataJSON: encode(response.clientDataJSON),
    attestationObject: encode(response.attestationObject),
    transports: response.getTransports?.() ?? [],
    ...(authenticatorData && { authenticatorData: encode(authenticatorData) }),
    ...(publicKey && { publicKey: encode(publicKey) }),
    ...(publicKeyAlgorithm !== undefined && { publicKeyAlgorithm }),
  };
}

function encodeAssertion({ clientDataJSON, authenticatorData, signature, userHandle }: AuthenticatorAssertionResponse): object {
  return {
    clientDataJSON: encode(clientDataJSON),
    authenticatorData: encode(authenticatorData),
    signature: encode(signature),
    ...(userHandle && { userHandle: encode(userHandle) }),
  };
}

/** The extension results but for the PRF's, which are never read. */
function withoutSecrets(results: AuthenticationExtensionsClientOutputs): object {
  const { prf, ...others } = results;
  return prf?.enabled === undefined ? others : { ...others, prf: { enabled: prf.enabled } };
}

/** A copy in which every buffer is base64url. */
function plain(value: unknown): unknown {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return encode(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

function descriptor(json: PublicKeyCredentialDescriptorJSON): object {
  return { ...json, id: decode(json.id) };
}

/** The members of the registered extensions that are binary: `prf` and `largeBlob` (WebAuthn Level 3 §10.1). */
function extensions(json: object | undefined): object | undefined {
  if (!json) return undefined;
  const { prf, largeBlob, ...others } = json as { prf?: PrfJSON; largeBlob?: { write?: string } };
  return {
    ...others,
    ...(prf && { prf: { ...(prf.eval && { eval: salts(prf.eval) }), ...(prf.evalByCredential && { evalByCredential: saltsByCredential(prf.evalByCredential) }) } }),
    ...(largeBlob && { largeBlob: { ...largeBlob, ...(largeBlob.write !== undefined && { write: decode(largeBlob.write) }) } }),
  };
}

interface SaltsJSON {
  readonly first: string;
  readonly second?: string;
}

interface PrfJSON {
  readonly eval?: SaltsJSON;
  readonly evalByCredential?: Readonly<Record<string, SaltsJSON>>;
}

function salts({ first, second }: SaltsJSON): { first: Bytes; second?: Bytes } {
  return { first: decode(first), ...(second !== undefined && { second: decode(second) }) };
}

function saltsByCredential(all: Readonly<Record<string, SaltsJSON>>): Record<string, { first: Bytes; second?: Bytes }> {
  return Object.fromEntries(Object.entries(all).map(([id, value]) => [id, salts(value)]));
}

function decode(text: string): Bytes {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

function encode(source: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
