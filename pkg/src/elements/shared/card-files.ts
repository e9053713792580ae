import type { Family } from "../../lib/payment/family.js";

/** Where the files of the isolated mode are. */
export interface CardFiles {
  /** The frame's script. */
  readonly script: URL | string;
  /** The wasm module. */
  readonly module: URL | string;
  /** The module of each family of algorithms. */
  readonly families: Readonly<Record<Family, URL | string>>;
}

/** The package's own files, or those that the element's attributes name. */
export function cardFiles(element: Element): CardFiles {
  return {
    script: element.getAttribute("frame") ?? new URL("../../frame/payment.js", import.meta.url),
    module: element.getAttribute("src") ?? new URL("../../wasm/payment.wasm", import.meta.url),
    families: {
      "payment-hpke": new URL("../../wasm/payment-hpke.wasm", import.meta.url),
      "payment-rsa": new URL("../../wasm/payment-rsa.wasm", import.meta.url),
    },
  };
}
