import { PrivacyError } from "../../lib/error.js";
import { isObject, request } from "./requests.js";

/** What the server answers when it is asked for options: the ceremony's id, and what the browser is to be asked. */
export interface Ceremony {
  /** The id under which the server keeps the challenge. */
  readonly ceremony: string;
  /** The options, as the server sent them. */
  readonly publicKey: object;
}

/** What a server may say of a passkey by our own codes. */
export const PASSKEY_CODES = { unreachable: "network.failed", refused: "passkey.server-refused", named: ["passkey.credential-unknown", "passkey.already-registered"] } as const;

/** Asks a server for the options of one ceremony. */
export async function fetchCeremony(url: string): Promise<Ceremony> {
  const answer = await request("POST", url, {}, PASSKEY_CODES);
  if (!isObject(answer) || typeof answer["ceremony"] !== "string" || !isObject(answer["publicKey"])) {
    throw new PrivacyError("passkey.options-invalid", "expected {ceremony, publicKey} from the server");
  }
  return { ceremony: answer["ceremony"], publicKey: answer["publicKey"] };
}

// The server keeps a challenge for five minutes; one that is older than four is not offered to a person any more.
const LIFETIME = 240_000;

/**
 * Options fetched ahead of the click, because a browser may refuse a ceremony that starts after the click's own task
 * (WebKit forgets the gesture over an awaited fetch).
 */
export class CeremonyOptions {
  readonly #url: () => string;
  #held: Ceremony | undefined;
  #since = 0;
  #fetching: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Options from the address that `url` gives at the time. */
  constructor(url: () => string) {
    this.#url = url;
  }

  /** Takes the options for one ceremony: a challenge is used once. `undefined` when none is fresh. */
  take(): Ceremony | undefined {
    const held = this.#fresh() ? this.#held : undefined;
    this.#held = undefined;
    clearTimeout(this.#timer);
    return held;
  }

  /** Fetches options unless fresh ones are held; calls meanwhile share one fetch. */
  refresh(): Promise<void> {
    if (this.#fresh()) return Promise.resolve();
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** Lets go of what is held, and stops refreshing. */
  drop(): void {
    this.#held = undefined;
    clearTimeout(this.#timer);
  }

  #fresh(): boolean {
    return this.#held !== undefined && performance.now() - this.#since < LIFETIME;
  }

  async #fetch(): Promise<void> {
    const since = performance.now();
    this.#held = await fetchCeremony(this.#url());
    this.#since = since;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Nobody is looking at a hidden page: it fetches again when the button is next approached.
      if (document.visibilityState === "visible") this.refresh().catch(() => undefined);
    }, LIFETIME);
  }
}
