//! The allocator of the browser's modules: whatever is freed is overwritten first.
//!
//! Card numbers and passwords pass through strings that wasm-bindgen allocates and frees on our behalf; no
//! wrapper type of ours reaches those. Wiping in the allocator does.

#[cfg(target_feature = "atomics")]
compile_error!("the modules are made for one thread: the pool has no lock");

mod pool;

use core::arch::wasm32::memory_grow;
use core::ptr::{NonNull, with_exposed_provenance_mut};

use pool::{Pages, Pool};

/// The module's own memory.
struct Memory;

impl Pages for Memory {
    const SIZE: usize = 65_536;

    fn grow(&self, pages: usize) -> Option<NonNull<u8>> {
        let before = memory_grow::<0>(pages);
        if before == usize::MAX {
            None
        } else {
            NonNull::new(with_exposed_provenance_mut(before * Self::SIZE))
        }
    }
}

#[global_allocator]
static ALLOCATOR: Pool<Memory> = Pool::new(Memory);
