//! The allocator of the browser's modules: whatever is freed is overwritten first.
//!
//! Card numbers and passwords pass through strings that wasm-bindgen allocates and frees on our behalf; no
//! wrapper type of ours reaches those. Wiping in the allocator does. `talc` underneath is smaller than the
//! default allocator.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(new_wasm_dynamic_allocator());
