import { PrivacyError } from "./error.js";

/** Throws `browser.unsupported` where the browser is below the floor of our modules. */
export function requireFloor(): void {
  const missing = belowFloor();
  if (missing) throw new PrivacyError("browser.unsupported", `this browser lacks ${missing}`);
}

/** The first thing of the floor that is missing, else `undefined`. */
export function belowFloor(): string | undefined {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.validate !== "function") return "WebAssembly";
  if (typeof WebAssembly.compileStreaming !== "function") return "WebAssembly.compileStreaming";
  if (!WebAssembly.validate(Uint8Array.from(atob(probe), (character) => character.charCodeAt(0)))) {
    return "the WebAssembly features in browsers.json";
  }
  return typeof BigInt === "function" ? undefined : "BigInt";
}

/**
 * A module that uses what browsers.json lists under `wasm`, and nothing else:
 *
 *     (module (memory 0 0) (func (param externref) (result i32 i32)
 *       (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
 *       (i32.extend8_s (i8x16.extract_lane_s 0 (i8x16.splat (i32.const 0))))
 *       (i32.trunc_sat_f32_s (f32.const 0))))
 */
const probe = "AGFzbQEAAAABDAJgAW8Cf39gAAJ/fwMCAQAFBAEBAAAKHAEaAEEAQQBBAPwLAEEA/Q/9FQDAQwAAAAD8AAs=";
