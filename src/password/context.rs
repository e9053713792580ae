//! Words that an attacker tries first because they know whose password it is.

use zeroize::Zeroizing;

/// Shorter words say too little: `al` is in half of all passwords.
const LEAST: usize = 3;

/// The inputs taken apart: `anna.schmidt@example.com` is also `anna`, `schmidt` and `example`.
pub(super) fn words(inputs: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for input in inputs {
        let folded = input.to_lowercase();
        for word in folded.split(|character: char| !character.is_alphanumeric()) {
            if word.chars().count() >= LEAST && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

/// Whether the whole password is nothing but such words, forwards or backwards, in any case and with the usual
/// substitutions, beside digits, spaces and symbols.
pub(super) fn explains(words: &[String], password: &str) -> bool {
    let lower = Zeroizing::new(password.to_lowercase());
    let password: Zeroizing<Vec<char>> = Zeroizing::new(lower.chars().collect());
    let mut patterns: Vec<Vec<char>> = Vec::new();
    for word in words {
        patterns.push(word.chars().collect());
        patterns.push(word.chars().rev().collect());
    }
    // What is known of each position: whether everything before it is explained, without and with a word.
    let mut reached = vec![(false, false); password.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = (true, false);
    }
    for position in 0..password.len() {
        let (Some(&(plain, worded)), Some(rest)) = (reached.get(position), password.get(position..)) else {
            break;
        };
        if !plain && !worded {
            continue;
        }
        if rest.first().is_some_and(|character| !character.is_alphabetic())
            && let Some(next) = reached.get_mut(position + 1)
        {
            *next = (next.0 || plain, next.1 || worded);
        }
        for pattern in &patterns {
            if starts_with(rest, pattern)
                && let Some(after) = reached.get_mut(position + pattern.len())
            {
                after.1 = true;
            }
        }
    }
    reached.last().is_some_and(|(_, worded)| *worded)
}

pub(super) fn starts_with(text: &[char], pattern: &[char]) -> bool {
    text.len() >= pattern.len()
        && text.iter().zip(pattern).all(|(found, meant)| found == meant || stands_for(*found, *meant))
}

fn stands_for(found: char, meant: char) -> bool {
    matches!(
        (found, meant),
        ('4' | '@', 'a')
            | ('8', 'b')
            | ('3', 'e')
            | ('6' | '9', 'g')
            | ('1' | '!' | '|', 'i' | 'l')
            | ('0', 'o')
            | ('5' | '$', 's')
            | ('7' | '+', 't')
            | ('2', 'z')
    )
}
