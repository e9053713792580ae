/** Whether this browser can run our modules: it streams them, and takes what browsers.json lists under `wasm`. */
export function fitsFloor(): boolean {
  const found = (globalThis as { WebAssembly?: typeof WebAssembly }).WebAssembly;
  return typeof found?.compileStreaming === "function" && found.validate(Uint8Array.from(atob(probe), (character) => character.charCodeAt(0)));
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
