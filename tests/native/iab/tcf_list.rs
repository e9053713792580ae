//! The global vendor list.

use storefront_privacy::consent::tcf::{
    FlagSet, IdSet, LegalBasis, MAX_LIST_LENGTH, RestrictionType, Texts, VendorList,
};

use super::tcf::LIST;
use crate::generate::{Source, cases};

#[test]
fn the_real_list_is_what_a_generic_reader_says() {
    let list = VendorList::parse(LIST).unwrap();
    let json: serde_json::Value = serde_json::from_str(LIST).unwrap();
    assert_eq!((list.version(), list.policy_version()), (17, 4));
    assert_eq!(list.last_updated(), "2023-09-07T16:07:28Z");
    let vendors = json["vendors"].as_object().unwrap();
    assert_eq!(list.ids().len(), vendors.len());
    assert_eq!((list.ids().len(), list.len(), list.ids().max()), (692, 691, 4176));
    for vendor in vendors.values() {
        let id = u16::try_from(vendor["id"].as_u64().unwrap()).unwrap();
        let has = |member: &str, purpose: u8| {
            vendor[member].as_array().unwrap().iter().any(|known| known.as_u64() == Some(purpose.into()))
        };
        let live = vendor.get("deletedDate").is_none();
        assert_eq!(list.vendors().contains(id), live);
        for purpose in 1..=24 {
            let consent = live && has("purposes", purpose);
            let interest = live && has("legIntPurposes", purpose);
            let flexible = has("flexiblePurposes", purpose);
            assert_eq!(list.declaring(purpose, LegalBasis::Consent).contains(id), consent);
            assert_eq!(list.declaring(purpose, LegalBasis::LegitimateInterest).contains(id), interest);
            let may = |kind| list.restrictable(purpose, kind).contains(id);
            assert_eq!(may(RestrictionType::NotAllowed), consent || interest);
            assert_eq!(may(RestrictionType::RequireConsent), flexible && interest);
            assert_eq!(may(RestrictionType::RequireLegitimateInterest), flexible && consent);
        }
    }
}

#[test]
fn texts_are_kept_as_they_are() {
    let texts = Texts::parse(LIST).unwrap();
    let json: serde_json::Value = serde_json::from_str(LIST).unwrap();
    for (kind, described) in [
        ("purposes", &texts.purposes),
        ("specialPurposes", &texts.special_purposes),
        ("features", &texts.features),
        ("specialFeatures", &texts.special_features),
        ("dataCategories", &texts.data_categories),
    ] {
        assert_eq!(described.len(), json[kind].as_object().unwrap().len());
        for text in described {
            let known = &json[kind][text.id.to_string()];
            assert_eq!(
                (known["name"].as_str(), known["description"].as_str()),
                (Some(&*text.name), Some(&*text.description))
            );
            let illustrations = known["illustrations"].as_array().cloned().unwrap_or_default();
            assert_eq!(illustrations, text.illustrations);
        }
    }
    assert_eq!(texts.stacks.len(), 43);
    let translated = r#"{"purposes":{"1":{"id":1,"name":"Informationen auf einem Ger\u00e4t \ud83d\ude00","description":"<b>&\n"}},
        "standardTexts":{"features":"Diese Methoden"}}"#;
    let texts = Texts::parse(translated).unwrap();
    assert_eq!(texts.purposes[0].name, "Informationen auf einem Gerät 😀");
    assert_eq!(texts.purposes[0].description, "<b>&\n");
    assert_eq!(texts.standard_texts, [("features".to_owned(), "Diese Methoden".to_owned())]);
}

#[test]
fn stacks_cover_purposes_without_overlap() {
    let texts = Texts::parse(LIST).unwrap();
    let mut source = Source::new(27);
    for _ in 0..2_000 {
        let purposes = FlagSet::from_bits(source.next() >> 53, 11);
        let features = FlagSet::from_bits(source.next() >> 62, 2);
        let (stacks, mut left, mut rest) = texts.stacks_for(purposes, features);
        for stack in stacks {
            assert!(stack.purposes.and(left).is_empty() && stack.special_features.and(rest).is_empty());
            left = left.iter().chain(stack.purposes.iter()).collect();
            rest = rest.iter().chain(stack.special_features.iter()).collect();
        }
        assert_eq!((left, rest), (purposes, features));
    }
    let (stacks, left, _) = texts.stacks_for((1..=11).collect(), FlagSet::EMPTY);
    assert_eq!((stacks[0].text.id, left), (42, FlagSet::of(&[1])), "everything but storage is one stack");
}

#[test]
fn another_list_is_refused_with_code_and_place() {
    const VENDOR: &str =
        r#"{"id":1,"purposes":[1],"legIntPurposes":[],"flexiblePurposes":[],"specialPurposes":[]}"#;
    let list = |specification: &str, vendors: &str| {
        [
            r#"{"gvlSpecificationVersion":"#,
            specification,
            r#","vendorListVersion":9,"tcfPolicyVersion":5,"vendors":"#,
            vendors,
            "}",
        ]
        .concat()
    };
    assert_eq!(VendorList::parse(&list("3", &format!(r#"{{"1":{VENDOR}}}"#))).unwrap().len(), 1);
    let deep = "[".repeat(100_000);
    for (json, code, message) in [
        (list("2", "{}"), "vendor-list.version", "expected `gvlSpecificationVersion` 3"),
        (list("4", "{}"), "vendor-list.version", "expected `gvlSpecificationVersion` 3"),
        ("{}".into(), "vendor-list.version", "expected `gvlSpecificationVersion` 3"),
        (String::new(), "vendor-list.invalid", "expected an object at byte 0"),
        (list("3", "[]"), "vendor-list.invalid", "expected an object at byte 82"),
        (list("3.5", "{}"), "vendor-list.invalid", "expected a whole number within its bounds at byte 27"),
        (
            list("3", &format!(r#"{{"2":{VENDOR}}}"#)),
            "vendor-list.invalid",
            "expected each vendor once, under its own id",
        ),
        (
            list("3", &format!(r#"{{"01":{VENDOR}}}"#)),
            "vendor-list.invalid",
            "expected each vendor once, under its own id",
        ),
        (
            list("3", &format!(r#"{{"1":{VENDOR},"1":{VENDOR}}}"#)),
            "vendor-list.invalid",
            "expected each vendor once, under its own id",
        ),
        (
            list("3", r#"{"1":{"id":1,"purposes":[25]}}"#),
            "vendor-list.invalid",
            "expected a whole number within its bounds",
        ),
        (list("3", r#"{"1":{"id":1,"purposes":[0]}}"#), "vendor-list.invalid", "expected an id from 1 on"),
        (
            list("3", r#"{"70000":{"id":70000}}"#),
            "vendor-list.invalid",
            "expected a whole number within its bounds",
        ),
        (list("3", &deep), "vendor-list.invalid", "expected an object"),
        (format!(r#"{{"other":{deep}"#), "vendor-list.invalid", "expected at most 16 levels at byte 24"),
        (format!("{}}}", list("3", "{}")), "vendor-list.invalid", "expected nothing after the list"),
        (
            r#"{"gvlSpecificationVersion":3,"vendors":{}}"#.into(),
            "vendor-list.invalid",
            "expected `vendorListVersion`",
        ),
        (" ".repeat(MAX_LIST_LENGTH + 1), "vendor-list.too-long", "expected at most 4 MiB"),
    ] {
        let error = VendorList::parse(&json).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.message().contains(message), "{error}");
    }
}

/// A list cut or damaged anywhere: an error with a place, or another list; never more vendors than members.
#[test]
fn a_damaged_list_is_an_error_or_a_list() {
    let small: String = r#"{"gvlSpecificationVersion":3,"vendorListVersion":9,"tcfPolicyVersion":5,"lastUpdated":"2023","x":[null,true,-1.5e3,"\u00e9\n"],
        "stacks":{"1":{"id":1,"purposes":[2],"specialFeatures":[1],"name":"a","description":"b"}},"vendors":{"7":{"id":7,"purposes":[1,2],
        "legIntPurposes":[7],"flexiblePurposes":[2,7],"specialPurposes":[1],"deletedDate":null}}}"#.into();
    VendorList::parse(&small).unwrap();
    let mut source = Source::new(28);
    let mut read = 0_u64;
    let all = cases(100_000);
    for _ in 0..all {
        let json = source.mutate(&small, "{}[]\",:0123456789abenu\\ é.-");
        match VendorList::parse(&json) {
            Ok(list) => {
                read += 1;
                assert!(list.ids().len() <= 2 && *list.vendors() == list.vendors().iter().collect::<IdSet>());
            }
            Err(error) => assert!(error.code().starts_with("vendor-list."), "{error}"),
        }
        if let Err(error) = Texts::parse(&json) {
            assert_eq!(error.code(), "vendor-list.invalid");
        }
    }
    assert!(read > all / 20, "only {read} of {all} were lists");
}
