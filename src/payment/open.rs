//! The processor's side: envelopes opened, once each, for the order they were made for.

use std::collections::HashSet;
use std::hash::BuildHasher;

use p256::SecretKey;
use zeroize::Zeroizing;

use super::Card;
use super::envelope::header::Header;
use super::envelope::jwe::{self, Compact};
use super::envelope::{Order, read_plaintext};
use super::keyset::{Material, PublicKey, coordinates, jwk_members};
use crate::codec::base64url;
use crate::codec::json::{self, Limits, Value};
use crate::{Code, Error};

/// What the processor knows of the payment from elsewhere, and the envelope must agree with.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The merchant that is to be paid.
    pub merchant: &'a str,
    /// The origin of the merchant's page.
    pub origin: &'a str,
    /// The order that is paid for.
    pub order: &'a Order,
    /// Seconds after 1970-01-01T00:00:00Z.
    pub now: i64,
}

/// The memory of the envelopes that were opened.
///
/// It must outlast the process and be shared by all of them: two openers that do not know of each other open an
/// envelope twice.
pub trait ReplayStore {
    /// Remembers an envelope until `expires` (seconds after 1970-01-01T00:00:00Z); `Ok(false)` when it is remembered
    /// already. Both in one step: asking first and remembering later lets two at a time through.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. The envelope stays closed then.
    fn remember(&mut self, id: &str, expires: i64) -> Result<bool, Error>;
}

/// For tests and single runs: it forgets when the process ends.
impl<S: BuildHasher> ReplayStore for HashSet<String, S> {
    fn remember(&mut self, id: &str, _expires: i64) -> Result<bool, Error> {
        Ok(self.insert(id.to_owned()))
    }
}

/// The processor's private keys: the one in use and, for as long as envelopes sealed for them may arrive, those before.
pub struct Opener {
    keys: Vec<PrivateKey>,
}

struct PrivateKey {
    public: PublicKey,
    secret: SecretKey,
}

/// How far an envelope's clock may be ahead of the processor's, in seconds.
pub const CLOCK_LEEWAY: i64 = 60;

impl Opener {
    /// An opener with a new key.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when `kid` is not 1 to 128 visible ASCII characters or the system gives no randomness.
    pub fn generate(kid: &str) -> Result<Self, Error> {
        let secret = jwe::ephemeral_key(&mut |bytes| getrandom::fill(bytes).map_err(|_| no_randomness()))
            .map_err(|error| error.with_code(Code::PaymentKeyInvalid))?;
        Ok(Self { keys: vec![PrivateKey::new(kid, secret)?] })
    }

    /// An opener with a key kept as a private JWK.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when the key is for another algorithm, else `payment.key-invalid`: as
    /// [`PublicKey::parse`], and when `d` is not the private key of that public one.
    pub fn from_jwk(text: &str) -> Result<Self, Error> {
        let limits = Limits { bytes: 4096, depth: 2, members: 32 };
        let value = Zeroizing::new(
            json::parse_within(text, limits).map_err(|error| error.with_code(Code::PaymentKeyInvalid))?,
        );
        let refuse = || Error::new(Code::PaymentKeyInvalid, "key: expected a private JWK");
        let jwk = value.as_object().ok_or_else(refuse)?;
        let public = PublicKey::from_public_members(jwk)?;
        let scalar = jwk
            .get("d")
            .and_then(Value::as_str)
            .and_then(|text| base64url::decode(text).ok())
            .map(Zeroizing::new)
            .ok_or_else(refuse)?;
        // RFC 7518 §6.2.2.1: as many octets as the order has.
        let secret =
            (scalar.len() == 32).then(|| SecretKey::from_slice(&scalar).ok()).flatten().ok_or_else(refuse)?;
        let Material::EcdhEs(point) = public.material();
        if secret.public_key() != *point {
            return Err(Error::new(Code::PaymentKeyInvalid, "key: expected `d` to belong to `x` and `y`"));
        }
        Ok(Self { keys: vec![PrivateKey { public, secret }] })
    }

    /// Adds the keys of another opener, behind those that are here: envelopes sealed for any of them open.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when two keys have the same `kid`.
    pub fn with_former(mut self, former: Self) -> Result<Self, Error> {
        if former.keys.iter().any(|key| self.find(key.public.kid()).is_some()) {
            return Err(Error::new(Code::PaymentKeyInvalid, "key set: expected each `kid` once"));
        }
        self.keys.extend(former.keys);
        Ok(self)
    }

    /// The private JWK of the key in use, to be kept where only the processor can read it.
    pub fn to_jwk(&self) -> Zeroizing<String> {
        self.keys.first().map_or_else(Zeroizing::default, PrivateKey::to_jwk)
    }

    /// The public JWK of the key in use.
    pub fn public_jwk(&self) -> String {
        self.keys.first().map_or_else(String::new, |key| key.public.to_jwk())
    }

    /// The public JWK Set to serve: the key in use first.
    pub fn public_jwk_set(&self) -> String {
        let keys: Vec<_> = self.keys.iter().map(|key| key.public.to_jwk()).collect();
        format!("{{\"keys\":[{}]}}", keys.join(","))
    }

    /// Opens an envelope: checks it as [`Opener::authenticate`] does, and that the store has not seen it.
    ///
    /// # Errors
    ///
    /// As [`Opener::authenticate`]; `payment.envelope-replayed` when it was opened before; whatever the store fails
    /// with.
    pub fn open(
        &self,
        envelope: &str,
        expected: &Expected<'_>,
        store: &mut impl ReplayStore,
    ) -> Result<Card, Error> {
        let authentic = self.authenticate(envelope, expected)?;
        let first_time = store.remember(authentic.id(), authentic.expires())?;
        authentic.admit(first_time)
    }

    /// Checks an envelope and decrypts it, without handing out the card: for stores that are asked asynchronously.
    /// Remember [`Authentic::id`], then call [`Authentic::admit`].
    ///
    /// Only an authentic envelope is remembered: otherwise anyone could spend the identifier of somebody else's.
    ///
    /// # Errors
    ///
    /// - `payment.envelope-invalid` when it is not an envelope of version 1 for one of the keys, or not authentic. The
    ///   message does not say which.
    /// - `payment.envelope-expired` when it is too old, or more than [`CLOCK_LEEWAY`] ahead.
    /// - `payment.order-mismatch` when it was made for another merchant, origin or order.
    pub fn authenticate(&self, envelope: &str, expected: &Expected<'_>) -> Result<Authentic, Error> {
        let compact = Compact::parse(envelope).ok_or_else(invalid)?;
        let header = Header::parse(compact.header()).ok_or_else(invalid)?;
        let key = self.find(&header.kid).ok_or_else(invalid)?;
        let Expected { merchant, origin, order, now } = *expected;
        if now >= header.expires || header.issued > now.saturating_add(CLOCK_LEEWAY) {
            let message = "envelope: expected one sealed within the last ten minutes";
            return Err(Error::new(Code::PaymentEnvelopeExpired, message));
        }
        if header.merchant != merchant || header.origin != origin || header.order != *order {
            let message = "envelope: expected one sealed for this merchant, origin and order";
            return Err(Error::new(Code::PaymentOrderMismatch, message));
        }
        let plaintext = compact.decrypt(&key.secret, &header.epk).ok_or_else(invalid)?;
        let card = read_plaintext(&plaintext).ok_or_else(invalid)?;
        Ok(Authentic { card, id: header.id, expires: header.expires })
    }

    fn find(&self, kid: &str) -> Option<&PrivateKey> {
        self.keys.iter().find(|key| key.public.kid() == kid)
    }
}

impl PrivateKey {
    fn new(kid: &str, secret: SecretKey) -> Result<Self, Error> {
        Ok(Self { public: PublicKey::new(kid, Material::EcdhEs(secret.public_key()))?, secret })
    }

    fn to_jwk(&self) -> Zeroizing<String> {
        let Material::EcdhEs(point) = self.public.material();
        let (x, y) = coordinates(point);
        let mut jwk = jwk_members(self.public.kid(), &x, &y).to_canonical().unwrap_or_default();
        jwk.pop();
        let scalar = Zeroizing::new(base64url::encode(&Zeroizing::new(self.secret.to_bytes())));
        Zeroizing::new([&jwk, ",\"d\":\"", &scalar, "\"}"].concat())
    }
}

/// An envelope that is what it says it is, for this order; whether it was opened before is still to be told.
pub struct Authentic {
    card: Card,
    id: String,
    expires: i64,
}

impl Authentic {
    /// The identifier to remember, 22 characters of base64url.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Until when to remember it, in seconds after 1970-01-01T00:00:00Z.
    pub fn expires(&self) -> i64 {
        self.expires
    }

    /// The card, when the identifier had not been remembered before.
    ///
    /// # Errors
    ///
    /// `payment.envelope-replayed` when it had.
    pub fn admit(self, first_time: bool) -> Result<Card, Error> {
        if first_time {
            return Ok(self.card);
        }
        Err(Error::new(Code::PaymentEnvelopeReplayed, "envelope: expected one that was not opened before"))
    }
}

fn invalid() -> Error {
    Error::new(
        Code::PaymentEnvelopeInvalid,
        "envelope: expected one that was sealed for a key of this processor",
    )
}

fn no_randomness() -> Error {
    Error::new(Code::PaymentKeyInvalid, "key: expected the system to give randomness")
}
