//! The word list, as a tree: a byte for each letter that no word before it has in its place.
//!
//! Five bits number the letter, `-` and then `a` to `z`; bit 5 says that no other letter takes its place, bit 6 that a word
//! ends with it. The letters that go on from one follow it. So a word that began another could not be written.

use zeroize::Zeroizing;

/// How many words there are: as many as five dice have throws.
pub(super) const COUNT: u16 = 7_776;

const LAST: u8 = 1 << 5;
const END: u8 = 1 << 6;

/// Adds a word, by its place in the order of the list, to a text; its first letter as a capital, where that is wanted.
pub(super) fn push(text: &mut String, place: usize, capital: bool) {
    let mut left = place;
    // No word has more than nine letters: it does not move.
    let mut word = Zeroizing::new(Vec::with_capacity(16));
    for &letter in super::EFF_LARGE {
        word.push(letter);
        if letter & END == 0 {
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        while word.pop().is_some_and(|letter| letter & LAST != 0) {}
    }
    for (index, letter) in word.iter().enumerate() {
        let letter = match letter & (LAST - 1) {
            0 => '-',
            number => char::from(b'`' + number),
        };
        text.push(if capital && index == 0 { letter.to_ascii_uppercase() } else { letter });
    }
}
