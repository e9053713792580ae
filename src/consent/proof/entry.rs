//! What the shop adds to a receipt: its countersignature, and the place in its log.

use sha2::{Digest as _, Sha256};

use super::log::Hash;
use super::{Signed, SigningKey, invalid};
use crate::Error;
use crate::codec::base64url;
use crate::codec::json::{Object, Value};

/// How many random bytes hide a receipt in the log.
pub const SALT_LENGTH: usize = 32;

const DOMAIN: &[u8] = b"storefront-privacy receipt commitment 1\n";

/// What the log says about a receipt: SHA-256 over a salt and the receipt's digest. Without the salt, which is as long as the
/// hash, nobody can tell which receipt a commitment is of, not even with the receipt at hand.
pub fn commitment(salt: &[u8; SALT_LENGTH], digest: &[u8; 32]) -> Hash {
    Sha256::new().chain_update(DOMAIN).chain_update(salt).chain_update(digest).finalize().into()
}

/// A countersigned receipt's place in the log: a [`Signed`] of the type `receipt-entry`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The shop's origin.
    pub origin: String,
    /// [`Signed::digest`] of the receipt.
    pub digest: [u8; 32],
    /// What hides the receipt in the log.
    pub salt: [u8; SALT_LENGTH],
    /// The leaf, counted from 0.
    pub position: u64,
    /// When the shop received the receipt, in seconds after 1970-01-01T00:00:00Z.
    pub received: i64,
}

impl Entry {
    /// Countersigns.
    ///
    /// # Errors
    ///
    /// None that an entry can cause.
    pub fn sign(&self, key: &SigningKey) -> Result<Signed, Error> {
        let position =
            i64::try_from(self.position).map_err(|_| invalid("expected a position within 63 bits"))?;
        let statement: Value = Object::new()
            .with("iss", &*self.origin)
            .with("position", position)
            .with("receipt", base64url::encode(&self.digest))
            .with("received", self.received)
            .with("salt", base64url::encode(&self.salt))
            .into();
        key.sign("receipt-entry", &statement.to_canonical()?)
    }

    /// Reads a countersignature.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is none.
    pub fn read(signed: &Signed) -> Result<Self, Error> {
        let form = || invalid("expected an entry with iss, position, receipt, received and salt");
        let value = if signed.typ() == "receipt-entry" { signed.payload_json()? } else { return Err(form()) };
        let integer = |name| value.get(name).and_then(Value::as_integer).filter(|integer| *integer >= 0);
        Ok(Self {
            origin: value.get("iss").and_then(Value::as_str).ok_or_else(form)?.to_owned(),
            digest: bytes(value.get("receipt")).ok_or_else(form)?,
            salt: bytes(value.get("salt")).ok_or_else(form)?,
            position: integer("position").and_then(|position| position.try_into().ok()).ok_or_else(form)?,
            received: integer("received").ok_or_else(form)?,
        })
    }

    /// The leaf's data.
    pub fn commitment(&self) -> Hash {
        commitment(&self.salt, &self.digest)
    }
}

/// The log's size and hash at one time: a [`Signed`] of the type `receipt-log-head`, or, by a witness, `receipt-log-witness`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The origin of the shop whose log it is.
    pub origin: String,
    /// How many leaves there are.
    pub size: u64,
    /// The hash of the whole tree.
    pub root: Hash,
    /// When it was signed, in seconds after 1970-01-01T00:00:00Z.
    pub time: i64,
}

impl Head {
    /// The type of a head that the shop signs.
    pub const SHOP: &str = "receipt-log-head";
    /// The type of a head that a witness signs, when it has seen that the log still begins as it did.
    pub const WITNESS: &str = "receipt-log-witness";

    /// Signs it, as [`Head::SHOP`] or as [`Head::WITNESS`].
    ///
    /// # Errors
    ///
    /// None that a head can cause.
    pub fn sign(&self, typ: &str, key: &SigningKey) -> Result<Signed, Error> {
        let size = i64::try_from(self.size).map_err(|_| invalid("expected a size within 63 bits"))?;
        let head: Value = Object::new()
            .with("iss", &*self.origin)
            .with("root", base64url::encode(&self.root))
            .with("size", size)
            .with("time", self.time)
            .into();
        key.sign(typ, &head.to_canonical()?)
    }

    /// Reads a head of either type.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is none.
    pub fn read(signed: &Signed) -> Result<Self, Error> {
        let form = || invalid("expected a head with iss, root, size and time");
        let value = match signed.typ() {
            Self::SHOP | Self::WITNESS => signed.payload_json()?,
            _ => return Err(form()),
        };
        let integer = |name| value.get(name).and_then(Value::as_integer).filter(|integer| *integer >= 0);
        Ok(Self {
            origin: value.get("iss").and_then(Value::as_str).ok_or_else(form)?.to_owned(),
            size: integer("size").and_then(|size| size.try_into().ok()).ok_or_else(form)?,
            root: bytes(value.get("root")).ok_or_else(form)?,
            time: integer("time").ok_or_else(form)?,
        })
    }
}

/// 32 bytes in base64url.
pub(super) fn bytes(value: Option<&Value>) -> Option<[u8; 32]> {
    base64url::decode(value?.as_str()?).ok()?.try_into().ok()
}
