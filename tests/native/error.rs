use std::collections::HashSet;

use storefront_privacy::{Code, Error};

#[test]
fn every_code_is_an_area_and_a_reason() {
    let words =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    for code in Code::ALL {
        let (area, reason) = code.as_str().split_once('.').expect("a dot");
        assert!(words(area) && words(reason), "{code}");
        assert_eq!(Code::parse(code.as_str()), Some(*code));
    }
    let distinct: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(distinct.len(), Code::ALL.len());
    assert_eq!(Code::parse("payment.unknown"), None);
}

/// The package's TypeScript has the same list, in the same order.
#[test]
fn typescript_knows_the_same_codes() {
    let source = include_str!("../../pkg/src/lib/error.ts");
    let list = source.split_once("privacyErrorCodes = [").expect("the list").1;
    let list = list.split_once(']').expect("its end").0;
    let codes: Vec<_> = list.split('"').skip(1).step_by(2).collect();
    let ours: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, ours);
}

#[test]
fn an_error_shows_its_message_and_keeps_it_under_another_code() {
    let error = Error::new(Code::InputInvalid, "expected a digit").with_code(Code::PaymentNumberInvalid);
    assert_eq!(error.code(), "payment.number-invalid");
    assert_eq!(error.kind(), Code::PaymentNumberInvalid);
    assert_eq!(error.to_string(), "expected a digit");
    assert_eq!(error.message(), "expected a digit");
}
