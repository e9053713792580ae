//! The signer's side: roots made and kept, manifests made, signed, rotated and revoked.

use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Manifest, ManifestKey, TYPE, root, roots_refused};
use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};
use crate::payment::PublicKey;
use crate::payment::envelope::ecdh;
use crate::payment::envelope::header::Audience;
use crate::payment::keyset::invalid;
use crate::{Code, Error};

/// A root's private key: it signs manifests, and belongs where neither the shop nor its pages can read it.
pub struct SigningRoot {
    kid: String,
    key: SigningKey,
}

impl SigningRoot {
    /// A new root, named by its thumbprint (RFC 7638).
    ///
    /// # Errors
    ///
    /// `payment.roots-refused` when the system gives no randomness.
    pub fn generate() -> Result<Self, Error> {
        let refuse = |_| roots_refused("root: expected the system to give randomness");
        let secret = ecdh::ephemeral_key(&mut |bytes| {
            getrandom::fill(bytes).map_err(|_| Error::new(Code::PaymentRootsRefused, "root"))
        });
        let secret = secret.map_err(refuse)?;
        let members = Value::from(ecdh::members(&secret.public_key())).to_canonical().unwrap_or_default();
        let kid = base64url::encode(&Sha256::digest(members.as_bytes()));
        Ok(Self { kid, key: SigningKey::from(secret) })
    }

    /// A root that was kept as a private JWK.
    ///
    /// # Errors
    ///
    /// `payment.roots-refused`
    pub fn from_jwk(text: &str) -> Result<Self, Error> {
        let refuse = || roots_refused("root: expected a private JWK for ES256");
        let limits = Limits { bytes: 4096, depth: 2, members: 16 };
        let value = Zeroizing::new(json::parse_within(text, limits).map_err(|_| refuse())?);
        let scalar = value.get("d").and_then(Value::as_str).and_then(|text| base64url::decode(text).ok());
        let scalar = Zeroizing::new(scalar.filter(|scalar| scalar.len() == 32).ok_or_else(refuse)?);
        let secret = SecretKey::from_slice(&scalar).map_err(|_| refuse())?;
        let mut public = Object::new();
        for (name, member) in
            value.as_object().into_iter().flat_map(Object::iter).filter(|(name, _)| *name != "d")
        {
            public.insert(name, member.clone());
        }
        let (kid, key) = root(&Value::from(public)).map_err(|_| refuse())?;
        let signing = SigningKey::from(secret);
        if *signing.verifying_key() != key {
            return Err(refuse());
        }
        Ok(Self { kid, key: signing })
    }

    /// The private JWK, to be kept.
    pub fn to_jwk(&self) -> Zeroizing<String> {
        let mut text = self.public_jwk();
        text.pop();
        let scalar = Zeroizing::new(base64url::encode(&Zeroizing::new(self.key.to_bytes())));
        Zeroizing::new([&text, ",\"d\":\"", &scalar, "\"}"].concat())
    }

    /// The public JWK, to be pinned.
    pub fn public_jwk(&self) -> String {
        let members = ecdh::members(&p256::PublicKey::from(self.key.verifying_key()))
            .with("kid", self.kid.as_str())
            .with("alg", "ES256")
            .with("use", "sig");
        Value::from(members).to_canonical().unwrap_or_default()
    }

    /// The root's identifier.
    pub fn kid(&self) -> &str {
        &self.kid
    }
}

impl Manifest {
    /// The first manifest for a merchant, without keys yet. It holds from `now` on for `lifetime` seconds.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when a value is not one that a manifest may have.
    pub fn new<S: AsRef<str>>(merchant: &str, origins: &[S], now: i64, lifetime: i64) -> Result<Self, Error> {
        let manifest = Self {
            merchant: merchant.to_owned(),
            origins: origins.iter().map(|origin| origin.as_ref().to_owned()).collect(),
            sequence: 1,
            issued: now,
            not_before: now,
            expires: now.saturating_add(lifetime),
            keys: Vec::new(),
        };
        manifest.validate()?;
        Ok(manifest)
    }

    /// The same with this sequence number: greater than any that the merchant's pages have seen.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when it is less than 1.
    pub fn with_sequence(mut self, sequence: i64) -> Result<Self, Error> {
        self.sequence = sequence;
        self.validate()?;
        Ok(self)
    }

    /// The same for the pages of these origins.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when one is no origin, or there are none or more than 32.
    pub fn with_origins<S: AsRef<str>>(mut self, origins: &[S]) -> Result<Self, Error> {
        self.origins = origins.iter().map(|origin| origin.as_ref().to_owned()).collect();
        self.validate()?;
        Ok(self)
    }

    /// Adds a key behind the others: a public JWK, in force from `not_before` on for as long as the manifest is renewed.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid`, `payment.key-unsupported`, `payment.key-weak` as [`PublicKey::parse`], and when the `kid` is
    /// there already.
    pub fn with_key(mut self, jwk: &str, audience: Audience, not_before: i64) -> Result<Self, Error> {
        let key = entry(jwk, audience, not_before)?;
        self.keys.push(key);
        self.validate()?;
        Ok(self)
    }

    /// The next manifest, in which a new key comes first and this recipient's others go on for `overlap` seconds: for as
    /// long as pages may have the manifest before.
    ///
    /// # Errors
    ///
    /// As [`Manifest::with_key`].
    pub fn rotate(&self, jwk: &str, audience: Audience, now: i64, overlap: i64) -> Result<Self, Error> {
        let mut next = self.renew(now)?;
        for key in next.keys.iter_mut().filter(|key| key.audience == audience) {
            key.end(key.expires.min(now.saturating_add(overlap.max(1))));
        }
        next.keys.insert(0, entry(jwk, audience, now)?);
        next.validate()?;
        Ok(next)
    }

    /// The next manifest, without this key.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when there is no such key.
    pub fn revoke(&self, kid: &str, now: i64) -> Result<Self, Error> {
        let mut next = self.renew(now)?;
        let before = next.keys.len();
        next.keys.retain(|key| key.kid != kid);
        if next.keys.len() == before {
            return Err(invalid("manifest: expected a `kid` that it has"));
        }
        Ok(next)
    }

    /// The next manifest with the same keys, but for those that are over: it holds from `now` on for as long as this one
    /// did.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when `now` is not a time that a manifest may have.
    pub fn renew(&self, now: i64) -> Result<Self, Error> {
        let mut next = self.clone();
        next.sequence = self.sequence.saturating_add(1);
        next.issued = now;
        next.expires = now.saturating_add(self.expires.saturating_sub(self.not_before));
        next.not_before = now;
        next.keys.retain(|key| key.expires > now);
        next.validate()?;
        Ok(next)
    }

    /// Signs it.
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when it has no key, or is larger than [`super::MOST_BYTES`].
    pub fn sign(&self, root: &SigningRoot) -> Result<String, Error> {
        if self.keys.is_empty() {
            return Err(invalid("manifest: expected a key at least"));
        }
        let header =
            Value::from(Object::new().with("alg", "ES256").with("kid", root.kid.as_str()).with("typ", TYPE));
        let list = |texts: &[String]| Value::Array(texts.iter().map(|text| text.as_str().into()).collect());
        let payload = Value::from(
            Object::new()
                .with("v", 1)
                .with("merchant", self.merchant.as_str())
                .with("origins", list(&self.origins))
                .with("seq", self.sequence)
                .with("iat", self.issued)
                .with("nbf", self.not_before)
                .with("exp", self.expires)
                .with("keys", Value::Array(self.keys.iter().map(|key| key.jwk.clone().into()).collect())),
        );
        let part = |value: Value| value.to_canonical().map(|text| base64url::encode(text.as_bytes()));
        let signed = [part(header)?, part(payload)?].join(".");
        let signature: Signature = root.key.sign(signed.as_bytes());
        let text = [signed.as_str(), ".", &base64url::encode(&signature.to_bytes())].concat();
        if text.len() > super::MOST_BYTES {
            return Err(invalid("manifest: expected at most 64 KiB"));
        }
        Ok(text)
    }
}

/// Long after every manifest that could name it.
const NO_END: i64 = 253_402_300_799;

fn entry(jwk: &str, audience: Audience, not_before: i64) -> Result<ManifestKey, Error> {
    let key = PublicKey::parse(jwk)?;
    let Value::Object(members) = key.to_value() else { return Err(invalid("key: expected a JSON object")) };
    let members = members.with("aud", audience.as_str()).with("nbf", not_before).with("exp", NO_END);
    ManifestKey::with_alg(key.alg(), &Value::from(members))
}

impl ManifestKey {
    fn end(&mut self, expires: i64) {
        self.expires = expires;
        self.jwk.insert("exp", expires);
    }
}
