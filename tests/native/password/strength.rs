use std::time::{Duration, Instant};

use storefront_privacy::password::{
    Bound, Correction, Estimate, MAX_INPUTS, Standing, Suggestion, Warning, estimate, strength::estimate_with,
};

use crate::generate::{Source, cases};

#[track_caller]
fn guesses(password: &str) -> f64 {
    estimate(password, &[]).unwrap().guesses()
}

/// Before any list has been asked.
#[track_caller]
fn unplaced(password: &str, inputs: &[&str]) -> Estimate {
    estimate_with(password, inputs, Standing::Unknown).unwrap()
}

#[test]
#[allow(clippy::float_cmp, reason = "what is expected is exact")]
fn known_passwords() {
    let worst = estimate("password", &[]).unwrap();
    assert_eq!((worst.score(), worst.guesses(), worst.bound()), (0, 2.0, Bound::Estimate));
    assert_eq!((worst.uncorrected_score(), worst.uncorrected_guesses()), (0, 3.0));
    assert_eq!(worst.corrections(), [Correction::ListRank]);
    assert_eq!(worst.warning(), Some(Warning::ThisIsATop10Password));
    assert_eq!(worst.suggestions(), [Suggestion::AddAnotherWordOrTwo]);
    let seconds = worst.seconds();
    assert_eq!(
        (seconds.online_throttled, seconds.online_unthrottled, seconds.offline_slow, seconds.offline_fast),
        (72.0, 0.2, 0.0002, 2e-10),
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
    for password in ["MONKEY12", "ALICE123", "M0NKEY", "xyzM0NKEYq", "M0NKEYM0NKEY"] {
        let (shouted, spoken) = (unplaced(password, &[]), unplaced(&password.to_lowercase(), &[]));
        assert!(
            shouted.guesses() > spoken.guesses(),
            "{password}: {} {}",
            shouted.guesses(),
            spoken.guesses()
        );
        assert!(shouted.guesses() <= spoken.guesses() * 2.0, "{password}");
        assert_eq!(shouted.corrections().first(), Some(&Correction::UppercaseWord), "{password}");
    }
    // Nothing to put right: what is all in capitals counts as it should.
    assert!(!unplaced("MONKEY", &[]).corrections().contains(&Correction::UppercaseWord));
}

#[test]
fn advice_on_capitals_is_that_of_the_original() {
    let capitals = [
        Suggestion::CapitalizationDoesntHelpVeryMuch,
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase,
    ];
    for (password, expected) in [
        ("Dragon", Some(capitals[0])),
        ("DRAGON", Some(capitals[1])),
        ("MONKEY12", Some(capitals[1])),
        ("DraGon", None),
        ("dragon", None),
    ] {
        let estimate = unplaced(password, &[]);
        let given: Vec<_> =
            estimate.suggestions().iter().filter(|one| capitals.contains(one)).copied().collect();
        assert_eq!(given, expected.into_iter().collect::<Vec<_>>(), "{password}");
    }
}

#[test]
fn only_what_is_close_to_a_common_password_is_called_so() {
    let warning = Some(Warning::ThisIsSimilarToACommonlyUsedPassword);
    assert_eq!(unplaced("p4ssw0rd", &[]).warning(), warning);
    let far = unplaced("9drowssap@zuluq", &[]);
    assert_ne!(far.warning(), warning);
    let far = unplaced("xnH@kw@dbb", &[]);
    assert_ne!(far.warning(), warning, "{far:?}");
}

#[test]
fn the_list_comes_before_any_pattern() {
    let placed = |password: &str, standing| estimate_with(password, &[], standing).unwrap();
    let listed = placed("Zq9#vK2!pLm4", Standing::Listed(64));
    assert_eq!((listed.score(), listed.guesses().to_string().as_str()), (0, "64"));
    assert_eq!(listed.warning(), Some(Warning::ThisIsATop100Password));
    assert_eq!(listed.suggestions(), [Suggestion::AddAnotherWordOrTwo]);
    assert_eq!(listed.corrections(), [Correction::ListRank]);
    assert_eq!(placed("zebra", Standing::Listed(4)).warning(), Some(Warning::ThisIsATop10Password));
    assert_eq!(placed("zebra", Standing::Listed(10_000)).warning(), Some(Warning::ThisIsACommonPassword));

    let raised = placed("aaaa", Standing::Unlisted);
    assert_eq!((raised.score(), raised.guesses().to_string().as_str()), (1, "10000"));
    assert_eq!(raised.corrections(), [Correction::ListFloor]);
    let strong = placed("correcthorsebatterystaple", Standing::Unlisted);
    assert_eq!((strong.score(), strong.corrections()), (4, [].as_slice()));

    // Who knows the visitor tries the name first.
    let known = estimate_with("quackenbush", &["Zebulon Quackenbush"], Standing::Unlisted).unwrap();
    assert_eq!((known.score(), known.corrections()), (0, [Correction::ContextWord].as_slice()));
}

#[test]
fn inputs_in_a_row_are_one_word() {
    let inputs = ["Hans Florian Zimmer", "hans@zimmer.example", "Kettle & Cup"];
    for password in ["ZimmerHansFlorian", "hans-zimmer-kettle", "z1mmer.h4ns.Florian", "KettleCupHans"] {
        let known = unplaced(password, &inputs);
        assert!(known.corrections().contains(&Correction::InputsInARow), "{password}: {known:?}");
        assert!(known.score() <= 1, "{password}: {known:?}");
        assert!(known.guesses() < unplaced(password, &[]).guesses(), "{password}");
    }
    let whole = unplaced("Hans Florian Zimmer", &inputs);
    assert!(whole.score() == 0 && !whole.corrections().contains(&Correction::ContextWord), "{whole:?}");
}

#[test]
fn years_of_this_decade_are_recent() {
    let years: Vec<_> = (2018..2030).map(|year| unplaced(&format!("vqzxk{year}"), &[])).collect();
    assert!(years.windows(2).all(|pair| pair[0].guesses().to_string() == pair[1].guesses().to_string()));
    let named: Vec<_> = years.iter().map(|year| year.corrections() == [Correction::RecentYear]).collect();
    assert_eq!(named, [false, false, true, true, true, true, true, true, true, true, true, true]);
}

#[test]
fn what_takes_too_long_is_a_lower_bound_of_its_first_code_points() {
    let soup = "4@8({[<369&#!1/|0$5+7%2".repeat(4);
    let (cut, long) = (unplaced(&soup, &[]), unplaced(&"Zq9vK2pLm4".repeat(13), &[]));
    assert_eq!((cut.bound(), cut.score()), (Bound::Lower, 4));
    assert_eq!(cut.corrections(), [Correction::SubstitutionsCut]);
    assert_eq!((long.bound(), long.corrections()), (Bound::Lower, [Correction::LengthCut].as_slice()));
    assert_eq!(unplaced("Tr0ub4dour&3", &[]).bound(), Bound::Estimate);
}

/// A generous limit: what is to be noticed takes seconds.
#[test]
fn nothing_takes_long() {
    let words: Vec<String> = (0..32).map(|number| format!("word{number} ").repeat(30)).collect();
    let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
    for password in [
        "4@8({[<369&#!1/|0$5+7%2".repeat(11),
        "4@8({[<369&#!1/".repeat(17),
        "qa".repeat(128),
        "zaq1".repeat(64),
        "a".repeat(256),
        "0110100110010110".repeat(16),
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(51),
        "word1 word2 word3 ".repeat(14),
    ] {
        let began = Instant::now();
        assert!(estimate(&password, &inputs).unwrap().guesses().is_finite());
        assert!(began.elapsed() < Duration::from_secs(4), "{password}: {:?}", began.elapsed());
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
    assert_eq!(union("Correction"), Correction::ALL.iter().map(|id| id.as_str()).collect::<Vec<_>>());
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
