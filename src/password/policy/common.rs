//! The blocklist: passwords that an attacker tries among the first.

use zeroize::Zeroizing;
use zxcvbn::zxcvbn;

/// How many passwords zxcvbn's list of common ones has, plus the one guess that zxcvbn adds.
const LISTED: u64 = 30_001;

/// The longest text that is looked up. A longer one is on no list, and looking for substitutions in it takes long.
const LONGEST: usize = 32;

/// Whether the whole password, whatever the case of its letters, takes no more guesses than those of the list. A text
/// that only repeats a shorter one is as common as that.
pub(super) fn is_common(password: &str) -> bool {
    let lower = Zeroizing::new(password.to_lowercase());
    let characters = Zeroizing::new(lower.chars().collect::<Vec<_>>());
    let unit = if characters.len() > LONGEST { shortest_unit(&characters) } else { characters.as_slice() };
    if unit.len() > LONGEST {
        return false;
    }
    let unit = Zeroizing::new(unit.iter().collect::<String>());
    zxcvbn(&unit, &[]).guesses() <= LISTED
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
