use storefront_privacy::consent::{Decision, Policy, Record};

use super::{policy, with};
use crate::generate::{Source, cases};

/// What a page of this release sends; it is to be read for ever.
const SENT: &str = r#"{"at":1795392000,"denied":["marketing"],"granted":["analytics"],"id":"07070707-0707-4707-8707-070707070707","language":"en","policy":"2026-11","v":1}"#;

fn record() -> Record {
    let decision = Decision::new(&policy(), &["analytics"], 1_795_392_000).unwrap();
    Record::new(&policy(), &decision, "en", [7; 16]).unwrap()
}

#[test]
fn is_written_canonically() {
    assert_eq!(record().to_json(), SENT);
    assert_eq!(Record::parse(SENT).unwrap(), record());
    let canonical = storefront_privacy::codec::json::parse(SENT).unwrap().to_canonical().unwrap();
    assert_eq!(canonical, SENT);
}

#[test]
fn its_id_is_a_random_uuid() {
    let decision = Decision::new(&policy(), &[], 0).unwrap();
    let id = |random| Record::new(&policy(), &decision, "pt-BR", random).unwrap().id;
    assert_eq!(id([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_eq!(
        id([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]),
        "01234567-89ab-4def-8123-456789abcdef",
    );
}

#[test]
fn refuses_what_does_not_belong_together() {
    let decision = Decision::new(&policy(), &[], 0).unwrap();
    let newer = Policy::parse(&with("2026-11", "2026-12")).unwrap();
    let error = Record::new(&newer, &decision, "en", [0; 16]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "consent: expected a decision under this policy, found one under another version"
    );
    let error = Record::new(&policy(), &decision, "english!", [0; 16]).unwrap_err();
    assert_eq!(error.to_string(), "consent: expected a language tag such as en or pt-BR");

    assert!(record().check(&policy()).is_ok());
    let error = record().check(&newer).unwrap_err();
    assert_eq!(
        error.to_string(),
        "consent: expected a record under the present policy, found one under another version"
    );
    for (granted, denied) in [
        (r#""analytics""#, ""),
        (r#""other""#, r#""marketing""#),
        (r#""analytics","marketing""#, r#""shop""#),
    ] {
        let text = SENT
            .replace(r#"["marketing"]"#, &format!("[{denied}]"))
            .replace(r#"["analytics"]"#, &format!("[{granted}]"));
        let error = Record::parse(&text).unwrap().check(&policy()).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("consent.record-invalid", "consent: expected exactly the purposes that the policy asks about"),
        );
    }
}

#[test]
fn refuses_what_is_no_record() {
    let members =
        "consent: expected the members v, id, policy, at, granted, denied and language, and no others";
    let id = "consent: expected a random UUID in lower case as id";
    let refused = [
        ("\"v\":1", "\"v\":2", "consent: expected format 1, found another"),
        ("\"v\":1", "\"v\":true", members),
        (",\"v\":1", "", members),
        ("\"v\":1", "\"v\":1,\"ip\":\"\"", "json: expected at most 7 members at line 1, column 150"),
        ("-4707-", "-1707-", id),
        ("-8707-", "-c707-", id),
        ("07070707-", "0707070A-", id),
        ("07070707-", "070707070", id),
        ("1795392000", "-1", "consent: expected a time of 1970 or later"),
        ("1795392000", "1e9", members),
        ("\"en\"", "\"e\"", "consent: expected a language tag such as en or pt-BR"),
        ("\"2026-11\"", "\"\"", "consent: expected a policy's version"),
        (
            "[\"marketing\"]",
            "[\"Marketing\"]",
            "consent: expected at most 32 ids of purposes in granted and in denied",
        ),
        ("[\"marketing\"]", "{}", "consent: expected at most 32 ids of purposes in granted and in denied"),
        ("[\"marketing\"]", "[\"analytics\"]", "consent: expected every purpose once, found one again"),
    ];
    for (part, replacement, message) in refused {
        assert!(SENT.contains(part));
        let error = Record::parse(&SENT.replacen(part, replacement, 1)).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("consent.record-invalid", message),
            "{replacement}"
        );
    }
    assert!(Record::parse(&" ".repeat(10_000)).is_err());
}

#[test]
fn whatever_is_read_is_written_the_same() {
    let mut source = Source::new(22);
    let mut read = 0;
    for _ in 0..cases(100_000) {
        let text = source.mutate(SENT, "{}[]\",:v1290-. analyticsmrke\\u\n");
        if let Ok(record) = Record::parse(&text) {
            read += 1;
            assert_eq!(Record::parse(&record.to_json()).unwrap(), record, "{text}");
        }
    }
    assert!(read > 100, "{read}");
}
