//! Sets of ids, as bits in the order in which the strings hold them.

use std::ops::RangeInclusive;

/// A set of vendor ids, 1 to 65535: at most 8 KiB, whatever a string claims.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::tcf::IdSet;
///
/// let mut vendors: IdSet = [2, 3, 4, 800].into_iter().collect();
/// vendors.remove(3);
/// assert!(vendors.contains(800) && !vendors.contains(3));
/// assert_eq!(vendors.iter().collect::<Vec<_>>(), [2, 4, 800]);
/// assert_eq!((vendors.len(), vendors.max()), (3, 800));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct IdSet {
    /// Id 1 is the highest bit of the first word; the last word is never zero.
    words: Vec<u64>,
}

const WORDS: usize = 1024;

impl IdSet {
    /// A set without ids.
    pub const fn new() -> Self {
        Self { words: Vec::new() }
    }

    /// A set of these ids, in any order.
    pub fn of(ids: &[u16]) -> Self {
        let most = ids.iter().copied().max().unwrap_or(0);
        let mut words: Vec<u64> = vec![0; usize::from(most).div_ceil(64)];
        for position in ids.iter().filter(|id| **id > 0).map(|id| id - 1) {
            if let Some(word) = words.get_mut(usize::from(position / 64)) {
                *word |= 1 << (63 - position % 64);
            }
        }
        Self { words }
    }

    /// Whether the id is in the set.
    pub fn contains(&self, id: u16) -> bool {
        place(id).is_some_and(|(word, bit)| self.words.get(word).is_some_and(|word| word & bit != 0))
    }

    /// Adds an id; there is no id 0, and adding it changes nothing.
    pub fn insert(&mut self, id: u16) {
        let Some((word, bit)) = place(id) else { return };
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Adds every id of a range.
    pub fn insert_range(&mut self, ids: RangeInclusive<u16>) {
        let (Some((first, _)), Some((last, _))) = (place(*ids.start().max(&1)), place(*ids.end())) else {
            return;
        };
        if ids.is_empty() {
            return;
        }
        if self.words.len() <= last {
            self.words.resize(last + 1, 0);
        }
        let from = u64::MAX >> ((ids.start().max(&1) - 1) % 64);
        let to = u64::MAX << (63 - (ids.end() - 1) % 64);
        for (index, word) in self.words.iter_mut().enumerate().take(last + 1).skip(first) {
            let mut mask = u64::MAX;
            if index == first {
                mask &= from;
            }
            if index == last {
                mask &= to;
            }
            *word |= mask;
        }
    }

    /// Takes an id out.
    pub fn remove(&mut self, id: u16) {
        if let Some((word, bit)) = place(id)
            && let Some(word) = self.words.get_mut(word)
        {
            *word &= !bit;
            self.trim();
        }
    }

    /// Keeps only what the other set has too.
    pub fn retain(&mut self, other: &IdSet) {
        self.words.truncate(other.words.len());
        for (word, mask) in self.words.iter_mut().zip(&other.words) {
            *word &= mask;
        }
        self.trim();
    }

    /// Adds all of another set.
    pub fn extend_from(&mut self, other: &IdSet) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// The greatest id; 0 for an empty set.
    pub fn max(&self) -> u16 {
        let Some(last) = self.words.last() else { return 0 };
        let bits = self.words.len() * 64 - 63 + usize::from(low_byte(63 - last.trailing_zeros()));
        u16::try_from(bits).unwrap_or(u16::MAX)
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| usize::from(low_byte(word.count_ones()))).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The ids, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        self.ranges().flatten()
    }

    /// The ids, ascending, at once.
    pub fn to_vec(&self) -> Vec<u16> {
        let mut ids = Vec::with_capacity(self.len());
        self.append_to(&mut ids);
        ids
    }

    /// Adds the ids, ascending, to a list.
    pub fn append_to(&self, ids: &mut Vec<u16>) {
        ids.reserve(self.len());
        let mut before = 0_u16;
        for word in &self.words {
            let (mut left, mut id) = (*word, before);
            while left != 0 {
                id = id.wrapping_add(low_byte(left.leading_zeros()).into());
                left <<= left.leading_zeros();
                let run = left.leading_ones();
                let last = id.wrapping_add(low_byte(run).into());
                ids.extend(id.wrapping_add(1)..=last);
                id = last;
                left = left.checked_shl(run).unwrap_or(0);
            }
            before = before.wrapping_add(64);
        }
    }

    /// The ids as ranges without gaps, ascending.
    pub fn ranges(&self) -> Ranges<'_> {
        Ranges { set: self, next: 0 }
    }

    /// The bits, id 1 first; what follows the greatest id is zero.
    pub(in crate::consent) fn words(&self) -> &[u64] {
        &self.words
    }

    /// A set of these bits, id 1 first.
    pub(in crate::consent) fn from_words(mut words: Vec<u64>) -> Self {
        words.truncate(WORDS);
        if let Some(last) = words.get_mut(WORDS - 1) {
            *last &= !1;
        }
        let mut set = Self { words };
        set.trim();
        set
    }

    /// Whether an id lies between these two.
    pub(super) fn has_between(&self, lower: u16, upper: u16) -> bool {
        self.find(usize::from(lower), true).is_some_and(|position| position + 1 < usize::from(upper))
    }

    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }

    /// The first position from this one on whose bit is as asked, and its distance from id 1.
    fn find(&self, from: usize, value: bool) -> Option<usize> {
        let mut index = from / 64;
        let mut mask = u64::MAX >> (from % 64);
        while let Some(word) = self.words.get(index) {
            let bits = if value { *word } else { !*word } & mask;
            if bits != 0 {
                return Some(index * 64 + usize::from(low_byte(bits.leading_zeros())));
            }
            mask = u64::MAX;
            index += 1;
        }
        None
    }
}

impl FromIterator<u16> for IdSet {
    fn from_iter<T: IntoIterator<Item = u16>>(ids: T) -> Self {
        let mut set = Self::new();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

/// The ranges of an [`IdSet`], ascending.
#[derive(Debug, Clone)]
pub struct Ranges<'a> {
    set: &'a IdSet,
    next: usize,
}

impl Iterator for Ranges<'_> {
    type Item = RangeInclusive<u16>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.set.find(self.next, true)?;
        let end = self.set.find(first, false).unwrap_or(self.set.words.len() * 64);
        self.next = end;
        Some(u16::try_from(first + 1).ok()?..=u16::try_from(end).ok()?)
    }
}

fn place(id: u16) -> Option<(usize, u64)> {
    let position = id.checked_sub(1)?;
    Some((usize::from(position / 64), 1 << (63 - position % 64)))
}

fn low_byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

/// A set of small ids, 1 to 64: purposes, special features, a publisher's own purposes.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::tcf::FlagSet;
///
/// let purposes = FlagSet::of(&[1, 7]);
/// assert!(purposes.contains(7) && !purposes.contains(2));
/// assert_eq!(purposes.iter().collect::<Vec<_>>(), [1, 7]);
/// assert_eq!(purposes.without(FlagSet::of(&[1])), FlagSet::of(&[7]));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FlagSet(u64);

impl FlagSet {
    /// A set without ids.
    pub const EMPTY: Self = Self(0);

    /// A set of these ids; what is not from 1 to 64 is left out.
    pub const fn of(mut ids: &[u8]) -> Self {
        let mut bits = 0;
        while let [id, rest @ ..] = ids {
            if *id >= 1 && *id <= 64 {
                bits |= 1 << (64 - *id);
            }
            ids = rest;
        }
        Self(bits)
    }

    /// Whether the id is in the set.
    pub fn contains(self, id: u8) -> bool {
        self.0 & Self::of(&[id]).0 != 0
    }

    /// Adds an id.
    pub fn insert(&mut self, id: u8) {
        self.0 |= Self::of(&[id]).0;
    }

    /// The ids that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The ids that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The ids, ascending.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=64).filter(move |id| self.contains(*id))
    }

    /// The first so many flags as a number, id 1 its highest bit: as a string holds them.
    pub fn to_bits(self, count: u32) -> u64 {
        self.0.checked_shr(64 - count.min(64)).unwrap_or(0)
    }

    /// The set of which this number holds the first so many flags.
    pub fn from_bits(bits: u64, count: u32) -> Self {
        Self(bits.checked_shl(64 - count.min(64)).unwrap_or(0))
    }
}

impl FromIterator<u8> for FlagSet {
    fn from_iter<T: IntoIterator<Item = u8>>(ids: T) -> Self {
        let mut set = Self::EMPTY;
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}
