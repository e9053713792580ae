//! Public keys of a payment processor: JWK and JWK Set (RFC 7517), read strictly.

#[cfg(feature = "payment")]
use super::envelope::ecdh;
#[cfg(feature = "payment-hpke")]
use super::envelope::hpke;
#[cfg(feature = "payment-rsa")]
use super::envelope::rsa;
use super::{Alg, is_token};
use crate::codec::json::{self, Limits, Object, Value};
use crate::{Code, Error};

/// A public key that envelopes can be sealed for.
#[derive(Debug, Clone)]
pub struct PublicKey {
    kid: String,
    alg: Alg,
    material: Material,
}

/// One variant a family of algorithms.
#[derive(Debug, Clone)]
pub(super) enum Material {
    #[cfg(feature = "payment")]
    Ec(p256::PublicKey),
    #[cfg(feature = "payment-rsa")]
    Rsa(rsa::Public),
    #[cfg(feature = "payment-hpke")]
    Hpke(hpke::Public),
}

impl Material {
    /// Reads the members that `alg` asks for.
    fn parse(alg: Alg, jwk: &Object) -> Result<Self, Error> {
        match alg {
            #[cfg(feature = "payment")]
            Alg::EcdhEs | Alg::EcdhEsA256Kw => ecdh::parse(jwk).map(Self::Ec),
            #[cfg(feature = "payment-rsa")]
            Alg::RsaOaep256 => rsa::Public::parse(jwk).map(Self::Rsa),
            #[cfg(feature = "payment-hpke")]
            Alg::Hpke7 | Alg::Hpke9 => hpke::Public::parse(alg, jwk).map(Self::Hpke),
            #[allow(unreachable_patterns, reason = "with all families there is no other algorithm")]
            _ => Err(unsupported("key: expected an algorithm of this module")),
        }
    }

    /// The members of a JWK that are this key's alone.
    fn members(&self) -> Object {
        match self {
            #[cfg(feature = "payment")]
            Self::Ec(point) => ecdh::members(point),
            #[cfg(feature = "payment-rsa")]
            Self::Rsa(key) => key.members(),
            #[cfg(feature = "payment-hpke")]
            Self::Hpke(key) => key.members(),
        }
    }
}

/// Bounds for keys and key sets: a set of a few dozen keys of any algorithm fits.
const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: 4, members: 64 };

impl PublicKey {
    /// Reads a JWK, or takes the first usable key of a JWK Set.
    ///
    /// A key is usable when it has `kid`, `use` `"enc"`, an `alg` that is known here, and what that asks for: `kty` `"EC"`,
    /// `crv` `"P-256"` and a point on that curve; `kty` `"RSA"` and a modulus of 2048 to 4096 bits; `kty` `"AKP"` and the
    /// public key of X-Wing. Other members are ignored (RFC 7517 §4), except private ones: a private key must not be where
    /// public ones are served.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when the key is for another algorithm, `payment.key-weak` when it is too small, else
    /// `payment.key-invalid`.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::payment::PublicKey;
    ///
    /// let key = PublicKey::parse(r#"{
    ///     "kty": "EC", "crv": "P-256", "kid": "1", "alg": "ECDH-ES", "use": "enc",
    ///     "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
    ///     "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
    /// }"#)?;
    /// assert_eq!(key.kid(), "1");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let value =
            json::parse_within(text, LIMITS).map_err(|error| error.with_code(Code::PaymentKeyInvalid))?;
        if value.get("keys").is_some() {
            return KeySet::from_value(&value)?.into_first();
        }
        Self::from_value(&value)
    }

    /// The key's identifier: it says which private key opens.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The algorithm that the key is for.
    pub fn alg(&self) -> Alg {
        self.alg
    }

    /// The key as a JWK with the members that [`PublicKey::parse`] asks for.
    pub fn to_jwk(&self) -> String {
        self.to_value().to_canonical().unwrap_or_default()
    }

    pub(super) fn to_value(&self) -> Value {
        Value::from(
            self.material
                .members()
                .with("kid", self.kid.as_str())
                .with("alg", self.alg.as_str())
                .with("use", "enc"),
        )
    }

    pub(super) fn new(kid: &str, alg: Alg, material: Material) -> Result<Self, Error> {
        if !is_token(kid) {
            return Err(invalid("key: expected `kid` to be 1 to 128 visible ASCII characters"));
        }
        Ok(Self { kid: kid.to_owned(), alg, material })
    }

    pub(super) fn material(&self) -> &Material {
        &self.material
    }

    pub(super) fn from_value(value: &Value) -> Result<Self, Error> {
        let jwk = value.as_object().ok_or_else(|| invalid("key: expected a JSON object"))?;
        if ["d", "p", "q", "dp", "dq", "qi", "k", "priv"].iter().any(|name| jwk.get(name).is_some()) {
            return Err(invalid("key: expected a public key, found a private one"));
        }
        Self::from_public_members(jwk)
    }

    /// Reads the public members and does not look at any other.
    pub(super) fn from_public_members(jwk: &Object) -> Result<Self, Error> {
        let alg = Alg::parse(text(jwk, "alg")?)
            .ok_or_else(|| unsupported("key: expected `alg` to be one that is known here"))?;
        if jwk.get("use").is_none_or(|usage| usage.as_str() != Some("enc")) {
            return Err(invalid("key: expected `use` to be \"enc\""));
        }
        Self::new(text(jwk, "kid")?, alg, Material::parse(alg, jwk)?)
    }
}

/// A JWK Set: the keys of it that are usable here, in its order.
#[derive(Debug, Clone)]
pub struct KeySet(Vec<PublicKey>);

impl KeySet {
    /// Reads a JWK Set `{"keys": […]}`. Keys for other algorithms are left out (RFC 7517 §5).
    ///
    /// # Errors
    ///
    /// `payment.key-invalid` when it is no JWK Set, has a malformed key among those it could use, or names one `kid`
    /// twice.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let value =
            json::parse_within(text, LIMITS).map_err(|error| error.with_code(Code::PaymentKeyInvalid))?;
        Self::from_value(&value)
    }

    fn from_value(value: &Value) -> Result<Self, Error> {
        let members = value
            .get("keys")
            .and_then(Value::as_array)
            .ok_or_else(|| invalid("key set: expected a member `keys` that is an array"))?;
        let mut keys: Vec<PublicKey> = Vec::new();
        for member in members {
            match PublicKey::from_value(member) {
                Ok(key) if keys.iter().any(|known| known.kid == key.kid) => {
                    return Err(invalid("key set: expected each `kid` once"));
                }
                Ok(key) => keys.push(key),
                Err(error) if error.kind() == Code::PaymentKeyUnsupported => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self(keys))
    }

    /// The usable keys.
    pub fn keys(&self) -> &[PublicKey] {
        &self.0
    }

    /// The usable key of this identifier.
    pub fn get(&self, kid: &str) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.kid == kid)
    }

    /// The first usable key: the one that the processor wants used.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when there is none.
    pub fn into_first(self) -> Result<PublicKey, Error> {
        self.0
            .into_iter()
            .next()
            .ok_or_else(|| unsupported("key set: expected a key whose `alg` is known here"))
    }
}

pub(super) fn text<'a>(jwk: &'a Object, name: &str) -> Result<&'a str, Error> {
    jwk.get(name).and_then(Value::as_str).ok_or_else(|| {
        Error::new(Code::PaymentKeyInvalid, ["key: expected `", name, "` to be a string"].concat())
    })
}

pub(super) fn invalid(message: &'static str) -> Error {
    Error::new(Code::PaymentKeyInvalid, message)
}

pub(super) fn unsupported(message: &'static str) -> Error {
    Error::new(Code::PaymentKeyUnsupported, message)
}
