use storefront_privacy::consent::tcf::{
    FlagSet, IdSet, LegalBasis, Letters, PublisherTc, RestrictionType, TcModel, VendorList,
};

use crate::generate::{Source, cases};

pub(super) const LIST: &str = include_str!("../../vectors/iab/vendor-list-v17.json");

/// TCF 2.3, "Example of a TC String".
pub(super) const EXAMPLE: &str =
    "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

#[test]
fn the_specifications_example_comes_back() {
    let model = TcModel::parse(EXAMPLE).unwrap();
    assert_eq!((model.cmp_id, model.cmp_version, model.consent_screen), (880, 0, 0));
    assert_eq!(model.consent_language.as_str(), "EN");
    assert!(model.is_service_specific);
    assert_eq!(model.created, model.last_updated);
    assert_eq!(model.created % 864_000, 0, "a whole day");
    let disclosed = model.vendors_disclosed.as_ref().unwrap();
    assert_eq!(model.vendor_consents, (1..=4).collect());
    assert_eq!(disclosed.iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 100, 404]);
    assert_eq!(model.encode_unchecked_by_list().unwrap(), EXAMPLE);
}

#[test]
fn what_is_written_reads_the_same() {
    let mut source = Source::new(23);
    for _ in 0..cases(10_000) {
        let model = model(&mut source, 5_000);
        let text = model.encode_unchecked_by_list().unwrap();
        assert_eq!(TcModel::parse(&text).unwrap(), model, "{text}");
    }
}

#[test]
fn what_a_list_allows_it_allows_again() {
    let list = VendorList::parse(LIST).unwrap();
    let mut source = Source::new(24);
    for _ in 0..cases(2_000) {
        let model = model(&mut source, 4_200);
        let text = model.encode(&list).unwrap();
        let mut read = TcModel::parse(&text).unwrap();
        // A restriction's range may run over ids that nobody has.
        for restriction in &mut read.publisher_restrictions {
            restriction.vendors.retain(list.ids());
        }
        assert_eq!(read, model.under(&list));
        assert_eq!(read.under(&list), read, "rules hold for what they left");
    }
}

/// The rule, written a second time and a vendor at a time.
#[test]
fn no_vendor_gets_a_signal_it_has_not_declared() {
    let list = VendorList::parse(LIST).unwrap();
    let mut source = Source::new(25);
    for _ in 0..cases(300) {
        let model = model(&mut source, 4_200);
        let ruled = model.under(&list);
        for vendor in 1..4_200 {
            let declares = |basis| (1..=24).any(|purpose| list.declaring(purpose, basis).contains(vendor));
            let turned = |kind| {
                model.is_service_specific
                    && model.publisher_restrictions.iter().any(|restriction| {
                        restriction.kind == kind
                            && restriction.vendors.contains(vendor)
                            && list.restrictable(restriction.purpose, kind).contains(vendor)
                    })
            };
            let consents = declares(LegalBasis::Consent) || turned(RestrictionType::RequireConsent);
            assert_eq!(
                ruled.vendor_consents.contains(vendor),
                model.vendor_consents.contains(vendor) && consents
            );
            let interests = declares(LegalBasis::LegitimateInterest)
                || list.with_special_purposes().contains(vendor)
                || turned(RestrictionType::RequireLegitimateInterest);
            assert_eq!(
                ruled.vendor_legitimate_interests.contains(vendor),
                model.vendor_legitimate_interests.contains(vendor) && interests
            );
        }
        for purpose in [1, 3, 4, 5, 6] {
            assert!(!ruled.purpose_legitimate_interests.contains(purpose));
        }
    }
}

#[test]
fn without_a_registered_platform_nothing_is_written() {
    let list = VendorList::parse(LIST).unwrap();
    for cmp_id in [0, 1] {
        let model = TcModel { cmp_id, ..TcModel::default() };
        let error = model.encode(&list).unwrap_err();
        assert_eq!(error.code(), "tcf.cmp-missing");
        assert!(error.message().contains("registered with IAB Europe"), "{error}");
    }
}

#[test]
fn a_field_beyond_its_bits_is_refused_by_name() {
    let fine = TcModel { cmp_id: 880, ..TcModel::default() };
    for (model, name) in [
        (TcModel { cmp_id: 4096, ..fine.clone() }, "cmpId"),
        (TcModel { cmp_version: 4096, ..fine.clone() }, "cmpVersion"),
        (TcModel { consent_screen: 64, ..fine.clone() }, "consentScreen"),
        (TcModel { created: 1 << 36, ..fine.clone() }, "created"),
    ] {
        let error = model.encode_unchecked_by_list().unwrap_err();
        assert_eq!(error.code(), "input.invalid");
        assert!(error.message().contains(name), "{error}");
    }
}

#[test]
fn a_vendor_may_do_what_declaration_choice_and_restrictions_allow_together() {
    let list = VendorList::parse(LIST).unwrap();
    let mut model = TcModel {
        purpose_consents: FlagSet::of(&[1, 2, 7]),
        purpose_legitimate_interests: FlagSet::of(&[7]),
        vendor_consents: IdSet::from_iter([1]),
        vendor_legitimate_interests: IdSet::from_iter([1]),
        vendors_disclosed: Some(IdSet::from_iter([1])),
        ..TcModel::default()
    };
    // Vendor 1 declares 1, 2, 3, 4, 7, 8, 9 and 10 by consent; 7 to 10 are flexible.
    assert_eq!(model.allows(&list, 1, 1), Some(LegalBasis::Consent));
    assert_eq!(model.allows(&list, 1, 3), None, "not consented to");
    assert_eq!(model.allows(&list, 1, 5), None, "not declared");
    assert_eq!(model.allows(&list, 2, 1), None, "not disclosed");
    let vendors = IdSet::from_iter([1]);
    model.restrict(7, RestrictionType::RequireLegitimateInterest, &vendors);
    assert_eq!(model.allows(&list, 1, 7), Some(LegalBasis::LegitimateInterest));
    model.restrict(7, RestrictionType::NotAllowed, &vendors);
    assert_eq!(model.allows(&list, 1, 7), None);
    model.vendors_disclosed = None;
    assert_eq!(model.allows(&list, 1, 1), None, "a string without disclosed vendors is invalid");
}

/// A model with anything in it that a string can hold.
pub(super) fn model(source: &mut Source, greatest: u16) -> TcModel {
    let mut model = TcModel {
        created: source.next() >> 28,
        last_updated: source.next() >> 28,
        cmp_id: number(source, 2, 4095),
        cmp_version: number(source, 0, 4095),
        consent_screen: source.next().to_le_bytes()[0] & 63,
        consent_language: Letters::parse(source.pick(&["en", "de", "ZZ", "pt-BR"])).unwrap(),
        vendor_list_version: number(source, 0, 4095),
        policy_version: source.next().to_le_bytes()[0] & 63,
        is_service_specific: !source.once_in(8),
        use_non_standard_texts: source.once_in(2),
        special_feature_opt_ins: FlagSet::from_bits(source.next() >> 52, 12),
        purpose_consents: FlagSet::from_bits(source.next() >> 40, 24),
        purpose_legitimate_interests: FlagSet::from_bits(source.next() >> 40, 24),
        purpose_one_treatment: source.once_in(2),
        publisher_country_code: Letters::parse(source.pick(&["AA", "FR", "de"])).unwrap(),
        vendor_consents: vendors(source, greatest),
        vendor_legitimate_interests: vendors(source, greatest),
        vendors_disclosed: Some(vendors(source, greatest)),
        vendors_allowed: None,
        publisher_restrictions: Vec::new(),
        publisher_tc: None,
    };
    for _ in 0..source.below(5) {
        let kind = source.pick(&[
            RestrictionType::NotAllowed,
            RestrictionType::RequireConsent,
            RestrictionType::RequireLegitimateInterest,
        ]);
        let ids = vendors(source, greatest);
        if !ids.is_empty() {
            model.restrict(u8::try_from(source.below(12)).unwrap() + 1, kind, &ids);
        }
    }
    if model.is_service_specific {
        let custom_purposes = u8::try_from(source.below(64)).unwrap();
        let mut custom =
            || FlagSet::from_bits(source.next(), 64).iter().filter(|id| *id <= custom_purposes).collect();
        model.publisher_tc = Some(PublisherTc {
            custom_consents: custom(),
            custom_legitimate_interests: custom(),
            custom_purposes,
            consents: FlagSet::from_bits(source.next() >> 40, 24),
            legitimate_interests: FlagSet::from_bits(source.next() >> 40, 24),
        });
    }
    model
}

/// None, few, runs, or many vendors.
fn vendors(source: &mut Source, greatest: u16) -> IdSet {
    let greatest = number(source, 1, greatest);
    match source.below(5) {
        0 => IdSet::new(),
        1 => (0..source.below(6)).map(|_| number(source, 1, greatest)).collect(),
        2 => (1..=greatest).collect(),
        3 => (1..=greatest).filter(|_| !source.once_in(40)).collect(),
        _ => (1..=greatest).filter(|_| source.once_in(2)).collect(),
    }
}

fn number(source: &mut Source, least: u16, most: u16) -> u16 {
    least + u16::try_from(source.below(usize::from(most - least) + 1)).unwrap()
}
