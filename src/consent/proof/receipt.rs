//! Reading a receipt.

use super::compose::{RECEIPT_PROFILE, RECORD_PROFILE, Surface};
use super::{Signed, invalid};
use crate::Error;
use crate::codec::json::Value;
use crate::codec::time;
use crate::consent::policy::{is_id, is_language, is_version};
use crate::consent::receipt::is_random_uuid;

/// What became of the consent to one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// It was given.
    Given,
    /// It was refused.
    Refused,
    /// It was given earlier, and is taken back.
    Withdrawn,
}

impl Status {
    const ALL: [Self; 3] = [Self::Given, Self::Refused, Self::Withdrawn];

    /// The term of the Data Privacy Vocabulary.
    pub const fn term(self) -> &'static str {
        match self {
            Self::Given => "dpv:ConsentGiven",
            Self::Refused => "dpv:ConsentRefused",
            Self::Withdrawn => "dpv:ConsentWithdrawn",
        }
    }

    /// The word for programs: `given`, `refused` or `withdrawn`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A purpose, and what became of the consent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The purpose's id.
    pub purpose: String,
    /// Its name, as it was shown.
    pub name: String,
    /// What became of the consent.
    pub status: Status,
}

/// A receipt that another one follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// [`Signed::digest`] of it.
    pub digest: [u8; 32],
}

impl Link {
    /// The link to a receipt.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is none.
    pub fn to(signed: &Signed) -> Result<Self, Error> {
        Ok(Self { id: Receipt::read(signed)?.id, digest: signed.digest() })
    }
}

/// A receipt of ISO/IEC TS 27560 that has the fields it must have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// A random UUID (RFC 9562 §5.4).
    pub id: String,
    /// When was decided, in seconds after 1970-01-01T00:00:00Z.
    pub at: i64,
    /// The shop's origin.
    pub origin: String,
    /// The version of the policy that was shown.
    pub policy: String,
    /// SHA-256 of the policy file's canonical JSON (RFC 8785), in hexadecimal digits.
    pub policy_digest: String,
    /// The language in which was asked.
    pub language: String,
    /// Where was decided.
    pub surface: Surface,
    /// Every purpose that was asked about.
    pub standings: Vec<Standing>,
    /// The receipt before this one.
    pub previous: Option<Link>,
    value: Value,
}

impl Receipt {
    /// Reads what a [`Signed`] of the type `receipt` holds.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is not canonical JSON (RFC 8785), or a field that the profile asks for is missing.
    pub fn read(signed: &Signed) -> Result<Self, Error> {
        if signed.typ() != "receipt" {
            return Err(invalid("expected what is signed to be a receipt"));
        }
        let text = signed.payload()?;
        let value = signed.payload_json()?;
        if value.to_canonical().ok().as_deref() != Some(&*text) {
            return Err(invalid("expected canonical JSON"));
        }
        Self::from_value(value)
    }

    pub(super) fn from_value(value: Value) -> Result<Self, Error> {
        if text(&value, &["@type"])? != "dpv:ConsentReceipt"
            || text(&value, &["dct:conformsTo", "@id"])? != RECEIPT_PROFILE
        {
            return Err(invalid("expected a consent receipt of the profile dpv-27560"));
        }
        let id = text(&value, &["dct:identifier"])?.to_owned();
        if !is_random_uuid(&id) || text(&value, &["@id"])?.strip_prefix("urn:uuid:") != Some(&id) {
            return Err(invalid("expected a random UUID in lower case as identifier"));
        }
        let at = time::parse(text(&value, &["dct:created"])?)
            .map_err(|_| invalid("expected a time in UTC as dct:created"))?;
        for path in
            [["dct:publisher", "dct:title"], ["dct:publisher", "dpv:hasContact"], ["schema:recipient", "@id"]]
        {
            text(&value, &path)?;
        }
        let origin = text(&value, &["dct:publisher", "@id"])?.trim_end_matches('/').to_owned();
        if !is_origin(&origin) {
            return Err(invalid("expected the shop's origin, such as https://shop.example"));
        }
        let records = value.get("dpv:hasRecordOfActivity").and_then(Value::as_array).unwrap_or_default();
        let [first, ..] = records else {
            return Err(invalid("expected at least one record"));
        };
        if records.len() > 32 {
            return Err(invalid("expected at most 32 records"));
        }
        let standings = records.iter().map(|record| standing(record, &id)).collect::<Result<Vec<_>, _>>()?;
        let doubled = |(position, standing): (usize, &Standing)| {
            standings.iter().take(position).any(|known| known.purpose == standing.purpose)
        };
        if standings.iter().enumerate().any(doubled) {
            return Err(invalid("expected every purpose once, found one again"));
        }
        let notice = first.get("dpv:hasNotice").ok_or_else(|| missing("dpv:hasNotice"))?;
        let policy = text(notice, &["dct:hasVersion"])?.to_owned();
        let policy_digest = text(notice, &["schema:sha256"])?.to_owned();
        let language = text(notice, &["dct:language"])?.to_owned();
        if records.iter().any(|record| record.get("dpv:hasNotice") != Some(notice)) {
            return Err(invalid("expected all records to be made on one notice"));
        }
        if !is_version(&policy) || !is_language(&language) || digest(&policy_digest).is_none() {
            return Err(invalid("expected a notice with version, language and digest"));
        }
        let status = first.get("dpv:hasConsentStatus").and_then(Value::as_array).and_then(<[Value]>::first);
        let surface = status.and_then(|status| status.get("dpv:hasIndicationMethod")).and_then(Value::as_str);
        let surface = surface.and_then(Surface::parse).ok_or_else(|| missing("dpv:hasIndicationMethod"))?;
        let previous = value.get("dct:replaces").map(link).transpose()?;
        Ok(Self { id, at, origin, policy, policy_digest, language, surface, standings, previous, value })
    }

    /// The receipt as JSON-LD.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The text to sign (RFC 8785).
    ///
    /// # Errors
    ///
    /// None that a receipt can cause.
    pub fn to_canonical(&self) -> Result<String, Error> {
        self.value.to_canonical()
    }

    /// The ids of the purposes that were granted.
    pub fn granted(&self) -> Vec<&str> {
        self.of(Status::Given)
    }

    /// The ids of the purposes of this status.
    pub fn of(&self, status: Status) -> Vec<&str> {
        self.standings
            .iter()
            .filter(|standing| standing.status == status)
            .map(|standing| &*standing.purpose)
            .collect()
    }
}

fn standing(record: &Value, id: &str) -> Result<Standing, Error> {
    if text(record, &["@type"])? != "dpv:ConsentRecord"
        || text(record, &["dct:conformsTo", "@id"])? != RECORD_PROFILE
    {
        return Err(invalid("expected consent records of the profile dpv-27560"));
    }
    for path in [["dpv:hasDataSubject", "@type"], ["dpv:hasDataController", "@id"], ["dpv:hasNotice", "@id"]]
    {
        text(record, &path)?;
    }
    let processes = record.get("dpv:hasProcess").and_then(Value::as_array).unwrap_or_default();
    let purpose = processes
        .first()
        .and_then(|process| process.get("dpv:hasPurpose"))
        .ok_or_else(|| missing("dpv:hasPurpose"))?;
    let (key, name) = (text(purpose, &["dct:identifier"])?, text(purpose, &["dct:title"])?);
    if !is_id(key) || processes.iter().any(|process| process.get("dpv:hasPurpose") != Some(purpose)) {
        return Err(invalid("expected one purpose in each record"));
    }
    if text(record, &["dct:identifier"])?.strip_prefix(id).and_then(|rest| rest.strip_prefix('#'))
        != Some(key)
    {
        return Err(invalid("expected each record to be named by the receipt's id and its purpose"));
    }
    let indicated = record.get("dpv:hasConsentStatus").and_then(Value::as_array).unwrap_or_default();
    let [state] = indicated else {
        return Err(invalid("expected one status in each record"));
    };
    text(state, &["dpv:isIndicatedBy", "@id"])?;
    text(state, &["dpv:isIndicatedAtTime"])?;
    let types = state.get("@type").and_then(Value::as_array).unwrap_or_default();
    let is = |status: &Status| types.iter().any(|term| term.as_str() == Some(status.term()));
    let mut known = Status::ALL.into_iter().filter(is);
    match (known.next(), known.next()) {
        (Some(status), None) => Ok(Standing { purpose: key.to_owned(), name: name.to_owned(), status }),
        _ => Err(invalid("expected consent to be given, refused or withdrawn")),
    }
}

fn link(value: &Value) -> Result<Link, Error> {
    let id = text(value, &["@id"])?.strip_prefix("urn:uuid:").filter(|id| is_random_uuid(id));
    match (id, digest(text(value, &["schema:sha256"])?)) {
        (Some(id), Some(digest)) => Ok(Link { id: id.to_owned(), digest }),
        _ => Err(invalid("expected the receipt before this one by its id and its digest")),
    }
}

/// The text at the end of a path of members, which must be there and say something.
pub(super) fn text<'a>(value: &'a Value, path: &[&str]) -> Result<&'a str, Error> {
    let found = path.iter().try_fold(value, |value, name| value.get(name)).and_then(Value::as_str);
    found.filter(|text| !text.is_empty()).ok_or_else(|| missing(path.last().copied().unwrap_or_default()))
}

fn missing(name: &str) -> Error {
    Error::new(crate::Code::ConsentReceiptInvalid, format!("receipt: expected the field {name}"))
}

fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte))
    })
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The 32 bytes of lower-case hexadecimal digits.
pub(super) fn digest(text: &str) -> Option<[u8; 32]> {
    let mut bytes = Vec::with_capacity(32);
    for pair in text.as_bytes().chunks(2) {
        let digits = pair.iter().map(|byte| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        });
        bytes
            .push(digits.collect::<Option<Vec<u8>>>()?.iter().fold(0, |value: u8, digit| value << 4 | digit));
    }
    if text.len() == 64 { bytes.try_into().ok() } else { None }
}
