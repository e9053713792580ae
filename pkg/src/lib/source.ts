import { PrivacyError } from "./error.js";
import { moduleFailure } from "./refusal.js";

/**
 * A `WebAssembly.Module`. TypeScript's own type for it is empty, so that anything would pass for one: this type
 * takes it, and nothing that has members.
 */
export interface CompiledModule {
  /** Never there: it tells a module from options. */
  readonly source?: never;
  /** Never there: it tells a module from options. */
  readonly signal?: never;
  /** Never there: it tells a module from options. */
  readonly worker?: never;
}

/**
 * Where a module comes from: its address, its bytes, a response that brings them (or a promise of one), or the
 * compiled module.
 */
export type LoadSource = URL | string | BufferSource | CompiledModule | Response | PromiseLike<Response>;

/** How to load a capability. */
export interface LoadOptions {
  /** Where the module comes from; the file beside this package's own, where left out. */
  readonly source?: LoadSource | undefined;
  /** Gives the waiting up: `load()` then rejects with the signal's reason. The module is fetched on while another caller waits for it. */
  readonly signal?: AbortSignal | undefined;
}

/** Tells what was passed to a `load()`: a source by itself, or options. */
export function readOptions<O extends LoadOptions>(argument: LoadSource | O | undefined): O | LoadOptions {
  if (argument === undefined) return {};
  return isOptions<O>(argument) ? argument : { source: argument };
}

/** Options are a plain object; every source is a string or of a class. */
function isOptions<O extends LoadOptions>(argument: LoadSource | O): argument is O {
  if (typeof argument !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(argument);
  return prototype === Object.prototype || prototype === null;
}

/** What makes two sources the same: the address where there is one, else the object itself. */
export function sourceKey(source: LoadSource): unknown {
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  try {
    return new URL(source, globalThis.document?.baseURI).href;
  } catch {
    return String(source);
  }
}

/**
 * Compiles a module from any source.
 *
 * Failures are told apart by code: `network.failed` (no answer), `load.missing` (an answer, but not the file),
 * `load.mime` (another type than `application/wasm`), `load.corrupt` (damaged or cut off), `load.blocked` (the
 * page's policy).
 */
export async function compile(source: LoadSource, signal: AbortSignal): Promise<WebAssembly.Module> {
  if (isModule(source)) return source;
  try {
    if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer || isSharedBuffer(source)) {
      return await WebAssembly.compile(source);
    }
    return await WebAssembly.compileStreaming(await respond(source, signal));
  } catch (caught) {
    if (caught instanceof PrivacyError || signal.aborted) throw caught;
    throw await moduleFailure(caught, "the module's bytes are damaged or incomplete");
  }
}

function isModule(source: LoadSource): source is CompiledModule {
  return source instanceof WebAssembly.Module;
}

function isSharedBuffer(source: unknown): source is ArrayBuffer {
  return typeof SharedArrayBuffer === "function" && source instanceof SharedArrayBuffer;
}

/** The answer that brings a module, once it is known to be one. */
async function respond(source: URL | string | Response | PromiseLike<Response>, signal: AbortSignal): Promise<Response> {
  const response = await (typeof source === "string" || source instanceof URL ? request(source, signal) : source);
  const found = response.url || "the response";
  if (!response.ok) {
    throw response.status >= 500
      ? new PrivacyError("network.failed", `expected a module at ${found}, found status ${response.status}`)
      : new PrivacyError("load.missing", `expected a module at ${found}, found status ${response.status}`);
  }
  const type = response.headers.get("content-type") ?? "no content type";
  if (type.split(";", 1)[0]?.trim().toLowerCase() !== "application/wasm") {
    throw new PrivacyError("load.mime", `expected application/wasm from ${found}, found ${type}`);
  }
  return response;
}

/**
 * Fetches; a refusal by the page's policy is told from a failing network by the violation that the browser
 * reports (CSP 3 §5.3), which arrives in a task of its own.
 */
async function request(source: URL | string, signal: AbortSignal): Promise<Response> {
  const refused = watchViolations();
  try {
    return await fetch(source, { signal });
  } catch (caught) {
    if (signal.aborted) throw caught;
    throw (await refused.seen())
      ? new PrivacyError("load.blocked", "the page's content security policy does not let it fetch the module: connect-src", { cause: caught })
      : new PrivacyError("network.failed", "the module could not be fetched: the network gave no answer", { cause: caught });
  } finally {
    refused.stop();
  }
}

function watchViolations(): { seen(): Promise<boolean>; stop(): void } {
  let seen = false;
  const target: EventTarget = globalThis.document ?? globalThis;
  const listen = (event: Event): void => {
    if ((event as SecurityPolicyViolationEvent).effectiveDirective === "connect-src") seen = true;
  };
  target.addEventListener?.("securitypolicyviolation", listen);
  return {
    async seen() {
      for (let waited = 0; !seen && waited < 4; waited++) await new Promise((resolve) => setTimeout(resolve, 10));
      return seen;
    },
    stop() {
      target.removeEventListener?.("securitypolicyviolation", listen);
    },
  };
}
