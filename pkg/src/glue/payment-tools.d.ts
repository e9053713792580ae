import type { Glue } from "../lib/core.js";

/** What the command `keys` calls, in `src/payment/web/tools.rs`. */
export interface ToolsGlue extends Glue {
  makeRoot(): string;
  makeKey(kid: string, alg: string): string;
  publicOf(jwk: string): string;
  verifyRoots(roots: string): void;
  sign(root: string, merchant: string, origins: string[], keys: string[], nowMs: number, lifetime: number, sequence: number): string;
  rotate(root: string, manifest: string, recipient: string, jwk: string, nowMs: number, overlap: number): string;
  revoke(root: string, manifest: string, kid: string, nowMs: number): string;
  renew(root: string, manifest: string, nowMs: number): string;
  verify(roots: string, manifest: string, merchant: string, origin: string, nowMs: number, newest: number): string;
}

export default function create(): ToolsGlue;
