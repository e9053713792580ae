/*
 * What a sign-in page runs first: it offers passkeys in autofill, and takes the click. No WebAssembly: the browser reads the options
 * itself, and where it cannot, the lenient reader is fetched before anybody clicks.
 */
import { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "./lib/error.js";
import { idle, runCeremony } from "./lib/webauthn/ceremony.js";
import { obstacle, readFailure, type Mode } from "./lib/webauthn/failure.js";

export { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "./lib/error.js";

/** What the shop's server gives for one sign-in; what is beside `publicKey` is handed back with the answer. */
export interface PasskeyRequest {
  /** The request options as JSON. `prf` in their extensions is left out: a page that wants keys uses `storefront-privacy/passkey`. */
  readonly publicKey: object;
}

/** What the shop does around a sign-in. */
export interface PasskeyShop<R extends PasskeyRequest, T> {
  /** Fetches fresh options; called ahead of the click, and again before they expire. */
  options(signal: AbortSignal): Promise<R>;
  /** Has the server verify the answer. */
  verify(response: AuthenticationResponseJSON, request: R): Promise<T>;
  /** Takes what `verify` gave for a passkey from autofill. */
  signedIn(result: T): void;
  /** Told of what went wrong with a passkey from autofill; it is offered again. */
  failed?(error: PrivacyError): void;
  /** How long options are good for, in milliseconds: 240,000 where left out, a minute less than most servers keep a challenge. */
  readonly lifetime?: number | undefined;
  /** Whether a click takes a passkey that is at hand, or says `passkey.none-here` at once, where the browser can. */
  readonly immediate?: boolean | undefined;
  /** Where the wasm module is, should the lenient reader be needed. */
  readonly source?: string | undefined;
}

/** A sign-in that is prepared. */
export interface PasskeyStart<T> {
  /** Whether a click asks the browser at once. */
  readonly ready: boolean;
  /** Fetches options unless fresh ones are held. */
  prepare(): Promise<void>;
  /** Offers passkeys in autofill until {@link PasskeyStart.stop}; again after a failure, with a fresh challenge. */
  autofill(): void;
  /** Takes the offer back ahead of a click, so that the click need not: call it on `pointerdown` and `focus`. */
  pause(): void;
  /** Makes the offer again, when there was no click. */
  resume(): void;
  /** Asks by a dialogue. Called in a click's own task, it asks the browser in that task. */
  ask(): Promise<T>;
  /** Ends everything. */
  stop(): void;
}

interface Held<R> {
  readonly request: R;
  readonly publicKey: PublicKeyCredentialRequestOptions;
  readonly until: number;
}

interface Static {
  parseRequestOptionsFromJSON?(json: object): PublicKeyCredentialRequestOptions;
  isConditionalMediationAvailable?(): Promise<boolean>;
  getClientCapabilities?(): Promise<Record<string, boolean>>;
}

/** Prepares a sign-in; nothing happens until a method is called. */
export function preparePasskeys<R extends PasskeyRequest, T>(shop: PasskeyShop<R, T>): PasskeyStart<T> {
  const lifetime = Math.max(shop.lifetime ?? 240_000, 1_000);
  const stopped = new AbortController();
  let held: Held<R> | undefined;
  let fetching: Promise<void> | undefined;
  let immediate = false;
  let wanted = false;
  let paused = false;
  let offer: AbortController | undefined;

  const fresh = (): Held<R> | undefined => (held && performance.now() < held.until ? held : undefined);

  const prepare = async (): Promise<void> => {
    const unusable = obstacle();
    if (unusable) throw unusable;
    if (fresh()) return;
    fetching ??= fetched().finally(() => (fetching = undefined));
    return fetching;
  };

  const fetched = async (): Promise<void> => {
    const until = performance.now() + lifetime;
    const request = await shop.options(stopped.signal).catch(named("network.failed"));
    if (shop.immediate) immediate = (await (PublicKeyCredential as Static).getClientCapabilities?.().catch(() => undefined))?.["immediateGet"] === true;
    held = { request, publicKey: await read(request.publicKey, shop.source), until };
  };

  const ceremony = async ({ request, publicKey }: Held<R>, mode: Mode, signal: AbortSignal): Promise<T> => {
    const how = mode === "immediate" ? { uiMode: mode } : { signal, ...(mode && { mediation: mode }) };
    const credential = await runCeremony({
      ceremony: "get",
      mode,
      signal,
      timeout: mode ? undefined : publicKey.timeout,
      ask: (abort) => navigator.credentials.get({ publicKey, ...how, ...("signal" in how && { signal: abort }) }),
    });
    // A challenge is used once.
    held = undefined;
    const response = await answer(credential, shop.source);
    try {
      return await shop.verify(response, request).catch(named("passkey.server-refused"));
    } catch (caught) {
      if ((caught as PrivacyError).code === "passkey.credential-unknown") forget(publicKey.rpId, response.id);
      throw caught;
    }
  };

  const loop = async (): Promise<void> => {
    if (!(await (PublicKeyCredential as Static).isConditionalMediationAvailable?.().catch(() => false))) return;
    let failures = 0;
    while (wanted && !stopped.signal.aborted && !paused && failures < 5) {
      const own = new AbortController();
      offer = own;
      let expiry: ReturnType<typeof setTimeout> | undefined;
      const since = performance.now();
      try {
        await Promise.all([idle(), visible()]);
        await prepare();
        const now = fresh();
        if (!now || paused || stopped.signal.aborted) continue;
        expiry = setTimeout(() => own.abort(), now.until - since);
        const result = await ceremony(now, "conditional", AbortSignal.any ? AbortSignal.any([own.signal, stopped.signal]) : own.signal);
        wanted = false;
        shop.signedIn(result);
      } catch (caught) {
        const error = caught as PrivacyError;
        // Ended by this page: for a click, for fresh options, or for another ceremony.
        if (error.code === "passkey.aborted") continue;
        failures = performance.now() - since < 5_000 ? failures + 1 : 1;
        if (!held) shop.failed?.(error);
        held = undefined;
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      } finally {
        clearTimeout(expiry);
        offer = undefined;
      }
    }
  };

  let looping: Promise<void> | undefined;
  const start = (): void => {
    if (wanted && !paused && !obstacle()) looping ??= loop().catch(() => undefined).finally(() => (looping = undefined));
  };

  return {
    get ready() {
      return fresh() !== undefined;
    },
    prepare,
    autofill() {
      wanted = true;
      start();
    },
    pause() {
      paused = true;
      offer?.abort();
    },
    resume() {
      paused = false;
      void Promise.resolve(looping).then(start);
    },
    ask() {
      const now = fresh();
      paused = true;
      const asked = now ? ceremony(now, immediate ? "immediate" : undefined, stopped.signal) : prepare().then(() => again());
      return asked.finally(() => (held = undefined));
    },
    stop() {
      wanted = false;
      stopped.abort();
      offer?.abort();
      held = undefined;
    },
  };

  function again(): Promise<T> {
    const now = fresh();
    if (now) return ceremony(now, undefined, stopped.signal);
    throw new PrivacyError("passkey.options-expired", "the options expired before they were used");
  }
}

/** By the browser, else by the lenient reader; `prf` is left out, so that nothing comes of it that could leak. */
async function read(options: object, source: string | undefined): Promise<PublicKeyCredentialRequestOptions> {
  const { prf, ...extensions } = (options as { extensions?: { prf?: unknown } }).extensions ?? {};
  const json = prf ? { ...options, extensions } : options;
  try {
    const parsed = (PublicKeyCredential as Static).parseRequestOptionsFromJSON?.(json);
    if (parsed) return parsed;
  } catch {
    // What the browser refuses may be another server's habit.
  }
  return (await import("./lib/webauthn/lenient.js")).readOptions(json, source);
}

async function answer(credential: PublicKeyCredential, source: string | undefined): Promise<AuthenticationResponseJSON> {
  try {
    const json = credential.toJSON() as AuthenticationResponseJSON;
    delete (json.clientExtensionResults as { prf?: unknown }).prf;
    return json;
  } catch {
    try {
      return await (await import("./lib/webauthn/lenient.js")).readResponse(credential, source);
    } catch (caught) {
      throw isPrivacyError(caught) ? caught : readFailure(caught);
    }
  }
}

/** Turns what a shop's own function throws into an error with a code. */
function named(code: PrivacyErrorCode): (caught: unknown) => never {
  return (caught) => {
    throw isPrivacyError(caught) ? caught : new PrivacyError(code, "the shop's server did not do it", { cause: caught });
  };
}

/** Whoever keeps a passkey that the server does not know is told, so that it is not offered again. */
function forget(rpId: string | undefined, credentialId: string): void {
  import("./lib/webauthn/signals.js").then(
    ({ signalUnknownCredential }) => signalUnknownCredential({ rpId, credentialId }),
    () => undefined,
  );
}

/** When somebody may see the page: nobody needs a fresh challenge before. */
function visible(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("visibilitychange", () => resolve(), { once: true }));
}
