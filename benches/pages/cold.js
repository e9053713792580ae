import { load } from "../../pkg/dist/password.js";

/** In one script, as a shop bundles it; the module and the worker's script are fetched. Then one answer. */
export async function ours() {
  const password = await load({ source: "/pkg/wasm/password.wasm", worker: "/pkg/worker/password.js" });
  return password.estimate("Tr0ub4dour&3");
}
