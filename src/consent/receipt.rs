//! The record of a decision: what the page sends to the shop's backend, and what the backend keeps as evidence that
//! a visitor agreed (GDPR Article 7(1)).

use super::choice::Decision;
use super::policy::{Policy, is_id, is_language, is_version};
use crate::codec::json::{self, Limits, Value};
use crate::{Code, Error};

/// The format that is written, and the only one there is so far.
const FORMAT: i64 = 1;

/// What a visitor decided, without anything that says who the visitor is.
///
/// As JSON, its members sorted:
/// `{"at":1795392000,"denied":["marketing"],"granted":["analytics"],"id":"…","language":"en","policy":"2026-11","v":1}`.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{Decision, Policy, Record};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let decision = Decision::new(&policy, &["analytics"], 1_795_392_000)?;
/// let record = Record::new(&policy, &decision, "en", [0; 16])?;
/// assert_eq!(record.id, "00000000-0000-4000-8000-000000000000");
/// assert_eq!(Record::parse(&record.to_json())?, record);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// A random UUID (RFC 9562 §5.4), the record's own: sending it again does not make a second record.
    pub id: String,
    /// The version of the policy it was decided under.
    pub policy: String,
    /// When it was decided, in seconds after 1970-01-01T00:00:00Z.
    pub at: i64,
    /// The ids of the purposes that were allowed.
    pub granted: Vec<String>,
    /// The ids of the purposes that were not.
    pub denied: Vec<String>,
    /// The language that the visitor was asked in, a BCP 47 tag.
    pub language: String,
}

impl Record {
    /// The record of a decision. `random` becomes its id; take it from a cryptographic source.
    ///
    /// # Errors
    ///
    /// `consent.record-invalid` when the decision was made under another version of the policy, or the language is
    /// not a language tag.
    pub fn new(
        policy: &Policy,
        decision: &Decision,
        language: &str,
        random: [u8; 16],
    ) -> Result<Self, Error> {
        if decision.policy != policy.version {
            return Err(invalid("expected a decision under this policy, found one under another version"));
        }
        if !is_language(language) {
            return Err(invalid("expected a language tag such as en or pt-BR"));
        }
        Ok(Self {
            id: uuid(random),
            policy: policy.version.clone(),
            at: decision.at,
            granted: decision.granted.clone(),
            denied: decision.denied(policy).into_iter().map(str::to_owned).collect(),
            language: language.to_owned(),
        })
    }

    /// Reads a record from JSON, as a backend does with what a page sent. This checks its form; [`Record::check`]
    /// compares it with the policy.
    ///
    /// # Errors
    ///
    /// `consent.record-invalid` with what was expected.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::consent::Record;
    ///
    /// assert_eq!(
    ///     Record::parse("{}").unwrap_err().to_string(),
    ///     "consent: expected the members v, id, policy, at, granted, denied and language, and no others",
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let limits = Limits { bytes: 8192, depth: 2, members: 7 };
        let value =
            json::parse_within(text, limits).map_err(|error| error.with_code(Code::ConsentRecordInvalid))?;
        let form =
            || invalid("expected the members v, id, policy, at, granted, denied and language, and no others");
        if value.as_object().is_none_or(|object| object.len() != 7) {
            return Err(form());
        }
        let string = |name| value.get(name).and_then(Value::as_str).ok_or_else(form);
        if value.get("v").and_then(Value::as_integer).ok_or_else(form)? != FORMAT {
            return Err(invalid("expected format 1, found another"));
        }
        let (id, policy, language) = (string("id")?, string("policy")?, string("language")?);
        if !is_random_uuid(id) {
            return Err(invalid("expected a random UUID in lower case as id"));
        }
        if !is_version(policy) {
            return Err(invalid("expected a policy's version"));
        }
        if !is_language(language) {
            return Err(invalid("expected a language tag such as en or pt-BR"));
        }
        let at = value.get("at").and_then(Value::as_integer).ok_or_else(form)?;
        if at < 0 {
            return Err(invalid("expected a time of 1970 or later"));
        }
        let granted = ids(value.get("granted").ok_or_else(form)?)?;
        let denied = ids(value.get("denied").ok_or_else(form)?)?;
        let all: Vec<_> = granted.iter().chain(&denied).collect();
        if all.iter().enumerate().any(|(position, id)| all.iter().take(position).any(|known| known == id)) {
            return Err(invalid("expected every purpose once, found one again"));
        }
        Ok(Self {
            id: id.to_owned(),
            policy: policy.to_owned(),
            at,
            granted,
            denied,
            language: language.to_owned(),
        })
    }

    /// Whether this record can come from this policy: its version, and each purpose asked about either granted or
    /// denied.
    ///
    /// # Errors
    ///
    /// `consent.record-invalid` when it cannot.
    pub fn check(&self, policy: &Policy) -> Result<(), Error> {
        if self.policy != policy.version {
            return Err(invalid(
                "expected a record under the present policy, found one under another version",
            ));
        }
        let decided = || self.granted.iter().chain(&self.denied);
        if decided().any(|id| !policy.asks(id)) || decided().count() != policy.asked().count() {
            return Err(invalid("expected exactly the purposes that the policy asks about"));
        }
        Ok(())
    }

    /// The canonical JSON text (RFC 8785): members sorted, no white space.
    pub fn to_json(&self) -> String {
        let mut text = format!("{{\"at\":{},\"denied\":", self.at);
        json::push_strings(&mut text, &self.denied);
        text.push_str(",\"granted\":");
        json::push_strings(&mut text, &self.granted);
        for (name, value) in [("id", &self.id), ("language", &self.language), ("policy", &self.policy)] {
            text.push(',');
            json::push_string(&mut text, name);
            text.push(':');
            json::push_string(&mut text, value);
        }
        text.push_str(",\"v\":1}");
        text
    }
}

fn ids(value: &Value) -> Result<Vec<String>, Error> {
    let ids = value
        .as_array()
        .filter(|ids| ids.len() <= 32)
        .and_then(|ids| ids.iter().map(|id| id.as_str().filter(|id| is_id(id)).map(str::to_owned)).collect());
    ids.ok_or_else(|| invalid("expected at most 32 ids of purposes in granted and in denied"))
}

/// RFC 9562 §5.4: version 4 and variant 10 over random bits.
pub(super) fn uuid(random: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(random);
    let bits = bits & !(0xf << 76) | 4 << 76;
    let bits = bits & !(0b11 << 62) | 0b10 << 62;
    let mut text = format!("{bits:032x}");
    for position in [20, 16, 12, 8] {
        text.insert(position, '-');
    }
    text
}

pub(super) fn is_random_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(position, byte)| match position {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'4',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn invalid(message: &'static str) -> Error {
    Error::new(Code::ConsentRecordInvalid, format!("consent: {message}"))
}
