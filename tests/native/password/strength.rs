use storefront_privacy::password::{MAX_INPUTS, Suggestion, Warning, estimate};

use crate::generate::{Source, cases};

#[track_caller]
fn guesses(password: &str) -> f64 {
    estimate(password, &[]).unwrap().guesses()
}

#[test]
#[allow(clippy::float_cmp, reason = "what is expected is exact")]
fn known_passwords() {
    let worst = estimate("password", &[]).unwrap();
    assert_eq!((worst.score(), worst.guesses()), (0, 3.0));
    assert_eq!(worst.warning(), Some(Warning::ThisIsATop10Password));
    assert_eq!(worst.suggestions(), [Suggestion::AddAnotherWordOrTwo]);
    let seconds = worst.seconds();
    assert_eq!(
        (seconds.online_throttled, seconds.online_unthrottled, seconds.offline_slow, seconds.offline_fast),
        (108.0, 0.3, 0.0003, 3e-10),
    );
    let scores = [("zxcvbn", 0), ("qwER43@!", 2), ("Tr0ub4dour&3", 2), ("correcthorsebatterystaple", 4)];
    for (password, score) in scores {
        assert_eq!(estimate(password, &[]).unwrap().score(), score, "{password}");
    }
    let best = estimate("kJ8#vQz!m2Lp@wX9rT5&", &[]).unwrap();
    assert_eq!((best.score(), best.warning(), best.suggestions().len()), (4, None, 0));
}

#[test]
#[allow(clippy::float_cmp, reason = "what is expected is exact")]
fn no_password_is_no_guess() {
    let empty = estimate("", &[]).unwrap();
    assert_eq!((empty.score(), empty.guesses(), empty.guesses_log10()), (0, 0.0, 0.0));
    assert_eq!(empty.warning(), None);
    assert_eq!(empty.suggestions().len(), 2);
}

/// The crate counts two guesses for each of these.
#[test]
fn capitals_with_digits_are_no_easier_than_small_letters() {
    for password in ["MONKEY12", "ALICE123", "PASSWORD1"] {
        let (shouted, spoken) = (estimate(password, &[]).unwrap(), guesses(&password.to_lowercase()));
        assert!((shouted.guesses() - spoken * 2.0).abs() < 1.0, "{password}");
        assert!((shouted.guesses_log10() - shouted.guesses().log10()).abs() < 1e-9, "{password}");
        assert!(shouted.suggestions().contains(&Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase));
    }
}

#[test]
fn what_is_known_of_the_visitor_is_guessed_first() {
    let inputs = ["Zebulon Quackenbush", "zeb.quack@moorland.example"];
    for password in ["quackenbush", "Zebulon", "moorland", "zeb.quack@moorland.example"] {
        let known = estimate(password, &inputs).unwrap().guesses();
        assert!(known < 100.0 && known < guesses(password), "{password}: {known}");
    }
}

#[test]
fn refuses_what_is_too_long() {
    let message = |password: &str, inputs: &[&str]| {
        let error = estimate(password, inputs).unwrap_err();
        assert_eq!(error.code(), "input.too-long");
        error.to_string()
    };
    let long = "é".repeat(257);
    assert!(estimate(&"é".repeat(256), &[&"é".repeat(256)]).is_ok());
    assert_eq!(message(&long, &[]), "password: expected a password of at most 256 code points, found 257");
    assert_eq!(message("x", &[&long]), "password: expected inputs of at most 256 code points, found 257");
    assert_eq!(message("x", &["a"; MAX_INPUTS + 1]), "password: expected at most 32 inputs, found 33");
}

#[test]
fn codes_are_distinct_words() {
    let codes: Vec<_> = Warning::ALL
        .iter()
        .map(|warning| warning.as_str())
        .chain(Suggestion::ALL.iter().map(|suggestion| suggestion.as_str()))
        .collect();
    assert_eq!(codes.len(), 14 + 13);
    for (position, code) in codes.iter().enumerate() {
        assert!(!codes[..position].contains(code));
        assert!(code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{code}");
    }
}

/// The package's TypeScript has the same codes, in the same order.
#[test]
fn typescript_knows_the_same_codes() {
    let source = include_str!("../../../pkg/src/verbs/password.ts");
    let union = |name: &str| -> Vec<&str> {
        let list = source.split_once(&format!("export type {name} =")).expect(name).1;
        list.split_once(';').expect(name).0.split('"').skip(1).step_by(2).collect()
    };
    assert_eq!(union("PasswordWarning"), Warning::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    assert_eq!(
        union("PasswordSuggestion"),
        Suggestion::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>()
    );
}

#[test]
fn survives_any_password() {
    let mut source = Source::new(10);
    for _ in 0..cases(3_000) {
        let (password, input) = (source.text(24), source.text(12));
        let estimate = estimate(&password, &[&input]).unwrap();
        assert!(estimate.score() <= 4);
        assert!(estimate.guesses().is_finite() && estimate.guesses_log10().is_finite());
    }
}
