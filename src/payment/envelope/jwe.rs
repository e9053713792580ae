//! JWE (RFC 7516): both serialisations, read strictly, and content encryption with A256GCM (RFC 7518 §5.3).

#[cfg(any(feature = "payment", feature = "payment-rsa"))]
use aes_gcm::Tag;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};
use crate::{Code, Error};

/// Bytes of an initialisation vector of A256GCM (RFC 7518 §5.3).
pub const IV_LENGTH: usize = 12;

/// Bytes of an authentication tag of A256GCM (RFC 7518 §5.3).
pub const TAG_LENGTH: usize = 16;

/// A key of A256GCM.
pub(in crate::payment) type ContentKey = Zeroizing<[u8; 32]>;

/// The longest envelope that is looked at: the longest card for four keys of the largest kind is shorter.
const MOST_BYTES: usize = 16 * 1024;

/// The most recipients of one envelope.
pub const MOST_RECIPIENTS: usize = 4;

/// How an envelope is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Serialization {
    /// Five parts of base64url with dots between them (RFC 7516 §7.1).
    Compact,
    /// A JSON object for one recipient (RFC 7516 §7.2.2).
    Flattened,
    /// A JSON object with a list of recipients (RFC 7516 §7.2.1).
    General,
}

/// An envelope that is to be written.
pub(super) struct Sealed {
    /// The protected header, in base64url.
    pub(super) protected: String,
    /// Each recipient's own header, a JSON text or nothing, and its encrypted key.
    pub(super) recipients: super::Recipients,
    pub(super) iv: Vec<u8>,
    pub(super) ciphertext: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

impl Sealed {
    /// Encrypts the plaintext in place.
    pub(super) fn new(
        key: &ContentKey,
        iv: [u8; IV_LENGTH],
        header: &str,
        recipients: super::Recipients,
        mut plaintext: Zeroizing<String>,
    ) -> Result<Self, Error> {
        let protected = base64url::encode(header.as_bytes());
        let mut content = Zeroizing::new(std::mem::take(&mut *plaintext).into_bytes());
        let tag = Aes256Gcm::new((&**key).into())
            .encrypt_inout_detached(&Nonce::from(iv), protected.as_bytes(), content.as_mut_slice().into())
            .map_err(|_| Error::new(Code::PaymentSealFailed, "seal: expected a card of less than 64 GiB"))?;
        Ok(Self {
            protected,
            recipients,
            iv: iv.to_vec(),
            ciphertext: std::mem::take(&mut *content),
            tag: tag.to_vec(),
        })
    }

    pub(super) fn write(&self, serialization: Serialization) -> String {
        let [iv, ciphertext, tag] =
            [&self.iv, &self.ciphertext, &self.tag].map(|part| base64url::encode(part));
        let encrypted_key =
            self.recipients.first().map_or_else(String::new, |(_, key)| base64url::encode(key));
        if serialization == Serialization::Compact {
            return [self.protected.as_str(), &encrypted_key, &iv, &ciphertext, &tag].join(".");
        }
        // Every part is base64url: nothing is to be escaped.
        let mut text = ["{\"protected\":\"", &self.protected, "\""].concat();
        if serialization == Serialization::General {
            text.push_str(",\"recipients\":[");
            for (index, (header, key)) in self.recipients.iter().enumerate() {
                text.push_str(if index > 0 { ",{" } else { "{" });
                if !header.is_empty() {
                    text.push_str("\"header\":");
                    text.push_str(header);
                }
                if !key.is_empty() {
                    text.push_str(if header.is_empty() { "" } else { "," });
                    push_part(&mut text, "\"encrypted_key\":\"", &base64url::encode(key));
                }
                text.push('}');
            }
            text.push(']');
        } else {
            push_part(&mut text, ",\"encrypted_key\":\"", &encrypted_key);
        }
        push_part(&mut text, ",\"iv\":\"", &iv);
        push_part(&mut text, ",\"ciphertext\":\"", &ciphertext);
        push_part(&mut text, ",\"tag\":\"", &tag);
        text.push('}');
        text
    }
}

/// A member of which the value is empty is absent (RFC 7516 §7.2.1).
fn push_part(text: &mut String, name: &str, part: &str) {
    if !part.is_empty() {
        text.push_str(name);
        text.push_str(part);
        text.push('"');
    }
}

/// A JWE taken apart, not yet decrypted.
pub(in crate::payment) struct Jwe {
    /// What is authenticated beside the content (RFC 7516 §5.1, step 14).
    pub(in crate::payment) aad: String,
    /// Whether there is more of it than the protected header.
    pub(in crate::payment) has_aad: bool,
    pub(in crate::payment) protected: Object,
    pub(in crate::payment) recipients: Vec<Recipient>,
    pub(in crate::payment) iv: Vec<u8>,
    pub(in crate::payment) ciphertext: Zeroizing<Vec<u8>>,
    pub(in crate::payment) tag: Vec<u8>,
}

/// One recipient of a JWE.
pub(in crate::payment) struct Recipient {
    /// Its unprotected header.
    pub(in crate::payment) header: Option<Object>,
    pub(in crate::payment) encrypted_key: Vec<u8>,
}

/// The members of a JSON serialisation (RFC 7516 §7.2).
const MEMBERS: [&str; 9] =
    ["protected", "unprotected", "header", "encrypted_key", "recipients", "aad", "iv", "ciphertext", "tag"];

impl Jwe {
    /// `None` when it is neither a compact nor a JSON serialisation, each part in the one base64url text of its bytes.
    pub(in crate::payment) fn parse(text: &str) -> Option<Self> {
        if text.len() > MOST_BYTES {
            return None;
        }
        if text.starts_with('{') { Self::from_json(text) } else { Self::from_compact(text) }
    }

    fn from_compact(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let protected = parts.next()?;
        let mut bytes = || base64url::decode(parts.next()?).ok();
        let (encrypted_key, iv, ciphertext, tag) = (bytes()?, bytes()?, Zeroizing::new(bytes()?), bytes()?);
        if parts.next().is_some() {
            return None;
        }
        let recipients = vec![Recipient { header: None, encrypted_key }];
        Self::new(protected, None, recipients, iv, ciphertext, tag)
    }

    fn from_json(text: &str) -> Option<Self> {
        let limits = Limits { bytes: MOST_BYTES, depth: 5, members: 16 };
        let value = json::parse_within(text, limits).ok()?;
        let jwe = value.as_object()?;
        if jwe.iter().any(|(name, _)| !MEMBERS.contains(&name)) {
            return None;
        }
        let shared = object(jwe, "unprotected").ok()?;
        let recipients = match jwe.get("recipients") {
            Some(list) => {
                let list = list.as_array().filter(|list| (1..=MOST_RECIPIENTS).contains(&list.len()))?;
                // The flattened members and the list exclude each other (RFC 7516 §7.2.2).
                let flat = jwe.get("header").is_some() || jwe.get("encrypted_key").is_some();
                (!flat).then_some(())?;
                list.iter().map(|item| Recipient::read(item.as_object()?, shared)).collect::<Option<_>>()?
            }
            None => vec![Recipient::read(jwe, shared)?],
        };
        let aad = match jwe.get("aad") {
            Some(aad) => Some(aad.as_str().filter(|text| base64url::decode(text).is_ok())?),
            None => None,
        };
        let protected = jwe.get("protected")?.as_str()?;
        let ciphertext = Zeroizing::new(bytes(jwe, "ciphertext")?);
        Self::new(protected, aad, recipients, bytes(jwe, "iv")?, ciphertext, bytes(jwe, "tag")?)
    }

    fn new(
        protected: &str,
        aad: Option<&str>,
        recipients: Vec<Recipient>,
        iv: Vec<u8>,
        ciphertext: Zeroizing<Vec<u8>>,
        tag: Vec<u8>,
    ) -> Option<Self> {
        let header = base64url::decode(protected).ok()?;
        let limits = Limits { bytes: 8192, depth: 3, members: 32 };
        let header = json::parse_within(std::str::from_utf8(&header).ok()?, limits).ok()?;
        let Value::Object(header) = header else { return None };
        let authenticated = match aad {
            Some(aad) => [protected, ".", aad].concat(),
            None => protected.to_owned(),
        };
        Some(Self {
            aad: authenticated,
            has_aad: aad.is_some(),
            protected: header,
            recipients,
            iv,
            ciphertext,
            tag,
        })
    }

    /// The plaintext; `None` says nothing of why.
    #[cfg(any(feature = "payment", feature = "payment-rsa"))]
    pub(in crate::payment) fn decrypt(&self, key: &ContentKey) -> Option<Zeroizing<Vec<u8>>> {
        let iv: [u8; IV_LENGTH] = self.iv.as_slice().try_into().ok()?;
        let tag: [u8; TAG_LENGTH] = self.tag.as_slice().try_into().ok()?;
        let mut content = Zeroizing::new(self.ciphertext.to_vec());
        Aes256Gcm::new((&**key).into())
            .decrypt_inout_detached(
                &Nonce::from(iv),
                self.aad.as_bytes(),
                content.as_mut_slice().into(),
                &Tag::from(tag),
            )
            .ok()?;
        Some(content)
    }
}

impl Recipient {
    /// Reads `header` and `encrypted_key`; the header that all recipients share goes into each one's own.
    fn read(members: &Object, shared: Option<&Object>) -> Option<Self> {
        let own = object(members, "header").ok()?;
        let header = match (own, shared) {
            (None, None) => None,
            (Some(header), None) | (None, Some(header)) => Some(header.clone()),
            (Some(own), Some(shared)) => {
                let mut both = own.clone();
                for (name, value) in shared.iter() {
                    if own.get(name).is_some() {
                        return None;
                    }
                    both.insert(name, value.clone());
                }
                Some(both)
            }
        };
        Some(Self { header, encrypted_key: bytes(members, "encrypted_key")? })
    }

    /// A member of the protected header or of this recipient's, which exclude each other.
    pub(in crate::payment) fn member<'a>(&'a self, protected: &'a Object, name: &str) -> Option<&'a Value> {
        match (protected.get(name), self.header.as_ref().and_then(|header| header.get(name))) {
            (Some(value), None) | (None, Some(value)) => Some(value),
            _ => None,
        }
    }
}

/// A member that is an object, if it is there; an error when it is something else.
fn object<'a>(members: &'a Object, name: &str) -> Result<Option<&'a Object>, ()> {
    match members.get(name) {
        Some(value) => value.as_object().map(Some).ok_or(()),
        None => Ok(None),
    }
}

/// The bytes of a member, none when it is absent; `None` when it is there and empty, or no base64url.
fn bytes(members: &Object, name: &str) -> Option<Vec<u8>> {
    match members.get(name) {
        Some(value) => base64url::decode(value.as_str().filter(|text| !text.is_empty())?).ok(),
        None => Some(Vec::new()),
    }
}
