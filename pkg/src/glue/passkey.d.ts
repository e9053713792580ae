import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/passkey/web.rs`. */
export interface PasskeyGlue extends Glue {
  creationOptions(value: unknown, prf: unknown, hints: unknown): object;
  requestOptions(value: unknown, prf: unknown, hints: unknown, order: unknown): object;
  registrationResponse(value: unknown): object;
  authenticationResponse(value: unknown): object;
}

export default function create(): PasskeyGlue;
