import { PrivacyError, toPrivacyError } from "./error.js";

const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Why a module could not be compiled or instantiated: the page may not run any, which an empty module tells
 * (Chromium and Firefox refuse to compile it, WebKit to instantiate it), or this one is bad.
 */
export async function moduleFailure(caught: unknown, otherwise: string): Promise<PrivacyError> {
  try {
    await WebAssembly.instantiate(emptyModule);
  } catch (refusal) {
    return new PrivacyError("load.blocked", "the page's content security policy does not let it run modules: it needs script-src 'wasm-unsafe-eval'", { cause: refusal });
  }
  return toPrivacyError(caught, "load.corrupt", otherwise);
}
