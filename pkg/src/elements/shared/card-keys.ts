import { PrivacyError } from "../../lib/error.js";
import type { CardDesk } from "./card-desk.js";
import { isObject, request } from "./requests.js";

// A processor may change its keys while a page is open; what is older than this is fetched again before it is used.
const LIFETIME = 600_000;

/** The processor's signed keys, as long as one page is open. */
export class CardKeys {
  readonly #element: Element;
  #since = 0;
  #trusted = false;

  /** For the form whose attributes say where the keys are, and whose. */
  constructor(element: Element) {
    this.#element = element;
  }

  /** Whether keys have been verified. */
  get trusted(): boolean {
    return this.#trusted;
  }

  /** Fetches the manifest. */
  async fetch(): Promise<string> {
    const url = this.#element.getAttribute("keys") ?? "/api/payment/keys";
    const answer = await request("GET", url, undefined, { unreachable: "payment.key-unreachable", refused: "payment.key-unreachable" });
    if (!isObject(answer) || typeof answer["manifest"] !== "string") {
      throw new PrivacyError("payment.key-invalid", "expected a manifest of the processor's keys");
    }
    return answer["manifest"];
  }

  /** Has the manifest verified where the card is. */
  async trust(desk: CardDesk, manifest: string): Promise<void> {
    await desk.trust(manifest, this.#element.getAttribute("merchant") ?? "");
    this.#trusted = true;
    this.#since = performance.now();
  }

  /** Fetches and verifies anew what has grown old; what fails leaves the keys as they are. */
  refresh(desk: CardDesk | undefined): void {
    if (desk === undefined || performance.now() - this.#since < LIFETIME) return;
    this.#since = performance.now();
    void this.fetch().then((manifest) => this.trust(desk, manifest)).catch(() => undefined);
  }
}
