import { PrivacyError } from "./error.js";
import type { Evidence } from "./refusal.js";
import { fitsFloor } from "./support.js";

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

/** Compiles a module from any source; why that fails is told by {@link explain}. An address must give the file of the digest `integrity`, if there is one. */
export async function compile(source: LoadSource, signal: AbortSignal, priority: RequestPriority = "auto", integrity = ""): Promise<WebAssembly.Module> {
  const evidence: Evidence = { violated: [] };
  const listen = (event: Event): void => void evidence.violated.push((event as SecurityPolicyViolationEvent).effectiveDirective);
  globalThis.addEventListener?.("securitypolicyviolation", listen);
  const asked = typeof source === "string" || source instanceof URL;
  try {
    if (!fitsFloor()) throw new TypeError("below the floor");
    if (isModule(source)) return source;
    if (isBytes(source)) return await WebAssembly.compile(source);
    if (asked && integrity) evidence.again = () => fetch(source, { signal });
    evidence.response = await (asked ? fetch(source, { signal, priority, integrity }) : source);
    return await WebAssembly.compileStreaming(evidence.response);
  } catch (caught) {
    if (signal.aborted) throw caught;
    throw await explained(caught, evidence, asked);
  } finally {
    globalThis.removeEventListener?.("securitypolicyviolation", listen);
  }
}

function isModule(source: LoadSource): source is CompiledModule {
  return source instanceof WebAssembly.Module;
}

function isBytes(source: unknown): source is BufferSource {
  return ArrayBuffer.isView(source) || source instanceof ArrayBuffer || (typeof SharedArrayBuffer === "function" && source instanceof SharedArrayBuffer);
}

/** The words for a failure are in a file of their own; where even that cannot be had, the network is what is missing. */
async function explained(caught: unknown, evidence: Evidence, asked: boolean): Promise<PrivacyError> {
  try {
    return await (await import("./refusal.js")).explain(caught, evidence, asked);
  } catch {
    return new PrivacyError("network.failed", "the module could not be loaded, and neither could the reason", { cause: caught });
  }
}
