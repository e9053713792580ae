//! The protected header of version 1: public, authenticated, and of exactly one form.

use crate::codec::base64url;
use crate::codec::json::{self, Limits, Value};
use crate::payment::envelope::{LIFETIME, Order, is_origin, is_token};
use crate::payment::keyset::{Alg, coordinates, point};

/// The media type of an envelope (RFC 7516 §4.1.11), without `application/`.
pub const TYPE: &str = "sp-card+jwe";

/// The version of the envelope.
pub const VERSION: i64 = 1;

/// For whom an envelope is.
pub const AUDIENCE: &str = "processor";

/// What a header says.
#[derive(Debug, Clone)]
pub struct Header {
    /// `alg`: how the key is agreed on.
    pub alg: Alg,
    /// `kid`: the recipient's key.
    pub kid: String,
    /// `epk`: the sender's ephemeral key.
    pub epk: p256::PublicKey,
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
}

impl Header {
    /// The header's one text.
    pub fn to_json(&self) -> String {
        let (x, y) = coordinates(&self.epk);
        let mut text = Writer(String::with_capacity(768));
        text.string("{", "alg", self.alg.as_str());
        text.string(",", "enc", self.alg.content_encryption());
        text.string(",", "kid", &self.kid);
        text.string(",\"epk\":{", "kty", "EC");
        text.string(",", "crv", "P-256");
        text.string(",", "x", &x);
        text.string(",", "y", &y);
        text.string("},", "typ", TYPE);
        text.integer(",", "v", VERSION);
        text.string(",", "iss", &self.merchant);
        text.string(",", "aud", AUDIENCE);
        text.string(",", "origin", &self.origin);
        text.string(",", "jti", &self.id);
        text.integer(",", "iat", self.issued);
        text.integer(",", "exp", self.expires);
        text.string(",\"order\":{", "id", self.order.id());
        text.integer(",", "amount", self.order.amount());
        text.string(",", "currency", self.order.currency());
        text.0.push_str("}}");
        text.0
    }

    /// Reads a header; `None` when it lacks a member, has one more (`crit` and `zip` among them), has one twice, or has
    /// a value of another form.
    pub fn parse(text: &str) -> Option<Self> {
        let limits = Limits { bytes: 4096, depth: 2, members: 16 };
        let value = json::parse_within(text, limits).ok()?;
        let header = value.as_object().filter(|header| header.len() == 13)?;
        let string = |name| header.get(name).and_then(Value::as_str);
        let integer = |name| header.get(name).and_then(Value::as_integer);

        let alg = Alg::EcdhEs;
        let fixed =
            [("alg", alg.as_str()), ("enc", alg.content_encryption()), ("typ", TYPE), ("aud", AUDIENCE)];
        if fixed.iter().any(|(name, expected)| string(name) != Some(*expected))
            || integer("v") != Some(VERSION)
        {
            return None;
        }
        let epk = header.get("epk")?.as_object().filter(|epk| epk.len() == 4)?;
        let coordinate = |name| epk.get(name).and_then(Value::as_str);
        if (coordinate("kty"), coordinate("crv")) != (Some("EC"), Some("P-256")) {
            return None;
        }
        let order = header.get("order")?.as_object().filter(|order| order.len() == 3)?;
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
            epk: point(coordinate("x")?, coordinate("y")?)?,
            merchant: string("iss").filter(|merchant| is_token(merchant))?.to_owned(),
            origin: string("origin").filter(|origin| is_origin(origin))?.to_owned(),
            id: id.to_owned(),
            issued,
            expires,
            order: order.ok()?,
        })
    }
}

/// Writes members in the order of the format.
struct Writer(String);

impl Writer {
    fn string(&mut self, before: &str, name: &str, value: &str) {
        self.name(before, name);
        json::push_string(&mut self.0, value);
    }

    fn integer(&mut self, before: &str, name: &str, value: i64) {
        self.name(before, name);
        self.0.push_str(&value.to_string());
    }

    fn name(&mut self, before: &str, name: &str) {
        self.0.push_str(before);
        json::push_string(&mut self.0, name);
        self.0.push(':');
    }
}
