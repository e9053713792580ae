//! A visitor's decision, as the gate stores it in the page.

use super::policy::Policy;
use crate::codec::json::{self, Limits, Value};
use crate::{Code, Error};

/// The format that is written, and the only one there is so far.
const FORMAT: i64 = 1;

/// Which purposes a visitor allowed, when, and under which version of the policy.
///
/// Stored under the key `sp-consent` as `{"v":1,"policy":"2026-11","at":1795392000,"granted":["analytics"]}`.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{Decision, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let decision = Decision::new(&policy, &["marketing"], 1_795_392_000)?;
/// assert_eq!(decision.encode(), r#"{"v":1,"policy":"2026-11","at":1795392000,"granted":["marketing"]}"#);
/// assert_eq!(Decision::decode(&decision.encode(), &policy)?, decision);
/// assert_eq!(decision.denied(&policy), ["analytics"]);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The version of the policy it was made under.
    pub policy: String,
    /// When it was made, in seconds after 1970-01-01T00:00:00Z.
    pub at: i64,
    /// The ids of the allowed purposes, in the policy's order.
    pub granted: Vec<String>,
}

impl Decision {
    /// A decision under this policy.
    ///
    /// # Errors
    ///
    /// `consent.decision-invalid` for a purpose that the policy does not ask about, for one named twice, and for a
    /// time before 1970 or beyond [`json::MAX_SAFE_INTEGER`].
    pub fn new(policy: &Policy, granted: &[&str], at: i64) -> Result<Self, Error> {
        if !(0..=json::MAX_SAFE_INTEGER).contains(&at) {
            return Err(invalid("expected a time of 1970 or later"));
        }
        let mut seen: Vec<&str> = Vec::new();
        for id in granted {
            if !policy.asks(id) {
                return Err(invalid("expected purposes that the policy asks about, found another"));
            }
            if seen.contains(id) {
                return Err(invalid("expected every purpose once, found one again"));
            }
            seen.push(id);
        }
        let granted = policy.asked().map(|purpose| purpose.id.clone());
        let granted = granted.filter(|id| seen.contains(&id.as_str())).collect();
        Ok(Self { policy: policy.version.clone(), at, granted })
    }

    /// Reads a stored decision. It fails closed: whatever is not exactly a decision under this version of this
    /// policy is refused, and the visitor is asked again.
    ///
    /// # Errors
    ///
    /// `consent.decision-invalid` when it is not JSON of the form above, made under another version of the policy,
    /// or not a decision that [`Decision::new`] would make.
    pub fn decode(text: &str, policy: &Policy) -> Result<Self, Error> {
        let limits = Limits { bytes: 4096, depth: 2, members: 4 };
        let value = json::parse_within(text, limits)
            .map_err(|error| error.with_code(Code::ConsentDecisionInvalid))?;
        Self::from_json(&value, policy)
    }

    /// The same from JSON that was read.
    pub(super) fn from_json(value: &Value, policy: &Policy) -> Result<Self, Error> {
        let form = || invalid("expected the members v, policy, at and granted, and no others");
        if value.as_object().is_none_or(|object| object.len() != 4) {
            return Err(form());
        }
        if value.get("v").and_then(Value::as_integer).ok_or_else(form)? != FORMAT {
            return Err(invalid("expected format 1, found another"));
        }
        if value.get("policy").and_then(Value::as_str).ok_or_else(form)? != policy.version {
            return Err(invalid(
                "expected a decision under the present policy, found one under another version",
            ));
        }
        let at = value.get("at").and_then(Value::as_integer).ok_or_else(form)?;
        let granted = value.get("granted").and_then(Value::as_array).ok_or_else(form)?;
        let granted: Option<Vec<_>> = granted.iter().map(Value::as_str).collect();
        Self::new(policy, &granted.ok_or_else(form)?, at)
    }

    /// The text to store.
    pub fn encode(&self) -> String {
        let mut text = format!("{{\"v\":{FORMAT},\"policy\":");
        json::push_string(&mut text, &self.policy);
        text.push_str(",\"at\":");
        text.push_str(&self.at.to_string());
        text.push_str(",\"granted\":");
        json::push_strings(&mut text, &self.granted);
        text.push('}');
        text
    }

    /// Whether this purpose is allowed.
    pub fn allows(&self, purpose: &str) -> bool {
        self.granted.iter().any(|granted| granted == purpose)
    }

    /// The ids of the purposes that were asked about and not allowed, in the policy's order.
    pub fn denied<'a>(&self, policy: &'a Policy) -> Vec<&'a str> {
        policy.asked().map(|purpose| purpose.id.as_str()).filter(|id| !self.allows(id)).collect()
    }
}

fn invalid(message: &'static str) -> Error {
    Error::new(Code::ConsentDecisionInvalid, format!("consent: {message}"))
}
