//! One decision, every signal: none of them allows what the decision does not.

mod never_more;

use crate::generate::{Source, cases};
use storefront_privacy::Code;
use storefront_privacy::codec::json::{self, Value as Json};
use storefront_privacy::consent::gpp::{Gpp, Value};
use storefront_privacy::consent::policy::Purpose;
use storefront_privacy::consent::region::{LAWS, Region};
use storefront_privacy::consent::signal::{Answers, Signals, Vendors, Visit, policy_for_signals};
use storefront_privacy::consent::tcf::{IdSet, TcModel, VendorList};
use storefront_privacy::consent::{Decision, Policy};

use super::{IAB_POLICY, iab_policy};

/// 2026-11-23.
const NOW: i64 = 1_795_392_000;

/// Twelve vendors: one has left, some rely on consent, some on legitimate interest, some on either.
fn vendor_list() -> VendorList {
    let vendor = |id: u16| {
        let (consent, interest) = match id % 3 {
            0 => ("1,2,3,4,7", ""),
            1 => ("1,3,4", "2,7,9,10"),
            _ => ("", "2,7,8,9"),
        };
        let left = if id == 5 { r#","deletedDate":"2024-01-01T00:00:00Z""# } else { "" };
        format!(
            r#""{id}":{{"id":{id},"name":"V{id}","purposes":[{consent}],"legIntPurposes":[{interest}],"flexiblePurposes":[],
            "specialPurposes":[1],"features":[],"specialFeatures":[1]{left}}}"#
        )
    };
    let vendors: Vec<_> = (1..=12).map(vendor).collect();
    let json = format!(
        r#"{{"gvlSpecificationVersion":3,"vendorListVersion":178,"tcfPolicyVersion":5,"lastUpdated":"2026-11-19T16:00:00Z",
        "purposes":{{}},"specialPurposes":{{}},"features":{{}},"specialFeatures":{{}},"stacks":{{}},"dataCategories":{{}},
        "vendors":{{{}}}}}"#,
        vendors.join(",")
    );
    VendorList::parse(&json).unwrap()
}

fn region(text: &str) -> Region {
    Region::parse(text)
}

fn number(gpp: &Gpp, section: &str, field: &str) -> Option<u64> {
    match gpp.field(section, field) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

#[test]
fn accepting_everything_in_germany() {
    let (policy, list) = (iab_policy(), vendor_list());
    let decision = Decision::new(&policy, &["analytics", "marketing", "measurement"], NOW).unwrap();
    let visit = Visit {
        decision: Some(&decision),
        region: region("DE"),
        list: Some(&list),
        language: "de-AT",
        ..Visit::new(&policy, NOW + 100)
    };
    let signals = visit.signals();
    let model = TcModel::parse(signals.tc.text().unwrap()).unwrap();
    assert_eq!((model.cmp_id, model.cmp_version, model.vendor_list_version), (31, 3, 178));
    assert_eq!((model.consent_language.as_str(), model.publisher_country_code.as_str()), ("DE", "DE"));
    assert_eq!(model.created, NOW.unsigned_abs() * 10);
    assert_eq!(model.purpose_consents.iter().collect::<Vec<_>>(), [1, 3, 4, 8, 9]);
    assert_eq!(model.purpose_legitimate_interests.iter().collect::<Vec<_>>(), [2, 7]);
    assert_eq!(model.special_feature_opt_ins.iter().collect::<Vec<_>>(), [1]);
    assert_eq!(model.vendor_consents.iter().collect::<Vec<_>>(), [1, 3, 4, 6, 7, 9, 10, 12]);
    assert!(!model.vendor_legitimate_interests.contains(5) && model.vendor_legitimate_interests.contains(2));
    assert_eq!(model.vendors_disclosed.unwrap().len(), 11);
    assert_eq!(signals.additional_consent.text(), Some("2~35.41~dv."));
    assert_eq!(signals.applicable_sections, [2]);
    let gpp = Gpp::decode(signals.gpp.text().unwrap()).unwrap();
    assert_eq!(gpp.section("tcfeuv2").as_deref(), signals.tc.text());
    assert_eq!(signals.us_privacy.because(), Some("the policy gives no US privacy string in this region"));
    assert!(
        signals
            .consent_mode
            .unwrap()
            .iter()
            .all(|(key, on)| *on == (key.as_str() != "personalization_storage"))
    );
}

#[test]
fn before_a_decision_nothing_is_allowed() {
    let (policy, list) = (iab_policy(), vendor_list());
    let signals = Visit { list: Some(&list), ..Visit::new(&policy, NOW) }.signals();
    let model = TcModel::parse(signals.tc.text().unwrap()).unwrap();
    assert!(model.purpose_consents.is_empty() && model.vendor_consents.is_empty());
    assert!(model.purpose_legitimate_interests.is_empty() && model.vendor_legitimate_interests.is_empty());
    assert_eq!(signals.us_privacy.text(), Some("1YYN"));
    assert_eq!(signals.applicable_sections, [2, 6, 7]);
    assert!(!signals.decided);
    assert_eq!(
        signals.additional_consent.because(),
        Some("there is no decision, and it is given only after one"),
    );
    let mode = signals.consent_mode.unwrap();
    let granted: Vec<_> = mode.iter().filter(|(_, on)| *on).map(|(key, _)| key.as_str()).collect();
    assert_eq!(granted, ["functionality_storage", "security_storage"], "what the shop cannot work without");
}

#[test]
fn each_state_has_its_section_when_its_law_is_in_force() {
    let policy = iab_policy();
    let national = Policy::parse(&IAB_POLICY.replace("\"state\"", "\"national\"")).unwrap();
    for law in LAWS {
        let visit = Visit { region: region(&format!("US-{}", law.state)), ..Visit::new(&policy, NOW) };
        let expected = i32::from(law.gpp_section.unwrap_or(7));
        assert_eq!(visit.signals().applicable_sections, [6, expected].map(i32::from), "{}", law.state);
        assert_eq!(Visit { policy: &national, ..visit }.signals().applicable_sections, [6, 7]);
        assert_eq!(Visit { now: 1_500_000_000, ..visit }.signals().applicable_sections, [6, 7]);
    }
    let rest = Visit { region: region("US-NY"), ..Visit::new(&policy, NOW) };
    assert_eq!(rest.signals().applicable_sections, [6, 7]);
    let elsewhere = Visit { region: region("JP"), ..Visit::new(&policy, NOW) }.signals();
    assert_eq!((elsewhere.applicable_sections, elsewhere.gpp.text()), (vec![-1], Some("DBAA")));
}

#[test]
fn california_and_global_privacy_control() {
    let policy = iab_policy();
    let decision = Decision::new(&policy, &["marketing", "measurement"], NOW).unwrap();
    let visit = Visit { decision: Some(&decision), region: region("US-CA"), ..Visit::new(&policy, NOW) };
    let read = |signals: &Signals| Gpp::decode(signals.gpp.text().unwrap()).unwrap();
    let open = read(&visit.signals());
    for (field, expected) in [
        ("SaleOptOutNotice", 1),
        ("SharingOptOutNotice", 1),
        ("SensitiveDataLimitUseNotice", 1),
        ("SaleOptOut", 2),
        ("SharingOptOut", 2),
        ("PersonalDataConsents", 0),
        ("MspaCoveredTransaction", 2),
        ("MspaOptOutOptionMode", 0),
    ] {
        assert_eq!(number(&open, "usca", field), Some(expected), "{field}");
    }
    let sensitive = open.field("usca", "SensitiveDataProcessing");
    assert_eq!(sensitive, Some(Value::from([0, 0, 2, 0, 0, 0, 0, 0, 0])), "geolocation is the third");
    assert_eq!(open.field("usca", "Gpc"), Some(Value::Flag(false)));

    let signals = Visit { gpc: true, ..visit }.signals();
    let closed = read(&signals);
    assert_eq!(signals.taken_back, ["marketing", "measurement"]);
    assert_eq!(
        (number(&closed, "usca", "SaleOptOut"), number(&closed, "usca", "SharingOptOut")),
        (Some(1), Some(1))
    );
    assert_eq!(closed.field("usca", "Gpc"), Some(Value::Flag(true)));
    let ads = signals.consent_mode.unwrap();
    assert!(ads.iter().filter(|(key, _)| key.as_str().starts_with("ad_")).all(|(_, on)| !on));
}

#[test]
fn no_tc_string_without_a_registered_cmp() {
    let (list, text) = (vendor_list(), IAB_POLICY.replace("\"cmpId\": 31,", ""));
    let policy = Policy::parse(&text).unwrap();
    let signals = Visit { region: region("FR"), list: Some(&list), ..Visit::new(&policy, NOW) }.signals();
    assert_eq!(signals.tc.code().map(Code::as_str), Some("tcf.cmp-missing"));
    assert_eq!(
        signals.tc.because(),
        Some(
            "the policy's `tcf` has no `cmpId`: IAB Europe registers it, and no string is valid without one"
        ),
    );
    assert!(!Gpp::decode(signals.gpp.text().unwrap()).unwrap().has_section("tcfeuv2"));
    let policy = iab_policy();
    let signals = Visit { region: region("FR"), ..Visit::new(&policy, NOW) }.signals();
    assert_eq!(signals.tc.because(), Some("there is no vendor list"));
    let swiss = Visit { region: region("CH"), list: Some(&list), ..Visit::new(&policy, NOW) }.signals();
    assert_eq!(swiss.tc.because(), Some("the policy gives no TC string in this region"));
}

#[test]
fn a_policy_without_partners_tells_nothing() {
    let policy = super::policy();
    let signals = Visit::new(&policy, NOW).signals();
    assert!(
        [&signals.tc, &signals.gpp, &signals.us_privacy, &signals.additional_consent]
            .iter()
            .all(|s| s.text().is_none())
    );
    assert_eq!((signals.consent_mode, signals.applicable_sections), (None, vec![]));
}

#[test]
fn canada_where_the_policy_asks_for_it() {
    let list = vendor_list();
    let policy = Policy::parse(&IAB_POLICY.replace("[\"eea\", \"uk\"]", "[\"ca\"]")).unwrap();
    let decision = Decision::new(&policy, &["analytics", "marketing", "measurement"], NOW).unwrap();
    let visit = Visit {
        decision: Some(&decision),
        list: Some(&list),
        language: "fr",
        region: region("CA-ON"),
        ..Visit::new(&policy, NOW)
    };
    let implied = |signals: &Signals| {
        let gpp = Gpp::decode(signals.gpp.text().unwrap()).unwrap();
        assert_eq!(gpp.field("tcfcav1", "ConsentLanguage"), Some(Value::from("FR")));
        let Some(Value::Flags(flags)) = gpp.field("tcfcav1", "PurposesImpliedConsent") else {
            panic!("flags")
        };
        (1..).zip(flags).filter(|(_, on)| *on).map(|(id, _)| id).collect::<Vec<i32>>()
    };
    assert_eq!(implied(&visit.signals()), [2, 7]);
    let quebec = Visit { region: region("CA-QC"), ..visit };
    assert_eq!(implied(&quebec.signals()), [0_i32; 0], "Québec's law knows none");
}

#[test]
fn a_decision_under_another_policy_is_none_and_later_vendors_were_not_asked_for() {
    let (policy, list) = (iab_policy(), vendor_list());
    let decision = Decision::new(&policy, &["marketing"], NOW).unwrap();
    let told = IdSet::from_iter([1, 3]);
    let visit = Visit {
        decision: Some(&decision),
        list: Some(&list),
        region: region("IE"),
        vendors: Vendors { disclosed: Some(&told), ..Vendors::default() },
        ..Visit::new(&policy, NOW)
    };
    let model = TcModel::parse(visit.signals().tc.text().unwrap()).unwrap();
    assert_eq!(model.vendor_consents, told);
    let later = Policy::parse(&IAB_POLICY.replace("2026-11", "2026-12")).unwrap();
    assert!(!Visit { policy: &later, ..visit }.signals().decided);
}

#[test]
fn json_says_the_same() {
    let (policy, list) = (iab_policy(), vendor_list());
    let text = r#"{"decision":{"v":1,"policy":"2026-11","at":1795392000,"granted":["marketing"]},"gpc":false,
        "region":"GB","language":"en","now":1795392060,"vendors":{"consents":[3,4]}}"#;
    let answers = Answers::parse(text, &policy).unwrap();
    let signals = answers.visit(&policy, Some(&list)).signals();
    let value = json::parse(&signals.to_json()).unwrap();
    assert_eq!(value.get("tc").and_then(Json::as_str), signals.tc.text());
    assert_eq!(value.get("usPrivacy"), Some(&Json::Null));
    let mode = value.get("consentMode").unwrap();
    assert_eq!(mode.get("ad_storage").and_then(Json::as_str), Some("granted"));
    assert_eq!(mode.get("analytics_storage").and_then(Json::as_str), Some("denied"));
    let because =
        value.get("withheld").and_then(|all| all.get("usPrivacy")).and_then(|one| one.get("because"));
    assert_eq!(because.and_then(Json::as_str), signals.us_privacy.because());
    let model = TcModel::parse(signals.tc.text().unwrap()).unwrap();
    assert_eq!(model.vendor_consents, IdSet::from_iter([3, 4]));

    let refused = |text: &str| Answers::parse(text, &policy).unwrap_err().to_string();
    assert_eq!(refused("[]"), "signals: expected an answer to be an object");
    assert_eq!(refused("{}"), "signals: expected `now` in seconds since 1970");
    assert_eq!(refused(r#"{"now":1,"gpc":"1"}"#), "signals: expected `gpc` to be true or false");
    assert_eq!(
        refused(r#"{"now":1,"vendors":{"consents":[0]}}"#),
        "signals: expected `consents` to be an array of vendor ids, 1 to 65535",
    );
    let stale = Answers::parse(r#"{"now":1,"decision":{"v":1,"policy":"old","at":1,"granted":[]}}"#, &policy)
        .unwrap();
    assert!(!stale.visit(&policy, None).signals().decided);
}

/// The page's short reader takes what the whole reader takes, and reads the same from it.
#[test]
fn the_page_reads_the_same_policy() {
    let mut source = Source::new(46);
    let mut read = 0;
    for _ in 0..cases(5_000) {
        let text = source.mutate(IAB_POLICY, "{}[]\",:abcS0123 -.\\_\n");
        let (whole, short) = (Policy::parse(&text), policy_for_signals(&text));
        let Ok(whole) = whole else { continue };
        let short = short.unwrap();
        read += 1;
        assert_eq!((whole.version, whole.tcf, whole.gpp), (short.version, short.tcf, short.gpp));
        let of = |purposes: Vec<Purpose>| -> Vec<_> {
            purposes.into_iter().map(|one| (one.id, one.essential, one.legal_basis, one.iab)).collect()
        };
        assert_eq!(of(whole.purposes), of(short.purposes));
    }
    assert!(read > 100, "{read}");
    assert_eq!(
        policy_for_signals(&IAB_POLICY.replace("\"cmpId\": 31", "\"cmpId\": 1")).unwrap_err().to_string(),
        "signals: expected a policy that passes its check, found one that does not",
    );
}
