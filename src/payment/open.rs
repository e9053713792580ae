//! The recipient's side: envelopes opened, once each, for the order they were made for.

use std::collections::HashSet;
use std::hash::BuildHasher;

use zeroize::Zeroizing;

use super::envelope::header::{Audience, Header, is_bound};
use super::envelope::jwe::Jwe;
use super::envelope::{Order, Parts, read_address, read_plaintext};
use super::keyset::PublicKey;
use super::{Address, Alg, Card};
use crate::codec::json::{self, Limits};
use crate::{Code, Error};

use self::private::PrivateKey;

mod private;

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

/// A recipient's private keys: the one in use and, for as long as envelopes sealed for them may arrive, those before.
pub struct Opener {
    keys: Vec<PrivateKey>,
}

/// How far an envelope's clock may be ahead of the processor's, in seconds.
pub const CLOCK_LEEWAY: i64 = 60;

impl Opener {
    /// An opener with a new key for ECDH-ES on P-256, which every language's JOSE library knows.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when `kid` is not 1 to 128 visible ASCII characters or the system gives no randomness.
    #[cfg(feature = "payment")]
    pub fn generate(kid: &str) -> Result<Self, Error> {
        Self::generate_for(kid, Alg::EcdhEs)
    }

    /// An opener with a new key for this algorithm. An RSA key has 3072 bits, and takes its time.
    ///
    /// # Errors
    ///
    /// As [`Opener::generate`]; `payment.key-unsupported` when the crate was built without the algorithm.
    pub fn generate_for(kid: &str, alg: Alg) -> Result<Self, Error> {
        Ok(Self { keys: vec![PrivateKey::generate(kid, alg)?] })
    }

    /// An opener with a key kept as a private JWK.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when the key is for another algorithm, else `payment.key-invalid` and
    /// `payment.key-weak`: as [`PublicKey::parse`], and when the private members do not belong to the public ones.
    pub fn from_jwk(text: &str) -> Result<Self, Error> {
        let limits = Limits { bytes: 16 * 1024, depth: 2, members: 32 };
        let value = Zeroizing::new(
            json::parse_within(text, limits).map_err(|error| error.with_code(Code::PaymentKeyInvalid))?,
        );
        let jwk = value
            .as_object()
            .ok_or_else(|| Error::new(Code::PaymentKeyInvalid, "key: expected a private JWK"))?;
        Ok(Self { keys: vec![PrivateKey::parse(PublicKey::from_public_members(jwk)?, jwk)?] })
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

    /// The public keys: the one in use first.
    pub fn public_keys(&self) -> impl Iterator<Item = &PublicKey> {
        self.keys.iter().map(|key| &key.public)
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
        remember(self.authenticate(envelope, expected)?, store)
    }

    /// Opens a carrier's envelope, which holds an address, as [`Opener::open`] does a card's.
    ///
    /// # Errors
    ///
    /// As [`Opener::open`].
    pub fn open_address(
        &self,
        envelope: &str,
        expected: &Expected<'_>,
        store: &mut impl ReplayStore,
    ) -> Result<Address, Error> {
        remember(self.authenticate_address(envelope, expected)?, store)
    }

    /// Opens the parts of a card that have an envelope each ([`super::Sealer::seal_fields`]), all or none of them; `name` is
    /// the name on the card, which that profile sends in the clear.
    ///
    /// # Errors
    ///
    /// As [`Opener::open`]; `payment.envelope-invalid` also when one is missing, there twice, or of another `jti`.
    pub fn open_fields<'a>(
        &self,
        envelopes: impl IntoIterator<Item = &'a str>,
        name: &str,
        expected: &Expected<'_>,
        store: &mut impl ReplayStore,
    ) -> Result<Card, Error> {
        let mut parts = Parts::default();
        let mut first: Option<Header> = None;
        for envelope in envelopes.into_iter().take(4) {
            let (header, plaintext) = self.decrypt(envelope, Audience::Processor, expected)?;
            let field = header.field.ok_or_else(invalid)?;
            let same = first.as_ref().is_none_or(|first| {
                (&first.id, first.issued) == (&header.id, header.issued) && first.kid == header.kid
            });
            same.then_some(())
                .and_then(|()| parts.add(field, &plaintext, header.issued))
                .ok_or_else(invalid)?;
            first.get_or_insert(header);
        }
        let header = first.ok_or_else(invalid)?;
        let content = parts.card(name).ok_or_else(invalid)?;
        remember(Authentic { content, id: header.id, expires: header.expires }, store)
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
    pub fn authenticate(&self, envelope: &str, expected: &Expected<'_>) -> Result<Authentic<Card>, Error> {
        self.read(envelope, Audience::Processor, expected, read_plaintext)
    }

    /// As [`Opener::authenticate`], for a carrier's envelope.
    ///
    /// # Errors
    ///
    /// As [`Opener::authenticate`].
    pub fn authenticate_address(
        &self,
        envelope: &str,
        expected: &Expected<'_>,
    ) -> Result<Authentic<Address>, Error> {
        self.read(envelope, Audience::Carrier, expected, read_address)
    }

    fn read<T>(
        &self,
        envelope: &str,
        audience: Audience,
        expected: &Expected<'_>,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Authentic<T>, Error> {
        let (header, plaintext) = self.decrypt(envelope, audience, expected)?;
        if header.field.is_some() {
            return Err(invalid());
        }
        let content = read(&plaintext).ok_or_else(invalid)?;
        Ok(Authentic { content, id: header.id, expires: header.expires })
    }

    fn decrypt(
        &self,
        envelope: &str,
        audience: Audience,
        expected: &Expected<'_>,
    ) -> Result<(Header, Zeroizing<Vec<u8>>), Error> {
        let jwe = Jwe::parse(envelope)
            .filter(|jwe| !jwe.has_aad && is_bound(&jwe.protected))
            .ok_or_else(invalid)?;
        let (recipient, header, key) = jwe
            .recipients
            .iter()
            .find_map(|recipient| {
                let header = Header::read(&jwe.protected, recipient.header.as_ref())?;
                let key = self.find(&header.kid).filter(|key| key.public.alg() == header.alg)?;
                Some((recipient, header, key))
            })
            .filter(|(_, header, _)| header.audience == audience)
            .ok_or_else(invalid)?;
        let Expected { merchant, origin, order, now } = *expected;
        if now >= header.expires || header.issued > now.saturating_add(CLOCK_LEEWAY) {
            let message = "envelope: expected one sealed within the last ten minutes";
            return Err(Error::new(Code::PaymentEnvelopeExpired, message));
        }
        if header.merchant != merchant || header.origin != origin || header.order != *order {
            let message = "envelope: expected one sealed for this merchant, origin and order";
            return Err(Error::new(Code::PaymentOrderMismatch, message));
        }
        let plaintext = key.decrypt(&jwe, recipient).ok_or_else(invalid)?;
        Ok((header, plaintext))
    }

    /// The plaintext of any JWE for one of the keys, whatever its header says beside `alg`, `enc` and `kid`: for test
    /// vectors. It is bound to no order, and opens as often as it is asked to.
    ///
    /// # Errors
    ///
    /// `payment.envelope-invalid`
    pub fn hazmat_decrypt(&self, envelope: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let jwe = Jwe::parse(envelope).ok_or_else(invalid)?;
        jwe.recipients
            .iter()
            .find_map(|recipient| {
                let kid = recipient.member(&jwe.protected, "kid")?.as_str()?;
                self.find(kid)?.decrypt(&jwe, recipient)
            })
            .ok_or_else(invalid)
    }

    fn find(&self, kid: &str) -> Option<&PrivateKey> {
        self.keys.iter().find(|key| key.public.kid() == kid)
    }
}

fn remember<T>(authentic: Authentic<T>, store: &mut impl ReplayStore) -> Result<T, Error> {
    let first_time = store.remember(authentic.id(), authentic.expires())?;
    authentic.admit(first_time)
}

/// An envelope that is what it says it is, for this order; whether it was opened before is still to be told.
pub struct Authentic<T> {
    content: T,
    id: String,
    expires: i64,
}

impl<T> Authentic<T> {
    /// The identifier to remember, 22 characters of base64url.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Until when to remember it, in seconds after 1970-01-01T00:00:00Z.
    pub fn expires(&self) -> i64 {
        self.expires
    }

    /// The content, when the identifier had not been remembered before.
    ///
    /// # Errors
    ///
    /// `payment.envelope-replayed` when it had.
    pub fn admit(self, first_time: bool) -> Result<T, Error> {
        if first_time {
            return Ok(self.content);
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
