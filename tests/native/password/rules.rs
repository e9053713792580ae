use storefront_privacy::password::{Policy, Rules, rules::Characters};

use crate::generate::{Source, cases};

/// What is written, and the one form that means the same. The first eight are from the examples of Apple's documentation
/// ("Customizing Password `AutoFill` Rules") and of apple/password-manager-resources.
const READ: &[(&str, &str)] = &[
    (
        "required: upper; required: lower; required: digit; max-consecutive: 2; minlength: 20;",
        "minlength: 20; required: upper; required: lower; required: digit; allowed: upper, lower, digit; max-consecutive: 2;",
    ),
    (
        "minlength: 20; required: lower; required: upper; required: digit; required: [-];",
        "minlength: 20; required: lower; required: upper; required: digit; required: [-]; allowed: upper, lower, digit, [-];",
    ),
    (
        "minlength: 8; maxlength: 16; allowed: upper, lower, digit, [-().&@?'#,/\"+]; max-consecutive: 2;",
        "minlength: 8; maxlength: 16; allowed: upper, lower, digit, [-\"#&'()+,./?@]; max-consecutive: 2;",
    ),
    ("required: lower, upper", "required: upper, lower; allowed: upper, lower;"),
    ("allowed: unicode", "allowed: ascii-printable;"),
    ("", "allowed: ascii-printable;"),
    (
        "minlength: 8; minlength: 12; maxlength: 30; maxlength: 20",
        "minlength: 12; maxlength: 20; allowed: ascii-printable;",
    ),
    (
        "max-consecutive: 3; max-consecutive: 1; max-consecutive: 2",
        "allowed: ascii-printable; max-consecutive: 1;",
    ),
    (" \t\n\u{c}\rALLOWED : Digit ; ; ", "allowed: digit;"),
    ("required:; allowed: ; minlength:; maxlength", ""),
    ("minlength: 0; max-consecutive: 0; maxlength: 0", "allowed: ascii-printable;"),
    ("allowed: [a-z]", "allowed: [az];"),
    ("allowed: [-az]", "allowed: [-az];"),
    ("allowed: []]", "allowed: []];"),
    ("allowed: [-a]]; maxlength: 9", "maxlength: 9; allowed: [-a]];"),
    ("required: []; required: [é\u{7f}]; allowed: digit", "allowed: digit;"),
    ("allowed: ascii-printable, [ ]", "allowed: ascii-printable, [ ];"),
    ("allowed: special", "allowed: special;"),
    // One of the narrower set is one of the wider.
    ("required: lower; required: ascii-printable", "required: lower; allowed: ascii-printable;"),
    ("required: digit; required: digit", "required: digit; allowed: digit;"),
    ("minlength: 99999999999999999999999; minlength: 7", ""),
];

#[test]
fn reads_the_grammar_leniently() {
    for (text, expected) in READ {
        match Rules::parse(text) {
            Ok(rules) => {
                assert_eq!(rules.to_string(), *expected, "{text}");
                assert_eq!(Rules::parse(expected).unwrap(), rules, "{text}");
            }
            Err(error) => assert_eq!((*expected, error.code()), ("", "password.rules-invalid"), "{text}"),
        }
    }
}

/// What the parser that the grammar comes with makes of its own tests' inputs.
#[test]
fn reads_as_the_reference_does() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../vectors/password/rules.json")).unwrap();
    for (text, expected) in vectors["read"].as_object().unwrap() {
        assert_eq!(Rules::parse(text).unwrap().to_string(), expected.as_str().unwrap(), "{text}");
    }
    for text in vectors["refused"].as_array().unwrap() {
        let text = text.as_str().unwrap();
        assert_eq!(Rules::parse(text).unwrap_err().code(), "password.rules-invalid", "{text}");
    }
}

#[test]
fn says_where_it_stopped() {
    let name = "required, allowed, minlength, maxlength or max-consecutive";
    let class = "upper, lower, digit, special, ascii-printable, unicode or `[`";
    for (text, expected, at) in [
        ("length: 5", name, 1),
        ("minlength: 8 maxlength: 9", "`;` or the end", 14),
        ("minlength 8", "`:`", 11),
        ("maxlength", "`:`", 10),
        ("minlength: eight", "a number", 12),
        ("minlength: 8; required: Großbuchstabe", class, 25),
        ("required: lower,", class, 17),
        ("required: lower upper", "`;` or the end", 17),
        ("allowed: [abc", "a class that ends in `]`", 10),
        ("ä", name, 1),
        ("\u{1F600}; minlength: 8", name, 1),
    ] {
        let error = Rules::parse(text).unwrap_err();
        assert_eq!(error.code(), "password.rules-invalid", "{text}");
        assert_eq!(
            error.message(),
            format!("password: expected {expected} in the rules, at character {at}"),
            "{text}"
        );
    }
    for (text, message) in [
        ("minlength: 9; maxlength: 8", "password: expected a minlength of at most the maxlength, 8, found 9"),
        ("minlength: 257", "password: expected a minlength of at most 256, found 257"),
        (
            "required:[a];required:[b];required:[c];required:[d];required:[e];required:[f];required:[g];required:[h];required:[i]",
            "password: expected at most 8 different requirements in the rules",
        ),
    ] {
        let error = Rules::parse(text).unwrap_err();
        assert_eq!((error.code(), error.message()), ("password.rules-invalid", message));
    }
    let error = Rules::parse(&"ä".repeat(4_097)).unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        ("input.too-long", "password: expected rules of at most 4096 characters, found 4097")
    );
}

#[test]
fn a_class_has_what_its_name_says() {
    let all = |name: &str| Characters::named(name).unwrap().iter().collect::<String>();
    assert_eq!(all("lower"), ('a'..='z').collect::<String>());
    assert_eq!(all("upper"), ('A'..='Z').collect::<String>());
    assert_eq!(all("digit"), "0123456789");
    assert_eq!(all("special"), "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    assert_eq!(all("Unicode"), ('!'..='~').collect::<String>());
    assert_eq!(Characters::named("letter"), None);
}

#[test]
fn leaves_out_what_looks_alike() {
    let clear = |text: &str| Rules::parse(text).unwrap().without_look_alikes();
    let rules = clear("required: digit; allowed: upper, lower").unwrap();
    assert_eq!(rules.required()[0].iter().collect::<String>(), "23456789");
    assert_eq!(rules.allowed().len(), 62 - 5);
    assert!(clear("required: [0O]; allowed: lower").is_err());
    assert_eq!(clear("allowed: [1l]").unwrap_err().code(), "password.rules-invalid");
}

#[test]
fn every_policy_states_rules_that_can_be_read() {
    for policy in Policy::ALL {
        let rules = Rules::parse(&policy.attributes().passwordrules).unwrap();
        assert_eq!(rules.min_length(), Some(policy.min_length()));
        assert_eq!(rules.max_length(), Some(policy.max_length()));
        assert_eq!(rules.allowed(), Characters::ASCII_PRINTABLE);
    }
}

/// Pieces from which most texts are nearly rules.
const PIECES: &[&str] = &[
    "required",
    "allowed",
    "minlength",
    "maxlength",
    "max-consecutive",
    ":",
    ";",
    ",",
    " ",
    "[",
    "]",
    "-",
    "upper",
    "lower",
    "digit",
    "special",
    "ascii-printable",
    "unicode",
    "0",
    "1",
    "9",
    "12",
    "256",
    "99999999999999999999",
    "a",
    "Z",
    "|",
    "é",
    "\u{1F600}",
    "\0",
    "\t",
    ": ",
    "; ",
    ", ",
];

#[test]
fn any_text_is_read_or_refused() {
    let mut source = Source::new(3);
    let (mut read, mut refused) = (0, 0);
    for case in 0..cases(40_000) {
        let text: String = (0..source.below(16)).map(|_| source.pick(PIECES)).collect();
        match Rules::parse(&text) {
            Ok(rules) => {
                read += 1;
                assert_eq!(Rules::parse(&rules.to_string()).as_ref(), Ok(&rules), "case {case}: {text}");
                assert!(rules.required().iter().all(|set| rules.allowed().holds(set)), "case {case}: {text}");
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.code(), "password.rules-invalid", "case {case}: {text}");
            }
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} read, {refused} refused");
}

#[test]
fn rules_of_any_kind_are_written_and_read_back() {
    let mut source = Source::new(4);
    for case in 0..cases(5_000) {
        let mut text = format!("minlength: {}; maxlength: {};", 1 + source.below(20), 20 + source.below(300));
        for property in ["required", "required", "required", "allowed"] {
            let class: String = (0..source.below(9))
                .map(|_| char::from(32 + source.bytes(1).first().unwrap_or(&0) % 95))
                .collect();
            text.extend([
                property,
                ": ",
                ["", "lower,", "special , "][source.below(3)],
                "[",
                &class.replace(']', ""),
                "];",
            ]);
        }
        let rules = Rules::parse(&text).unwrap_or_else(|error| panic!("case {case}: {text}: {error}"));
        assert_eq!(Rules::parse(&rules.to_string()).unwrap(), rules, "case {case}: {text}");
    }
}
