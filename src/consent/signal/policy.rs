//! The part of a policy file that signals are made of, read without saying what is wrong with the rest.
//!
//! `policy check` and the shop's server read the whole file and name every problem; a page has a file that was checked, and a
//! reader of a third of the size. What it does read, it reads as strictly: a test holds both against each other.

use crate::codec::json::{self, Value};
use crate::consent::policy::duties::Duties;
use crate::consent::policy::iab::{
    Approach, ConsentMode, Gpp, Iab, Mspa, Sensitive, Tcf, TcfRegion, UsMeaning,
};
use crate::consent::policy::{Controller, LegalBasis, Policy, Purpose};
use crate::{Code, Error};

/// Reads version, purposes, `tcf` and `gpp`; the other members are empty.
///
/// # Errors
///
/// `consent.policy-invalid` when one of these is not as a checked policy has it.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::signal::policy_for_signals;
///
/// let policy = policy_for_signals(include_str!("../../../tests/vectors/consent/iab-policy.json"))?;
/// assert_eq!(policy.purpose("analytics").unwrap().iab.tcf, [1, 8, 9]);
/// assert!(policy.services.is_empty());
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn policy_for_signals(text: &str) -> Result<Policy, Error> {
    let value = json::parse(text).map_err(|error| error.with_code(Code::ConsentPolicyInvalid))?;
    let unchecked = || {
        let message = "signals: expected a policy that passes its check, found one that does not";
        Error::new(Code::ConsentPolicyInvalid, message)
    };
    policy(&value).ok_or_else(unchecked)
}

fn policy(value: &Value) -> Option<Policy> {
    let purposes: Vec<Purpose> =
        value.get("purposes")?.as_array()?.iter().map(purpose).collect::<Option<_>>()?;
    let tcf = optional(value.get("tcf"), tcf)?;
    let gpp = optional(value.get("gpp"), gpp)?;
    let string = String::new;
    Some(Policy {
        version: text(value, "version")?.to_owned(),
        language: string(),
        controller: Controller { name: string(), address: None },
        contact: string(),
        policy_url: string(),
        purposes,
        services: Vec::new(),
        tcf,
        gpp,
        duties: Duties::default(),
    })
}

fn purpose(value: &Value) -> Option<Purpose> {
    Some(Purpose {
        id: text(value, "id")?.to_owned(),
        name: String::new(),
        description: String::new(),
        essential: flag(value, "essential")?,
        legal_basis: name(text(value, "legalBasis")?, &LegalBasis::ALL, LegalBasis::as_str)?,
        iab: optional(value.get("iab"), iab)?.unwrap_or_default(),
        gpc: value.get("gpc").and_then(Value::as_bool),
    })
}

fn iab(value: &Value) -> Option<Iab> {
    Some(Iab {
        tcf: numbers(value, "tcf", 1, 11)?,
        special_features: numbers(value, "specialFeatures", 1, 2)?,
        consent_mode: names(value, "consentMode", ConsentMode::ALL, ConsentMode::as_str)?,
        us: names(value, "us", UsMeaning::ALL, UsMeaning::as_str)?,
        sensitive: names(value, "sensitive", Sensitive::ALL, Sensitive::as_str)?,
        additional_consent: numbers(value, "additionalConsent", 1, 999_999)?,
    })
}

fn tcf(value: &Value) -> Option<Tcf> {
    let regions = names(value, "regions", TcfRegion::ALL, TcfRegion::as_str)?;
    let vendors: Vec<u16> = numbers(value, "vendors", 1, 65_535)?;
    let vendor_count = match value.get("vendorCount") {
        Some(count) => number(count, 1, 65_535)?,
        None => u16::try_from(vendors.len()).ok()?,
    };
    Some(Tcf {
        cmp_id: optional(value.get("cmpId"), |id| number(id, 2, 4095))?,
        cmp_version: optional(value.get("cmpVersion"), |version| number(version, 0, 4095))?.unwrap_or(1),
        vendor_list: text(value, "vendorList")?.to_owned(),
        publisher_country: text(value, "publisherCountry")?.as_bytes().try_into().ok()?,
        vendors,
        vendor_count,
        regions: if value.get("regions").is_none() { Tcf::USUAL_REGIONS.to_vec() } else { regions },
        purpose_one_treatment: flag(value, "purposeOneTreatment")?,
        use_non_standard_texts: flag(value, "useNonStandardTexts")?,
        // What is shown says nothing in a signal.
        translations: Vec::new(),
    })
}

fn gpp(value: &Value) -> Option<Gpp> {
    Some(Gpp {
        cmp_id: optional(value.get("cmpId"), |id| number(id, 1, 4095))?.unwrap_or(1),
        cmp_version: optional(value.get("cmpVersion"), |version| number(version, 0, 4095))?.unwrap_or(1),
        approach: name(text(value, "approach")?, Approach::ALL, Approach::as_str)?,
        us_privacy: value.get("usPrivacy").is_none() || flag(value, "usPrivacy")?,
        mspa: optional(value.get("mspa"), |value| name(value.as_str()?, Mspa::ALL, Mspa::as_str))?
            .unwrap_or(Mspa::None),
    })
}

/// What is not there is none; what is there has to be right.
#[expect(clippy::option_option, reason = "missing is not the same as wrong")]
fn optional<T>(value: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str()
}

fn flag(value: &Value, member: &str) -> Option<bool> {
    value.get(member).map_or(Some(false), Value::as_bool)
}

fn number<T: TryFrom<i64>>(value: &Value, least: i64, most: i64) -> Option<T> {
    value.as_integer().filter(|number| (least..=most).contains(number))?.try_into().ok()
}

/// Ascending, each once. Lists are short, and sorting code is long.
fn numbers<T: TryFrom<i64> + Ord>(value: &Value, member: &str, least: i64, most: i64) -> Option<Vec<T>> {
    let Some(list) = value.get(member) else { return Some(Vec::new()) };
    let mut found: Vec<T> = Vec::new();
    for value in list.as_array()? {
        let number = number(value, least, most)?;
        let place = found.binary_search(&number).err()?;
        found.insert(place, number);
    }
    Some(found)
}

fn name<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| name(*value) == text)
}

/// In the order of all, each once.
fn names<T: Copy>(value: &Value, member: &str, all: &[T], of: fn(T) -> &'static str) -> Option<Vec<T>> {
    let Some(list) = value.get(member) else { return Some(Vec::new()) };
    let list = list.as_array()?;
    let is_named = |name: &&T| list.iter().any(|value| value.as_str() == Some(of(**name)));
    let found: Vec<T> = all.iter().filter(is_named).copied().collect();
    (found.len() == list.len()).then_some(found)
}
