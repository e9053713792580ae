use storefront_privacy::consent::{Decision, Policy};

use super::{policy, with};
use crate::generate::{Source, cases};

const STORED: &str = r#"{"v":1,"policy":"2026-11","at":1795392000,"granted":["analytics"]}"#;

/// What the gate of this release stores; it is to be read for ever.
#[test]
fn reads_what_the_gate_stored() {
    let policy = policy();
    let decision = Decision::decode(STORED, &policy).unwrap();
    assert_eq!((decision.policy.as_str(), decision.at), ("2026-11", 1_795_392_000));
    assert_eq!(decision.granted, ["analytics"]);
    assert!(decision.allows("analytics") && !decision.allows("marketing") && !decision.allows("shop"));
    assert_eq!(decision.encode(), STORED);
}

#[test]
fn keeps_the_policy_s_order() {
    let decision = Decision::new(&policy(), &["marketing", "analytics"], 0).unwrap();
    assert_eq!(decision.encode(), r#"{"v":1,"policy":"2026-11","at":0,"granted":["analytics","marketing"]}"#);
    assert!(decision.denied(&policy()).is_empty());
}

#[test]
fn fails_closed() {
    let policy = policy();
    let members = "consent: expected the members v, policy, at and granted, and no others";
    let other = "consent: expected purposes that the policy asks about, found another";
    let refused = [
        ("", "json: expected a value at line 1, column 1"),
        ("null", members),
        ("{}", members),
        (r#"{"v":1,"policy":"2026-11","at":1}"#, members),
        (
            r#"{"v":1,"policy":"2026-11","at":1,"granted":[],"x":1}"#,
            "json: expected at most 4 members at line 1, column 47",
        ),
        (r#"{"v":1,"policy":"2026-11","at":1,"grant":[]}"#, members),
        (r#"{"v":"1","policy":"2026-11","at":1,"granted":[]}"#, members),
        (r#"{"v":2,"policy":"2026-11","at":1,"granted":[]}"#, "consent: expected format 1, found another"),
        (
            r#"{"v":1,"policy":"2026-10","at":1,"granted":[]}"#,
            "consent: expected a decision under the present policy, found one under another version",
        ),
        (r#"{"v":1,"policy":"2026-11","at":"1","granted":[]}"#, members),
        (r#"{"v":1,"policy":"2026-11","at":1.5,"granted":[]}"#, members),
        (r#"{"v":1,"policy":"2026-11","at":-1,"granted":[]}"#, "consent: expected a time of 1970 or later"),
        (r#"{"v":1,"policy":"2026-11","at":1,"granted":"analytics"}"#, members),
        (r#"{"v":1,"policy":"2026-11","at":1,"granted":[1]}"#, members),
        (r#"{"v":1,"policy":"2026-11","at":1,"granted":["other"]}"#, other),
        (r#"{"v":1,"policy":"2026-11","at":1,"granted":["shop"]}"#, other),
        (
            r#"{"v":1,"policy":"2026-11","at":1,"granted":["analytics","analytics"]}"#,
            "consent: expected every purpose once, found one again",
        ),
        (
            r#"{"v":1,"v":1,"policy":"2026-11","at":1}"#,
            "json: expected a name that the object does not have yet at line 1, column 8",
        ),
        (
            r#"{"v":1,"policy":"2026-11","at":1,"granted":[[[]]]}"#,
            "json: expected at most 2 levels of arrays and objects at line 1, column 45",
        ),
    ];
    for (text, message) in refused {
        let error = Decision::decode(text, &policy).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("consent.decision-invalid", message),
            "{text}"
        );
    }
    assert!(Decision::decode(&" ".repeat(5000), &policy).is_err());
}

#[test]
fn a_new_version_asks_again() {
    let newer = Policy::parse(&with("2026-11", "2026-12")).unwrap();
    assert!(Decision::decode(STORED, &newer).is_err());
}

/// Whatever is stored, no purpose is allowed that was not written as granted.
#[test]
fn never_allows_more_than_was_written() {
    let policy = policy();
    let mut source = Source::new(21);
    let mut read = 0;
    for _ in 0..cases(100_000) {
        let text = source.mutate(STORED, "{}[]\",:v1290-. analyticsmrke\\u\n");
        if let Ok(decision) = Decision::decode(&text, &policy) {
            read += 1;
            assert!(!decision.allows("marketing"), "{text}");
            assert!(!decision.allows("analytics") || text.contains("analytics"), "{text}");
            assert_eq!(Decision::decode(&decision.encode(), &policy).unwrap(), decision);
        }
    }
    assert!(read > 100, "{read}");
}
