import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/tcf/web.rs` and `src/consent/gpp/web.rs`. */
export interface ConsentIabGlue extends Glue {
  readVendorList(json: string): VendorListView;
  readTcString(text: string): TcStringView;
  gppForm(id: number, version: number): string;
  gppInitial(id: number, version: number): Uint32Array;
  gppIds(text: string): Uint16Array;
  gppHeader(ids: Uint16Array): string;
  gppRead(id: number, text: string): Uint32Array;
  gppWrite(id: number, numbers: Uint32Array): string;
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
