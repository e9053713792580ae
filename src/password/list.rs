//! The ranked list: the 10,000 most common passwords, exactly those, each with the block of its rank.
//!
//! It is coded in 19 KB for the page, which loads the same bytes. A rank is known to the power of two: a meter gains
//! nothing from more. Where the data come from, and under which licence, is in `list/NOTICE`.

mod coder;
mod words;

use std::{collections::HashMap, sync::LazyLock};

use zeroize::Zeroizing;

use crate::Error;

/// The list's bytes, as the package ships them.
pub const TOP_10000: &[u8] = include_bytes!("list/top-10000.bin");

/// The 3,000 most common passwords of 15 code points or more, for policies that ask for as many; ranked among
/// themselves.
pub const LONG_3000: &[u8] = include_bytes!("list/long-3000.bin");

static LONG: LazyLock<RankedList> = LazyLock::new(|| RankedList::read(LONG_3000).unwrap_or_default());
static TOP: LazyLock<RankedList> = LazyLock::new(|| RankedList::read(TOP_10000).unwrap_or_default());

/// Whether a password is among the most common ones.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Standing, standing};
///
/// assert_eq!(standing("123456"), Standing::Listed(1));
/// assert_eq!(standing("monkey"), Standing::Listed(16));
/// assert_eq!(standing("correct horse battery staple"), Standing::Unlisted);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// There was no list to look in.
    Unknown,
    /// It is not on the list.
    Unlisted,
    /// It is, at this rank or a little before it: ranks are known to the next power of two, 10,000 for the last.
    Listed(u32),
}

/// Looks the whole password up in the list that this crate brings: exactly, letter by letter.
pub fn standing(password: &str) -> Standing {
    TOP.standing(password)
}

/// Whether a password that is in Normalization Form C is, as a whole, among at least the `size` most common ones of
/// either list: as it is, in small letters, or as one that is listed, or one character, repeated.
pub(super) fn is_common(password: &str, size: u32) -> bool {
    let among = |text: &str| {
        [&*TOP, &*LONG].iter().any(|list| match list.standing(text) {
            // The first rank of a block is more than half of its last.
            Standing::Listed(rank) => rank < size.saturating_mul(2),
            Standing::Unknown | Standing::Unlisted => false,
        })
    };
    let lower = Zeroizing::new(password.to_ascii_lowercase());
    if among(password) || among(&lower) {
        return true;
    }
    let characters = Zeroizing::new(lower.chars().collect::<Vec<_>>());
    let unit = shortest_unit(&characters);
    unit.len() < characters.len()
        && (unit.len() == 1 || among(&Zeroizing::new(unit.iter().collect::<String>())))
}

/// The shortest part that gives the whole when repeated; the whole if there is none.
fn shortest_unit(characters: &[char]) -> &[char] {
    let lengths = (1..=characters.len() / 2).filter(|length| characters.len().is_multiple_of(*length));
    for length in lengths {
        if let Some((unit, rest)) = characters.split_at_checked(length)
            && rest.chunks(length).all(|chunk| chunk == unit)
        {
            return unit;
        }
    }
    characters
}

/// A ranked list, read from a data file.
#[derive(Debug, Clone, Default)]
pub struct RankedList {
    blocks: HashMap<Box<str>, u32>,
}

impl RankedList {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// `load.corrupt` for bytes that are damaged or incomplete.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::password::list::{RankedList, TOP_10000};
    ///
    /// assert_eq!(RankedList::read(TOP_10000)?.len(), 10_000);
    /// assert_eq!(RankedList::read(b"damaged").unwrap_err().code(), "load.corrupt");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut blocks = HashMap::new();
        words::read(bytes, |word, block| {
            blocks.insert(word.into(), block);
        })?;
        Ok(Self { blocks })
    }

    /// How many passwords it has.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Where the whole password stands.
    pub fn standing(&self, password: &str) -> Standing {
        let most = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.blocks.get(password).map_or(Standing::Unlisted, |block| {
            Standing::Listed(1_u32.checked_shl(*block).map_or(most, |rank| rank.min(most)))
        })
    }
}
