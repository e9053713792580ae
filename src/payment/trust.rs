//! Keys that a page can trust: a manifest of public keys, signed by a root that is pinned in the shop's own bundle.
//!
//! A manifest is a compact JWS (RFC 7515 §7.1) with ES256, made by the processor and served by the shop. It names the
//! merchant, the origins that may use it, from when to when it holds, a sequence number that only grows, and the keys, each
//! with its own time. Whoever can change what the shop serves can withhold a manifest, and use an older one for as long as no
//! newer one was seen; they cannot put a key of their own into it.
//!
//! How long a page goes on without reaching the shop is what the signer says: until `exp`, at most
//! [`LONGEST_LIFETIME`]. That is also how long a revoked key can be used against a page that is kept from newer manifests.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::payment::envelope::header::Audience;
//! use storefront_privacy::payment::trust::{Manifest, Place, Roots, SigningRoot};
//! use storefront_privacy::payment::{Alg, Opener};
//!
//! // The processor signs: once for each merchant, and again whenever a key comes or goes.
//! let now = 1_795_392_000;
//! let root = SigningRoot::generate()?;
//! let first = Opener::generate_for("2026-11", Alg::EcdhEsA256Kw)?;
//! let manifest = Manifest::new("shop-1", &["https://shop.example"], now, 7 * 86_400)?
//!     .with_key(&first.public_jwk(), Audience::Processor, now)?;
//! let signed = manifest.sign(&root)?;
//!
//! // The page verifies, and seals for the key that is in force.
//! let roots = Roots::parse(&format!("[{}]", root.public_jwk()))?;
//! let place = Place { merchant: "shop-1", origin: "https://shop.example", now, newest: 0 };
//! let trusted = roots.verify(&signed, &place)?;
//! assert_eq!(trusted.key(Audience::Processor, now)?.kid(), "2026-11");
//!
//! // A new key comes: both are served while envelopes for the old one may still be on their way.
//! let second = Opener::generate_for("2026-12", Alg::EcdhEsA256Kw)?;
//! let rotated = trusted.rotate(&second.public_jwk(), Audience::Processor, now + 60, 600)?.sign(&root)?;
//! let trusted = roots.verify(&rotated, &Place { now: now + 60, newest: 1, ..place })?;
//! assert_eq!(trusted.key(Audience::Processor, now + 60)?.kid(), "2026-12");
//!
//! // The older manifest is not taken any more.
//! let error = roots.verify(&signed, &Place { newest: trusted.sequence(), ..place }).err();
//! assert_eq!(error.map(|error| error.code()), Some("payment.key-replaced"));
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

use super::envelope::header::Audience;
use super::envelope::{check_place, ecdh};
use super::keyset::{invalid, text};
use super::{Alg, PublicKey, is_token};
use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};
use crate::{Code, Error};

mod sign;

pub use sign::SigningRoot;

/// The media type of a manifest (RFC 7515 §4.1.9), without `application/`.
pub const TYPE: &str = "sp-keys+jws";

/// The longest time between a manifest's `nbf` and its `exp`, in seconds.
pub const LONGEST_LIFETIME: i64 = 90 * 86_400;

/// How far a manifest's clock may be ahead of the page's, in seconds.
pub const CLOCK_LEEWAY: i64 = 300;

/// The longest manifest that is looked at: sixteen keys of the largest kind are shorter.
pub const MOST_BYTES: usize = 64 * 1024;

/// The most roots that are trusted: one, and another while roots are changed.
pub const MOST_ROOTS: usize = 2;

const MOST_ORIGINS: usize = 32;
const MOST_KEYS: usize = 16;

/// The roots that a page trusts.
pub struct Roots(Vec<(String, VerifyingKey)>);

/// Where and when a manifest is to be used.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The merchant that is to be paid.
    pub merchant: &'a str,
    /// The origin of the page.
    pub origin: &'a str,
    /// Seconds after 1970-01-01T00:00:00Z.
    pub now: i64,
    /// The highest sequence number of this merchant's that was seen; 0 when none was.
    pub newest: i64,
}

impl Roots {
    /// Reads one or two root keys: a JSON array of JWKs with `kty` `"EC"`, `crv` `"P-256"`, `alg` `"ES256"`, `use` `"sig"`
    /// and `kid`.
    ///
    /// # Errors
    ///
    /// `payment.roots-refused`
    pub fn parse(text: &str) -> Result<Self, Error> {
        let limits = Limits { bytes: 4096, depth: 3, members: 16 };
        let refuse = |_| roots_refused("roots: expected a list of one or two public keys for ES256");
        let value = json::parse_within(text, limits).map_err(refuse)?;
        let list = value.as_array().unwrap_or_default();
        if !(1..=MOST_ROOTS).contains(&list.len()) {
            return Err(roots_refused("roots: expected one or two"));
        }
        let mut roots: Vec<(String, VerifyingKey)> = Vec::new();
        for item in list {
            let (kid, key) = root(item).map_err(refuse)?;
            if roots.iter().any(|(known, other)| *known == kid || *other == key) {
                return Err(roots_refused("roots: expected each root once"));
            }
            roots.push((kid, key));
        }
        Ok(Self(roots))
    }

    /// Verifies a manifest for this place.
    ///
    /// # Errors
    ///
    /// - `payment.key-invalid` when it is not of the form of a manifest, or larger than [`MOST_BYTES`].
    /// - `payment.key-unsigned` when it is not signed by one of the roots.
    /// - `payment.key-mismatch` when it is for another merchant or origin.
    /// - `payment.key-expired` when it is out of date, or not in force yet.
    /// - `payment.key-replaced` when a newer one was seen before.
    pub fn verify(&self, manifest: &str, place: &Place<'_>) -> Result<Manifest, Error> {
        let manifest = self.read(manifest)?;
        manifest.check(place)?;
        Ok(manifest)
    }

    /// Reads a manifest that one of the roots has signed, for whatever place and time: for the signer.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid`, `payment.key-unsigned`.
    pub fn read(&self, manifest: &str) -> Result<Manifest, Error> {
        let malformed = || invalid("manifest: expected a compact JWS with ES256");
        if manifest.len() > MOST_BYTES {
            return Err(invalid("manifest: expected at most 64 KiB"));
        }
        let (signed, signature) = manifest.rsplit_once('.').ok_or_else(malformed)?;
        let (header, payload) = signed.split_once('.').ok_or_else(malformed)?;
        let kid = signer(header).ok_or_else(malformed)?;
        let signature = base64url::decode(signature)
            .ok()
            .and_then(|bytes| Signature::from_slice(&bytes).ok())
            .ok_or_else(malformed)?;
        let unsigned = || {
            let message = "manifest: expected one that is signed by a root of this page";
            Error::new(Code::PaymentKeyUnsigned, message)
        };
        let (_, root) = self.0.iter().find(|(root, _)| *root == kid).ok_or_else(unsigned)?;
        root.verify(signed.as_bytes(), &signature).map_err(|_| unsigned())?;

        let payload = base64url::decode(payload).map_err(|_| malformed())?;
        let limits = Limits { bytes: MOST_BYTES, depth: 4, members: 32 };
        let text = std::str::from_utf8(&payload).map_err(|_| malformed())?;
        let value = json::parse_within(text, limits).map_err(|_| malformed())?;
        Manifest::read(&value)
    }
}

/// The `kid` of a header that has exactly the three members that a manifest's has.
fn signer(header: &str) -> Option<String> {
    let header = base64url::decode(header).ok()?;
    let limits = Limits { bytes: 512, depth: 1, members: 3 };
    let value = json::parse_within(std::str::from_utf8(&header).ok()?, limits).ok()?;
    let header = value.as_object().filter(|header| header.len() == 3)?;
    let text = |name| header.get(name).and_then(Value::as_str);
    (text("alg") == Some("ES256") && text("typ") == Some(TYPE)).then_some(())?;
    text("kid").map(str::to_owned)
}

fn root(value: &Value) -> Result<(String, VerifyingKey), Error> {
    let jwk = value.as_object().ok_or_else(|| invalid("root: expected a JSON object"))?;
    if text(jwk, "alg")? != "ES256" || text(jwk, "use")? != "sig" || jwk.get("d").is_some() {
        return Err(invalid("root: expected a public key for ES256"));
    }
    let kid = text(jwk, "kid")?;
    if !is_token(kid) {
        return Err(invalid("root: expected `kid` to be 1 to 128 visible ASCII characters"));
    }
    Ok((kid.to_owned(), VerifyingKey::from(ecdh::parse(jwk)?)))
}

fn roots_refused(message: &'static str) -> Error {
    Error::new(Code::PaymentRootsRefused, message)
}

/// A merchant's keys, as their root has signed them or is to sign them.
#[derive(Debug, Clone)]
pub struct Manifest {
    merchant: String,
    origins: Vec<String>,
    sequence: i64,
    issued: i64,
    not_before: i64,
    expires: i64,
    keys: Vec<ManifestKey>,
}

/// A key of a manifest.
#[derive(Debug, Clone)]
pub struct ManifestKey {
    jwk: Object,
    kid: String,
    alg: Alg,
    audience: Audience,
    not_before: i64,
    expires: i64,
}

impl ManifestKey {
    /// The key's identifier.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The algorithm that the key is for.
    pub fn alg(&self) -> Alg {
        self.alg
    }

    /// Who can open what is sealed for it.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// From when it is in force, in seconds after 1970-01-01T00:00:00Z.
    pub fn not_before(&self) -> i64 {
        self.not_before
    }

    /// Until when it is in force.
    pub fn expires(&self) -> i64 {
        self.expires
    }

    /// The key as a JWK, with all members that the manifest has of it and that are strings.
    pub fn to_jwk(&self) -> String {
        let mut text = String::from("{");
        for (name, value) in self.jwk.iter() {
            if let Some(value) = value.as_str() {
                text.push_str(if text.len() > 1 { "," } else { "" });
                json::push_string(&mut text, name);
                text.push(':');
                json::push_string(&mut text, value);
            }
        }
        text.push('}');
        text
    }

    /// The key, to seal with.
    ///
    /// # Errors
    ///
    /// As [`PublicKey::parse`].
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        PublicKey::from_value(&Value::from(self.jwk.clone()))
    }

    /// Reads a key; `None` when it is for an algorithm that is not known here (RFC 7517 §5).
    fn read(value: &Value) -> Option<Result<Self, Error>> {
        let alg = value.get("alg").and_then(Value::as_str).unwrap_or_default();
        Alg::parse(alg).map(|alg| Self::with_alg(alg, value))
    }

    fn with_alg(alg: Alg, value: &Value) -> Result<Self, Error> {
        let jwk = value.as_object().ok_or_else(|| invalid("manifest: expected keys"))?;
        let integer = |name| jwk.get(name).and_then(Value::as_integer);
        let (not_before, expires) = integer("nbf")
            .zip(integer("exp"))
            .filter(|(from, to)| *from >= 0 && from < to)
            .ok_or_else(|| invalid("manifest: expected `nbf` and `exp` of each key"))?;
        let audience = Audience::parse(text(jwk, "aud")?)
            .ok_or_else(|| invalid("manifest: expected `aud` to be \"processor\" or \"carrier\""))?;
        let kid = text(jwk, "kid")?;
        if !is_token(kid) {
            return Err(invalid("manifest: expected `kid` to be 1 to 128 visible ASCII characters"));
        }
        Ok(Self { jwk: jwk.clone(), kid: kid.to_owned(), alg, audience, not_before, expires })
    }
}

impl Manifest {
    /// The merchant.
    pub fn merchant(&self) -> &str {
        &self.merchant
    }

    /// The origins whose pages may use it.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// The number that grows with each manifest of the merchant's.
    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// Until when it holds, in seconds after 1970-01-01T00:00:00Z.
    pub fn expires(&self) -> i64 {
        self.expires
    }

    /// The keys, in the order in which they are to be used.
    pub fn keys(&self) -> &[ManifestKey] {
        &self.keys
    }

    /// The key to seal with now: the first that is in force.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when there is none for this audience, `payment.key-expired` when none is in force.
    pub fn key(&self, audience: Audience, now: i64) -> Result<&ManifestKey, Error> {
        let mut keys = self.keys.iter().filter(|key| key.audience == audience).peekable();
        if keys.peek().is_none() {
            let message = "manifest: expected a key for this recipient, of an algorithm that is known here";
            return Err(Error::new(Code::PaymentKeyUnsupported, message));
        }
        keys.find(|key| {
            key.not_before <= now.saturating_add(CLOCK_LEEWAY) && now < key.expires.min(self.expires)
        })
        .ok_or_else(|| expired("manifest: expected a key that is in force"))
    }

    fn check(&self, place: &Place<'_>) -> Result<(), Error> {
        if self.merchant != place.merchant || !self.origins.iter().any(|origin| origin == place.origin) {
            let message = "manifest: expected one for this merchant and this origin";
            return Err(Error::new(Code::PaymentKeyMismatch, message));
        }
        if place.now >= self.expires || self.not_before > place.now.saturating_add(CLOCK_LEEWAY) {
            return Err(expired("manifest: expected one that is in force"));
        }
        if self.sequence < place.newest {
            let message = "manifest: expected none older than what was seen before";
            return Err(Error::new(Code::PaymentKeyReplaced, message));
        }
        Ok(())
    }

    /// Reads a payload: exactly the members of version 1.
    fn read(value: &Value) -> Result<Self, Error> {
        let refuse = || invalid("manifest: expected the members of version 1");
        let members = value.as_object().filter(|members| members.len() == 8).ok_or_else(refuse)?;
        let integer = |name| members.get(name).and_then(Value::as_integer).ok_or_else(refuse);
        let list = |name| members.get(name).and_then(Value::as_array).ok_or_else(refuse);
        if integer("v")? != 1 {
            return Err(refuse());
        }
        let origins = list("origins")?.iter().map(|origin| origin.as_str().map(str::to_owned));
        let mut keys = Vec::new();
        for key in list("keys")?.iter().take(MOST_KEYS + 1).filter_map(ManifestKey::read) {
            keys.push(key?);
        }
        let manifest = Self {
            merchant: text(members, "merchant")?.to_owned(),
            origins: origins.collect::<Option<_>>().ok_or_else(refuse)?,
            sequence: integer("seq")?,
            issued: integer("iat")?,
            not_before: integer("nbf")?,
            expires: integer("exp")?,
            keys,
        };
        manifest.validate()?;
        Ok(manifest)
    }

    fn validate(&self) -> Result<(), Error> {
        if !(1..=MOST_ORIGINS).contains(&self.origins.len()) || self.keys.len() > MOST_KEYS {
            return Err(invalid("manifest: expected 1 to 32 origins and at most 16 keys"));
        }
        for origin in &self.origins {
            check_place(&self.merchant, origin).map_err(|error| error.with_code(Code::PaymentKeyInvalid))?;
        }
        let twice = |key: &ManifestKey| self.keys.iter().filter(|other| other.kid == key.kid).count() > 1;
        if self.keys.iter().any(twice) {
            return Err(invalid("manifest: expected each `kid` once"));
        }
        let lifetime = self.expires.checked_sub(self.not_before);
        let lasts = lifetime.is_some_and(|seconds| (1..=LONGEST_LIFETIME).contains(&seconds));
        if self.sequence < 1 || self.issued < 0 || self.not_before < 0 || !lasts {
            return Err(invalid(
                "manifest: expected `seq` from 1 on and at most 90 days from `nbf` to `exp`",
            ));
        }
        Ok(())
    }
}

fn expired(message: &'static str) -> Error {
    Error::new(Code::PaymentKeyExpired, message)
}
