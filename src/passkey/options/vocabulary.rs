//! The words of the specification: enumerations and descriptors.
//!
//! The enumerations are those of webauthn-rs-proto where it has all of Level 3's values.

use serde_json::{Map, Value};
use webauthn_rs_proto::{
    AuthenticatorAttachment, PublicKeyCredentialHints, ResidentKeyRequirement, UserVerificationPolicy,
};

use crate::Error;
use crate::passkey::member::{Reader, encode};

/// `PublicKeyCredentialType` (Level 3 §5.8.2) has this one value.
pub(super) const PUBLIC_KEY: &str = "public-key";

pub(super) type Attachment = AuthenticatorAttachment;
pub(super) type Hint = PublicKeyCredentialHints;
pub(super) type ResidentKey = ResidentKeyRequirement;
pub(super) type UserVerification = UserVerificationPolicy;

/// A value of an enumeration.
pub(super) trait Keyword: Sized {
    fn parse(text: &str) -> Option<Self>;
    fn text(&self) -> &'static str;

    fn to_json(&self) -> Value {
        Value::from(self.text())
    }
}

macro_rules! keywords {
    ($name:ty { $($variant:ident = $text:literal,)* }) => {
        impl Keyword for $name {
            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn text(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

keywords! { Attachment { Platform = "platform", CrossPlatform = "cross-platform", } }
keywords! { Hint { SecurityKey = "security-key", ClientDevice = "client-device", Hybrid = "hybrid", } }
keywords! { ResidentKey { Discouraged = "discouraged", Preferred = "preferred", Required = "required", } }
keywords! { UserVerification {
    Required = "required", Preferred = "preferred", Discouraged_DO_NOT_USE = "discouraged",
} }

/// `AttestationConveyancePreference` (Level 3 §5.4.7): webauthn-rs-proto lacks `enterprise`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attestation {
    None,
    Indirect,
    Direct,
    Enterprise,
}

keywords! { Attestation {
    None = "none", Indirect = "indirect", Direct = "direct", Enterprise = "enterprise",
} }

/// `AuthenticatorTransport` (Level 3 §5.8.4): webauthn-rs-proto lacks `smart-card`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    Usb,
    Nfc,
    Ble,
    SmartCard,
    Hybrid,
    Internal,
}

keywords! { Transport {
    Usb = "usb", Nfc = "nfc", Ble = "ble", SmartCard = "smart-card", Hybrid = "hybrid", Internal = "internal",
} }

/// The value, where there is one that the enumeration knows: anything else counts as absent (Level 3 §2.1.1).
pub(super) fn keyword<T: Keyword>(value: Option<&Value>) -> Option<T> {
    value?.as_str().and_then(T::parse)
}

/// The values that the enumeration knows.
pub(super) fn keywords<T: Keyword>(values: &[Value]) -> Vec<T> {
    values.iter().filter_map(|value| keyword(Some(value))).collect()
}

/// A credential that a server names (Level 3 §5.8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    id: Vec<u8>,
    transports: Vec<Transport>,
}

impl Descriptor {
    /// The credential's identifier.
    pub fn id(&self) -> &[u8] {
        &self.id
    }

    pub(super) fn to_json(&self) -> Value {
        let mut descriptor = Map::new();
        descriptor.insert("id".to_owned(), encode(&self.id));
        descriptor.insert("type".to_owned(), Value::from(PUBLIC_KEY));
        if !self.transports.is_empty() {
            let transports = self.transports.iter().map(Keyword::to_json).collect();
            descriptor.insert("transports".to_owned(), Value::Array(transports));
        }
        Value::Object(descriptor)
    }
}

/// The descriptors of type `public-key`.
pub(super) fn descriptors<'a>(
    options: Reader<'a>,
    name: &'a str,
    most: usize,
) -> Result<Vec<Descriptor>, Error> {
    let mut descriptors = Vec::new();
    for value in options.array(name, most)? {
        if is_public_key(value) {
            let descriptor = options.element(name, value)?;
            // Level 3 §4, "Credential ID": at most 1,023 bytes.
            let id = descriptor.required_bytes("id", 1..=1023)?;
            descriptors.push(Descriptor { id, transports: transports(descriptor.array("transports", 64)?) });
        }
    }
    Ok(descriptors)
}

/// `cable` is what Level 3 renamed to `hybrid`; servers that stored it still send it.
fn transports(values: &[Value]) -> Vec<Transport> {
    let mut transports = Vec::new();
    for value in values {
        let transport = keyword(Some(value)).or((value == "cable").then_some(Transport::Hybrid));
        if let Some(transport) = transport.filter(|transport| !transports.contains(transport)) {
            transports.push(transport);
        }
    }
    transports
}

/// Whether a descriptor's or parameter's type is the one there is; one without type is taken to be.
pub(super) fn is_public_key(value: &Value) -> bool {
    value.get("type").is_none_or(|kind| kind.is_null() || kind == PUBLIC_KEY)
}

/// Whether a value names a transport as one that may be stored and sent back: known, or of the form that a later
/// specification would give it.
pub(in crate::passkey) fn is_transport(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}
