import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/proof/web.rs`. */
export interface ConsentReceiptsGlue extends Glue {
  composeReceipt(
    policy: string,
    decision: string,
    key: string,
    origin: string,
    language: string,
    region: string,
    surface: string,
    before: string[],
    previous: string,
  ): string;
  kantaraReceipt(signed: string): string;
  verifyReceipts(file: string, shop: string[], witness: string[], today: string[]): string;
  receiptLogSizes(file: string): Float64Array;
  keyThumbprint(jwk: string): string;
}

export default function create(): ConsentReceiptsGlue;
