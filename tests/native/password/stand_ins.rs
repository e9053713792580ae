//! What stands for the regex engines in the password module answers as the engines do.
//!
//! A million cases and more: `FUZZ_CASES=1000000 cargo test --release --test native stand_ins`.

use crate::generate::{Source, cases};

#[allow(unreachable_pub, reason = "a crate's root, here as a module")]
#[path = "../../../wasm/password/fancy-regex/src/lib.rs"]
mod small_fancy_regex;
#[allow(unreachable_pub, reason = "a crate's root, here as a module")]
#[path = "../../../wasm/password/regex/src/lib.rs"]
mod small_regex;

const YEAR: &str = r"19[0-9]{2}|20[0-9]{2}";
const DIGITS: &str = r"^[0-9]{4,8}$";
const DATE: &str = r"^([0-9]{1,4})([\s/\\_.-])([0-9]{1,2})([\s/\\_.-])([0-9]{1,4})$";
const REPEATS: [&str; 3] = [r"(.+)\1+", r"(.+?)\1+", r"^(.+?)\1+$"];

/// Where a group was found, and its text.
type Group = Option<(usize, usize, String)>;

fn engine(found: Option<&regex::Captures>) -> Vec<Group> {
    let group = |one: regex::Match| (one.start(), one.end(), one.as_str().to_owned());
    found.map_or_else(Vec::new, |found| found.iter().map(|one| one.map(group)).collect())
}

fn small(found: Option<&small_regex::Captures>) -> Vec<Group> {
    let group = |one: small_regex::Match| (one.start(), one.end(), one.as_str().to_owned());
    found.map_or_else(Vec::new, |found| found.iter().map(|one| one.map(group)).collect())
}

/// Text in which such patterns occur: few different characters, parts that come again, dates, years.
fn text(source: &mut Source) -> String {
    match source.below(8) {
        0 => source.text_of("ab", 24),
        1 => source.text_of("aaabé漢\n😀", 40),
        2 => {
            let part = source.text_of("abc1é\n", 6);
            let (before, after) = (source.text_of("xa", 3), source.text_of("xc", 3));
            format!("{before}{}{after}", part.repeat(1 + source.below(6)))
        }
        3 => source.text_of("12091 /\\_.-\u{a0}\u{3000}\u{2028}\t\n٣", 12),
        4 => {
            let part = |source: &mut Source| {
                let digits = 1 + source.below(5);
                (0..digits).map(|_| source.pick(&['1', '2', '0', '9'])).collect::<String>()
            };
            let between = |source: &mut Source| {
                source.pick(&["/", "\\", "_", ".", "-", " ", "\u{a0}", "\u{85}", "x", "", "--"])
            };
            let date: Vec<String> = (0..5)
                .map(|at| if at % 2 == 0 { part(source) } else { between(source).to_owned() })
                .collect();
            date.concat()
        }
        6 => source.text_of("0123456789", 10),
        5 => source.text_of("a\u{e9}\n", 3).repeat(1 + source.below(9)),
        _ => source.text(100),
    }
}

#[test]
fn small_patterns_find_what_the_engines_find() {
    let large = [YEAR, DIGITS, DATE].map(|pattern| regex::Regex::new(pattern).unwrap());
    let tiny = [YEAR, DIGITS, DATE].map(|pattern| small_regex::Regex::new(pattern).unwrap());
    let large_repeats = REPEATS.map(|pattern| fancy_regex::Regex::new(pattern).unwrap());
    let tiny_repeats = REPEATS.map(|pattern| small_fancy_regex::Regex::new(pattern).unwrap());
    let mut source = Source::new(31);
    let (mut compared, mut hits) = (0_u64, [0_u64; 6]);
    for _ in 0..cases(20_000) {
        let text = text(&mut source);
        for (at, (large, tiny)) in large.iter().zip(&tiny).enumerate() {
            let expected = engine(large.captures(&text).as_ref());
            assert_eq!(small(tiny.captures(&text).as_ref()), expected, "{large} in {text:?}");
            assert_eq!(tiny.is_match(&text), large.is_match(&text), "{large} in {text:?}");
            let all: Vec<_> = large.captures_iter(&text).map(|found| engine(Some(&found))).collect();
            let ours: Vec<_> = tiny.captures_iter(&text).map(|found| small(Some(&found))).collect();
            assert_eq!(ours, all, "{large} in {text:?}");
            hits[at] += u64::from(!expected.is_empty());
            if let (Some(large), Some(tiny)) = (large.captures(&text), tiny.captures(&text)) {
                assert!((0..large.len()).all(|group| large[group] == tiny[group]), "{text:?}");
            }
        }
        for (at, (large, tiny)) in large_repeats.iter().zip(&tiny_repeats).enumerate() {
            let group = |group: usize| {
                let large = large.captures(&text).expect("the engine's limit is not reached");
                let tiny = tiny.captures(&text).unwrap();
                let large = large.and_then(|found| {
                    found.get(group).map(|one| (one.start(), one.end(), one.as_str().to_owned()))
                });
                let tiny = tiny.and_then(|found| {
                    found.get(group).map(|one| (one.start(), one.end(), one.as_str().to_owned()))
                });
                assert_eq!(tiny, large, "{}, group {group}, in {text:?}", REPEATS[at]);
                large
            };
            hits[3 + at] += u64::from(group(0).is_some());
            group(1);
        }
        compared += 6;
    }
    println!("{compared} searches compared, found by pattern: {hits:?}");
    assert!(hits.iter().all(|found| *found > compared / 1_000), "{hits:?} of {compared}");
}

#[test]
fn no_other_pattern_is_known() {
    assert!(small_regex::Regex::new("19[0-9]{2}").is_err());
    assert!(small_fancy_regex::Regex::new(r"(.)\1").is_err());
}
