//! What an authenticator says of itself and of a new passkey: authenticator data (Level 3 §6.1), the attestation object
//! (§6.5.4) and the client data around them (§5.8.1).
//!
//! Reading is not verifying. A server verifies with a library that does nothing else; this tells it what to show (whose
//! passkey it is, whether it is backed up), and tests what was said.

use serde_json::Value;

use super::cbor::Decoder;
use super::member::{Reader, decode};
use crate::{Code, Error};

/// Bits of the flags (Level 3 §6.1).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const ATTESTED: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

/// What an authenticator says with every answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "the specification's flags")]
pub struct AuthenticatorData {
    /// SHA-256 of the relying party's identifier.
    pub rp_id_hash: [u8; 32],
    /// Whether somebody was there (UP). A passkey that was made without asking says no (Level 3 §5.1.3, conditional create).
    pub user_present: bool,
    /// Whether it was the owner (UV).
    pub user_verified: bool,
    /// Whether the passkey can be on several devices (BE).
    pub backup_eligible: bool,
    /// Whether it is (BS).
    pub backed_up: bool,
    /// How often the passkey has signed; authenticators that do not count say 0.
    pub sign_count: u32,
    /// The new passkey, at registration.
    pub attested: Option<AttestedCredential>,
    /// The extensions' outputs, one CBOR map.
    pub extensions: Option<Vec<u8>>,
}

/// A passkey that was made (Level 3 §6.5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttestedCredential {
    /// The model of the authenticator, or the provider that keeps the passkey; all zero where it does not say.
    pub aaguid: [u8; 16],
    /// The credential's identifier.
    pub id: Vec<u8>,
    /// The number of its algorithm (IANA COSE Algorithms).
    pub algorithm: i64,
    /// The public key, as `COSE_Key` (RFC 9052 §7).
    pub public_key: Vec<u8>,
}

/// What an authenticator answers when it makes a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttestationObject {
    /// The format of the statement, such as `none` or `packed` (IANA WebAuthn registries).
    pub format: String,
    /// The statement, one CBOR map.
    pub statement: Vec<u8>,
    /// What the statement is about.
    pub authenticator_data: AuthenticatorData,
}

/// What the browser says of a ceremony.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientData {
    /// `webauthn.create`, `webauthn.get` or `payment.get`.
    pub kind: String,
    /// The challenge that was answered.
    pub challenge: Vec<u8>,
    /// The origin of the page that asked.
    pub origin: String,
    /// Whether it was in a frame of another origin.
    pub cross_origin: bool,
    /// The origin of the page around that frame.
    pub top_origin: Option<String>,
}

impl AuthenticatorData {
    /// Reads the bytes that an authenticator signs.
    ///
    /// # Errors
    ///
    /// `passkey.response-invalid` when they are truncated, go on after their end, or are not what their flags say.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::AuthenticatorData;
    ///
    /// let data = AuthenticatorData::read(&[[0; 32].as_slice(), &[0x1d, 0, 0, 0, 9]].concat())?;
    /// assert!(data.user_present && data.user_verified && data.backed_up);
    /// assert_eq!(data.sign_count, 9);
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut decoder = Decoder::new(bytes);
        let rp_id_hash = fixed(decoder.take(32)?)?;
        let [flags] = fixed(decoder.take(1)?)?;
        let sign_count = u32::from_be_bytes(fixed(decoder.take(4)?)?);
        let attested =
            if flags & ATTESTED == 0 { None } else { Some(AttestedCredential::read(&mut decoder)?) };
        let extensions = if flags & EXTENSIONS == 0 { None } else { Some(decoder.item()?.to_vec()) };
        if !decoder.rest().is_empty() {
            return Err(invalid("authenticator data: expected its end"));
        }
        Ok(Self {
            rp_id_hash,
            user_present: flags & PRESENT != 0,
            user_verified: flags & VERIFIED != 0,
            backup_eligible: flags & ELIGIBLE != 0,
            backed_up: flags & BACKED_UP != 0,
            sign_count,
            attested,
            extensions,
        })
    }
}

impl AttestedCredential {
    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        let aaguid = fixed(decoder.take(16)?)?;
        let length = u16::from_be_bytes(fixed(decoder.take(2)?)?);
        if !(1..=1023).contains(&length) {
            return Err(invalid("authenticator data: expected an identifier of 1 to 1023 bytes"));
        }
        let id = decoder.take(length.into())?.to_vec();
        let public_key = decoder.item()?;
        Ok(Self { aaguid, id, algorithm: algorithm(public_key)?, public_key: public_key.to_vec() })
    }

    /// The authenticator's model as a UUID, in lower case.
    ///
    /// # Example
    ///
    /// `ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4`
    pub fn aaguid(&self) -> String {
        let mut text = String::new();
        for (position, byte) in self.aaguid.iter().enumerate() {
            if matches!(position, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(nibble.into(), 16).unwrap_or_default());
            }
        }
        text
    }
}

impl AttestationObject {
    /// Reads an attestation object.
    ///
    /// # Errors
    ///
    /// `passkey.response-invalid` when it is none, or lacks `fmt`, `attStmt` or `authData`.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut decoder = Decoder::new(bytes);
        let (mut format, mut statement, mut data) = (None, None, None);
        for _ in 0..decoder.map()? {
            match decoder.text()? {
                "fmt" => format = Some(decoder.text()?),
                "attStmt" => statement = Some(decoder.item()?),
                "authData" => data = Some(decoder.bytes()?),
                _ => drop(decoder.item()?),
            }
        }
        let (Some(format), Some(statement), Some(data), []) = (format, statement, data, decoder.rest())
        else {
            return Err(invalid("attestation object: expected `fmt`, `attStmt`, `authData` and its end"));
        };
        Ok(Self {
            format: format.to_owned(),
            statement: statement.to_vec(),
            authenticator_data: AuthenticatorData::read(data)?,
        })
    }
}

impl ClientData {
    /// Reads `clientDataJSON`; members that this version does not know are passed over.
    ///
    /// # Errors
    ///
    /// `passkey.response-invalid` when it is no JSON object, or lacks `type`, `challenge` or `origin`.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let value: Value =
            serde_json::from_slice(bytes).map_err(|_| invalid("client data: expected a JSON object"))?;
        let data = Reader::new(Code::PasskeyResponseInvalid, "client data", &value)?;
        Ok(Self {
            kind: data.required_string("type")?.to_owned(),
            challenge: decode(data.required_string("challenge")?)
                .ok_or_else(|| data.refuse("challenge", "to be base64url"))?,
            origin: data.required_string("origin")?.to_owned(),
            cross_origin: data.get("crossOrigin").and_then(Value::as_bool).unwrap_or_default(),
            top_origin: data.string("topOrigin")?.map(str::to_owned),
        })
    }
}

/// The algorithm in a `COSE_Key` (RFC 9052 §7.1: the parameter 3).
fn algorithm(public_key: &[u8]) -> Result<i64, Error> {
    let mut decoder = Decoder::new(public_key);
    for _ in 0..decoder.map()? {
        if decoder.integer()? == 3 {
            return decoder.integer();
        }
        decoder.item()?;
    }
    Err(invalid("public key: expected an algorithm"))
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    bytes.try_into().map_err(|_| invalid("authenticator data: expected more bytes"))
}

fn invalid(message: &'static str) -> Error {
    Error::new(Code::PasskeyResponseInvalid, message)
}
