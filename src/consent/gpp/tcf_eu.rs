//! Section 2, the EU's TCF: a TC string, written by [`tcf`](crate::consent::tcf) and kept here as it is.

use super::text_from;
use super::value::{Restriction, Value};
use crate::Error;
use crate::consent::tcf::{FlagSet, IdSet, PublisherRestriction, TcModel};

/// The text, if it is a TC string.
pub(super) fn check(text: &str) -> Result<String, Error> {
    match TcModel::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => {
            let message = text_from(&["tcfeuv2's ", error.message()]);
            Err(error.with_message(message))
        }
    }
}

/// What the TC string says, under the names that GPP gives its fields (`Sections/EEA`).
pub(super) fn fields(text: &str) -> Vec<(&'static str, Value)> {
    let Ok(model) = TcModel::parse(text) else { return Vec::new() };
    let number = |number: u16| Value::Number(number.into());
    let small = |number: u8| Value::Number(number.into());
    let publisher = model.publisher_tc.unwrap_or_default();
    let own = publisher.custom_purposes;
    vec![
        ("Version", small(2)),
        ("Created", Value::Number(model.created * 100)),
        ("LastUpdated", Value::Number(model.last_updated * 100)),
        ("CmpId", number(model.cmp_id)),
        ("CmpVersion", number(model.cmp_version)),
        ("ConsentScreen", small(model.consent_screen)),
        ("ConsentLanguage", Value::from(model.consent_language.as_str())),
        ("VendorListVersion", number(model.vendor_list_version)),
        ("PolicyVersion", small(model.policy_version)),
        ("IsServiceSpecific", Value::Flag(model.is_service_specific)),
        ("UseNonStandardStacks", Value::Flag(model.use_non_standard_texts)),
        ("SpecialFeatureOptins", flags(model.special_feature_opt_ins, 12)),
        ("PurposeConsents", flags(model.purpose_consents, 24)),
        ("PurposeLegitimateInterests", flags(model.purpose_legitimate_interests, 24)),
        ("PurposeOneTreatment", Value::Flag(model.purpose_one_treatment)),
        ("PublisherCountryCode", Value::from(model.publisher_country_code.as_str())),
        ("VendorConsents", ids(&model.vendor_consents)),
        ("VendorLegitimateInterests", ids(&model.vendor_legitimate_interests)),
        (
            "PublisherRestrictions",
            Value::Restrictions(model.publisher_restrictions.iter().map(restriction).collect()),
        ),
        ("PublisherPurposesSegmentType", small(3)),
        ("PublisherConsents", flags(publisher.consents, 24)),
        ("PublisherLegitimateInterests", flags(publisher.legitimate_interests, 24)),
        ("NumCustomPurposes", small(own)),
        ("PublisherCustomConsents", flags(publisher.custom_consents, own)),
        ("PublisherCustomLegitimateInterests", flags(publisher.custom_legitimate_interests, own)),
        ("VendorsAllowedSegmentType", small(2)),
        ("VendorsAllowed", ids(&model.vendors_allowed.unwrap_or_default())),
        ("VendorsDisclosedSegmentType", small(1)),
        ("VendorsDisclosed", ids(&model.vendors_disclosed.unwrap_or_default())),
    ]
}

fn flags(set: FlagSet, count: u8) -> Value {
    Value::Flags((1..=count).map(|id| set.contains(id)).collect())
}

fn ids(set: &IdSet) -> Value {
    Value::Numbers(set.iter().collect())
}

fn restriction(restriction: &PublisherRestriction) -> Restriction {
    Restriction {
        purpose: restriction.purpose,
        kind: restriction.kind.number(),
        vendors: restriction.vendors.iter().collect(),
    }
}
