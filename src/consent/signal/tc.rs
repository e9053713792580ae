//! TCF strings, and Google's Additional Consent beside them.

use super::{Allowed, Signal, Visit};
use crate::Code;
use crate::consent::gpp::{Gpp, Value};
use crate::consent::policy::iab::{Tcf, TcfRegion};
use crate::consent::policy::{LegalBasis, Policy};
use crate::consent::region::Regime;
use crate::consent::tcf::{FlagSet, IdSet, Letters, PublisherTc, TcModel, VendorList};

/// The TC string of a European visitor.
pub(super) fn tc_string(visit: &Visit<'_>, allowed: &Allowed<'_>) -> Signal {
    let Some(tcf) = &visit.policy.tcf else { return Signal::withheld("the policy has no `tcf`") };
    if !applies(tcf, visit.region.regime()) {
        return Signal::withheld("the policy gives no TC string in this region");
    }
    let Some(cmp_id) = tcf.cmp_id else { return cmp_missing() };
    let Some(list) = visit.list else { return Signal::withheld("there is no vendor list") };
    let mut model = model(visit, tcf, list, allowed);
    model.cmp_id = cmp_id;
    match model.encode(list) {
        Ok(text) => Signal::Sent(text),
        Err(error) => Signal::Withheld { code: Some(error.kind()), because: error.message().to_owned() },
    }
}

fn cmp_missing() -> Signal {
    let because =
        "the policy's `tcf` has no `cmpId`: IAB Europe registers it, and no string is valid without one";
    Signal::Withheld { code: Some(Code::TcfCmpMissing), because: because.to_owned() }
}

fn applies(tcf: &Tcf, regime: Regime) -> bool {
    let has = |region| tcf.regions.contains(&region);
    match regime {
        Regime::Europe => has(TcfRegion::Eea),
        Regime::UnitedKingdom => has(TcfRegion::Uk),
        Regime::Switzerland => has(TcfRegion::Ch),
        Regime::Unknown => has(TcfRegion::Eea) || has(TcfRegion::Uk) || has(TcfRegion::Ch),
        _ => false,
    }
}

/// The purposes whose legal basis is, or is not, legitimate interest, as far as they are allowed. Purpose 1 is storage: it
/// comes with the others (TCF Policies, Appendix A), so that one allowed purpose is enough for it.
fn purposes(allowed: &Allowed<'_>, basis: LegalBasis) -> FlagSet {
    let of_basis = || allowed.purposes.iter().filter(|(purpose, _)| purpose.legal_basis == basis);
    let is_on = |id: &u8| {
        let mut naming = of_basis().filter(|(purpose, _)| purpose.iab.tcf.contains(id)).peekable();
        naming.peek().is_some()
            && if *id == 1 {
                naming.any(|(_, allowed)| *allowed)
            } else {
                naming.all(|(_, allowed)| *allowed)
            }
    };
    (1..=11).filter(is_on).collect()
}

fn special_features(allowed: &Allowed<'_>) -> FlagSet {
    (1..=2).filter(|id| allowed.every(|iab| iab.special_features.contains(id)) == Some(true)).collect()
}

/// Who was told of and is worked with; then who of them may what.
fn vendors(visit: &Visit<'_>, tcf: &Tcf, live: &IdSet) -> (IdSet, IdSet, IdSet) {
    let mut disclosed: IdSet =
        if tcf.vendors.is_empty() { live.clone() } else { tcf.vendors.iter().copied().collect() };
    disclosed.retain(live);
    if let Some(told) = visit.vendors.disclosed {
        disclosed.retain(told);
    }
    let chosen = |choice: Option<&IdSet>| {
        let mut vendors = disclosed.clone();
        if let Some(choice) = choice {
            vendors.retain(choice);
        }
        vendors
    };
    let (consents, interests) = (chosen(visit.vendors.consents), chosen(visit.vendors.legitimate_interests));
    (disclosed, consents, interests)
}

fn model(visit: &Visit<'_>, tcf: &Tcf, list: &VendorList, allowed: &Allowed<'_>) -> TcModel {
    let mut consents = purposes(allowed, LegalBasis::Consent);
    if tcf.purpose_one_treatment {
        consents = consents.without(FlagSet::of(&[1]));
    }
    let interests = purposes(allowed, LegalBasis::LegitimateInterest);
    let (disclosed, vendor_consents, vendor_interests) = vendors(visit, tcf, list.vendors());
    let none_if = |empty: bool, ids| if empty { IdSet::new() } else { ids };
    let mut model = TcModel {
        cmp_version: tcf.cmp_version,
        consent_screen: 1,
        use_non_standard_texts: tcf.use_non_standard_texts,
        special_feature_opt_ins: special_features(allowed),
        purpose_consents: consents,
        purpose_legitimate_interests: interests,
        purpose_one_treatment: tcf.purpose_one_treatment,
        vendor_consents: none_if(consents.is_empty(), vendor_consents),
        vendor_legitimate_interests: none_if(interests.is_empty(), vendor_interests),
        vendors_disclosed: Some(disclosed),
        publisher_tc: Some(PublisherTc {
            consents,
            legitimate_interests: interests,
            ..PublisherTc::default()
        }),
        ..TcModel::default()
    };
    let country = std::str::from_utf8(&tcf.publisher_country).map(Letters::parse);
    if let Ok(Ok(country)) = country {
        model.publisher_country_code = country;
    }
    if let Ok(language) = Letters::parse(visit.language) {
        model.consent_language = language;
    }
    model.set_day(u64::try_from(day(visit)).unwrap_or(0));
    model
}

/// The time of the decision, of now before there is one.
fn day(visit: &Visit<'_>) -> i64 {
    visit.decision.map_or(visit.now, |decision| decision.at)
}

/// Section 5 of the Global Privacy Platform, for a visitor in Canada where the policy asks for it.
pub(super) fn canada(visit: &Visit<'_>, allowed: &Allowed<'_>) -> Option<Gpp> {
    let tcf = visit.policy.tcf.as_ref().filter(|tcf| tcf.regions.contains(&TcfRegion::Canada))?;
    let (cmp_id, list) = (tcf.cmp_id?, visit.list?);
    visit.policy.gpp.as_ref().filter(|_| visit.region.is_canadian())?;
    let express = purposes(allowed, LegalBasis::Consent);
    // Québec's law knows no implied consent to profiling (P-39.1, section 8.1).
    let implied = match visit.region.regime() {
        Regime::Canada => purposes(allowed, LegalBasis::LegitimateInterest),
        _ => FlagSet::EMPTY,
    };
    let (disclosed, vendors, implied_vendors) = vendors(visit, tcf, list.vendors());
    let flags = |set: FlagSet, count: u8| Value::Flags((1..=count).map(|id| set.contains(id)).collect());
    let ids = |ids: &IdSet, on: bool| Value::Numbers(ids.iter().filter(|_| on).collect());
    let milliseconds = u64::try_from(day(visit).div_euclid(86_400)).unwrap_or(0).saturating_mul(86_400_000);
    let language = Letters::parse(visit.language)
        .map_or_else(|_| "EN".to_owned(), |letters| letters.as_str().to_owned());
    let number = |number: u16| Value::Number(number.into());
    let mut gpp = Gpp::new();
    for (field, value) in [
        ("Created", Value::Number(milliseconds)),
        ("LastUpdated", Value::Number(milliseconds)),
        ("CmpId", number(cmp_id)),
        ("CmpVersion", number(tcf.cmp_version)),
        ("ConsentScreen", number(1)),
        ("ConsentLanguage", Value::Text(language)),
        ("VendorListVersion", number(list.version())),
        ("UseNonStandardStacks", Value::Flag(tcf.use_non_standard_texts)),
        ("SpecialFeatureExpressConsent", flags(special_features(allowed), 12)),
        ("PurposesExpressConsent", flags(express, 24)),
        ("PurposesImpliedConsent", flags(implied, 24)),
        ("VendorExpressConsent", ids(&vendors, !express.is_empty())),
        ("VendorImpliedConsent", ids(&implied_vendors, !implied.is_empty())),
        ("DisclosedVendors", ids(&disclosed, true)),
    ] {
        gpp.set_field("tcfcav1", field, value).ok()?;
    }
    Some(gpp)
}

/// `2~consented~dv.disclosed` (Google, "Additional Consent Mode technical specification", version 2), beside a TC string.
pub(super) fn additional_consent(
    policy: &Policy,
    decided: bool,
    allowed: &Allowed<'_>,
    tc: &Signal,
) -> Signal {
    let mut all: Vec<u32> = Vec::new();
    for id in policy.purposes.iter().flat_map(|purpose| &purpose.iab.additional_consent) {
        if let Err(place) = all.binary_search(id) {
            all.insert(place, *id);
        }
    }
    if all.is_empty() {
        return Signal::withheld("no purpose names an `additionalConsent`");
    }
    if tc.text().is_none() {
        return Signal::withheld("there is no TC string, and it goes only with one");
    }
    if !decided {
        return Signal::withheld("there is no decision, and it is given only after one");
    }
    let is_on = |id: &u32| allowed.every(|iab| iab.additional_consent.contains(id)) == Some(true);
    let (on, off): (Vec<u32>, Vec<u32>) = all.into_iter().partition(is_on);
    let join = |ids: Vec<u32>| ids.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    Signal::Sent(format!("2~{}~dv.{}", join(on), join(off)))
}
