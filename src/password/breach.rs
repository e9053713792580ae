//! Leaked passwords, offline: a compact filter that answers "leaked" for each of them, and for 0.4 % of all others.
//!
//! For a warning, therefore; where a policy refuses, the exact lists of [`list`](super::list) decide. The filter is a
//! binary fuse filter of 8-bit fingerprints (Graf and Lemire, 2022). Where the data come from is in `breach/NOTICE`.
//!
//! Format: a head of 25 bytes (the version, 1; then of four bytes each, little-endian: the seed, the length of a segment,
//! a power of two, how many places a password can start at, how many passwords, the fewest code points, the FNV-1a
//! checksum of the fingerprints), then the fingerprints: two segments more than there are places.

use std::sync::LazyLock;

use super::normalize;
use crate::{Code, Error};

/// The filter of the 39,330 passwords of 8 code points or more among the 100,000 most common, as the package ships it.
pub const FROM_8: &[u8] = include_bytes!("breach/from-8.bin");

/// The filter of the 9,747 passwords of 15 code points or more among the million most common.
pub const FROM_15: &[u8] = include_bytes!("breach/from-15.bin");

const HEAD: usize = 25;

/// A filter of leaked passwords.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::breach::{self, Filter};
///
/// let filter = Filter::read(breach::FROM_15)?;
/// assert!(breach::leaked(&filter, "qwertyuiop12345"));
/// assert!(!breach::leaked(&filter, "nine jugs on a long shelf"));
/// assert_eq!(Filter::read(b"damaged").unwrap_err().code(), "load.corrupt");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    seed: u32,
    segment: u32,
    places: u32,
    count: u32,
    least: u32,
    fingerprints: Vec<u8>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    ///
    /// `load.corrupt` for bytes that are damaged or incomplete.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let damaged =
            || Error::new(Code::LoadCorrupt, "password: the data file's bytes are damaged or incomplete");
        let (head, fingerprints) = bytes.split_first_chunk::<HEAD>().ok_or_else(damaged)?;
        let (version, numbers) = head.split_first().ok_or_else(damaged)?;
        let numbers: Vec<u32> =
            numbers.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let &[seed, segment, places, count, least, checksum] = numbers.as_slice() else {
            return Err(damaged());
        };
        let sum = head
            .iter()
            .take(HEAD - 4)
            .chain(fingerprints)
            .fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let length = u64::from(places) + 2 * u64::from(segment);
        let whole = *version == 1
            && segment.is_power_of_two()
            && places > 0
            && places.is_multiple_of(segment)
            && u64::try_from(fingerprints.len()) == Ok(length)
            && sum == checksum;
        if !whole {
            return Err(damaged());
        }
        Ok(Self { seed, segment, places, count, least, fingerprints: fingerprints.to_vec() })
    }

    /// How many passwords it was made of.
    pub const fn len(&self) -> u32 {
        self.count
    }

    /// Whether it was made of none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The fewest code points of a password that it can know.
    pub const fn least(&self) -> u32 {
        self.least
    }

    fn holds(&self, password: &str) -> bool {
        let (mut a, mut b) = (self.seed, !self.seed);
        for byte in password.bytes().map(u32::from) {
            a = (a ^ byte).wrapping_mul(0x5bd1_e995);
            a ^= a >> 15;
            b = (b ^ byte).wrapping_mul(0x85eb_ca6b);
            b ^= b >> 13;
        }
        let mixed = (a ^ b.wrapping_mul(0xc2b2_ae35)).wrapping_mul(0x9e37_79b1);
        let start = (u64::from(a.wrapping_mul(0x2c1b_3c6d)) * u64::from(self.places)) >> 32;
        let (segment, mask) = (u64::from(self.segment), self.segment - 1);
        let second = (start + segment) ^ u64::from(b & mask);
        let third = (start + 2 * segment) ^ u64::from((b >> 16) & mask);
        let at = |place: u64| {
            usize::try_from(place).ok().and_then(|place| self.fingerprints.get(place)).copied().unwrap_or(0)
        };
        u32::from(at(start) ^ at(second) ^ at(third)) == mixed >> 24
    }
}

/// Whether a password is among those that the filter was made of. Of those that are not, four in a thousand are taken
/// for one (2⁻⁸; measured by a test over 10⁶).
pub fn leaked(filter: &Filter, password: &str) -> bool {
    let most = 12 * super::MAX_LENGTH;
    let least = usize::try_from(filter.least).unwrap_or(usize::MAX);
    if password.len() > most {
        return false;
    }
    let normal = normalize(password);
    normal.chars().count() >= least && filter.holds(&normal)
}

/// Whether a password is on the longer of this crate's lists of leaked ones that covers its length: see [`leaked`].
///
/// # Example
///
/// ```
/// use storefront_privacy::password::breach;
///
/// assert!(breach::is_leaked("trustno1"));
/// assert!(!breach::is_leaked("nine jugs on a long shelf"));
/// ```
pub fn is_leaked(password: &str) -> bool {
    static FILTERS: LazyLock<Vec<Filter>> =
        LazyLock::new(|| [FROM_8, FROM_15].iter().filter_map(|bytes| Filter::read(bytes).ok()).collect());
    FILTERS.iter().any(|filter| leaked(filter, password))
}
