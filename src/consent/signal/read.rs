//! What a page knows of a visit, as JSON.

use super::{Vendors, Visit};
use crate::codec::json::{self, Limits, Value};
use crate::consent::choice::Decision;
use crate::consent::policy::Policy;
use crate::consent::region::Region;
use crate::consent::tcf::{IdSet, VendorList};
use crate::{Code, Error};

/// What a page knows, read from JSON: what a [`Visit`] borrows.
///
/// ```json
/// {
///   "decision": {"v":1,"policy":"2026-11","at":1795392000,"granted":["analytics"]},
///   "gpc": false, "region": "DE", "language": "de", "now": 1795392060,
///   "vendors": {"disclosed": [7, 8], "consents": [7], "legitimateInterests": [8]}
/// }
/// ```
///
/// Every member but `now` may be left out. A decision that is none under this policy counts as not made, as the gate has it.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::signal::Answers;
/// use storefront_privacy::consent::Policy;
///
/// let policy = Policy::parse(include_str!("../../../tests/vectors/consent/iab-policy.json"))?;
/// let answers = Answers::parse(r#"{"region":"us-va","now":1795392000,"gpc":true}"#, &policy)?;
/// let signals = answers.visit(&policy, None).signals();
/// assert_eq!(signals.applicable_sections, [6, 9]);
/// assert!(!signals.decided && signals.gpc);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    decision: Option<Decision>,
    gpc: bool,
    region: Region,
    language: String,
    now: i64,
    disclosed: Option<IdSet>,
    consents: Option<IdSet>,
    legitimate_interests: Option<IdSet>,
}

impl Answers {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// `input.too-long` beyond 1 MiB, else `input.invalid` with what was expected.
    pub fn parse(text: &str, policy: &Policy) -> Result<Self, Error> {
        let limits = Limits { bytes: 1024 * 1024, depth: 3, members: 16 };
        let value = json::parse_within(text, limits)?;
        let members = ["decision", "gpc", "region", "language", "now", "vendors"];
        known(&value, "an answer", &members)?;
        let vendors = value.get("vendors");
        if let Some(vendors) = vendors {
            known(vendors, "`vendors`", &["disclosed", "consents", "legitimateInterests"])?;
        }
        let ids = |name: &str| {
            vendors.and_then(|vendors| vendors.get(name)).map(|list| ids(name, list)).transpose()
        };
        let text = |name: &str| match value.get(name) {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text.as_str()),
            Some(_) => Err(invalid(&format!("expected `{name}` to be a string"))),
        };
        let gpc = match value.get("gpc") {
            None => false,
            Some(value) => value.as_bool().ok_or_else(|| invalid("expected `gpc` to be true or false"))?,
        };
        let now = value.get("now").and_then(Value::as_integer);
        Ok(Self {
            decision: value.get("decision").and_then(|value| Decision::from_json(value, policy).ok()),
            gpc,
            region: Region::parse(text("region")?),
            language: text("language")?.to_owned(),
            now: now.ok_or_else(|| invalid("expected `now` in seconds since 1970"))?,
            disclosed: ids("disclosed")?,
            consents: ids("consents")?,
            legitimate_interests: ids("legitimateInterests")?,
        })
    }

    /// The visit, with the vendor list of its region.
    pub fn visit<'a>(&'a self, policy: &'a Policy, list: Option<&'a VendorList>) -> Visit<'a> {
        Visit {
            policy,
            decision: self.decision.as_ref(),
            vendors: Vendors {
                disclosed: self.disclosed.as_ref(),
                consents: self.consents.as_ref(),
                legitimate_interests: self.legitimate_interests.as_ref(),
            },
            gpc: self.gpc,
            region: self.region,
            list,
            language: &self.language,
            now: self.now,
        }
    }
}

fn known(value: &Value, what: &str, members: &[&str]) -> Result<(), Error> {
    let object = value.as_object().ok_or_else(|| invalid(&format!("expected {what} to be an object")))?;
    match object.iter().find(|(name, _)| !members.contains(name)) {
        Some(_) => Err(invalid(&format!("expected of {what} only the members {}", members.join(", ")))),
        None => Ok(()),
    }
}

fn ids(name: &str, list: &Value) -> Result<IdSet, Error> {
    let id = |value: &Value| value.as_integer().and_then(|id| u16::try_from(id).ok()).filter(|id| *id > 0);
    let ids: Option<IdSet> = list.as_array().and_then(|list| list.iter().map(id).collect());
    ids.ok_or_else(|| invalid(&format!("expected `{name}` to be an array of vendor ids, 1 to 65535")))
}

fn invalid(message: &str) -> Error {
    Error::new(Code::InputInvalid, format!("signals: {message}"))
}
