use storefront_privacy::consent::Policy;
use storefront_privacy::consent::policy::iab::{
    Approach, ConsentMode, Iab, Mspa, Sensitive, TcfRegion, UsMeaning,
};

use super::{POLICY, iab_policy, with};
use crate::generate::{Source, cases};

/// The problems of the IAB policy with a part of its text replaced.
#[track_caller]
fn told(part: &str, replacement: &str) -> Vec<String> {
    let text = super::IAB_POLICY;
    assert!(text.contains(part), "{part}");
    let problems = Policy::parse(&text.replacen(part, replacement, 1)).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn reads_what_partners_are_told() {
    let policy = iab_policy();
    let marketing = &policy.purpose("marketing").unwrap().iab;
    assert_eq!(marketing.tcf, [1, 3, 4]);
    assert_eq!(marketing.special_features, [1]);
    assert_eq!(marketing.us, [UsMeaning::Sale, UsMeaning::Sharing, UsMeaning::TargetedAdvertising]);
    assert_eq!(marketing.sensitive, [Sensitive::Geolocation]);
    assert_eq!(marketing.additional_consent, [35, 41]);
    assert!(marketing.is_advertising() && !policy.purpose("analytics").unwrap().iab.is_advertising());
    let essential = &policy.purpose("shop").unwrap().iab;
    assert_eq!(essential.consent_mode, [ConsentMode::FunctionalityStorage, ConsentMode::SecurityStorage]);

    let tcf = policy.tcf.unwrap();
    assert_eq!((tcf.cmp_id, tcf.cmp_version, tcf.vendor_count), (Some(31), 3, 812));
    assert_eq!((tcf.vendor_list.as_str(), &tcf.publisher_country), ("/vendor-list.json", b"DE"));
    assert_eq!(tcf.regions, [TcfRegion::Eea, TcfRegion::Uk]);
    assert!(tcf.vendors.is_empty() && !tcf.purpose_one_treatment && !tcf.use_non_standard_texts);

    let gpp = policy.gpp.unwrap();
    assert_eq!((gpp.cmp_id, gpp.approach, gpp.us_privacy, gpp.mspa), (1, Approach::State, true, Mspa::None));
}

#[test]
fn reads_where_the_lists_translations_are() {
    let with = |translations: &str| {
        let changed = super::IAB_POLICY.replace(
            "\"vendorCount\": 812,",
            &format!("\"vendorCount\": 812, \"translations\": {translations},"),
        );
        Policy::parse(&changed)
            .map(|policy| policy.tcf.unwrap().translations)
            .map_err(|error| error.to_string())
    };
    let german = ("de".to_owned(), "/purposes-de.json".to_owned());
    assert_eq!(with(r#"[{ "language": "de", "list": "/purposes-de.json" }]"#).unwrap(), [german]);
    assert_eq!(with("[]").unwrap(), []);
    for (wrong, place) in [
        (r#"[{ "language": "de", "list": "javascript:x" }]"#, "$.tcf.translations[0].list"),
        (r#"[{ "language": "", "list": "/x.json" }]"#, "$.tcf.translations[0].language"),
        (
            r#"[{ "language": "de", "list": "/x" }, { "language": "de", "list": "/y" }]"#,
            "$.tcf.translations: expected every id once",
        ),
        (r#"{ "de": "/x.json" }"#, "$.tcf.translations: expected an array"),
    ] {
        let told = with(wrong).unwrap_err();
        assert!(told.contains(place), "{told}");
    }
}

#[test]
fn a_policy_without_them_is_as_before() {
    let policy = super::policy();
    assert!(policy.tcf.is_none() && policy.gpp.is_none());
    assert!(policy.purposes.iter().all(|purpose| purpose.iab == Iab::default()));
}

#[test]
fn tells_what_is_wrong_with_the_mapping() {
    let at = "$.purposes[2].iab";
    assert_eq!(told("[4, 1, 3]", "[12]"), [format!("{at}.tcf[0]: expected an integer from 1 to 11")]);
    assert_eq!(told("[4, 1, 3]", "[1, 1]"), [format!("{at}.tcf: expected every number once")]);
    assert_eq!(told("[4, 1, 3]", "[1, 2.5]"), [format!("{at}.tcf[1]: expected an integer from 1 to 11")]);
    assert_eq!(
        told("\"sharing\"", "\"share\""),
        [format!("{at}.us[1]: expected one of sale, sharing, targeted-advertising")],
    );
    assert_eq!(told("\"sharing\"", "\"sale\""), [format!("{at}.us: expected every name once")]);
    assert_eq!(
        told("\"additionalConsent\"", "\"additional\""),
        [format!("{at}: expected only members that are known, found `additional`")],
    );
    assert_eq!(
        told("\"security_storage\"", "\"ad_storage\""),
        ["$.purposes[0].iab: expected only functionality_storage and security_storage in consentMode, \
          as an essential purpose is not asked for"],
    );
    let basis = "\"legalBasis\": \"consent\",\n      \"iab\": { \"tcf\": [4, 1, 3]";
    assert_eq!(
        told(basis, &basis.replace("consent\"", "legitimate-interest\"")),
        [format!("{at}: expected the basis consent for TCF purposes 1, 3, 4, 5, 6 and special features")],
    );
    assert_eq!(
        told(basis, &basis.replace("consent\"", "contract\"")),
        [format!("{at}: expected the basis consent or legitimate-interest for TCF purposes")],
    );
}

#[test]
fn tells_what_is_wrong_with_tcf_and_gpp() {
    for id in ["0", "1", "4096", "\"31\"", "-2"] {
        let expected = ["$.tcf.cmpId: expected an integer from 2 to 4095"];
        assert_eq!(told("\"cmpId\": 31", &format!("\"cmpId\": {id}")), expected, "{id}");
    }
    assert_eq!(
        told("\"vendorCount\": 812,", ""),
        ["$.tcf.vendorCount: expected how many vendors there are, as `vendors` does not name them"],
    );
    assert_eq!(
        told("\"vendorCount\": 812", "\"vendorCount\": 2, \"vendors\": [8, 7, 9]"),
        ["$.tcf.vendorCount: expected 3, as many as `vendors` names"],
    );
    assert_eq!(told("\"DE\"", "\"de\""), ["$.tcf.publisherCountry: expected a country's two capitals"]);
    assert_eq!(told("[\"eea\", \"uk\"]", "[\"eu\"]"), ["$.tcf.regions[0]: expected one of eea, uk, ch, ca"]);
    assert_eq!(told("\"state\"", "\"each\""), ["$.gpp.approach: expected one of national, state"]);
    let text = with(
        "\"services\": [",
        "\"tcf\": {\"vendorList\": \"/v.json\", \"publisherCountry\": \"DE\", \
                     \"vendorCount\": 1}, \"services\": [",
    );
    assert_eq!(
        Policy::parse(&text).unwrap_err().to_string(),
        "consent: the policy has 1 problem: $.tcf: expected a purpose whose `iab` names TCF purposes",
    );
}

#[test]
fn counts_the_vendors_that_it_names() {
    let text = super::IAB_POLICY.replace("\"vendorCount\": 812", "\"vendors\": [9, 7, 8]");
    let tcf = Policy::parse(&text).unwrap().tcf.unwrap();
    assert_eq!((tcf.vendor_count, tcf.vendors), (3, vec![7, 8, 9]));
}

/// A changed file is refused with problems, or read with everything in its range.
#[test]
fn survives_changed_files() {
    assert!(!POLICY.contains("iab"));
    let mut source = Source::new(42);
    let mut read = 0;
    for _ in 0..cases(5_000) {
        let Ok(policy) = Policy::parse(&source.mutate(super::IAB_POLICY, "{}[]\",:abcS0123 -.\\_\n")) else {
            continue;
        };
        read += 1;
        for purpose in &policy.purposes {
            assert!(purpose.iab.tcf.iter().all(|id| (1..=11).contains(id)));
            assert!(!purpose.essential || !purpose.iab.is_advertising());
        }
        let cmp = policy.tcf.and_then(|tcf| tcf.cmp_id);
        assert!(cmp.is_none_or(|id| (2..=4095).contains(&id)));
    }
    assert!(read > 100, "{read}");
}
