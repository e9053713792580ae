//! From JSON to what partners are told, noting everything that is wrong on the way.

use super::super::check::{Checker, Place};
use super::super::{LegalBasis, Purpose, form};
use super::{Approach, ConsentMode, Gpp, Iab, Mspa, Sensitive, Tcf, TcfRegion, UsMeaning};

const CMP_VERSION: std::ops::RangeInclusive<u32> = 0..=4095;

/// A purpose's `iab`.
pub(in super::super) fn purpose(
    check: &mut Checker,
    place: &Place<'_>,
    essential: bool,
    basis: Option<LegalBasis>,
) -> Iab {
    if !place.exists() {
        return Iab::default();
    }
    let members = ["tcf", "specialFeatures", "consentMode", "us", "sensitive", "additionalConsent"];
    if !check.object(place, &members) {
        return Iab::default();
    }
    let iab = Iab {
        tcf: numbers(check, &place.member("tcf"), 1..=11),
        special_features: numbers(check, &place.member("specialFeatures"), 1..=2),
        consent_mode: names(check, &place.member("consentMode"), ConsentMode::ALL, ConsentMode::as_str),
        us: names(check, &place.member("us"), UsMeaning::ALL, UsMeaning::as_str),
        sensitive: names(check, &place.member("sensitive"), Sensitive::ALL, Sensitive::as_str),
        additional_consent: numbers(check, &place.member("additionalConsent"), 1..=999_999),
    };
    let harmless =
        |key: &ConsentMode| matches!(key, ConsentMode::FunctionalityStorage | ConsentMode::SecurityStorage);
    let only_harmless = Iab { consent_mode: Vec::new(), ..iab.clone() } == Iab::default()
        && iab.consent_mode.iter().all(harmless);
    if essential && !only_harmless {
        let expected = "expected only functionality_storage and security_storage in consentMode, \
                        as an essential purpose is not asked for";
        check.note(place, expected);
    }
    let has_tcf = !(iab.tcf.is_empty() && iab.special_features.is_empty());
    match basis {
        // TCF Policies, Appendix A: purposes 1, 3, 4, 5 and 6 and the special features rest on consent alone.
        Some(LegalBasis::LegitimateInterest)
            if !iab.special_features.is_empty() || iab.tcf.iter().any(|id| matches!(id, 1 | 3..=6)) =>
        {
            check.note(
                place,
                "expected the basis consent for TCF purposes 1, 3, 4, 5, 6 and special features",
            );
        }
        Some(LegalBasis::Contract | LegalBasis::LegalObligation) if has_tcf => {
            check.note(place, "expected the basis consent or legitimate-interest for TCF purposes");
        }
        _ => {}
    }
    iab
}

/// The member `tcf`.
pub(in super::super) fn tcf(check: &mut Checker, place: &Place<'_>) -> Option<Tcf> {
    let members = [
        "cmpId",
        "cmpVersion",
        "vendorList",
        "publisherCountry",
        "vendors",
        "vendorCount",
        "regions",
        "purposeOneTreatment",
        "useNonStandardTexts",
        "translations",
    ];
    if !place.exists() || !check.object(place, &members) {
        return None;
    }
    let cmp_id = place.member("cmpId");
    let cmp_id = cmp_id.exists().then(|| check.number(&cmp_id, 2..=4095));
    let cmp_version = optional(check, &place.member("cmpVersion"), CMP_VERSION, 1);
    let expected = "a path such as /x.js, or a URL that starts with https://";
    let vendor_list = check.text(&place.member("vendorList"), expected, &form::is_url);
    let country = check.text(&place.member("publisherCountry"), "a country's two capitals", &|text| {
        text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    let vendors = numbers(check, &place.member("vendors"), 1..=65_535);
    let count = place.member("vendorCount");
    let named = u16::try_from(vendors.len()).unwrap_or(u16::MAX);
    let vendor_count = match (count.exists(), named) {
        (true, _) => check.number(&count, 1..=65_535),
        (false, 0) => {
            check.note(&count, "expected how many vendors there are, as `vendors` does not name them");
            0
        }
        (false, named) => named,
    };
    if count.exists() && named > 0 && vendor_count != named {
        check.note(&count, &format!("expected {named}, as many as `vendors` names"));
    }
    let regions = place.member("regions");
    let regions = if regions.exists() {
        names(check, &regions, TcfRegion::ALL, TcfRegion::as_str)
    } else {
        Tcf::USUAL_REGIONS.to_vec()
    };
    let purpose_one_treatment = check.flag(&place.member("purposeOneTreatment"));
    let use_non_standard_texts = check.flag(&place.member("useNonStandardTexts"));
    let translations = translations(check, &place.member("translations"), expected);
    Some(Tcf {
        cmp_id,
        cmp_version,
        vendor_list,
        publisher_country: country.as_bytes().try_into().unwrap_or(*b"AA"),
        vendors,
        vendor_count,
        regions,
        purpose_one_treatment,
        use_non_standard_texts,
        translations,
    })
}

/// The member `translations` of `tcf`: languages, each with the address of the list's texts in it.
fn translations(check: &mut Checker, place: &Place<'_>, address: &str) -> Vec<(String, String)> {
    if !place.exists() {
        return Vec::new();
    }
    let translations = check.list(place, 0..=64, |check, place| {
        check.object(place, &["language", "list"]).then(|| {
            let tag = "a language tag such as en or pt-BR";
            let language = check.text(&place.member("language"), tag, &form::is_language);
            (language, check.text(&place.member("list"), address, &form::is_url))
        })
    });
    check.unique(place, translations.iter().map(|(language, _)| language.as_str()));
    translations
}

/// The member `gpp`.
pub(in super::super) fn gpp(check: &mut Checker, place: &Place<'_>) -> Option<Gpp> {
    let members = ["cmpId", "cmpVersion", "approach", "usPrivacy", "mspa"];
    if !place.exists() || !check.object(place, &members) {
        return None;
    }
    let cmp_id = optional(check, &place.member("cmpId"), 1..=4095, 1);
    let cmp_version = optional(check, &place.member("cmpVersion"), CMP_VERSION, 1);
    let approach = check.one_of(&place.member("approach"), Approach::ALL, Approach::as_str);
    let us_privacy = place.member("usPrivacy");
    let us_privacy = !us_privacy.exists() || check.flag(&us_privacy);
    let mspa = place.member("mspa");
    let mspa = if mspa.exists() { check.one_of(&mspa, Mspa::ALL, Mspa::as_str) } else { Some(Mspa::None) };
    Some(Gpp { cmp_id, cmp_version, approach: approach?, us_privacy, mspa: mspa? })
}

/// What only the members together can get wrong.
pub(in super::super) fn together(
    check: &mut Checker,
    place: &Place<'_>,
    purposes: &[Purpose],
    tcf: Option<&Tcf>,
) {
    let mapped = purposes.iter().any(|purpose| !purpose.iab.tcf.is_empty());
    if tcf.is_some() && !mapped {
        check.note(&place.member("tcf"), "expected a purpose whose `iab` names TCF purposes");
    }
}

fn optional<T: TryFrom<u32> + Default>(
    check: &mut Checker,
    place: &Place<'_>,
    range: std::ops::RangeInclusive<u32>,
    usual: T,
) -> T {
    if place.exists() { check.number(place, range) } else { usual }
}

/// An optional array of numbers, each once; ascending afterwards.
fn numbers<T: TryFrom<u32>>(
    check: &mut Checker,
    place: &Place<'_>,
    range: std::ops::RangeInclusive<u32>,
) -> Vec<T> {
    ascending(check, place, range).into_iter().filter_map(|number| T::try_from(number).ok()).collect()
}

fn ascending(check: &mut Checker, place: &Place<'_>, range: std::ops::RangeInclusive<u32>) -> Vec<u32> {
    if !place.exists() {
        return Vec::new();
    }
    let found: Vec<u32> =
        check.list(place, 1..=5000, |check, place| Some(check.number(place, range.clone())));
    // Every sort of the library's is 3 KB of its own; a file's numbers are few, and mostly ascending.
    let mut sorted = Vec::with_capacity(found.len());
    for number in &found {
        if let Err(position) = sorted.binary_search(number) {
            sorted.insert(position, *number);
        }
    }
    if sorted.len() < found.len() {
        check.note(place, "expected every number once");
    }
    sorted
}

/// An optional array of names from a closed list, each once; in that list's order afterwards.
fn names<T: Copy + PartialEq>(
    check: &mut Checker,
    place: &Place<'_>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Vec<T> {
    if !place.exists() {
        return Vec::new();
    }
    let found = check.list(place, 1..=all.len(), |check, place| check.one_of(place, all, name));
    let once: Vec<T> = all.iter().copied().filter(|value| found.contains(value)).collect();
    if once.len() < found.len() {
        check.note(place, "expected every name once");
    }
    once
}
