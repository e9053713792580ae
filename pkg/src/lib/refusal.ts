import { moduleFailure } from "./broken.js";
import { PrivacyError } from "./error.js";
import { fitsFloor } from "./support.js";

/** What is known of a module that could not be had. */
export interface Evidence {
  /** The answer that was to bring it. */
  response?: Response;
  /** Asks once more, without the digest: the browser does not say whether the file was another one or could not be had. */
  again?: () => Promise<Response>;
  /** The directives of the page's policy that were violated meanwhile. */
  readonly violated: string[];
}

/**
 * Why a module could not be had, by code: `browser.unsupported`, `network.failed` (no answer), `load.missing` (an
 * answer, but not the file), `load.mime` (another type than `application/wasm`), `load.corrupt` (damaged, cut off, or not the file of the pinned digest),
 * `load.blocked` (the page's policy). A page fetches this file only once something has failed.
 */
export async function explain(caught: unknown, { response: first, again, violated }: Evidence, asked: boolean): Promise<PrivacyError> {
  const response = first ?? (await again?.().catch(() => undefined));
  if (!fitsFloor()) return new PrivacyError("browser.unsupported", `this browser lacks ${lacking()}`);
  if (response) return refusedAnswer(response) ?? moduleFailure(caught, "the module's bytes are damaged or incomplete");
  if (!asked) return moduleFailure(caught, "the module's bytes are damaged or incomplete");
  // The browser reports a refusal by the page's policy (CSP 3 §5.3) in a task of its own.
  for (let waited = 0; !violated.includes("connect-src") && waited < 4; waited++) await new Promise((resolve) => setTimeout(resolve, 10));
  return violated.includes("connect-src")
    ? new PrivacyError("load.blocked", "the page's content security policy does not let it fetch the module: connect-src", { cause: caught })
    : new PrivacyError("network.failed", "the module could not be fetched: the network gave no answer", { cause: caught });
}

function refusedAnswer(response: Response): PrivacyError | null {
  const found = response.url || "the response";
  if (!response.ok) {
    const code = response.status >= 500 ? "network.failed" : "load.missing";
    return new PrivacyError(code, `expected a module at ${found}, found status ${response.status}`);
  }
  const type = response.headers.get("content-type") ?? "no content type";
  return type.trim().toLowerCase() === "application/wasm" ? null : new PrivacyError("load.mime", `expected application/wasm from ${found}, found ${type}`);
}

function lacking(): string {
  if (typeof WebAssembly !== "object") return "WebAssembly";
  return typeof WebAssembly.compileStreaming === "function" ? "the WebAssembly features in browsers.json" : "WebAssembly.compileStreaming";
}
