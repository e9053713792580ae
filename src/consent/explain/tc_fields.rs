//! A TC string, field by field (TCF 2.3, "What purposes and vendors are on the string", core and segments).

use super::{Lines, Names, ranges};
use crate::codec::time;
use crate::consent::tcf::{FlagSet, IdSet, RestrictionType, TcModel};

const NOT_OBJECTED: &str = "legitimate interest told of and not objected to: ";

pub(super) fn push(lines: &mut Lines, prefix: &str, model: &TcModel, names: &Names) {
    let mut line =
        |path: &str, value: &str, meaning: &str| lines.push(&[prefix, path].concat(), value, meaning);
    line("version", "2", "the string is of TCF version 2");
    line("created", &model.created.to_string(), &["made on ", &moment(model.created)].concat());
    line(
        "lastUpdated",
        &model.last_updated.to_string(),
        &["last changed on ", &moment(model.last_updated)].concat(),
    );
    let cmp = if model.cmp_id < 2 {
        "no registered consent management platform: the string is not valid"
    } else {
        "the platform's id in IAB Europe's register"
    };
    line("cmpId", &model.cmp_id.to_string(), cmp);
    line("cmpVersion", &model.cmp_version.to_string(), "the platform's own version");
    line("consentScreen", &model.consent_screen.to_string(), "the screen on which the choice was made");
    line("consentLanguage", model.consent_language.as_str(), "the language of that screen");
    line(
        "vendorListVersion",
        &model.vendor_list_version.to_string(),
        "the version of the global vendor list",
    );
    line("tcfPolicyVersion", &model.policy_version.to_string(), "the version of the TCF policies");
    let specific = ["shared between sites, which has not been allowed since TCF 2.2", "for this site alone"];
    flag(&mut line, "isServiceSpecific", model.is_service_specific, specific);
    let texts = ["the standard texts were shown", "texts of the publisher's own were shown"];
    flag(&mut line, "useNonStandardTexts", model.use_non_standard_texts, texts);
    let features = purposes(model.special_feature_opt_ins, |id| names.special_feature(id));
    line(
        "specialFeatureOptIns",
        &flags(model.special_feature_opt_ins),
        &["opted in to: ", &features].concat(),
    );
    let purpose = |set| purposes(set, |id| names.purpose(id));
    line(
        "purposesConsent",
        &flags(model.purpose_consents),
        &["consented to: ", &purpose(model.purpose_consents)].concat(),
    );
    let interests = model.purpose_legitimate_interests;
    line("purposesLITransparency", &flags(interests), &[NOT_OBJECTED, &purpose(interests)].concat());
    let one = ["purpose 1 was asked for", "purpose 1 was not asked for, as the publisher's country permits"];
    flag(&mut line, "purposeOneTreatment", model.purpose_one_treatment, one);
    line("publisherCC", model.publisher_country_code.as_str(), "the country whose law the publisher applies");
    push_vendors(&mut line, model, names);
    push_publisher(&mut line, model, names);
}

fn push_vendors(line: &mut impl FnMut(&str, &str, &str), model: &TcModel, names: &Names) {
    let ids = |ids: &IdSet| ranges(ids.iter());
    let vendor = |set: &IdSet| vendors(set, names);
    line(
        "vendorConsents",
        &ids(&model.vendor_consents),
        &["consented to: ", &vendor(&model.vendor_consents)].concat(),
    );
    let interests = &model.vendor_legitimate_interests;
    line("vendorLegitimateInterests", &ids(interests), &[NOT_OBJECTED, &vendor(interests)].concat());
    for restriction in &model.publisher_restrictions {
        let kind = match restriction.kind {
            RestrictionType::NotAllowed => "the publisher does not allow it for: ",
            RestrictionType::RequireConsent => "the publisher asks for consent for: ",
            RestrictionType::RequireLegitimateInterest => "the publisher asks for legitimate interest for: ",
        };
        let path = format!("publisherRestrictions.{}.{}", restriction.purpose, restriction.kind.number());
        line(&path, &ids(&restriction.vendors), &[kind, &vendor(&restriction.vendors)].concat());
    }
    match &model.vendors_disclosed {
        Some(disclosed) => {
            line(
                "disclosedVendors",
                &ids(disclosed),
                &["the visitor was told of: ", &vendor(disclosed)].concat(),
            );
        }
        None => line(
            "disclosedVendors",
            "missing",
            "without this segment the string is not valid since 28 February 2026 (TCF 2.3)",
        ),
    }
    if let Some(allowed) = &model.vendors_allowed {
        line(
            "allowedVendors",
            &ids(allowed),
            &["may work out of band (before TCF 2.2): ", &vendor(allowed)].concat(),
        );
    }
}

fn push_publisher(line: &mut impl FnMut(&str, &str, &str), model: &TcModel, names: &Names) {
    let Some(own) = &model.publisher_tc else { return };
    let purpose = |set| purposes(set, |id| names.purpose(id));
    line(
        "publisherTC.pubPurposesConsent",
        &flags(own.consents),
        &["consented to: ", &purpose(own.consents)].concat(),
    );
    let interests = own.legitimate_interests;
    line(
        "publisherTC.pubPurposesLITransparency",
        &flags(interests),
        &[NOT_OBJECTED, &purpose(interests)].concat(),
    );
    line(
        "publisherTC.numCustomPurposes",
        &own.custom_purposes.to_string(),
        "purposes of the publisher's own",
    );
    if own.custom_purposes > 0 {
        line("publisherTC.customPurposesConsent", &flags(own.custom_consents), "own purposes consented to");
        let interests = own.custom_legitimate_interests;
        line("publisherTC.customPurposesLITransparency", &flags(interests), "own purposes not objected to");
    }
}

fn flag(line: &mut impl FnMut(&str, &str, &str), path: &str, value: bool, [off, on]: [&str; 2]) {
    if value { line(path, "1", on) } else { line(path, "0", off) }
}

fn flags(set: FlagSet) -> String {
    ranges(set.iter().map(u16::from))
}

/// A time in tenths of a second since 1970, in words.
fn moment(tenths: u64) -> String {
    let text = i64::try_from(tenths / 10).ok().and_then(|seconds| time::format(seconds).ok());
    text.unwrap_or_else(|| "no day of the calendar".to_owned())
}

fn purposes<'a>(set: FlagSet, name: impl Fn(u16) -> Option<&'a str>) -> String {
    let named = |id: u8| match name(id.into()) {
        Some(name) => format!("{id} {name}"),
        None => format!("{id}, which the TCF does not define"),
    };
    if set.is_empty() { "nothing".to_owned() } else { set.iter().map(named).collect::<Vec<_>>().join("; ") }
}

pub(super) fn vendors(set: &IdSet, names: &Names) -> String {
    let count = set.len();
    let mut text = format!("{count} vendor{}", if count == 1 { "" } else { "s" });
    let known: Vec<_> =
        set.iter().filter_map(|id| names.vendor(id).map(|name| format!("{id} {name}"))).collect();
    if !known.is_empty() {
        text.extend([": ", &known.join("; ")]);
    }
    text
}
