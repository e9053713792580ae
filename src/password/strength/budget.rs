//! How much of a password is analysed.
//!
//! zxcvbn tries every set of substitutions that the password's signs allow, each on every part of it: with many
//! different signs in a long password that takes seconds. What follows the part that is looked at can only add guesses.

/// The most code points that zxcvbn's crate looks at.
pub(super) const MOST: usize = 100;

/// Sets of substitutions, times parts of the password, that are affordable: a few tens of milliseconds.
const AFFORDABLE: usize = 150_000;

/// The signs for each letter, as zxcvbn has them.
const SIGNS: [&[char]; 12] = [
    &['4', '@'],
    &['8'],
    &['(', '{', '[', '<'],
    &['3'],
    &['6', '9'],
    &['1', '!', '|'],
    &['1', '|', '7'],
    &['0'],
    &['$', '5'],
    &['+', '7'],
    &['%'],
    &['2'],
];

/// The signs that stand for two letters: each may be read either way.
const AMBIGUOUS: [char; 3] = ['1', '|', '7'];

/// How many code points of the password are affordable, beside so many words that are known of the visitor.
pub(super) fn affordable(password: &[char], words: usize) -> usize {
    let mut length = password.len().min(MOST);
    while let Some(part) = password.get(..length)
        && length > 1
        && sets(part).saturating_mul(length * (length + 1) / 2 + words) > AFFORDABLE
    {
        length -= 1;
    }
    length
}

/// How many sets of substitutions zxcvbn goes through, or a little more.
fn sets(password: &[char]) -> usize {
    let has = |sign: &char| password.contains(sign);
    let ways = SIGNS.iter().map(|signs| signs.iter().filter(|sign| has(sign)).count().max(1));
    let twice = AMBIGUOUS.iter().filter(|sign| has(sign)).map(|_| 2);
    ways.chain(twice).fold(1, usize::saturating_mul)
}

#[cfg(test)]
mod tests {
    use super::affordable;

    fn length(password: &str) -> usize {
        affordable(&password.chars().collect::<Vec<_>>(), 0)
    }

    #[test]
    fn only_many_different_signs_are_cut() {
        assert_eq!(length(""), 0);
        assert_eq!(length(&"Tr0ub4dour&3".repeat(8)), 96);
        assert_eq!(length(&"p4$$w0rd".repeat(20)), 100);
        assert_eq!(length("1!4@8(3690$5+7%2"), 16);
        let soup = length(&"4@8({[<369&#!1/|0$5+7%2".repeat(4));
        assert!((16..=40).contains(&soup), "{soup}");
    }
}
