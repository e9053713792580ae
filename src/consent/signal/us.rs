//! What a decision means in the sections of the United States.
//!
//! In all of them 0 is "not applicable", 1 "opted out" or "no consent", 2 "did not opt out" or "consent" (GPP
//! `Sections/US-National` and `Sections/US-States`). Fields whose meaning differed between versions of those texts,
//! `KnownChildSensitiveDataConsents`, `PersonalDataConsents` and `AdditionalDataProcessingConsent`, stay at 0.

use super::Allowed;
use crate::Error;
use crate::consent::gpp::{self, Gpp, Value};
use crate::consent::policy::iab::Sensitive::{
    self, Account, Biometric, Citizenship, ConsumerHealth, Ethnicity, Gender, Genetic, Geolocation, Health,
    Identity, Messages, Nationality, Religion, Sexuality, Union, Victim,
};
use crate::consent::policy::iab::{Approach, Iab, Mspa, UsMeaning};
use crate::consent::region::{Regime, Region};

const NATIONAL: &str = "usnat";

/// The section for this region.
pub(super) fn section(region: Region, approach: Approach, now: i64) -> &'static str {
    let (Regime::UsState(law), Approach::State) = (region.regime(), approach) else { return NATIONAL };
    let own = law.gpp_section.filter(|_| law.is_in_force(now));
    own.and_then(|section| gpp::name_of(section.into())).unwrap_or(NATIONAL)
}

/// Writes all fields of a section.
pub(super) fn fill(
    gpp: &mut Gpp,
    section: &'static str,
    mspa: Mspa,
    allowed: &Allowed<'_>,
    gpc: bool,
) -> Result<(), Error> {
    // The section is there from its first field on; this one would say "covered" otherwise.
    gpp.set_field(section, "MspaCoveredTransaction", if mspa == Mspa::None { 2_u64 } else { 1 })?;
    for (name, before) in gpp.fields(section) {
        let value = match (name, before) {
            ("SensitiveDataProcessing", Value::Numbers(_)) => {
                let categories = categories(section).iter();
                Value::Numbers(categories.map(|any| answer(sensitive(allowed, any))).collect())
            }
            ("Gpc", _) => Value::Flag(gpc),
            (name, Value::Number(_)) => match number(name, mspa, allowed) {
                Some(number) => Value::Number(number.into()),
                None => continue,
            },
            _ => continue,
        };
        gpp.set_field(section, name, value)?;
    }
    Ok(())
}

/// The value of a field that has one number; none for fields that stay as they are.
fn number(name: &str, mspa: Mspa, allowed: &Allowed<'_>) -> Option<u16> {
    let is_sold = || allowed.every(is_sale);
    let is_shared = || allowed.every(is_advertised);
    let is_sensitive = || allowed.every(|iab| !iab.sensitive.is_empty());
    let mode = |mode| match mspa {
        Mspa::None => 0,
        other if other == mode => 1,
        _ => 2,
    };
    Some(match name {
        // The policy, which the banner links, says what is processed and who receives it.
        "SharingNotice" | "ProcessingNotice" => 1,
        "SaleOptOutNotice" => notice(is_sold()),
        "SharingOptOutNotice" | "TargetedAdvertisingOptOutNotice" => notice(is_shared()),
        "SensitiveDataProcessingOptOutNotice"
        | "SensitiveDataLimitUseNotice"
        | "SensitiveDataOptOutNotice" => notice(is_sensitive()),
        "SaleOptOut" => answer(is_sold()),
        "SharingOptOut" | "TargetedAdvertisingOptOut" => answer(is_shared()),
        "MspaOptOutOptionMode" => mode(Mspa::OptOutOption),
        "MspaServiceProviderMode" => mode(Mspa::ServiceProvider),
        "MspaMode" => match mspa {
            Mspa::None => 0,
            Mspa::OptOutOption => 1,
            Mspa::ServiceProvider => 2,
        },
        _ => return None,
    })
}

/// `1YYN`: version, notice given, opted out of the sale, not covered by the old agreement of the IAB (US Privacy String). Where
/// no purpose is a sale, nothing may be sold.
pub(super) fn us_privacy(allowed: &Allowed<'_>) -> &'static str {
    let is_sold = |iab: &Iab| is_sale(iab) || is_advertised(iab);
    if allowed.every(is_sold) == Some(true) { "1YNN" } else { "1YYN" }
}

fn is_sale(iab: &Iab) -> bool {
    iab.us.contains(&UsMeaning::Sale)
}

/// California's sharing for cross-context behavioural advertising and the other states' targeted advertising are the same thing
/// to a shop: a purpose that is one is the other.
fn is_advertised(iab: &Iab) -> bool {
    iab.us.iter().any(|meaning| matches!(meaning, UsMeaning::Sharing | UsMeaning::TargetedAdvertising))
}

fn sensitive(allowed: &Allowed<'_>, any: &[Sensitive]) -> Option<bool> {
    allowed.every(|iab| iab.sensitive.iter().any(|category| any.contains(category)))
}

fn notice(meant: Option<bool>) -> u16 {
    u16::from(meant.is_some())
}

fn answer(allowed: Option<bool>) -> u16 {
    match allowed {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

/// The categories of sensitive data of a section, in its order (the sections' `SensitiveDataProcessing`).
pub(in super::super) fn categories(section: &str) -> &'static [&'static [Sensitive]] {
    match section {
        NATIONAL => &[
            &[Ethnicity],
            &[Religion],
            &[Health],
            &[Sexuality],
            &[Citizenship],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
            &[Identity],
            &[Account],
            &[Union],
            &[Messages],
            &[ConsumerHealth],
            &[Victim],
            &[Nationality],
            &[Gender],
        ],
        "usca" => &[
            &[Identity],
            &[Account],
            &[Geolocation],
            &[Ethnicity, Religion, Union],
            &[Messages],
            &[Genetic],
            &[Biometric],
            &[Health],
            &[Sexuality],
        ],
        "usco" => {
            &[&[Ethnicity], &[Religion], &[Health], &[Sexuality], &[Citizenship], &[Genetic], &[Biometric]]
        }
        "usut" => &[
            &[Ethnicity],
            &[Religion],
            &[Sexuality],
            &[Citizenship],
            &[Health],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
        ],
        "usor" => &[
            &[Ethnicity],
            &[Religion],
            &[Health],
            &[Sexuality],
            &[Gender],
            &[Citizenship],
            &[Nationality],
            &[Victim],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
        ],
        "usde" => &[
            &[Ethnicity],
            &[Religion],
            &[Health],
            &[Sexuality],
            &[Gender],
            &[Citizenship],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
        ],
        "usnj" => &[
            &[Ethnicity],
            &[Religion],
            &[Health],
            &[Sexuality],
            &[Citizenship],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
            &[Gender],
            &[Account],
        ],
        _ => &[
            &[Ethnicity],
            &[Religion],
            &[Health],
            &[Sexuality],
            &[Citizenship],
            &[Genetic],
            &[Biometric],
            &[Geolocation],
        ],
    }
}
