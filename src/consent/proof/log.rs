//! An append-only log: a Merkle tree and its proofs (RFC 9162 §2.1).
//!
//! The tree is kept as the hashes of its complete [`Subtree`]s, which never change once they are there. Appending needs those to
//! the left of the new leaf ([`appending`]); a proof is a row of [`Range`]s, each the hash of a few complete subtrees.

use sha2::{Digest as _, Sha256};

/// The hash of a leaf, of a node or of a whole tree.
pub type Hash = [u8; 32];

/// The hash of a leaf over its data (RFC 9162 §2.1.1).
pub fn leaf(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of a node over the two below it (RFC 9162 §2.1.1).
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The hash of a tree without leaves (RFC 9162 §2.1.1).
pub fn empty() -> Hash {
    Sha256::digest([]).into()
}

/// A complete subtree: `2^level` leaves, the first of which is leaf `index · 2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subtree {
    /// Its height: 0 for a leaf.
    pub level: u32,
    /// How many subtrees of this height stand before it.
    pub index: u64,
}

/// The leaves from `from` up to, and without, `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first leaf.
    pub from: u64,
    /// The leaf after the last.
    pub to: u64,
}

impl Range {
    /// The complete subtrees that it consists of, from left to right.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::consent::proof::log::{Range, Subtree};
    ///
    /// let subtrees = Range { from: 0, to: 3 }.subtrees();
    /// assert_eq!(subtrees, [Subtree { level: 1, index: 0 }, Subtree { level: 0, index: 2 }]);
    /// ```
    pub fn subtrees(self) -> Vec<Subtree> {
        let mut subtrees = Vec::new();
        let mut from = self.from;
        while from < self.to {
            let level = from.trailing_zeros().min((self.to - from).ilog2()).min(62);
            subtrees.push(Subtree { level, index: from >> level });
            from += 1 << level;
        }
        subtrees
    }

    /// Its hash from those of [`Range::subtrees`]. `None` without any.
    pub fn hash(hashes: &[Hash]) -> Option<Hash> {
        let (last, before) = hashes.split_last()?;
        Some(before.iter().rev().fold(*last, |right, left| node(left, &right)))
    }
}

/// What has to be known before the leaf at `position` is appended, and in which order [`append`] wants it.
pub fn appending(position: u64) -> Vec<Subtree> {
    (0..position.trailing_ones()).map(|level| Subtree { level, index: (position >> level) - 1 }).collect()
}

/// The subtrees that appending a leaf completes, with their hashes; the leaf is the first. `left` holds the hashes of
/// [`appending`].
pub fn append(position: u64, leaf: Hash, left: &[Hash]) -> Vec<(Subtree, Hash)> {
    let mut made = vec![(Subtree { level: 0, index: position }, leaf)];
    let mut hash = leaf;
    for (level, left) in (1..).zip(left) {
        hash = node(left, &hash);
        made.push((Subtree { level, index: position >> level }, hash));
    }
    made
}

/// The whole tree of this many leaves.
pub fn whole(size: u64) -> Range {
    Range { from: 0, to: size }
}

/// What an inclusion proof consists of (RFC 9162 §2.1.3.1). Empty where there is no such leaf.
pub fn inclusion(position: u64, size: u64) -> Vec<Range> {
    let mut proof = Vec::new();
    if position < size {
        path(position, whole(size), &mut proof);
    }
    proof
}

/// The greatest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

fn path(position: u64, Range { from, to }: Range, proof: &mut Vec<Range>) {
    if to - from < 2 {
        return;
    }
    let middle = from + split(to - from);
    let (left, right) = (Range { from, to: middle }, Range { from: middle, to });
    let (within, beside) = if position < middle { (left, right) } else { (right, left) };
    path(position, within, proof);
    proof.push(beside);
}

/// What a consistency proof between two sizes consists of (RFC 9162 §2.1.4.1). Empty where they are the same or `from` is 0.
pub fn consistency(from: u64, to: u64) -> Vec<Range> {
    let mut proof = Vec::new();
    if 0 < from && from < to {
        subproof(from, whole(to), true, &mut proof);
    }
    proof
}

fn subproof(end: u64, range: Range, known: bool, proof: &mut Vec<Range>) {
    let Range { from, to } = range;
    if end == to {
        if !known {
            proof.push(range);
        }
        return;
    }
    let middle = from + split(to - from);
    let (left, right) = (Range { from, to: middle }, Range { from: middle, to });
    if end <= middle {
        subproof(end, left, known, proof);
        proof.push(right);
    } else {
        subproof(end, right, false, proof);
        proof.push(left);
    }
}

/// Whether a leaf is in the tree of this size and hash (RFC 9162 §2.1.3.2).
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::proof::log;
///
/// let (first, second) = (log::leaf(b"a"), log::leaf(b"b"));
/// let root = log::node(&first, &second);
/// assert!(log::includes(&first, 0, 2, &[second], &root));
/// assert!(!log::includes(&first, 1, 2, &[second], &root));
/// ```
pub fn includes(leaf: &Hash, position: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if position >= size {
        return false;
    }
    let (mut this, mut last, mut hash) = (position, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if this & 1 == 1 || this == last {
            hash = node(sibling, &hash);
            while this & 1 == 0 && this != 0 {
                (this, last) = (this >> 1, last >> 1);
            }
        } else {
            hash = node(&hash, sibling);
        }
        (this, last) = (this >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether the tree of `to` leaves begins with the tree of `from` leaves (RFC 9162 §2.1.4.2).
pub fn extends(from: u64, from_root: &Hash, to: u64, to_root: &Hash, proof: &[Hash]) -> bool {
    if from > to || from == 0 {
        // Every log begins with the empty one, about which there is nothing to prove.
        return from == 0 && proof.is_empty();
    }
    if from == to {
        return proof.is_empty() && from_root == to_root;
    }
    let mut proof = proof.iter();
    let first = if from.is_power_of_two() { Some(from_root) } else { proof.next() };
    let Some(first) = first else { return false };
    let zeros = (from - 1).trailing_ones();
    let (mut this, mut last) = ((from - 1) >> zeros, (to - 1) >> zeros);
    let (mut old, mut new) = (*first, *first);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if this & 1 == 1 || this == last {
            (old, new) = (node(sibling, &old), node(sibling, &new));
            while this & 1 == 0 && this != 0 {
                (this, last) = (this >> 1, last >> 1);
            }
        } else {
            new = node(&new, sibling);
        }
        (this, last) = (this >> 1, last >> 1);
    }
    last == 0 && old == *from_root && new == *to_root
}
