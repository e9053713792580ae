//! A pool of blocks by powers of two: taking and giving back one is a few instructions, and a block that is given back
//! is zeros, but for its link to the next free one.
//!
//! zxcvbn allocates some hundred small things for a password, and nearly a quarter of its time went to an allocator that
//! joins neighbours again. This one never does: a module keeps what it needed at its busiest, at most twice as much as
//! was asked for.

#![allow(
    unsafe_code,
    reason = "an allocator hands out raw memory; tests/native/allocator.rs drives it at random"
)]
#![allow(clippy::cast_ptr_alignment, reason = "every block begins on a multiple of 16")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::{self, NonNull};

/// Where memory comes from.
pub(super) trait Pages {
    /// The bytes of a page, which begins on a multiple of them.
    const SIZE: usize;

    /// So many fresh pages of zeros in a row, or nothing when there are no more.
    fn grow(&self, pages: usize) -> Option<NonNull<u8>>;
}

/// The bytes of the smallest block are two to this power: room for a link, on the alignment of everything common.
const SMALLEST: usize = 4;

/// The pages that are asked for at least.
const FEWEST: usize = 2;

struct Free {
    next: *mut Free,
}

struct Blocks {
    /// For each power of two, the free block that was given back last.
    free: [*mut Free; 32],
    /// What is left of the pages that came last.
    rest: *mut u8,
    left: usize,
}

/// An allocator for one thread.
pub(super) struct Pool<P> {
    pages: P,
    blocks: UnsafeCell<Blocks>,
}

// SAFETY: `src/allocator.rs` refuses to compile where a module could have a second thread; a test keeps to one.
unsafe impl<P> Sync for Pool<P> {}

impl<P: Pages> Pool<P> {
    /// A pool without memory: it takes the first pages when the first block is asked for.
    pub(super) const fn new(pages: P) -> Self {
        let blocks = Blocks { free: [ptr::null_mut(); 32], rest: ptr::null_mut(), left: 0 };
        Self { pages, blocks: UnsafeCell::new(blocks) }
    }

    /// Cuts a block off the pages at hand, or off fresh ones. What is left of the old ones is given up.
    #[cold]
    #[inline(never)]
    fn cut(&self, size: usize, align: usize) -> *mut u8 {
        // SAFETY: one thread, and no other borrow is alive: `grow` does not allocate.
        let blocks = unsafe { &mut *self.blocks.get() };
        let mut skip = blocks.rest.align_offset(align);
        if blocks.rest.is_null() || skip.saturating_add(size) > blocks.left {
            let pages = size.div_ceil(P::SIZE).max(FEWEST);
            let Some(fresh) = self.pages.grow(pages) else { return ptr::null_mut() };
            let grown = pages * P::SIZE;
            // SAFETY: the end of a range that is ours; it is compared, not read.
            let joined = !blocks.rest.is_null() && unsafe { blocks.rest.add(blocks.left) } == fresh.as_ptr();
            if joined {
                blocks.left += grown;
            } else {
                (blocks.rest, blocks.left) = (fresh.as_ptr(), grown);
            }
            skip = blocks.rest.align_offset(align);
            if skip.saturating_add(size) > blocks.left {
                return ptr::null_mut();
            }
        }
        // SAFETY: `skip + size` is within what is left.
        let block = unsafe { blocks.rest.add(skip) };
        // SAFETY: the same.
        blocks.rest = unsafe { block.add(size) };
        blocks.left -= skip + size;
        block
    }
}

/// The power of two of a block that holds the layout.
#[inline]
fn power(layout: Layout) -> usize {
    let size = layout.size().max(layout.align()).max(1 << SMALLEST);
    usize::try_from(size.next_power_of_two().trailing_zeros()).unwrap_or(31)
}

/// Overwrites bytes from `from` to `to` of a block, in whole words: blocks are whole words.
///
/// # Safety
///
/// The block is the caller's, and `to` is at most its size.
#[inline]
unsafe fn wipe(block: *mut u8, from: usize, to: usize) {
    let mut at = from;
    while at < to && !at.is_multiple_of(8) {
        // SAFETY: within the block.
        unsafe { block.add(at).write_volatile(0) };
        at += 1;
    }
    while at < to {
        // SAFETY: within the block, whose size is a multiple of 16; it is aligned to 16. Volatile, so that it is not
        // left out although nobody reads it.
        unsafe { block.add(at).cast::<u64>().write_volatile(0) };
        at += 8;
    }
}

// SAFETY: a block is given to one at a time, is at least as large as its layout, and was cut on a multiple of its alignment.
unsafe impl<P: Pages> GlobalAlloc for Pool<P> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let power = power(layout);
        // SAFETY: one thread; the borrow ends before `cut` takes its own.
        let blocks = unsafe { &mut *self.blocks.get() };
        let Some(first) = blocks.free.get_mut(power) else { return ptr::null_mut() };
        let block = *first;
        // What was given back is aligned as the smallest block is; to more than that nothing in our modules is.
        if block.is_null() || layout.align() > 1 << SMALLEST {
            return self.cut(1 << power, layout.align().max(1 << SMALLEST));
        }
        // SAFETY: what is in the list is a free block that begins with its link.
        unsafe {
            *first = (*block).next;
            (*block).next = ptr::null_mut();
        }
        block.cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as for the caller. Fresh pages are zeros, and so is what was given back.
        unsafe { self.alloc(layout) }
    }

    #[inline(never)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block was given out for this layout.
        unsafe { wipe(block, 0, layout.size()) };
        // SAFETY: one thread.
        let blocks = unsafe { &mut *self.blocks.get() };
        if let Some(first) = blocks.free.get_mut(power(layout)) {
            let block = block.cast::<Free>();
            // SAFETY: the smallest block has room for a link, and is aligned for it.
            unsafe { block.write(Free { next: *first }) };
            *first = block;
        }
    }

    #[inline(never)]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller keeps to `GlobalAlloc::realloc`: the size is not 0 and does not overflow.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if power(wanted) == power(layout) {
            // SAFETY: both sizes are within the block.
            unsafe { wipe(block, size, layout.size()) };
            return block;
        }
        // SAFETY: as for the caller.
        let other = unsafe { self.alloc(wanted) };
        if !other.is_null() {
            // SAFETY: two blocks, each at least as large as what is copied.
            unsafe {
                ptr::copy_nonoverlapping(block, other, layout.size().min(size));
                self.dealloc(block, layout);
            }
        }
        other
    }
}
