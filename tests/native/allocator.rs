//! The allocator of the browser's modules, driven at random over memory of the test's own.
#![allow(unsafe_code, reason = "an allocator's functions are unsafe to call")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::slice;

use crate::generate::Source;

#[path = "../../src/allocator/pool.rs"]
mod pool;

use pool::{Pages, Pool};

const PAGE: usize = 4_096;

/// Pages from one stretch of memory; with `gaps`, every other growth skips a page that somebody else took.
struct Stretch {
    memory: RefCell<Vec<u8>>,
    used: Cell<usize>,
    gaps: bool,
}

impl Stretch {
    fn new(pages: usize, gaps: bool) -> Self {
        Self { memory: RefCell::new(vec![0; (pages + 1) * PAGE]), used: Cell::new(0), gaps }
    }
}

impl Pages for &Stretch {
    const SIZE: usize = PAGE;

    fn grow(&self, pages: usize) -> Option<NonNull<u8>> {
        let mut memory = self.memory.borrow_mut();
        let start = memory.as_ptr().align_offset(PAGE);
        let skipped = if self.gaps { PAGE } else { 0 };
        let at = start + self.used.get() + skipped;
        let fresh = memory.get_mut(at..at + pages * PAGE)?;
        self.used.set(at - start + pages * PAGE);
        NonNull::new(fresh.as_mut_ptr())
    }
}

/// A block that was given out, and the byte that it is filled with.
struct Block {
    at: *mut u8,
    layout: Layout,
    fill: u8,
}

impl Block {
    fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: the pool gave it out for this layout, and it was not given back.
        unsafe { slice::from_raw_parts_mut(self.at, self.layout.size()) }
    }

    fn is_intact(&mut self) -> bool {
        let fill = self.fill;
        self.bytes().iter().all(|byte| *byte == fill)
    }
}

#[test]
fn blocks_are_apart_aligned_and_wiped() {
    for (seed, gaps) in [(1, false), (2, true), (3, false)] {
        let stretch = Stretch::new(4_096, gaps);
        let pool = Pool::new(&stretch);
        let mut random = Source::new(seed);
        let mut live: Vec<Block> = Vec::new();
        let (mut asked, mut most) = (0, 0);
        for step in 0..40_000 {
            let fill = u8::try_from(step % 255).unwrap() + 1;
            match random.below(if live.len() > 300 { 4 } else { 3 }) {
                0 | 1 if live.len() < 400 => {
                    let align = [1, 2, 4, 8, 16, 16, 64][random.below(7)];
                    let layout = Layout::from_size_align(size(&mut random), align).unwrap();
                    // SAFETY: no layout here is of size 0.
                    let at =
                        unsafe { if fill % 2 == 0 { pool.alloc(layout) } else { pool.alloc_zeroed(layout) } };
                    assert!(!at.is_null());
                    assert_eq!(at.align_offset(align), 0);
                    let mut block = Block { at, layout, fill };
                    assert!(block.bytes().iter().all(|byte| *byte == 0), "what is given out holds something");
                    block.bytes().fill(fill);
                    asked += layout.size().next_power_of_two().max(align).max(16);
                    live.push(block);
                }
                2 if !live.is_empty() => {
                    let at = random.below(live.len());
                    let block = &mut live[at];
                    let fill = block.fill;
                    assert!(block.is_intact(), "two blocks share a byte");
                    let wanted = size(&mut random);
                    let kept = wanted.min(block.layout.size());
                    asked -= block.layout.size().next_power_of_two().max(block.layout.align()).max(16);
                    // SAFETY: the block is the pool's, and the size is not 0.
                    block.at = unsafe { pool.realloc(block.at, block.layout, wanted) };
                    block.layout = Layout::from_size_align(wanted, block.layout.align()).unwrap();
                    asked += wanted.next_power_of_two().max(block.layout.align()).max(16);
                    assert!(block.bytes()[..kept].iter().all(|byte| *byte == fill), "a move lost something");
                    assert!(
                        block.bytes()[kept..].iter().all(|byte| *byte == 0),
                        "what was added holds something"
                    );
                    block.bytes().fill(fill);
                }
                _ if !live.is_empty() => {
                    let mut block = live.swap_remove(random.below(live.len()));
                    assert!(block.is_intact(), "two blocks share a byte");
                    asked -= block.layout.size().next_power_of_two().max(block.layout.align()).max(16);
                    // SAFETY: the block is the pool's. Its memory is the test's, which looks at it behind the link.
                    let remains = unsafe {
                        pool.dealloc(block.at, block.layout);
                        slice::from_raw_parts(block.at, block.layout.size())
                    };
                    let mut remains = remains.iter().skip(size_of::<usize>());
                    assert!(remains.all(|byte| *byte == 0), "what was given back is still there");
                }
                _ => {}
            }
            most = most.max(asked);
        }
        assert!(live.iter_mut().all(Block::is_intact));
        for block in live {
            // SAFETY: the block is the pool's.
            unsafe { pool.dealloc(block.at, block.layout) };
        }
        // But for the links between free blocks, all that was ever given out is zeros.
        let memory = stretch.memory.borrow();
        let left = memory.chunks(16).filter(|chunk| chunk.iter().skip(8).any(|byte| *byte != 0)).count();
        assert_eq!(left, 0);
        assert!(stretch.used.get() > most / 2, "the test asks for too little");
    }
}

/// Mostly small, sometimes larger than two pages.
fn size(random: &mut Source) -> usize {
    let most = [24, 24, 200, 200, 3_000, 12_000][random.below(6)];
    1 + random.below(most)
}

#[test]
fn what_is_not_there_is_not_given() {
    let stretch = Stretch::new(4, false);
    let pool = Pool::new(&stretch);
    // SAFETY: neither layout is of size 0.
    unsafe {
        assert!(pool.alloc(Layout::from_size_align(64 * PAGE, 16).unwrap()).is_null());
        assert!(!pool.alloc(Layout::from_size_align(PAGE, 16).unwrap()).is_null());
    }
}

#[test]
fn a_block_comes_back_to_who_asks_for_its_size() {
    let stretch = Stretch::new(4, false);
    let pool = Pool::new(&stretch);
    for _ in 0..100_000 {
        // SAFETY: the layout is not of size 0, and the block is given back once.
        unsafe {
            let layout = Layout::from_size_align(1_000, 8).unwrap();
            let block = pool.alloc(layout);
            assert!(!block.is_null());
            pool.dealloc(block, layout);
        }
    }
    assert_eq!(stretch.used.get(), 2 * PAGE);
}
