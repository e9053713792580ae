import type { PasskeyGlue } from "../glue/passkey.js";
import type { Core } from "../lib/core.js";
import { PrivacyError } from "../lib/error.js";
import { clientCapabilities, isSupported, type Capable, type PasskeyCapabilities } from "../lib/webauthn/capabilities.js";
import { runCeremony } from "../lib/webauthn/ceremony.js";
import { parseCreationOptions, parseRequestOptions, toPlainJSON } from "../lib/webauthn/codec.js";
import { obstacle, readFailure, type Mode } from "../lib/webauthn/failure.js";
import { asksForPrf, keepPrf, orWithoutPrf, prfOf, type PrfHandle, type PrfInputs, type PrfKeyUse, type PrfOutcome, type PrfValues } from "../lib/webauthn/prf.js";
import { signalUnknownCredential } from "../lib/webauthn/signals.js";

/** Who should answer, the likeliest first (WebAuthn Level 3 §5.8.7); `hybrid` is a phone, by a QR code. */
export type PasskeyHint = "security-key" | "client-device" | "hybrid";

interface CeremonyHow {
  /** Ends the ceremony: it then rejects with `passkey.aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** What the passkey computes keys over, in place of the options' own; {@link Passkey.prf} gives the handle. */
  readonly prf?: PrfInputs | undefined;
  /** Who should answer, in place of the options' own hints. */
  readonly hints?: readonly PasskeyHint[] | undefined;
}

/** How a passkey is registered. */
export interface RegisterOptions extends CeremonyHow {
  /**
   * `conditional` adds a passkey without a dialogue, after a sign-in by a password that the browser's manager filled. The
   * answer says that nobody was there and nobody was verified (UP and UV are 0): the server has to allow that.
   */
  readonly mediation?: "conditional" | undefined;
}

/** An order that a shopper agrees to with a passkey: the options' challenge was made of it. */
export interface BoundOrder {
  /** Who sells. */
  readonly merchant: string;
  /** The order's number. */
  readonly id: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  /** ISO 4217, three capital letters. */
  readonly currency: string;
  /** The server's 32 random bytes, in base64url. */
  readonly nonce: string;
}

/** How a visitor signs in. */
export interface SignInOptions extends CeremonyHow {
  /** `conditional` offers passkeys in the autofill of an input, and waits; a dialogue is shown where left out. */
  readonly mediation?: CredentialMediationRequirement | undefined;
  /** `immediate` signs in with a passkey that is at hand, or rejects with `passkey.none-here` at once. It has no signal. */
  readonly uiMode?: "immediate" | undefined;
  /** The order as the page shows it: `passkey.order-mismatch` where the challenge was made for another one. */
  readonly order?: BoundOrder | undefined;
}

/** The verbs of the passkey capability, once it is loaded. */
export interface Passkey {
  /**
   * Registers a passkey. `options` is what the server sent: the creation options as JSON, with or without the
   * `publicKey` around them. Resolves with what the server verifies; PRF results are never in it.
   *
   * The browser is asked before this returns: no visitor's activation is lost. A ceremony that is still pending,
   * such as autofill, is ended first, and the browser is asked as soon as it has.
   */
  register(options: object, how?: RegisterOptions): Promise<RegistrationResponseJSON>;
  /** Signs in with a passkey; as {@link Passkey.register}, with the request options. */
  signIn(options: object, how?: SignInOptions): Promise<AuthenticationResponseJSON>;
  /** Any server's request options as WebAuthn Level 3 §5.1.10 has them. */
  requestOptions(options: object): PublicKeyCredentialRequestOptionsJSON;
  /** What a server verifies, from a credential that was got elsewhere; without PRF results. */
  authenticationResponse(credential: PublicKeyCredential): AuthenticationResponseJSON;
  /**
   * The handle to what the passkey computed in the ceremony that gave this response object (not a copy of it).
   *
   * Throws `passkey.prf-pending` where the passkey computes only when it signs in (ask for a sign-in with it), and
   * `passkey.prf-unsupported` where it never will.
   */
  prf(response: RegistrationResponseJSON | AuthenticationResponseJSON): PrfHandle;
  /** What this browser can do. */
  capabilities(): Promise<PasskeyCapabilities>;
}

/** Puts the verbs over the running module. */
export function open(core: Core<PasskeyGlue>): Passkey {
  let can: PasskeyCapabilities | undefined;
  const asked = clientCapabilities().then((told) => (can = told));
  /** Browsers ask by a dialogue where they do not know these: they are asked for where they are known. */
  const knows = (key: "conditionalCreate" | "immediateGet") => (told: PasskeyCapabilities) => {
    if (told[key] !== "yes") throw unknownMode(key);
  };
  return Object.freeze<Passkey>({
    async register(options, { signal, prf, hints, mediation } = {}) {
      const json = core.call((rust) => rust.creationOptions(options, prf, hints)) as PublicKeyCredentialCreationOptionsJSON;
      if (mediation) knows("conditionalCreate")(can ?? (await asked));
      const taking = prepare(json);
      const credential = await orWithoutPrf(json, (json) =>
        runCeremony({
          ceremony: "create",
          mode: mediation,
          signal,
          timeout: mediation ? undefined : json.timeout,
          ask: (abort) => navigator.credentials.create({ publicKey: parseCreationOptions(json), signal: abort, ...(mediation && { mediation }) }),
          // Nobody will store it: whoever keeps it is told.
          late: ({ id }) => void signalUnknownCredential({ rpId: json.rp.id, credentialId: id }),
        }),
      );
      const { plain, computed } = readPlain(credential, await taking);
      return keepPrf(core.call((rust) => rust.registrationResponse(plain)) as RegistrationResponseJSON, computed);
    },
    async signIn(options, { signal, mediation, uiMode, prf, hints, order } = {}) {
      const json = core.call((rust) => rust.requestOptions(options, prf, hints, order)) as PublicKeyCredentialRequestOptionsJSON;
      const mode: Mode = uiMode ?? (mediation === "conditional" ? mediation : undefined);
      if (mode === "immediate") knows("immediateGet")(can ?? (await asked));
      // Answered at once, so that ceremonies begin in the order in which they are asked for; a browser that has none refuses the word.
      else if (mode && can?.conditionalGet === "no") throw unknownMode("conditionalGet");
      const taking = prepare(json);
      const credential = await orWithoutPrf(json, (json) =>
        runCeremony({
          ceremony: "get",
          mode,
          signal,
          timeout: mode ? undefined : json.timeout,
          ask: (abort) =>
            navigator.credentials.get({
              publicKey: parseRequestOptions(json),
              // An immediate one takes no signal (w3c/webauthn#2291).
              ...(uiMode ? { uiMode } : { signal: abort, ...(mediation && { mediation }) }),
            }),
        }),
      );
      const { plain, computed } = readPlain(credential, await taking);
      return keepPrf(core.call((rust) => rust.authenticationResponse(plain)) as AuthenticationResponseJSON, computed);
    },
    requestOptions: (options) => core.call((rust) => rust.requestOptions(options, undefined, undefined, undefined)) as PublicKeyCredentialRequestOptionsJSON,
    authenticationResponse(credential) {
      const { plain } = readPlain(credential, undefined);
      return core.call((rust) => rust.authenticationResponse(plain)) as AuthenticationResponseJSON;
    },
    prf: prfOf,
    capabilities: clientCapabilities,
  });
}

function unknownMode(key: string): PrivacyError {
  return obstacle() ?? new PrivacyError("passkey.mode-unsupported", `expected a browser with ${key}`);
}

type Take = (credential: PublicKeyCredential) => PrfOutcome;

/** What makes keys is fetched while the visitor is asked, where there will be any. */
function prepare(json: { extensions?: object }): Promise<Take | undefined> | undefined {
  if (!asksForPrf(json)) return undefined;
  return import("../lib/webauthn/prf-handle.js").then(
    ({ takePrf }) => takePrf,
    () => undefined,
  );
}

/** A password manager's object can throw where the browser's own does not. */
function readPlain(credential: PublicKeyCredential, take: Take | undefined): { plain: unknown; computed: PrfOutcome } {
  try {
    const plain = toPlainJSON(credential);
    return { plain, computed: take ? take(credential) : "passkey.prf-unsupported" };
  } catch (caught) {
    throw readFailure(caught);
  }
}

export { isSupported, type Capable, type PasskeyCapabilities, type PrfHandle, type PrfInputs, type PrfKeyUse, type PrfValues };
