//! The header of version 1: public, authenticated, and of exactly one form for each algorithm.

use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};
use crate::payment::envelope::{LIFETIME, Order, is_origin};
use crate::payment::{Alg, is_token};

/// The version of the envelope.
pub const VERSION: i64 = 1;

/// For whom an envelope is, and so what is in it: each recipient gets only what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// The payment processor gets the card.
    Processor,
    /// The carrier gets the address.
    Carrier,
}

impl Audience {
    /// The value of `aud`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Processor => "processor",
            Self::Carrier => "carrier",
        }
    }

    /// The audience of this name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Processor, Self::Carrier].into_iter().find(|audience| audience.as_str() == text)
    }

    /// The media type of its envelopes (RFC 7516 §4.1.11), without `application/`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Processor => "sp-card+jwe",
            Self::Carrier => "sp-address+jwe",
        }
    }
}

/// The sender's ephemeral key, `epk` (RFC 7518 §4.6.1.1): base64url coordinates on P-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epk {
    /// `x`
    pub x: String,
    /// `y`
    pub y: String,
}

/// What a header says.
#[derive(Debug, Clone)]
pub struct Header {
    /// `alg`: how the content key reaches the recipient.
    pub alg: Alg,
    /// `kid`: the recipient's key.
    pub kid: String,
    /// `epk`: the sender's ephemeral key, with ECDH-ES.
    pub epk: Option<Epk>,
    /// `aud` and `typ`: for whom it is.
    pub audience: Audience,
    /// `iss`: the merchant.
    pub merchant: String,
    /// `origin`: the page's origin.
    pub origin: String,
    /// `jti`: 128 random bits in base64url.
    pub id: String,
    /// `iat`: when it was sealed, in seconds after 1970-01-01T00:00:00Z.
    pub issued: i64,
    /// `exp`: until when it may be opened.
    pub expires: i64,
    /// `order`: what is paid for.
    pub order: Order,
    /// `field`: of which part of a card it is, where each has an envelope of its own.
    pub field: Option<&'static str>,
}

/// The parts of a card that have an envelope each in the per-field mode.
pub const FIELDS: [&str; 4] = ["number", "expiryMonth", "expiryYear", "cvc"];

impl Header {
    /// The header's one text.
    pub fn to_json(&self) -> String {
        let mut text = Writer::new();
        text.string("alg", self.alg.as_str());
        self.content_encryption(&mut text);
        text.string("kid", &self.kid);
        self.key_agreement(&mut text);
        self.bound(&mut text);
        text.end()
    }

    /// The members that all recipients share, where there are several (RFC 7516 §7.2.1): what is bound.
    pub(super) fn shared_json(&self) -> String {
        let mut text = Writer::new();
        self.content_encryption(&mut text);
        self.bound(&mut text);
        text.end()
    }

    /// The members of one recipient: its key cannot be unwrapped with any other.
    pub(super) fn recipient_json(&self) -> String {
        let mut text = Writer::new();
        text.string("alg", self.alg.as_str());
        text.string("kid", &self.kid);
        self.key_agreement(&mut text);
        text.end()
    }

    fn content_encryption(&self, text: &mut Writer) {
        if let Some(enc) = self.alg.content_encryption() {
            text.string("enc", enc);
        }
    }

    fn key_agreement(&self, text: &mut Writer) {
        if let Some(epk) = &self.epk {
            text.object("epk");
            text.string("kty", "EC");
            text.string("crv", "P-256");
            text.string("x", &epk.x);
            text.string("y", &epk.y);
            text.close();
        }
    }

    fn bound(&self, text: &mut Writer) {
        if let Some(draft) = self.alg.draft() {
            text.string("draft", draft);
        }
        text.string("typ", self.audience.media_type());
        text.integer("v", VERSION);
        text.string("iss", &self.merchant);
        text.string("aud", self.audience.as_str());
        text.string("origin", &self.origin);
        text.string("jti", &self.id);
        text.integer("iat", self.issued);
        text.integer("exp", self.expires);
        text.object("order");
        text.string("id", self.order.id());
        text.integer("amount", self.order.amount());
        text.string("currency", self.order.currency());
        text.close();
        if let Some(field) = self.field {
            text.string("version", "1");
            text.string("field", field);
        }
    }

    /// Reads a header; `None` when it lacks a member, has one more (`crit` and `zip` among them), has one twice, or has
    /// a value of another form.
    pub fn parse(text: &str) -> Option<Self> {
        let limits = Limits { bytes: 4096, depth: 2, members: 20 };
        let value = json::parse_within(text, limits).ok()?;
        Self::read(value.as_object()?, None)
    }

    /// Reads the protected header together with the one of a recipient; no member may be in both (RFC 7516 §7.2.1).
    pub(in crate::payment) fn read(protected: &Object, recipient: Option<&Object>) -> Option<Self> {
        let get = |name| match (protected.get(name), recipient.and_then(|header| header.get(name))) {
            (Some(value), None) | (None, Some(value)) => Some(value),
            _ => None,
        };
        let string = |name| get(name).and_then(Value::as_str);
        let integer = |name| get(name).and_then(Value::as_integer);

        let alg = Alg::parse(string("alg")?)?;
        let audience = Audience::parse(string("aud")?)?;
        let field = match string("field") {
            Some(field) => {
                (string("version") == Some("1")).then_some(())?;
                Some(FIELDS.into_iter().find(|known| *known == field)?)
            }
            None => None,
        };
        let epk = match alg {
            Alg::EcdhEs | Alg::EcdhEsA256Kw => Some(Self::epk(get("epk")?)?),
            _ => None,
        };
        let optional = [
            epk.is_some(),
            alg.content_encryption().is_some(),
            alg.draft().is_some(),
            field.is_some(),
            field.is_some(),
        ];
        let members = 11 + optional.into_iter().filter(|present| *present).count();
        if protected.len() + recipient.map_or(0, Object::len) != members
            || string("enc") != alg.content_encryption()
            || string("draft") != alg.draft()
            || string("typ") != Some(audience.media_type())
            || integer("v") != Some(VERSION)
        {
            return None;
        }
        let order = protected.get("order")?.as_object().filter(|order| order.len() == 3)?;
        let order = Order::new(
            order.get("id")?.as_str()?,
            order.get("amount")?.as_integer()?,
            order.get("currency")?.as_str()?,
        );
        let id = string("jti").filter(|id| base64url::decode(id).is_ok_and(|bytes| bytes.len() == 16))?;
        let issued = integer("iat").filter(|seconds| *seconds >= 0)?;
        let expires = integer("exp").filter(|seconds| seconds.checked_sub(issued) == Some(LIFETIME))?;
        Some(Self {
            alg,
            kid: string("kid").filter(|kid| is_token(kid))?.to_owned(),
            epk,
            audience,
            merchant: string("iss").filter(|merchant| is_token(merchant))?.to_owned(),
            origin: string("origin").filter(|origin| is_origin(origin))?.to_owned(),
            id: id.to_owned(),
            issued,
            expires,
            order: order.ok()?,
            field,
        })
    }

    fn epk(value: &Value) -> Option<Epk> {
        let epk = value.as_object().filter(|epk| epk.len() == 4)?;
        let text = |name| epk.get(name).and_then(Value::as_str);
        (text("kty") == Some("EC") && text("crv") == Some("P-256")).then_some(())?;
        Some(Epk { x: text("x")?.to_owned(), y: text("y")?.to_owned() })
    }
}

/// What is bound to the order has to be under the protection of the content's key, whoever the recipient is.
pub(in crate::payment) fn is_bound(protected: &Object) -> bool {
    ["typ", "v", "iss", "aud", "origin", "jti", "iat", "exp", "order"]
        .iter()
        .all(|name| protected.get(name).is_some())
}

/// Writes members in the order of the format.
struct Writer {
    text: String,
    first: bool,
}

impl Writer {
    fn new() -> Self {
        let mut text = String::with_capacity(768);
        text.push('{');
        Self { text, first: true }
    }

    fn string(&mut self, name: &str, value: &str) {
        self.name(name);
        json::push_string(&mut self.text, value);
    }

    fn integer(&mut self, name: &str, value: i64) {
        self.name(name);
        self.text.push_str(&value.to_string());
    }

    fn object(&mut self, name: &str) {
        self.name(name);
        self.text.push('{');
        self.first = true;
    }

    fn close(&mut self) {
        self.text.push('}');
        self.first = false;
    }

    fn end(mut self) -> String {
        self.text.push('}');
        self.text
    }

    fn name(&mut self, name: &str) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
        json::push_string(&mut self.text, name);
        self.text.push(':');
    }
}
