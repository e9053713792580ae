//! zxcvbn's answer, and what is put right in it.

use zeroize::Zeroizing;
use zxcvbn::{
    Entropy, Match,
    matching::patterns::{DictionaryPattern, MatchPattern},
    zxcvbn,
};

use super::{
    Correction, Suggestion, Warning, budget,
    inputs::{Inputs, small},
};

/// What zxcvbn says, corrected.
pub(super) struct Analysis {
    pub(super) guesses: u64,
    /// Before anything was corrected.
    pub(super) uncorrected: u64,
    pub(super) warning: Option<Warning>,
    pub(super) suggestions: Vec<Suggestion>,
    pub(super) corrections: Vec<Correction>,
    /// Whether what is known of the visitor is part of it.
    pub(super) known: bool,
    /// Whether only the first code points were analysed.
    pub(super) cut: bool,
}

/// Rounds of finding capitals that count as no guess; each leaves fewer.
const ROUNDS: usize = 4;

pub(super) fn analyse(password: &str, inputs: &[&str]) -> Analysis {
    let typed: Zeroizing<Vec<char>> = Zeroizing::new(password.chars().collect());
    let inputs = Inputs::new(inputs, typed.get(..budget::MOST).unwrap_or(&typed));
    let length = budget::affordable(&typed, inputs.len());
    let typed = typed.get(..length).unwrap_or_default();
    let words = inputs.all();

    let mut text = Zeroizing::new(String::with_capacity(length * 4));
    text.extend(typed);
    let mut entropy = zxcvbn(&text, &words);
    let uncorrected = entropy.guesses();
    let mut spoken: Zeroizing<Vec<char>> = Zeroizing::new(Vec::new());
    for _ in 0..ROUNDS {
        let found: Vec<_> =
            entropy.sequence().iter().filter(|one| is_free(one)).map(|one| (one.i, one.j)).collect();
        if found.is_empty() {
            break;
        }
        if spoken.is_empty() {
            spoken.extend(typed);
        }
        for (i, j) in found {
            spoken.get_mut(i..=j).unwrap_or_default().iter_mut().for_each(|letter| *letter = small(*letter));
        }
        text.clear();
        text.extend(spoken.iter());
        entropy = zxcvbn(&text, &words);
    }

    let mut corrections = Vec::new();
    let sequence = entropy.sequence();
    // To write a word in capitals is the one other way to write it (zxcvbn 4.4.2, uppercase_variations).
    let shouted =
        sequence.iter().filter(|one| part(&spoken, one) != part(typed, one) && !spoken.is_empty()).count();
    let mut guesses = (0..shouted).fold(entropy.guesses(), |guesses, _| guesses.saturating_mul(2));
    if !spoken.is_empty() {
        corrections.push(Correction::UppercaseWord);
    }
    for one in sequence.iter().flat_map(false_sequences) {
        guesses = without_pattern(guesses, one);
        corrections.push(Correction::FalseSequence);
    }
    corrections.dedup();
    let (warning, suggestions) = advice(&entropy, typed, &mut corrections);
    let from_inputs = |pattern: &&DictionaryPattern| words.contains(&pattern.matched_word.as_str());
    let known: Vec<_> = sequence.iter().filter_map(dictionary).filter(from_inputs).collect();
    if known.iter().any(|pattern| inputs.is_row(&pattern.matched_word)) {
        corrections.push(Correction::InputsInARow);
    }
    if known.iter().any(|pattern| inputs.is_part(&pattern.matched_word)) {
        corrections.push(Correction::ContextWord);
    }
    if sequence.iter().any(is_late_year) {
        corrections.push(Correction::RecentYear);
    }
    if sequence.iter().any(is_of_a_list) && super::STEPS.iter().any(|step| is_near(uncorrected, *step)) {
        corrections.push(Correction::RoundedRank);
    }
    let all = password.chars().count();
    if length < all {
        let by_length = length == budget::MOST;
        corrections.push(if by_length { Correction::LengthCut } else { Correction::SubstitutionsCut });
    }
    if typed.iter().any(|letter| letter.len_utf16() > 1 || (!letter.is_ascii() && letter.is_uppercase())) {
        corrections.push(Correction::CodePoints);
    }
    Analysis {
        guesses,
        uncorrected,
        warning,
        suggestions,
        corrections,
        known: !known.is_empty(),
        cut: length < all,
    }
}

fn part<'a>(text: &'a [char], one: &Match) -> &'a [char] {
    text.get(one.i..=one.j).unwrap_or_default()
}

fn dictionary(one: &Match) -> Option<&DictionaryPattern> {
    match &one.pattern {
        MatchPattern::Dictionary(pattern) => Some(pattern),
        _ => None,
    }
}

/// Whether the ways to write it in capitals were counted as none: the sum over 1..=min(capitals, small letters) is
/// empty where there is no small letter, and something that is no letter keeps it from being "all in capitals".
fn is_free(one: &Match) -> bool {
    match &one.pattern {
        MatchPattern::Dictionary(pattern) => pattern.uppercase_variations == 0,
        MatchPattern::Repeat(pattern) => pattern.base_matches.iter().any(is_free),
        _ => false,
    }
}

/// What the crate found as a sequence and is none by zxcvbn 4.4.2 (matching.coffee, `sequence_match`): its steps are not all the same.
fn false_sequences(one: &Match) -> Vec<&Match> {
    match &one.pattern {
        MatchPattern::Sequence(_) => {
            let letters = || one.token.chars().map(u32::from);
            let mut steps =
                letters().zip(letters().skip(1)).map(|(first, second)| second.wrapping_sub(first));
            let first = steps.next();
            if steps.any(|step| Some(step) != first) { vec![one] } else { Vec::new() }
        }
        MatchPattern::Repeat(pattern) => pattern.base_matches.iter().flat_map(false_sequences).collect(),
        _ => Vec::new(),
    }
}

/// The guesses when a part of the password follows no pattern: ten for each of its characters.
fn without_pattern(guesses: u64, part: &Match) -> u64 {
    let length = u32::try_from(part.token.chars().count()).unwrap_or(u32::MAX);
    let found = u128::from(part.guesses.unwrap_or(1).max(1));
    let others = u128::from(guesses) / found;
    u64::try_from(others.saturating_mul(10_u128.saturating_pow(length)).max(guesses.into()))
        .unwrap_or(u64::MAX)
}

/// Whether a word of a list, or of the visitor's, is part of it.
fn is_of_a_list(one: &Match) -> bool {
    match &one.pattern {
        MatchPattern::Dictionary(_) => true,
        MatchPattern::Repeat(pattern) => pattern.base_matches.iter().any(is_of_a_list),
        _ => false,
    }
}

/// Whether the ranks of a few words, each a little too great or too small, can carry the guesses over the step.
fn is_near(guesses: u64, step: u64) -> bool {
    let most = step / 100 * 15;
    guesses.abs_diff(step) <= most
}

fn is_late_year(one: &Match) -> bool {
    match &one.pattern {
        MatchPattern::Regex(pattern) => pattern
            .regex_match
            .first()
            .and_then(|year| year.parse().ok())
            .is_some_and(|year: u16| year >= 2020),
        MatchPattern::Repeat(pattern) => pattern.base_matches.iter().any(is_late_year),
        _ => false,
    }
}

/// zxcvbn's advice, where its crate departs from its own rules put right (zxcvbn 4.4.2, feedback.coffee).
fn advice(
    entropy: &Entropy,
    typed: &[char],
    corrections: &mut Vec<Correction>,
) -> (Option<Warning>, Vec<Suggestion>) {
    use Suggestion::{
        AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase as AllCapitals,
        CapitalizationDoesntHelpVeryMuch as OneCapital,
    };

    let Some(feedback) = entropy.feedback() else { return (None, Vec::new()) };
    let mut warning = feedback.warning().map(Warning::from);
    let mut suggestions: Vec<_> = feedback.suggestions().iter().copied().map(Suggestion::from).collect();
    // The match that the crate speaks of.
    let longest = entropy.sequence().iter().max_by_key(|one| one.j - one.i);
    if let Some(one) = longest.filter(|one| dictionary(one).is_some()) {
        if warning == Some(Warning::ThisIsSimilarToACommonlyUsedPassword) && one.guesses > Some(10_000) {
            warning = None;
            corrections.push(Correction::SimilarPassword);
        }
        let word = part(typed, one);
        let capitals = word.iter().filter(|letter| letter.is_uppercase()).count();
        let first = word.first().is_some_and(|letter| letter.is_uppercase());
        let small = word.iter().any(|letter| letter.is_lowercase());
        let meant = match (first, capitals) {
            (true, 1) if word.len() > 1 => Some(OneCapital),
            (_, 1..) if !small => Some(AllCapitals),
            _ => None,
        };
        let given = suggestions.iter().find(|one| [OneCapital, AllCapitals].contains(one)).copied();
        if given != meant {
            suggestions.retain(|one| Some(*one) != given);
            // After what all get, before what else there is to say of the word.
            suggestions.splice(1.min(suggestions.len())..1.min(suggestions.len()), meant);
            corrections.push(Correction::UppercaseAdvice);
        }
    }
    (warning, suggestions)
}
