import { PrivacyError } from "./error.js";
import type { Evidence } from "./refusal.js";
import { fitsFloor } from "./support.js";

/** The bytes of a module, for a frame that compiles them itself; why they could not be had is told as `load()` tells it. */
export async function moduleBytes(url: URL | string): Promise<ArrayBuffer> {
  const evidence: Evidence = { violated: [] };
  const listen = (event: Event): void => void evidence.violated.push((event as SecurityPolicyViolationEvent).effectiveDirective);
  globalThis.addEventListener("securitypolicyviolation", listen);
  try {
    if (!fitsFloor()) throw new TypeError("below the floor");
    const response = (evidence.response = await fetch(url));
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || type.trim().toLowerCase() !== "application/wasm") throw new TypeError("not a module");
    return await response.arrayBuffer();
  } catch (caught) {
    throw await import("./refusal.js").then(
      ({ explain }) => explain(caught, evidence, true),
      () => new PrivacyError("network.failed", "the module could not be loaded, and neither could the reason", { cause: caught }),
    );
  } finally {
    globalThis.removeEventListener("securitypolicyviolation", listen);
  }
}
