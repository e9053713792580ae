//! The sealed card, version 1: a JWE (RFC 7516) whose authenticated header names the order.
//!
//! The header is public and says for which key, merchant, origin and order the envelope was made, and until when
//! it may be opened. The content alone is encrypted. Whoever changes either makes the envelope unreadable.
//!
//! Which cipher is used follows from the key, see [`Alg`]: there is nothing to negotiate and nothing to downgrade. Each
//! recipient of an order gets an envelope with what it needs and no more: the processor the card, the carrier the address.

#[cfg(feature = "payment")]
pub mod ecdh;
pub mod header;
#[cfg(feature = "payment-hpke")]
pub mod hpke;
pub mod jwe;
#[cfg(feature = "payment-rsa")]
pub mod rsa;

mod plaintext;
#[cfg(any(feature = "payment-hpke", feature = "payment-rsa"))]
mod source;

use zeroize::Zeroizing;

use self::header::{Audience, Epk, Header};
use self::jwe::{ContentKey, MOST_RECIPIENTS, Sealed, Serialization};
#[cfg(feature = "payment")]
use super::Alg;
use super::keyset::Material;
use super::{Address, Card, PublicKey, is_token};
use crate::codec::base64url;
use crate::{Code, Error};

pub(super) use plaintext::{Parts, read as read_plaintext, read_address};

/// Each recipient's own header, a JSON text or nothing, and its encrypted key.
type Recipients = Vec<(String, Vec<u8>)>;

/// Where random bytes come from.
pub(super) type Random<'a> = dyn FnMut(&mut [u8]) -> Result<(), Error> + 'a;

/// How long an envelope may be opened, in seconds.
pub const LIFETIME: i64 = 600;

/// What is paid for: it is bound to the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    id: String,
    amount: i64,
    currency: String,
}

impl Order {
    /// An order with its amount in the currency's minor unit (cents) and its ISO 4217 code.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the identifier is not 1 to 128 visible ASCII characters, the amount is negative or beyond
    /// 2⁵³ − 1, or the currency is not three capital letters.
    pub fn new(id: &str, amount: i64, currency: &str) -> Result<Self, Error> {
        let refuse = |message| Err(Error::new(Code::InputInvalid, message));
        if !is_token(id) {
            return refuse("order: expected `id` to be 1 to 128 visible ASCII characters");
        }
        if !(0..=crate::codec::json::MAX_SAFE_INTEGER).contains(&amount) {
            return refuse("order: expected `amount` from 0 to 2^53 - 1 minor units");
        }
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return refuse("order: expected `currency` to be three capital letters");
        }
        Ok(Self { id: id.to_owned(), amount, currency: currency.to_owned() })
    }

    /// The shop's identifier of the order.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The amount in the currency's minor unit.
    pub fn amount(&self) -> i64 {
        self.amount
    }

    /// The ISO 4217 code.
    pub fn currency(&self) -> &str {
        &self.currency
    }
}

/// What goes into an envelope.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// A card, for the processor.
    Card(&'a Card),
    /// An address, for the carrier.
    Address(&'a Address),
}

impl Content<'_> {
    /// Who gets it.
    pub const fn audience(&self) -> Audience {
        match self {
            Self::Card(_) => Audience::Processor,
            Self::Address(_) => Audience::Carrier,
        }
    }

    fn write(&self) -> Zeroizing<String> {
        match self {
            Self::Card(card) => plaintext::write(card),
            Self::Address(address) => plaintext::write_address(address),
        }
    }
}

/// Seals what one merchant's page sends to one recipient, or to a few who need the same.
pub struct Sealer {
    key: PublicKey,
    others: Vec<PublicKey>,
    merchant: String,
    origin: String,
}

/// The parts of a card, each in an envelope of its own: `number`, `expiryMonth`, `expiryYear`, `cvc` and its compact JWE.
pub type FieldEnvelopes = Vec<(&'static str, String)>;

impl Sealer {
    /// A sealer for this recipient's key, the merchant's identifier there and the origin of the page.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the merchant is not 1 to 128 visible ASCII characters, or the origin not of the form
    /// `https://host` (or `http://host` and a port, as in development).
    pub fn new(key: PublicKey, merchant: &str, origin: &str) -> Result<Self, Error> {
        check_place(merchant, origin)?;
        Ok(Self { key, others: Vec::new(), merchant: merchant.to_owned(), origin: origin.to_owned() })
    }

    /// Adds a recipient of the same content: a second processor, or the next key while keys are rotated. The envelope is
    /// then in the general JSON serialisation (RFC 7516 §7.2.1).
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when one of the keys is for an algorithm that wraps no content key (see
    /// [`Alg::wraps`]); `payment.key-invalid` when the `kid` is there already, or there would be more than
    /// [`MOST_RECIPIENTS`].
    pub fn with_recipient(mut self, key: PublicKey) -> Result<Self, Error> {
        if !self.key.alg().wraps() || !key.alg().wraps() {
            let message = "seal: expected keys that wrap a content key, as ECDH-ES+A256KW does";
            return Err(Error::new(Code::PaymentKeyUnsupported, message));
        }
        let known = self.keys().any(|other| other.kid() == key.kid());
        if known || self.others.len() + 2 > MOST_RECIPIENTS {
            let message = "seal: expected each `kid` once, and at most 4 recipients";
            return Err(Error::new(Code::PaymentKeyInvalid, message));
        }
        self.others.push(key);
        Ok(self)
    }

    /// The key that is sealed for; the first where there are several.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    fn keys(&self) -> impl Iterator<Item = &PublicKey> {
        std::iter::once(&self.key).chain(&self.others)
    }

    /// Seals a card for an order, `now` in seconds after 1970-01-01T00:00:00Z. Each call gives another envelope: a compact
    /// JWE, or with several recipients a JSON text.
    ///
    /// # Errors
    ///
    /// `payment.seal-failed` when the system gives no randomness, or the time is not within the years 1970 to 9999.
    pub fn seal(&self, card: &Card, order: &Order, now: i64) -> Result<String, Error> {
        self.seal_content(Content::Card(card), order, now, self.usual())
    }

    /// Seals any content in any serialisation.
    ///
    /// # Errors
    ///
    /// As [`Sealer::seal`]; `input.invalid` when several recipients are to share another serialisation than
    /// [`Serialization::General`], or a key that wraps nothing (see [`Alg::wraps`]) is to be in that one.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::envelope::{Content, Order, jwe::Serialization};
    /// use storefront_privacy::payment::{Address, Alg, Opener, PublicKey, Sealer};
    ///
    /// let carrier = Opener::generate_for("carrier-1", Alg::EcdhEsA256Kw)?;
    /// let key = PublicKey::parse(&carrier.public_jwk())?;
    /// let address = Address::parse("Ada Lovelace", &["12 St James’s Square"], "London", "", "SW1Y 4JH", "GB", "")?;
    /// let order = Order::new("A-1001", 4_200, "EUR")?;
    /// let sealer = Sealer::new(key, "shop-1", "https://shop.example")?;
    /// let envelope =
    ///     sealer.seal_content(Content::Address(&address), &order, 1_795_392_000, Serialization::Flattened)?;
    /// assert!(envelope.starts_with("{\"protected\":"));
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn seal_content(
        &self,
        content: Content<'_>,
        order: &Order,
        now: i64,
        serialization: Serialization,
    ) -> Result<String, Error> {
        let header = |id| self.header(content.audience(), order, now, id);
        self.write(header, content.write(), serialization, &mut system)
    }

    /// Seals a card as Adyen's fields are: a compact JWE for each of `number`, `expiryMonth`, `expiryYear` and, where the
    /// card has one, `cvc`, whose plaintext is that member beside `generationtime` (ISO 8601, UTC). All have one `jti`: they
    /// open together and once.
    ///
    /// Beside what that profile has (`alg`, `enc`, `version` `"1"`), the headers have what binds the envelope to
    /// the order; a reader of the profile ignores them (RFC 7516 §4).
    ///
    /// # Errors
    ///
    /// As [`Sealer::seal`].
    pub fn seal_fields(&self, card: &Card, order: &Order, now: i64) -> Result<FieldEnvelopes, Error> {
        let id = identifier(&mut system)?;
        let mut envelopes = Vec::new();
        for (field, plaintext) in plaintext::fields(card, now)? {
            let header = |_| {
                Ok(Header { field: Some(field), ..self.header(Audience::Processor, order, now, id.clone())? })
            };
            envelopes.push((field, self.write(header, plaintext, Serialization::Compact, &mut system)?));
        }
        Ok(envelopes)
    }

    /// As [`Sealer::seal`], with randomness of the caller's: for test vectors. With bytes that are known or used
    /// twice the card is not protected.
    ///
    /// With ECDH-ES it takes from `random`, in this order: 16 bytes for `jti`, 32 bytes (again while they are no scalar of
    /// P-256) for the ephemeral key, 12 bytes for the initialisation vector.
    ///
    /// # Errors
    ///
    /// As [`Sealer::seal`], and whatever `random` fails with.
    pub fn hazmat_seal_with(
        &self,
        card: &Card,
        order: &Order,
        now: i64,
        mut random: impl FnMut(&mut [u8]) -> Result<(), Error>,
    ) -> Result<String, Error> {
        let header = |id| self.header(Audience::Processor, order, now, id);
        self.write(header, plaintext::write(card), self.usual(), &mut random)
    }

    fn usual(&self) -> Serialization {
        if self.others.is_empty() { Serialization::Compact } else { Serialization::General }
    }

    fn header(&self, audience: Audience, order: &Order, now: i64, id: String) -> Result<Header, Error> {
        if !(0..=253_402_300_799 - LIFETIME).contains(&now) {
            return Err(failed());
        }
        Ok(Header {
            alg: self.key.alg(),
            kid: self.key.kid().to_owned(),
            epk: None,
            audience,
            merchant: self.merchant.clone(),
            origin: self.origin.clone(),
            id,
            issued: now,
            expires: now + LIFETIME,
            order: order.clone(),
            field: None,
        })
    }

    fn write(
        &self,
        header: impl FnOnce(String) -> Result<Header, Error>,
        plaintext: Zeroizing<String>,
        serialization: Serialization,
        random: &mut Random<'_>,
    ) -> Result<String, Error> {
        let general = serialization == Serialization::General;
        if (general && !self.key.alg().wraps()) || (!general && !self.others.is_empty()) {
            let message =
                "seal: expected several recipients in the general serialisation, each with a wrapped key";
            return Err(Error::new(Code::InputInvalid, message));
        }
        let mut header = header(identifier(random)?)?;
        if let Some(sealed) = self.integrated(&header, &plaintext, random) {
            return sealed.map(|sealed| sealed.write(serialization));
        }
        let (key, recipients) = self.content_key(&mut header, general, random)?;
        let mut iv = [0; jwe::IV_LENGTH];
        random(&mut iv)?;
        let protected = if general { header.shared_json() } else { header.to_json() };
        Ok(Sealed::new(&key, iv, &protected, recipients, plaintext)?.write(serialization))
    }

    /// HPKE encrypts content and key in one.
    fn integrated(
        &self,
        header: &Header,
        plaintext: &Zeroizing<String>,
        random: &mut Random<'_>,
    ) -> Option<Result<Sealed, Error>> {
        let _ = (header, plaintext, &random);
        match self.key.material() {
            #[cfg(feature = "payment-hpke")]
            Material::Hpke(key) => Some(key.seal(&header.to_json(), plaintext, random)),
            #[cfg(any(feature = "payment", feature = "payment-rsa"))]
            _ => None,
        }
    }

    /// The content key, and how each recipient gets it.
    fn content_key(
        &self,
        header: &mut Header,
        general: bool,
        random: &mut Random<'_>,
    ) -> Result<(ContentKey, Recipients), Error> {
        #[cfg(feature = "payment")]
        if let (Alg::EcdhEs, Material::Ec(recipient)) = (self.key.alg(), self.key.material()) {
            let ephemeral = ecdh::ephemeral_key(random)?;
            header.epk = Some(ecdh::epk(&ephemeral));
            return Ok((ecdh::direct(&ephemeral, recipient)?, vec![(String::new(), Vec::new())]));
        }
        let mut key = Zeroizing::new([0; 32]);
        random(key.as_mut_slice())?;
        let mut recipients = Vec::new();
        for recipient in self.keys() {
            let (epk, encrypted_key) = wrap(recipient, &key, random)?;
            let own = Header { alg: recipient.alg(), kid: recipient.kid().to_owned(), epk, ..header.clone() };
            recipients.push((if general { own.recipient_json() } else { String::new() }, encrypted_key));
            if !general {
                *header = own;
            }
        }
        Ok((key, recipients))
    }
}

/// Encrypts the content key for one recipient.
fn wrap(
    recipient: &PublicKey,
    key: &ContentKey,
    random: &mut Random<'_>,
) -> Result<(Option<Epk>, Vec<u8>), Error> {
    let _ = (key, &random);
    match recipient.material() {
        #[cfg(feature = "payment")]
        Material::Ec(point) => {
            let ephemeral = ecdh::ephemeral_key(random)?;
            Ok((Some(ecdh::epk(&ephemeral)), ecdh::wrap(&ephemeral, point, key)?))
        }
        #[cfg(feature = "payment-rsa")]
        Material::Rsa(public) => Ok((None, public.encrypt(key, random)?)),
        #[cfg(feature = "payment-hpke")]
        Material::Hpke(_) => Err(failed()),
    }
}

fn system(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| failed())
}

fn identifier(random: &mut Random<'_>) -> Result<String, Error> {
    let mut id = [0; 16];
    random(&mut id)?;
    Ok(base64url::encode(&id))
}

/// That a merchant and an origin can stand in a header.
///
/// # Errors
///
/// `input.invalid`
pub(super) fn check_place(merchant: &str, origin: &str) -> Result<(), Error> {
    if !is_token(merchant) {
        let message = "merchant: expected 1 to 128 visible ASCII characters";
        return Err(Error::new(Code::InputInvalid, message));
    }
    if !is_origin(origin) {
        let message = "origin: expected a scheme, a host and perhaps a port, without a path";
        return Err(Error::new(Code::InputInvalid, message));
    }
    Ok(())
}

/// A serialised tuple origin (HTML §7.1.1): no path, no user, no opaque origin.
pub(super) fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    !host.is_empty() && text.len() <= 270 && plain
}

fn failed() -> Error {
    Error::new(Code::PaymentSealFailed, "seal: expected randomness and a clock, found neither or one of them")
}
