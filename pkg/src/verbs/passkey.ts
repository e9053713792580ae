import type { PasskeyGlue } from "../glue/passkey.js";
import type { Core } from "../lib/core.js";
import { clientCapabilities, isSupported, type PasskeyCapabilities } from "../lib/webauthn/capabilities.js";
import { runCeremony } from "../lib/webauthn/ceremony.js";
import { parseCreationOptions, parseRequestOptions, toPlainJSON } from "../lib/webauthn/codec.js";
import { readFailure } from "../lib/webauthn/failure.js";
import { keepPrf, orWithoutPrf, prfOf, takePrf, type PrfHandle, type PrfInputs, type PrfKeyUse, type PrfValues } from "../lib/webauthn/prf.js";

/** How a passkey is registered. */
export interface RegisterOptions {
  /** Ends the ceremony: it then rejects with `passkey.aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** What the passkey computes keys over, in place of the options' own; {@link Passkey.prf} gives the handle. */
  readonly prf?: PrfInputs | undefined;
}

/** How a visitor signs in. */
export interface SignInOptions {
  /** Ends the ceremony: it then rejects with `passkey.aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** `conditional` offers passkeys in the autofill of an input, and waits; a dialogue is shown where left out. */
  readonly mediation?: CredentialMediationRequirement | undefined;
  /** What the passkey computes keys over, in place of the options' own; {@link Passkey.prf} gives the handle. */
  readonly prf?: PrfInputs | undefined;
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
  return Object.freeze<Passkey>({
    async register(options, { signal, prf } = {}) {
      const json = core.call((rust) => rust.creationOptions(options, prf)) as PublicKeyCredentialCreationOptionsJSON;
      const credential = await orWithoutPrf(json, (json) =>
        runCeremony("create", signal, json.timeout, (abort) => navigator.credentials.create({ publicKey: parseCreationOptions(json), signal: abort })),
      );
      const { plain, computed } = readPlain(credential);
      return keepPrf(core.call((rust) => rust.registrationResponse(plain)) as RegistrationResponseJSON, computed);
    },
    async signIn(options, { signal, mediation, prf } = {}) {
      const json = core.call((rust) => rust.requestOptions(options, prf)) as PublicKeyCredentialRequestOptionsJSON;
      const credential = await orWithoutPrf(json, (json) =>
        runCeremony("get", signal, mediation === "conditional" ? undefined : json.timeout, (abort) =>
          navigator.credentials.get({ publicKey: parseRequestOptions(json), signal: abort, ...(mediation && { mediation }) }),
        ),
      );
      const { plain, computed } = readPlain(credential);
      return keepPrf(core.call((rust) => rust.authenticationResponse(plain)) as AuthenticationResponseJSON, computed);
    },
    prf: prfOf,
    capabilities: clientCapabilities,
  });
}

/** A password manager's object can throw where the browser's own does not. */
function readPlain(credential: PublicKeyCredential): { plain: unknown; computed: ReturnType<typeof takePrf> } {
  try {
    const computed = takePrf(credential);
    return { plain: toPlainJSON(credential, typeof computed === "object"), computed };
  } catch (caught) {
    throw readFailure(caught);
  }
}

export { isSupported, type PasskeyCapabilities, type PrfHandle, type PrfInputs, type PrfKeyUse, type PrfValues };
