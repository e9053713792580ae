import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/tcf/web.rs` and `src/consent/gpp/web.rs`. */
export interface ConsentIabGlue extends Glue {
  readVendorList(facts: Uint16Array): VendorListView;
  readTcString(text: string): Uint16Array;
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
  encode(numbers: Uint16Array): string;
}

export default function create(): ConsentIabGlue;
