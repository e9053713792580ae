import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/tcf/web.rs`. */
export interface ConsentIabGlue extends Glue {
  readVendorList(json: string): VendorListView;
  readTcString(text: string): TcStringView;
}

interface View {
  free(): void;
}

export interface VendorListView extends View {
  readonly version: number;
  readonly policyVersion: number;
  vendors(): Uint16Array;
  encode(
    numbers: Uint32Array,
    letters: string,
    consents: Uint16Array,
    legitimateInterests: Uint16Array,
    disclosed: Uint16Array,
    restrictions: Uint16Array,
  ): string;
}

export interface TcStringView extends View {
  readonly hasPublisher: boolean;
  numbers(): Uint32Array;
  letters(): string;
  vendors(of: number): Uint16Array | undefined;
  restrictions(): Uint16Array;
}

export default function create(): ConsentIabGlue;
