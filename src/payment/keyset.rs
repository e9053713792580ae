//! Public keys of a payment processor: JWK and JWK Set (RFC 7517), read strictly.

use p256::elliptic_curve::point::AffineCoordinates;

use crate::codec::base64url;
use crate::codec::json::{self, Limits, Object, Value};
use crate::{Code, Error};

/// What a key is for: the algorithm of the envelopes sealed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alg {
    /// ECDH-ES on P-256 with direct key agreement (RFC 7518 §4.6), content encrypted with A256GCM.
    EcdhEs,
}

impl Alg {
    /// The value of `alg` in keys and headers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EcdhEs => "ECDH-ES",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        (text == Self::EcdhEs.as_str()).then_some(Self::EcdhEs)
    }
}

/// A public key that envelopes can be sealed for.
#[derive(Debug, Clone)]
pub struct PublicKey {
    kid: String,
    material: Material,
}

/// One variant an [`Alg`].
#[derive(Debug, Clone)]
pub(super) enum Material {
    EcdhEs(p256::PublicKey),
}

/// Bounds for keys and key sets: a set of a few dozen keys of any algorithm fits.
const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: 4, members: 64 };

impl PublicKey {
    /// Reads a JWK, or takes the first usable key of a JWK Set.
    ///
    /// A key is usable when it has `kid`, `alg` `"ECDH-ES"`, `use` `"enc"`, `kty` `"EC"`, `crv` `"P-256"` and a
    /// point on that curve. Other members are ignored (RFC 7517 §4), except `d`: a private key must not be where
    /// public ones are served.
    ///
    /// # Errors
    ///
    /// `payment.key-unsupported` when the key is for another algorithm, else `payment.key-invalid`.
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
        match self.material {
            Material::EcdhEs(_) => Alg::EcdhEs,
        }
    }

    /// The key as a JWK with the members that [`PublicKey::parse`] asks for.
    pub fn to_jwk(&self) -> String {
        let Material::EcdhEs(point) = &self.material;
        let (x, y) = coordinates(point);
        jwk_members(&self.kid, &x, &y).to_canonical().unwrap_or_default()
    }

    pub(super) fn new(kid: &str, material: Material) -> Result<Self, Error> {
        let printable = kid.bytes().all(|byte| byte.is_ascii_graphic());
        if kid.is_empty() || kid.len() > 128 || !printable {
            return Err(invalid("key: expected `kid` to be 1 to 128 visible ASCII characters"));
        }
        Ok(Self { kid: kid.to_owned(), material })
    }

    pub(super) fn material(&self) -> &Material {
        &self.material
    }

    fn from_value(value: &Value) -> Result<Self, Error> {
        let jwk = value.as_object().ok_or_else(|| invalid("key: expected a JSON object"))?;
        if jwk.get("d").is_some() {
            return Err(invalid("key: expected a public key, found a private one"));
        }
        Self::from_public_members(jwk)
    }

    /// Reads the public members and does not look at any other.
    pub(super) fn from_public_members(jwk: &Object) -> Result<Self, Error> {
        let alg = text(jwk, "alg")?;
        if Alg::parse(alg).is_none() {
            return Err(unsupported("key: expected `alg` to be \"ECDH-ES\""));
        }
        if text(jwk, "kty")? != "EC" || text(jwk, "crv")? != "P-256" {
            return Err(unsupported("key: expected `kty` to be \"EC\" and `crv` to be \"P-256\""));
        }
        if text(jwk, "use")? != "enc" {
            return Err(invalid("key: expected `use` to be \"enc\""));
        }
        let point = point(text(jwk, "x")?, text(jwk, "y")?)
            .ok_or_else(|| invalid("key: expected `x` and `y` to be a point on P-256"))?;
        Self::new(text(jwk, "kid")?, Material::EcdhEs(point))
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
            .ok_or_else(|| unsupported("key set: expected a key whose `alg` is \"ECDH-ES\""))
    }
}

/// The public members of a P-256 key.
pub(super) fn jwk_members(kid: &str, x: &str, y: &str) -> Value {
    Value::from(
        Object::new()
            .with("kty", "EC")
            .with("crv", "P-256")
            .with("kid", kid)
            .with("alg", Alg::EcdhEs.as_str())
            .with("use", "enc")
            .with("x", x)
            .with("y", y),
    )
}

/// The base64url coordinates of a point.
pub(super) fn coordinates(point: &p256::PublicKey) -> (String, String) {
    let point = point.as_affine();
    (base64url::encode(&point.x()), base64url::encode(&point.y()))
}

/// The point of these base64url coordinates, 32 bytes each (RFC 7518 §6.2.1.2), if it lies on the curve.
pub(super) fn point(x: &str, y: &str) -> Option<p256::PublicKey> {
    let coordinate = |text| p256::FieldBytes::try_from(base64url::decode(text).ok()?.as_slice()).ok();
    let point = p256::AffinePoint::from_coordinates(&coordinate(x)?, &coordinate(y)?);
    p256::PublicKey::from_affine(point.into_option()?).ok()
}

fn text<'a>(jwk: &'a Object, name: &str) -> Result<&'a str, Error> {
    jwk.get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| Error::new(Code::PaymentKeyInvalid, format!("key: expected `{name}` to be a string")))
}

fn invalid(message: &'static str) -> Error {
    Error::new(Code::PaymentKeyInvalid, message)
}

fn unsupported(message: &'static str) -> Error {
    Error::new(Code::PaymentKeyUnsupported, message)
}
