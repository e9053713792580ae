//! Signatures: a flattened JSON Web Signature (RFC 7515 §7.2.2) with ES256 and the key in its header.

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::invalid;
use crate::Error;
use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};

/// A public key on P-256 (RFC 7518 §6.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    x: String,
    y: String,
}

impl PublicKey {
    /// Reads a JWK. Members beyond `kty`, `crv`, `x` and `y` are left aside, a private key is refused.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is no point on P-256.
    pub fn from_jwk(jwk: &Value) -> Result<Self, Error> {
        let member = |name| jwk.get(name).and_then(Value::as_str);
        if member("kty") != Some("EC") || member("crv") != Some("P-256") || jwk.get("d").is_some() {
            return Err(invalid("expected a public key with kty EC and crv P-256"));
        }
        let (Some(x), Some(y)) = (member("x"), member("y")) else {
            return Err(invalid("expected a public key with x and y"));
        };
        let key = Self { x: x.to_owned(), y: y.to_owned() };
        key.point().map(|_| key)
    }

    fn point(&self) -> Result<VerifyingKey, Error> {
        let mut point = vec![4];
        for coordinate in [&self.x, &self.y] {
            point.extend(
                base64url::decode(coordinate).ok().filter(|bytes| bytes.len() == 32).unwrap_or_default(),
            );
        }
        VerifyingKey::from_sec1_bytes(&point).map_err(|_| invalid("expected a public key on P-256"))
    }

    /// The JWK, its members those of the thumbprint.
    pub fn to_jwk(&self) -> Value {
        Object::new().with("crv", "P-256").with("kty", "EC").with("x", &*self.x).with("y", &*self.y).into()
    }

    /// The key's name: its thumbprint (RFC 7638) in base64url.
    pub fn thumbprint(&self) -> String {
        let text = format!("{{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{}\",\"y\":\"{}\"}}", self.x, self.y);
        base64url::encode(&Sha256::digest(text))
    }
}

/// A private key of a shop or a witness. A shopper's stays in the browser's WebCrypto.
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// The key of these 32 bytes; take them from a cryptographic source.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` for zero and for what is not below the curve's order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Error> {
        let key = p256::ecdsa::SigningKey::from_slice(bytes);
        key.map(Self).map_err(|_| invalid("expected the bytes of a private key on P-256"))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        let point = self.0.verifying_key().to_sec1_point(false);
        let coordinate =
            |bytes: Option<&p256::FieldBytes>| base64url::encode(bytes.map_or(&[], |bytes| bytes.as_slice()));
        PublicKey { x: coordinate(point.x()), y: coordinate(point.y()) }
    }

    /// Signs a text, deterministically (RFC 6979). `typ` says what it is, so that nothing signed as one thing counts as another.
    ///
    /// # Errors
    ///
    /// None that input can cause.
    pub fn sign(&self, typ: &str, payload: &str) -> Result<Signed, Error> {
        let mut signed = Signed::unsigned(typ, &self.public(), payload)?;
        let signature: Signature = self.0.sign(signed.input().as_bytes());
        signed.signature = base64url::encode(&signature.to_bytes());
        Ok(signed)
    }
}

/// A signed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    protected: String,
    payload: String,
    signature: String,
    typ: String,
    key: PublicKey,
}

impl Signed {
    /// The same without its signature: [`Signed::input`] is what has to be signed.
    ///
    /// # Errors
    ///
    /// None that input can cause.
    pub fn unsigned(typ: &str, key: &PublicKey, payload: &str) -> Result<Self, Error> {
        let header: Value =
            Object::new().with("alg", "ES256").with("jwk", key.to_jwk()).with("typ", typ).into();
        Ok(Self {
            protected: base64url::encode(header.to_canonical()?.as_bytes()),
            payload: base64url::encode(payload.as_bytes()),
            signature: String::new(),
            typ: typ.to_owned(),
            key: key.clone(),
        })
    }

    /// The bytes that are signed, as ASCII text (RFC 7515 §5.1).
    pub fn input(&self) -> String {
        format!("{}.{}", self.protected, self.payload)
    }

    /// The same with its signature, 64 bytes in base64url as WebCrypto gives it.
    #[must_use]
    pub fn with_signature(self, signature: &str) -> Self {
        Self { signature: signature.to_owned(), ..self }
    }

    /// Reads `{"payload","protected","signature"}` and checks the signature by the key in the header.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it has another form, or the signature does not fit.
    pub fn parse(value: &Value, typ: &str) -> Result<Self, Error> {
        let form = || invalid("expected a signature with payload, protected and signature, and nothing else");
        let member = |name| value.get(name).and_then(Value::as_str).ok_or_else(form);
        let (protected, payload, signature) =
            (member("protected")?, member("payload")?, member("signature")?);
        if value.as_object().is_none_or(|members| members.len() != 3) {
            return Err(form());
        }
        let header = text(protected)?;
        let limits = Limits { bytes: 1024, depth: 3, members: 8 };
        let header = json::parse_within(&header, limits)
            .map_err(|_| invalid("expected JSON as the signature's header"))?;
        if header.get("alg").and_then(Value::as_str) != Some("ES256") || header.get("crit").is_some() {
            return Err(invalid("expected a signature by ES256"));
        }
        if header.get("typ").and_then(Value::as_str) != Some(typ) {
            return Err(invalid("expected what is signed to say that it is what it is used as"));
        }
        let key = PublicKey::from_jwk(header.get("jwk").ok_or_else(form)?)?;
        let signed = Self {
            protected: protected.to_owned(),
            payload: payload.to_owned(),
            signature: signature.to_owned(),
            typ: typ.to_owned(),
            key,
        };
        signed.check()?;
        Ok(signed)
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = || invalid("the signature does not fit what is signed");
        let bytes = base64url::decode(&self.signature).map_err(|_| wrong())?;
        let signature = Signature::from_slice(&bytes).map_err(|_| wrong())?;
        self.key.point()?.verify(self.input().as_bytes(), &signature).map_err(|_| wrong())
    }

    /// What it is.
    pub fn typ(&self) -> &str {
        &self.typ
    }

    /// The key that signed.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// What is signed.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is no text.
    pub fn payload(&self) -> Result<String, Error> {
        text(&self.payload)
    }

    /// The payload as JSON.
    ///
    /// # Errors
    ///
    /// `consent.receipt-invalid` when it is none.
    pub fn payload_json(&self) -> Result<Value, Error> {
        json::parse(&self.payload()?).map_err(|_| invalid("expected what is signed to be JSON"))
    }

    /// SHA-256 over the compact serialisation (RFC 7515 §7.1), signature included: the name by which other things refer to it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(format!("{}.{}.{}", self.protected, self.payload, self.signature)).into()
    }

    /// `{"payload","protected","signature"}`
    pub fn to_value(&self) -> Value {
        let members = Object::new().with("payload", &*self.payload).with("protected", &*self.protected);
        members.with("signature", &*self.signature).into()
    }
}

fn text(encoded: &str) -> Result<String, Error> {
    let bytes = base64url::decode(encoded).map_err(|_| invalid("expected base64url without padding"))?;
    String::from_utf8(bytes).map_err(|_| invalid("expected UTF-8"))
}
