//! A GPP string, section by section. The United States' sections share their fields, and the fields their words.

use super::tc_fields::{self, vendors};
use super::{Lines, Names, ranges};
use crate::Error;
use crate::codec::time;
use crate::consent::gpp::{self, Gpp, Value};
use crate::consent::policy::iab::Sensitive;
use crate::consent::region::LAWS;
use crate::consent::signal::categories;
use crate::consent::tcf::TcModel;

pub(super) fn push(lines: &mut Lines, gpp: &Gpp, names: &Names) -> Result<(), Error> {
    let ids = gpp.section_ids();
    let titles: Vec<_> = ids.iter().map(|id| title(*id)).collect();
    let meaning = if titles.is_empty() { "no section".to_owned() } else { titles.join("; ") };
    lines.push("sections", &ranges(ids.iter().copied()), &meaning);
    for id in ids {
        match gpp::name_of(id) {
            Some("tcfeuv2") => {
                let text = gpp.section("tcfeuv2").unwrap_or_default();
                tc_fields::push(lines, "tcfeuv2.", &TcModel::parse(&text)?, names);
            }
            Some(name) => push_section(lines, &[name, "."].concat(), name, gpp, names),
            None => {
                let name = id.to_string();
                let text = gpp.section(&name).unwrap_or_default();
                lines.push(&name, &text, "a section that is not known here");
            }
        }
    }
    Ok(())
}

fn title(id: u16) -> String {
    let name = match id {
        2 => "European Union".to_owned(),
        5 => "Canada".to_owned(),
        6 => "US privacy string".to_owned(),
        7 => "United States, national".to_owned(),
        id => match LAWS.iter().find(|law| law.gpp_section.map(u16::from) == Some(id)) {
            Some(law) => law.name.to_owned(),
            None => "not known here".to_owned(),
        },
    };
    format!("{id} {name}")
}

pub(super) fn push_section(lines: &mut Lines, prefix: &str, section: &'static str, gpp: &Gpp, names: &Names) {
    for (field, value) in gpp.fields(section) {
        let path = [prefix, field].concat();
        match (section, field, &value) {
            (_, "SensitiveDataProcessing", Value::Numbers(all)) => {
                for (number, value) in (1_u16..).zip(all) {
                    let meaning = sensitive(section, number, *value);
                    lines.push(&format!("{path}.{number}"), &value.to_string(), &meaning);
                }
            }
            (_, "KnownChildSensitiveDataConsents", Value::Numbers(all)) => {
                for (number, value) in (1_u16..).zip(all) {
                    let meaning = format!("{}: {}", child(section, number), consent(*value));
                    lines.push(&format!("{path}.{number}"), &value.to_string(), &meaning);
                }
            }
            ("tcfcav1", ..) => lines.push(&path, &shown(&value), &canada(field, &value, names)),
            ("uspv1", ..) => lines.push(&path, &shown(&value), us_privacy(field, &shown(&value))),
            (_, _, value) => lines.push(&path, &shown(value), &american(section, field, value)),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Flag(truth) => truth.to_string(),
        Value::Text(text) => text.clone(),
        Value::Numbers(numbers) => ranges(numbers.iter().copied()),
        Value::Flags(flags) => ranges((1..).zip(flags).filter(|(_, on)| **on).map(|(id, _)| id)),
        Value::Restrictions(restrictions) => {
            let one = |one: &gpp::Restriction| {
                format!("purpose {}, kind {}: {}", one.purpose, one.kind, ranges(one.vendors.iter().copied()))
            };
            let all: Vec<_> = restrictions.iter().map(one).collect();
            if all.is_empty() { "none".to_owned() } else { all.join("; ") }
        }
    }
}

fn us_privacy(field: &str, value: &str) -> &'static str {
    match (field, value) {
        ("Version", _) => "version 1 of the format",
        (_, "-") => "does not apply",
        ("Notice", "Y") => "notice of the right to opt out was given",
        ("Notice", _) => "notice of the right to opt out was not given",
        ("OptOutSale", "Y") => "the visitor opted out of the sale of personal data",
        ("OptOutSale", _) => "the visitor did not opt out of the sale of personal data",
        (_, "Y") => "covered by the IAB's Limited Service Provider Agreement",
        _ => "not covered by the IAB's Limited Service Provider Agreement",
    }
}

fn american(section: &str, field: &str, value: &Value) -> String {
    let number = match value {
        Value::Number(number) => u16::try_from(*number).unwrap_or(u16::MAX),
        Value::Flag(truth) => u16::from(*truth),
        _ => return "a list".to_owned(),
    };
    let pick = |words: [&'static str; 3]| words.get(usize::from(number)).copied().unwrap_or("no meaning");
    let notice = |of: &str| {
        format!(
            "{} {of}",
            pick(["not applicable: notice of", "notice was given of", "notice was not given of"])
        )
    };
    let choice =
        |of: &str| format!("{} {of}", pick(["not applicable:", "opted out of", "did not opt out of"]));
    match field {
        "Version" => format!("version {number} of the section"),
        "MspaVersion" => format!("version {number} of the IAB's Multi-State Privacy Agreement"),
        "GpcSegmentIncluded" | "SensitiveDataConsentSegmentIncluded" => {
            pick(["the sub-section is left out", "the sub-section is there", ""]).to_owned()
        }
        "GpcSegmentType" => "the sub-section for Global Privacy Control".to_owned(),
        "Gpc" => pick([
            "the browser sent no Global Privacy Control",
            "the browser sent Global Privacy Control",
            "",
        ])
        .to_owned(),
        "SharingNotice" => notice("sharing personal data with third parties"),
        "ProcessingNotice" => notice("processing personal data"),
        "SaleOptOutNotice" => notice("the right to opt out of the sale of personal data"),
        "SharingOptOutNotice" => notice("the right to opt out of sharing for advertising across sites"),
        "TargetedAdvertisingOptOutNotice" => notice("the right to opt out of targeted advertising"),
        "SensitiveDataLimitUseNotice" => notice("the right to limit the use of sensitive data"),
        "SensitiveDataProcessingOptOutNotice" | "SensitiveDataOptOutNotice" => {
            notice("the right to opt out of the processing of sensitive data")
        }
        "SaleOptOut" => choice("the sale of personal data"),
        "SharingOptOut" => choice("sharing for advertising across sites"),
        "TargetedAdvertisingOptOut" => choice("targeted advertising"),
        "KnownChildSensitiveDataConsents" => format!("{}: {}", child(section, 1), consent(number)),
        // The texts of these three sections have the two values the other way round (GPP `Sections/US-States/FL`, `OR`, `TX`, 2024).
        "AdditionalDataProcessingConsent" if matches!(section, "usfl" | "usor" | "ustx") => {
            format!("{BEYOND}: {}", pick(["not applicable", "consent", "no consent"]))
        }
        "AdditionalDataProcessingConsent" | "PersonalDataConsents" => {
            format!("{BEYOND}: {}", consent(number))
        }
        "MspaCoveredTransaction" => {
            format!(
                "{}covered by the IAB's Multi-State Privacy Agreement",
                if number == 1 { "" } else { "not " }
            )
        }
        "MspaOptOutOptionMode" => pick([
            "opt-out option mode: not applicable",
            "opt-out option mode is on",
            "opt-out option mode is off",
        ])
        .to_owned(),
        "MspaServiceProviderMode" => pick([
            "service provider mode: not applicable",
            "service provider mode is on",
            "service provider mode is off",
        ])
        .to_owned(),
        "MspaMode" => {
            pick(["mode of the agreement: not applicable", "opt-out option mode", "service provider mode"])
                .to_owned()
        }
        _ => "a field of the section".to_owned(),
    }
}

const BEYOND: &str = "use of personal data beyond the purposes that were told";

fn consent(value: u16) -> &'static str {
    match value {
        0 => "not applicable",
        1 => "no consent",
        2 => "consent",
        _ => "no meaning",
    }
}

/// Utah, Iowa and California let people opt out; elsewhere sensitive data needs consent first.
fn sensitive(section: &str, number: u16, value: u16) -> String {
    let opt_out = matches!(section, "usut" | "usia" | "usca");
    let answer = match value {
        1 if opt_out => "opted out",
        2 if opt_out => "did not opt out",
        other => consent(other),
    };
    // The national section had the first twelve categories in version 1, all sixteen since version 2.
    let categories = usize::from(number).checked_sub(1).and_then(|index| categories(section).get(index));
    let names: Vec<_> =
        categories.into_iter().copied().flatten().map(|category| category_words(*category)).collect();
    format!("{}: {answer}", if names.is_empty() { "sensitive data".to_owned() } else { names.join(", ") })
}

fn category_words(category: Sensitive) -> &'static str {
    match category {
        Sensitive::Ethnicity => "racial or ethnic origin",
        Sensitive::Religion => "religious or philosophical beliefs",
        Sensitive::Health => "health",
        Sensitive::Sexuality => "sex life or sexual orientation",
        Sensitive::Citizenship => "citizenship or immigration status",
        Sensitive::Genetic => "genetic data",
        Sensitive::Biometric => "biometric data that identifies",
        Sensitive::Geolocation => "precise geolocation",
        Sensitive::Identity => "numbers of identity documents",
        Sensitive::Account => "log-in and payment credentials",
        Sensitive::Union => "union membership",
        Sensitive::Messages => "contents of mail and messages",
        Sensitive::ConsumerHealth => "consumer health data",
        Sensitive::Victim => "being the victim of a crime",
        Sensitive::Nationality => "national origin",
        Sensitive::Gender => "being transgender or nonbinary",
    }
}

/// Whose data, and for what (the sections' `KnownChildSensitiveDataConsents`).
fn child(section: &str, number: u16) -> &'static str {
    match (section, number) {
        ("usnat", 1) => "data of people of 13 to 16",
        ("usnat", 2) => "data of children under 13",
        ("usnat", _) => "data of people of 16 and 17",
        ("usca", 1) => "sale of data of people under 16",
        ("usca", _) => "sharing of data of people under 16",
        ("usfl", 1) => "sensitive data of children under 13",
        ("usfl", 2) => "sensitive data of people of 13 to 15",
        ("usfl", _) => "sensitive data of people of 16 and 17",
        (_, 1) => "sensitive data of a known child",
        (_, 2) => "sale of data of people of 13 to 15",
        (_, 3) => "targeted advertising to people of 13 to 15",
        (_, 4) => "sale of data of people of 16 and over, under age",
        _ => "targeted advertising to people of 16 and over, under age",
    }
}

/// IAB Canada's TCF (GPP `Sections/Canada`).
fn canada(field: &str, value: &Value, names: &Names) -> String {
    let listed = |what: &str, name: &dyn Fn(u16) -> Option<String>| {
        let Value::Flags(flags) = value else { return what.to_owned() };
        let on = (1_u16..).zip(flags).filter(|(_, on)| **on);
        let words: Vec<_> = on.map(|(id, _)| name(id).unwrap_or_else(|| id.to_string())).collect();
        format!("{what}: {}", if words.is_empty() { "nothing".to_owned() } else { words.join("; ") })
    };
    let purpose = |id: u16| names.purpose(id).map(|name| format!("{id} {name}"));
    let feature = |id: u16| names.special_feature(id).map(|name| format!("{id} {name}"));
    let counted = |what: &str| {
        let Value::Numbers(ids) = value else { return what.to_owned() };
        format!("{what}: {}", vendors(&ids.iter().copied().collect(), names))
    };
    let moment = || {
        let Value::Number(milliseconds) = value else { return String::new() };
        let seconds = i64::try_from(milliseconds / 1000).ok();
        seconds.and_then(|seconds| time::format(seconds).ok()).unwrap_or_default()
    };
    match field {
        "Version" => "the version of the section".to_owned(),
        "Created" => format!("made on {}", moment()),
        "LastUpdated" => format!("last changed on {}", moment()),
        "CmpId" => "the platform's id in IAB Canada's register".to_owned(),
        "CmpVersion" => "the platform's own version".to_owned(),
        "ConsentScreen" => "the screen on which the choice was made".to_owned(),
        "ConsentLanguage" => "the language of that screen".to_owned(),
        "VendorListVersion" => "the version of the vendor list".to_owned(),
        "TcfPolicyVersion" => "the version of the policies".to_owned(),
        "UseNonStandardStacks" => "whether texts of the publisher's own were shown".to_owned(),
        "SpecialFeatureExpressConsent" => listed("express consent", &feature),
        "PurposesExpressConsent" | "PubPurposesExpressConsent" => listed("express consent", &purpose),
        "PurposesImpliedConsent" | "PubPurposesImpliedConsent" => listed("implied consent", &purpose),
        "VendorExpressConsent" => counted("express consent"),
        "VendorImpliedConsent" => counted("implied consent"),
        "DisclosedVendors" => counted("the visitor was told of"),
        "PubRestrictions" => "what the publisher restricts".to_owned(),
        "NumCustomPurposes" => "purposes of the publisher's own".to_owned(),
        "CustomPurposesExpressConsent" => "own purposes with express consent".to_owned(),
        "CustomPurposesImpliedConsent" => "own purposes with implied consent".to_owned(),
        _ => "which sub-section this is".to_owned(),
    }
}
