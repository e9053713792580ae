//! One-time codes: every vector of their RFCs, and what a server must refuse.

use serde_json::Value;
use storefront_privacy::passkey::fallback::otp::{Algorithm, Hotp, Outcome, Secret, Totp};

use crate::generate::{Source, cases};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../vectors/passkey/otp.json")).unwrap()
}

fn secret(value: &Value) -> Secret {
    Secret::from_bytes(value.as_str().unwrap().as_bytes()).unwrap()
}

fn some_totp() -> Totp {
    Totp::new(Secret::from_bytes(b"12345678901234567890").unwrap())
}

const NOW: u64 = 1_795_392_000;

#[test]
fn every_vector_of_rfc_4226_is_met() {
    let vectors = &vectors()["hotp"];
    let six = Hotp::new(secret(&vectors["secret"]));
    let eight = six.clone().with(Algorithm::Sha1, 8).unwrap();
    let (values, truncated) =
        (vectors["values"].as_array().unwrap(), vectors["truncated"].as_array().unwrap());
    assert_eq!((values.len(), truncated.len()), (10, 10));
    for (counter, (value, truncated)) in (0..).zip(values.iter().zip(truncated)) {
        assert_eq!(six.code(counter), value.as_str().unwrap());
        assert_eq!(eight.code(counter), format!("{:08}", truncated.as_u64().unwrap() % 100_000_000));
    }
}

#[test]
fn every_vector_of_rfc_6238_is_met() {
    let vectors = &vectors()["totp"];
    let values = vectors["values"].as_array().unwrap();
    assert_eq!(values.len(), 18);
    for case in values {
        let name = case[1].as_str().unwrap();
        let algorithm = Algorithm::parse(name).unwrap();
        let totp = Totp::new(secret(&vectors["secrets"][name])).with(algorithm, 8, 30).unwrap();
        let (time, code) = (case[0].as_u64().unwrap(), case[2].as_str().unwrap());
        assert_eq!(totp.code(time), code);
        assert_eq!(totp.verify(code, time, None).unwrap(), Outcome::Right { step: time / 30 });
    }
}

#[test]
fn one_step_before_and_after_is_accepted_and_no_more() {
    let totp = some_totp();
    for steps in 0..=5 {
        for time in [NOW + 30 * steps, NOW - 30 * steps] {
            let outcome = totp.verify(&totp.code(time), NOW, None).unwrap();
            let expected = if steps <= 1 { Outcome::Right { step: time / 30 } } else { Outcome::Wrong };
            assert_eq!(outcome, expected, "{steps} steps");
        }
    }
    // At the beginning of time there is no step before.
    assert_eq!(totp.verify(&totp.code(0), 0, None).unwrap(), Outcome::Right { step: 0 });
    assert_eq!(
        totp.verify(&totp.code(u64::MAX), u64::MAX, None).unwrap(),
        Outcome::Right { step: u64::MAX / 30 }
    );
}

#[test]
fn a_code_is_taken_once_and_none_before_it_after_it() {
    let totp = some_totp();
    let step = NOW / 30;
    let code = |step: u64| totp.code(step * 30);
    let at = |given: u64, last| totp.verify(&code(given), NOW, Some(last)).unwrap();
    assert_eq!(at(step, step - 1), Outcome::Right { step });
    assert_eq!(at(step, step), Outcome::Replayed);
    assert_eq!(at(step - 1, step), Outcome::Replayed);
    assert_eq!(at(step + 1, step), Outcome::Right { step: step + 1 });
    // A clock that was set back accepts nothing that was used.
    assert_eq!(at(step, step + 100), Outcome::Replayed);
}

#[test]
fn a_hardware_token_may_run_ahead() {
    let hotp = Hotp::new(Secret::from_bytes(b"12345678901234567890").unwrap());
    assert_eq!(hotp.verify("969429", 0, 3).unwrap(), Some(3));
    assert_eq!(hotp.verify("969429", 0, 2).unwrap(), None);
    assert_eq!(hotp.verify("969429", 4, 50).unwrap(), None);
    // However many are asked for, fifty are looked at.
    assert_eq!(hotp.verify(&hotp.code(51), 0, 1_000_000).unwrap(), None);
    assert_eq!(hotp.verify(&hotp.code(50), 0, 1_000_000).unwrap(), Some(50));
    assert_eq!(hotp.verify(&hotp.code(u64::MAX), u64::MAX, 9).unwrap(), Some(u64::MAX));
}

#[test]
fn what_no_authenticator_can_do_is_refused() {
    let refused = |result: Result<Totp, storefront_privacy::Error>| result.err().unwrap().to_string();
    assert_eq!(refused(some_totp().with(Algorithm::Sha1, 5, 30)), "code: expected 6 to 8 digits, found 5");
    assert_eq!(refused(some_totp().with(Algorithm::Sha1, 9, 30)), "code: expected 6 to 8 digits, found 9");
    assert_eq!(
        refused(some_totp().with(Algorithm::Sha1, 6, 0)),
        "totp: expected a period of 10 to 300 seconds, found 0"
    );
    for length in [0, 10, 15, 129] {
        let error = Secret::from_bytes(&vec![7; length]).err().unwrap();
        assert_eq!(error.to_string(), format!("secret: expected 16 to 128 bytes, found {length}"));
        assert_eq!(error.code(), "otp.secret-invalid");
    }
    assert_eq!(Secret::parse(&"A".repeat(513)).err().unwrap().code(), "otp.secret-invalid");
}

#[test]
fn secrets_are_new_each_time_and_have_160_bits() {
    let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
    assert_eq!((one.as_bytes().len(), one.to_base32().len()), (20, 32));
    assert_ne!(one.as_bytes(), other.as_bytes());
}

/// Any text is a code's outcome or `otp.code-invalid`, and a text that is not the code's digits is never right.
#[test]
fn any_text_is_refused_or_compared() {
    let totp = some_totp();
    let mut source = Source::new(41);
    for _ in 0..cases(20_000) {
        let code = totp.code(NOW);
        let text =
            if source.once_in(2) { source.text(12) } else { source.mutate(&code, "0123456789 -٣４a") };
        match totp.verify(&text, NOW, None) {
            Ok(Outcome::Right { step }) => {
                let plain: String = text
                    .chars()
                    .filter_map(|c| {
                        c.to_digit(10).or(match c {
                            '٣' => Some(3),
                            '４' => Some(4),
                            _ => None,
                        })
                    })
                    .map(|d| char::from_digit(d, 10).unwrap())
                    .collect();
                assert_eq!(plain, totp.code(step * 30), "{text:?}");
            }
            Ok(_) => {}
            Err(error) => assert_eq!(error.code(), "otp.code-invalid"),
        }
    }
}
