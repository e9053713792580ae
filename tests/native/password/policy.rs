use storefront_privacy::password::{Policy, Rule, normalize};

use crate::generate::{Source, cases};

const SINGLE: Policy = Policy::NIST_800_63B_4;
const MFA: Policy = Policy::NIST_800_63B_4_MFA;
const INPUTS: [&str; 3] = ["Anna Schmidt", "anna.schmidt@moorland.example", "Harbour & Pine"];

#[track_caller]
fn broken(policy: &Policy, password: &str) -> Vec<Rule> {
    policy.check(password, &INPUTS).unwrap()
}

#[test]
fn policies_have_ids() {
    let ids: Vec<_> = Policy::ALL.iter().map(Policy::id).collect();
    assert_eq!(ids, ["nist-800-63b-4", "nist-800-63b-4-mfa", "asvs-5"]);
    assert_eq!(Policy::by_id("nist-800-63b-4-mfa"), Some(MFA));
    assert_eq!(Policy::by_id("NIST-800-63b-4"), None);
    assert_eq!((SINGLE.min_length(), MFA.min_length(), SINGLE.max_length()), (15, 8, 256));
}

#[test]
fn counts_code_points_of_the_normal_form() {
    assert_eq!(broken(&SINGLE, "vqkzxwjrpmgtyb"), [Rule::TooShort]);
    assert_eq!(broken(&SINGLE, "vqkzxwjrpmgtybn"), []);
    // Eight code points, of four bytes each.
    assert_eq!(broken(&MFA, "😀🦊🎈🚲🌵🧭🪁🫖"), []);
    assert_eq!(broken(&MFA, "😀🦊🎈🚲🌵🧭🪁"), [Rule::TooShort]);
    // Eight code points as typed, seven in Normalization Form C.
    assert_eq!(broken(&MFA, "va\u{308}qkzxw"), [Rule::TooShort]);
    assert_eq!(broken(&MFA, "va\u{308}qkzxwj"), []);
    assert_eq!(*normalize("va\u{308}"), "vä");
}

#[test]
fn takes_up_to_256_code_points_of_anything() {
    let longest: String = (0..256).map(|position| char::from_u32(0x4e00 + position * 7).unwrap()).collect();
    assert_eq!(broken(&SINGLE, &longest), []);
    assert_eq!(broken(&SINGLE, &format!("{longest}x")), [Rule::TooLong]);
    assert_eq!(broken(&SINGLE, &"x".repeat(1_000_000)), [Rule::TooLong]);
    // 256 of the code points that are longest when taken apart.
    assert_eq!(broken(&SINGLE, &"\u{3b1}\u{313}\u{300}\u{345}\u{1f82}".repeat(128)), [Rule::Common]);
    // No composition rules, no control over which characters.
    assert_eq!(broken(&SINGLE, "            \u{0}\u{7}\u{2028} x"), []);
}

#[test]
fn no_password_breaks_one_rule() {
    assert_eq!(broken(&SINGLE, ""), [Rule::Empty]);
    assert_eq!(broken(&MFA, ""), [Rule::Empty]);
}

#[test]
fn refuses_common_passwords_whole() {
    for password in [
        "password",
        "PassWord",
        "12345678",
        "qwertyuiop",
        "MONKEY12",
        "baseball1",
        "aaaaaaaa",
        "abcdefgh",
        "starwars",
    ] {
        assert_eq!(broken(&MFA, password), [Rule::Common], "{password}");
    }
    for password in [
        "passwordpassword",
        "aaaaaaaaaaaaaaa",
        "123456789987654321",
        "qwertyuiopasdfgh",
        &"x".repeat(200),
        &"dragon".repeat(30),
    ] {
        assert_eq!(broken(&SINGLE, password), [Rule::Common], "{password}");
    }
    // The whole password is compared, not a part of it.
    for password in ["password and so much more", "my dragon sleeps at noon"] {
        assert_eq!(broken(&SINGLE, password), [], "{password}");
    }
}

#[test]
fn refuses_what_follows_from_the_context() {
    for password in [
        "anna.schmidt@moorland.example",
        "Anna.Schmidt-1990",
        "SCHMIDT schmidt 123",
        "4nn4 $chm1dt 2026!!",
        "tdimhcs anna 1990",
        "HarbourPine2026!",
        "example moorland",
    ] {
        assert_eq!(broken(&SINGLE, password), [Rule::Context], "{password}");
    }
    for password in ["anna loves quiet harbours", "annaxschmidt 1990", "no harbour, no pinewood"] {
        assert_eq!(broken(&SINGLE, password), [], "{password}");
    }
    assert_eq!(SINGLE.check("Anna.Schmidt-1990", &[]).unwrap(), []);
    // Words of one or two letters say too little.
    assert_eq!(SINGLE.check("ab.ab.ab.ab.ab.12", &["ab"]).unwrap(), []);
    assert_eq!(broken(&SINGLE, "anna1990"), [Rule::TooShort, Rule::Context]);
}

#[test]
fn refuses_too_much_context() {
    let error = SINGLE.check("x", &["a"; 33]).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("input.too-long", "password: expected at most 32 inputs, found 33")
    );
}

#[test]
fn says_what_a_rule_asks_for_and_who_says_so() {
    let said: Vec<_> = Policy::ASVS_5
        .requirements()
        .into_iter()
        .map(|asked| format!("{} {} {}: {}", asked.rule.id(), asked.level.as_str(), asked.source, asked.text))
        .collect();
    assert_eq!(
        said,
        [
            "present SHALL OWASP ASVS 5.0 6.2.1: a password",
            "min-length SHALL OWASP ASVS 5.0 6.2.1: at least 8 characters",
            "recommended-length SHOULD OWASP ASVS 5.0 6.2.1: 15 characters or more",
            "max-length shop shop's choice: at most 256 characters",
            "blocklist SHALL OWASP ASVS 5.0 6.2.4: a password that is not commonly used",
            "context SHALL OWASP ASVS 5.0 6.2.11: a password that is more than your name, your e-mail address or the shop's name",
        ],
    );
    assert!(Policy::ASVS_5.enforce("vqkzxwjr", &[]).is_ok(), "a recommendation refuses nothing");
}

#[test]
fn a_shop_may_ask_for_what_nist_forbids_and_it_is_marked() {
    let policy = Policy::parse(
        r#"{"id":"old","minLength":8,"maxLength":20,"require":["upper","symbol"],"maxConsecutive":2,"maxAgeDays":90,"blocklist":0}"#,
    )
    .unwrap();
    let against: Vec<_> = policy
        .requirements()
        .iter()
        .filter(|asked| asked.against_nist)
        .map(|asked| asked.rule.id())
        .collect();
    assert_eq!(
        against,
        [
            "min-length",
            "max-length",
            "blocklist",
            "require-upper",
            "require-symbol",
            "max-consecutive",
            "max-age"
        ]
    );
    for (password, code) in [
        ("Short-1", "password.too-short"),
        ("password", "password.class-missing"),
        ("Passwooord-1", "password.repeats"),
    ] {
        assert_eq!(policy.enforce(password, &[]).unwrap_err().code(), code, "{password}");
    }
    assert!(policy.enforce("Password-1", &[]).is_ok());
    let old = policy.report("Password-1", &[], Some(91)).unwrap();
    let expired: Vec<_> =
        old.iter().filter(|verdict| verdict.refuses()).map(|verdict| verdict.requirement.rule).collect();
    assert_eq!(expired, [Rule::Expired]);
}

#[test]
fn a_policy_that_is_not_possible_is_refused() {
    for (text, message) in [
        ("[]", "password policy: expected an object"),
        (
            "{}",
            "password policy: expected an id of small letters, digits, dots and hyphens, which is no standard's",
        ),
        (r#"{"id":"own","minLength":0}"#, "password policy: expected lengths from 1 to 256, the least first"),
        (r#"{"id":"own","minLength":"8"}"#, "password policy: expected minLength to be a whole number"),
        (r#"{"id":"own","minLenght":8}"#, "password policy: expected no member `minLenght`"),
        (r#"{"id":"own","blocklist":10001}"#, "password policy: expected a blocklist of 0 to 10000"),
        (
            r#"{"id":"own","require":["vowel"]}"#,
            "password policy: expected require of lower, upper, digit and symbol, each once",
        ),
    ] {
        let error = Policy::parse(text).unwrap_err();
        assert_eq!((error.code(), error.message()), ("password.policy-invalid", message));
    }
    let whole = r#"{"id":"old","minLength":8,"maxLength":20,"require":["lower","digit"],"maxConsecutive":2,"maxAgeDays":90}"#;
    let mut source = Source::new(23);
    for _ in 0..cases(20_000) {
        let text = source.mutate(whole, "{}[]\":,0123456789-.eabcxyz\\ ");
        match Policy::parse(&text) {
            Ok(policy) => assert!((1..=256).contains(&policy.min_length())),
            Err(error) => assert_eq!(error.code(), "password.policy-invalid", "{text}"),
        }
    }
}

#[test]
fn enforces_with_the_first_rule() {
    assert!(SINGLE.enforce("correct horse battery staple", &INPUTS).is_ok());
    let error = MFA.enforce("password", &INPUTS).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (
            "password.common",
            "password: expected a password that is not commonly used (NIST SP 800-63B-4 §3.1.1.2: SHALL)"
        ),
    );
}

/// The hardest passwords to estimate are refused or taken in bounded time: substitutions in every place.
#[test]
fn is_bounded_for_adversarial_passwords() {
    let started = std::time::Instant::now();
    for length in [32, 33, 64, 100, 256] {
        let soup: String = "4@8({[<369&#!1/|0$5+7%2".chars().cycle().take(length).collect();
        SINGLE.check(&soup, &INPUTS).unwrap();
    }
    let inputs: Vec<String> = (0..32).map(|number| format!("{}{number}", "a-b".repeat(80))).collect();
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    SINGLE.check(&"ab".repeat(128), &inputs).unwrap();
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn survives_any_password() {
    let mut source = Source::new(11);
    for _ in 0..cases(3_000) {
        let (password, input) = (source.text(300), source.text(20));
        let broken = SINGLE.check(&password, &[&input]).unwrap();
        let length = normalize(&password).chars().count();
        assert_eq!(broken.contains(&Rule::TooLong), length > 256);
        assert_eq!(broken.contains(&Rule::TooShort), (1..15).contains(&length));
        assert_eq!(SINGLE.check(&normalize(&password), &[&input]).unwrap(), broken);
    }
}
