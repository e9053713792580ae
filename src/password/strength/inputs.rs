//! What is known of the visitor, as the words that zxcvbn is to try.

use zeroize::Zeroizing;

use super::super::context::{starts_with, words};

/// The inputs, their parts, and the rows of them that the password has.
pub(super) struct Inputs {
    words: Vec<String>,
    parts: Vec<String>,
    rows: Zeroizing<Vec<String>>,
}

impl Inputs {
    pub(super) fn new(inputs: &[&str], password: &[char]) -> Self {
        let mut words_as_given: Vec<String> = Vec::new();
        for input in inputs.iter().map(|input| input.to_lowercase()).filter(|input| !input.is_empty()) {
            if !words_as_given.contains(&input) {
                words_as_given.push(input);
            }
        }
        let mut parts = words(inputs);
        parts.retain(|part| !words_as_given.contains(part));
        let mut known: Vec<Vec<char>> =
            words_as_given.iter().chain(&parts).map(|word| word.chars().collect()).collect();
        known.retain(|word| word.len() > 1);
        let rows = Zeroizing::new(rows(&known, password));
        Self { words: words_as_given, parts, rows }
    }

    /// All of them, the likelier first.
    pub(super) fn all(&self) -> Vec<&str> {
        self.words.iter().chain(&self.parts).chain(self.rows.iter()).map(String::as_str).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.words.len() + self.parts.len() + self.rows.len()
    }

    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.iter().any(|part| part == word)
    }

    pub(super) fn is_row(&self, word: &str) -> bool {
        self.rows.iter().any(|row| row == word)
    }
}

/// Where two or more of the words follow one another in the password, with one sign between them or none: the words,
/// with the signs, in small letters and without substitutions.
fn rows(words: &[Vec<char>], password: &[char]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    if words.is_empty() {
        return rows;
    }
    let folded: Zeroizing<Vec<char>> =
        Zeroizing::new(password.iter().map(|character| small(*character)).collect());
    let mut start = 0;
    while start < folded.len() {
        let (row, count, end) = row(words, &folded, start);
        start = if count > 1 { end } else { start + 1 };
        if count > 1 && !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// As many words as there are from a place on: their text, their number, and the place after them.
fn row(words: &[Vec<char>], password: &[char], start: usize) -> (String, usize, usize) {
    let (mut row, mut count, mut end) = (String::with_capacity(password.len() * 4), 0, start);
    loop {
        let Some(rest) = password.get(end..) else { return (row, count, end) };
        let sign = rest.first().filter(|sign| count > 0 && !sign.is_alphanumeric());
        let after = rest.get(1..).unwrap_or_default();
        let longest =
            |text: &[char]| words.iter().filter(|word| starts_with(text, word)).max_by_key(|word| word.len());
        let (between, word) = match (longest(rest), sign) {
            (Some(word), _) => (None, word),
            (None, Some(sign)) if let Some(word) = longest(after) => (Some(*sign), word),
            _ => return (row, count, end),
        };
        row.extend(between);
        row.extend(word);
        count += 1;
        end += usize::from(between.is_some()) + word.len();
    }
}

/// The letter in small, where that is one letter.
pub(super) fn small(character: char) -> char {
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}
