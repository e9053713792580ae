//! The format of a word list: words in order, each with the block of its rank.
//!
//! A head of eight bytes (the version, 1; the number of blocks; how many words, two bytes; their FNV-1a checksum, four;
//! numbers little-endian), the length of the alphabet, the alphabet, the commonest letter first; then, coded bit by
//! bit, of each word: how far it goes with the one before, its other letters, and its block, from the last down.

use super::coder::{Coder, damaged};
use crate::Error;

/// The longest word.
pub(super) const LONGEST: usize = 64;

const VERSION: u8 = 1;

/// Reads a list; `each` takes a word and its block.
pub(super) fn read(bytes: &[u8], mut each: impl FnMut(&str, u32)) -> Result<(), Error> {
    let (&[version, blocks, count, more, c0, c1, c2, c3, letters], rest) =
        bytes.split_first_chunk::<9>().ok_or_else(damaged)?;
    let (alphabet, coded) = rest.split_at_checked(usize::from(letters)).ok_or_else(damaged)?;
    if version != VERSION || !alphabet.is_ascii() || letters > 87 {
        return Err(damaged());
    }
    let mut reader = Reader::new(coded, alphabet, u32::from(blocks));
    let mut checksum = 0x811c_9dc5;
    for _ in 0..u16::from_le_bytes([count, more]) {
        let block = reader.next().ok_or_else(damaged)?;
        let word = reader.text.as_str();
        for byte in word.bytes().map(u32::from).chain([block + 128]) {
            checksum = (checksum ^ byte).wrapping_mul(0x0100_0193);
        }
        each(word, block);
    }
    reader.coder.finish()?;
    if checksum == u32::from_le_bytes([c0, c1, c2, c3]) { Ok(()) } else { Err(damaged()) }
}

struct Reader<'a> {
    coder: Coder<'a>,
    alphabet: &'a [u8],
    blocks: u32,
    /// The letters of the word before, counted from 1, then of the word being read.
    word: Vec<u8>,
    text: String,
    shared: u32,
}

impl<'a> Reader<'a> {
    fn new(coded: &'a [u8], alphabet: &'a [u8], blocks: u32) -> Self {
        Self { coder: Coder::new(coded), alphabet, blocks, word: Vec::new(), text: String::new(), shared: 0 }
    }

    /// Leaves the next word in `text` and gives its block; nothing if it is too long to be one.
    fn next(&mut self) -> Option<u32> {
        let length = self.word.len();
        let same = self.shared_with_last();
        let old = self.at(same);
        self.word.truncate(same);
        let kinds = self.letters(old)?;
        self.text.clear();
        for &letter in &self.word {
            self.text.push(self.letter(letter).map(char::from)?);
        }
        self.shared = narrow(same);
        Some(self.block(kinds, u32::from(same == length)))
    }

    /// How many letters the word has in common with the one before.
    fn shared_with_last(&mut self) -> usize {
        let length = self.word.len();
        for place in 0..length {
            let (i, left) = (narrow(place), narrow(length - place));
            let (this, last) = (self.at(place), self.before(place, 1));
            self.coder.context(0, [1, i, self.shared, narrow(length)]);
            self.coder.context(1, [1, i.wrapping_sub(self.shared), this, left]);
            self.coder.context(2, [1, this, last, self.at(place + 1)]);
            self.coder.context(3, [1, i, left, u32::from(self.shared == i)]);
            if self.coder.bit(1, 1) == 0 {
                return place;
            }
        }
        length
    }

    /// Reads the other letters, of which the first comes after `old` in the old word; gives the kinds of all.
    fn letters(&mut self, mut old: u32) -> Option<u32> {
        let mut kinds = 0;
        for &letter in &self.word {
            kinds |= self.kind(letter);
        }
        let mut first = 1;
        loop {
            let place = self.word.len();
            let [a, b, c] = [1, 2, 3].map(|back| self.before(place, back));
            self.coder.context(0, [0, narrow(place), kinds, first]);
            self.coder.context(1, [0, a, old, u32::from(place == 0)]);
            self.coder.context(2, [0, a, b, first]);
            self.coder.context(3, [0, a, b, c]);
            let letter = self.symbol(2 + 4 * first + narrow(place).min(3));
            if letter == 0 {
                return Some(kinds);
            }
            if place == LONGEST {
                return None;
            }
            let letter = u8::try_from(letter).ok()?;
            kinds |= self.kind(letter);
            self.word.push(letter);
            (old, first) = (0, 0);
        }
    }

    /// A letter in 4, 6 or 8 bits; the end of the word is 0.
    fn symbol(&mut self, set: u32) -> u32 {
        if self.coder.bit(1, set) == 0 {
            self.number(8, 3, set)
        } else if self.coder.bit(2, set) == 0 {
            8 + self.number(32, 4, set)
        } else {
            24 + self.number(64, 6, set)
        }
    }

    fn number(&mut self, node: u32, bits: u32, set: u32) -> u32 {
        let mut value = 1;
        for _ in 0..bits {
            value = value * 2 + self.coder.bit(node + value, set);
        }
        value - (1 << bits)
    }

    fn block(&mut self, kinds: u32, ended: u32) -> u32 {
        let length = self.word.len();
        self.coder.context(0, [2, narrow(length), 0, 0]);
        self.coder.context(1, [2, kinds, 0, 0]);
        self.coder.context(2, [2, ended, self.shared, 0]);
        self.coder.context(3, [2, kinds, narrow(length), 0]);
        let mut block = self.blocks;
        while block > 0 && self.coder.bit(block, 12) == 0 {
            block -= 1;
        }
        block
    }

    /// The letter at a place of the word before; 0 past its end.
    fn at(&self, place: usize) -> u32 {
        self.word.get(place).copied().map_or(0, u32::from)
    }

    fn before(&self, place: usize, back: usize) -> u32 {
        place.checked_sub(back).map_or(0, |place| self.at(place))
    }

    fn letter(&self, number: u8) -> Option<u8> {
        self.alphabet.get(usize::from(number).checked_sub(1)?).copied()
    }

    fn kind(&self, number: u8) -> u32 {
        match self.letter(number) {
            Some(b'a'..=b'z') => 1,
            Some(b'0'..=b'9') => 2,
            Some(b'A'..=b'Z') => 8,
            _ => 4,
        }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
