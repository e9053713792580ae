//! ECDH-ES on P-256: direct key agreement, and with a wrapped content key (RFC 7518 §4.6).

use aes_kw::KwAes256;
use aes_kw::cipher::KeyInit;
use p256::elliptic_curve::point::AffineCoordinates;
use p256::{PublicKey, SecretKey};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::header::Epk;
use super::jwe::ContentKey;
use crate::codec::base64url;
use crate::codec::json::Object;
use crate::payment::Alg;
use crate::payment::keyset::{invalid, text, unsupported};
use crate::{Code, Error};

/// Derives a key of up to 256 bits from a shared secret: the Concat KDF of NIST SP 800-56A with SHA-256, as RFC 7518
/// §4.6.2 uses it. `algorithm` is the value of `enc` for direct key agreement.
///
/// # Errors
///
/// `payment.seal-failed` when `key` is empty or longer than 32 bytes.
///
/// # Example
///
/// RFC 7518, Appendix C:
///
/// ```
/// use storefront_privacy::codec::base64url;
/// use storefront_privacy::payment::envelope::ecdh::concat_kdf;
///
/// let shared = [
///     158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106,
///     72, 246, 218, 167, 121, 140, 254, 144, 196,
/// ];
/// let mut key = [0; 16];
/// concat_kdf(&shared, "A128GCM", b"Alice", b"Bob", &mut key)?;
/// assert_eq!(base64url::encode(&key), "VqqN6vgjbSBcIijNcacQGg");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn concat_kdf(
    shared: &[u8],
    algorithm: &str,
    apu: &[u8],
    apv: &[u8],
    key: &mut [u8],
) -> Result<(), Error> {
    let refuse = || Error::new(Code::PaymentSealFailed, "key derivation: expected 1 to 32 bytes to fill");
    let bits =
        u32::try_from(key.len() * 8).ok().filter(|bits| (8..=256).contains(bits)).ok_or_else(refuse)?;
    let mut hash = Sha256::new();
    // Round 1 of 1: one hash is long enough.
    hash.update(1_u32.to_be_bytes());
    hash.update(shared);
    for field in [algorithm.as_bytes(), apu, apv] {
        hash.update(u32::try_from(field.len()).map_err(|_| refuse())?.to_be_bytes());
        hash.update(field);
    }
    hash.update(bits.to_be_bytes());
    let mut digest = hash.finalize();
    for (target, source) in key.iter_mut().zip(digest.iter()) {
        *target = *source;
    }
    digest.as_mut_slice().zeroize();
    Ok(())
}

/// A key pair from random bytes, taken until they are a scalar of the curve (FIPS 186-5, A.2.2): at once, but for one
/// in 2³² times.
pub(in crate::payment) fn ephemeral_key(random: &mut super::Random<'_>) -> Result<SecretKey, Error> {
    for _ in 0..64 {
        let mut bytes = Zeroizing::new([0; 32]);
        random(bytes.as_mut_slice())?;
        if let Ok(key) = SecretKey::from_slice(bytes.as_slice()) {
            return Ok(key);
        }
    }
    Err(Error::new(
        Code::PaymentSealFailed,
        "seal: expected random bytes, found the same ones again and again",
    ))
}

/// The key that two parties agree on, for this algorithm (RFC 7518 §4.6.2): the content key, or what wraps it.
fn agree(
    alg: Alg,
    private: &SecretKey,
    public: &PublicKey,
    apu: &[u8],
    apv: &[u8],
) -> Result<ContentKey, Error> {
    let shared = private.diffie_hellman(public);
    let mut key = Zeroizing::new([0; 32]);
    let name = match alg {
        Alg::EcdhEs => "A256GCM",
        _ => alg.as_str(),
    };
    concat_kdf(shared.raw_secret_bytes(), name, apu, apv, key.as_mut_slice())?;
    Ok(key)
}

/// The content key that ECDH-ES gives for a fresh ephemeral key.
pub(super) fn direct(ephemeral: &SecretKey, recipient: &PublicKey) -> Result<ContentKey, Error> {
    agree(Alg::EcdhEs, ephemeral, recipient, b"", b"")
}

/// A content key wrapped for a recipient: RFC 3394 with the key that is agreed on.
pub(super) fn wrap(ephemeral: &SecretKey, recipient: &PublicKey, key: &ContentKey) -> Result<Vec<u8>, Error> {
    let wrapping = agree(Alg::EcdhEsA256Kw, ephemeral, recipient, b"", b"")?;
    let mut wrapped = vec![0; 40];
    KwAes256::new((&*wrapping).into())
        .wrap_key(key.as_slice(), &mut wrapped)
        .map_err(|_| Error::new(Code::PaymentSealFailed, "seal: expected a key of 32 bytes to wrap"))?;
    Ok(wrapped)
}

/// The content key; `None` says nothing of why.
pub(in crate::payment) fn unwrap(
    alg: Alg,
    private: &SecretKey,
    epk: &Epk,
    (apu, apv): (&[u8], &[u8]),
    encrypted_key: &[u8],
) -> Option<ContentKey> {
    let agreed = agree(alg, private, &point(&epk.x, &epk.y)?, apu, apv).ok()?;
    if alg == Alg::EcdhEs {
        // Direct key agreement has no encrypted key (RFC 7516 §5.2, step 10).
        return encrypted_key.is_empty().then_some(agreed);
    }
    let mut key = Zeroizing::new([0; 32]);
    let unwrapped = (encrypted_key.len() == 40)
        .then(|| KwAes256::new((&*agreed).into()).unwrap_key(encrypted_key, key.as_mut_slice()).is_ok());
    (unwrapped == Some(true)).then_some(key)
}

/// An ephemeral key as headers have it.
pub(super) fn epk(ephemeral: &SecretKey) -> Epk {
    let (x, y) = coordinates(&ephemeral.public_key());
    Epk { x, y }
}

/// Reads `kty`, `crv`, `x` and `y` of a JWK.
///
/// # Errors
///
/// `payment.key-unsupported` for another curve, `payment.key-invalid` for what is no point on it.
pub(in crate::payment) fn parse(jwk: &Object) -> Result<PublicKey, Error> {
    if text(jwk, "kty")? != "EC" || text(jwk, "crv")? != "P-256" {
        return Err(unsupported("key: expected `kty` to be \"EC\" and `crv` to be \"P-256\""));
    }
    point(text(jwk, "x")?, text(jwk, "y")?)
        .ok_or_else(|| invalid("key: expected `x` and `y` to be a point on P-256"))
}

/// The members of a JWK.
pub(in crate::payment) fn members(point: &PublicKey) -> Object {
    let (x, y) = coordinates(point);
    Object::new().with("kty", "EC").with("crv", "P-256").with("x", x).with("y", y)
}

/// The base64url coordinates of a point.
pub(in crate::payment) fn coordinates(point: &PublicKey) -> (String, String) {
    let point = point.as_affine();
    (base64url::encode(&point.x()), base64url::encode(&point.y()))
}

/// The point of these base64url coordinates, 32 bytes each (RFC 7518 §6.2.1.2), if it lies on the curve.
pub(in crate::payment) fn point(x: &str, y: &str) -> Option<PublicKey> {
    let coordinate = |text| p256::FieldBytes::try_from(base64url::decode(text).ok()?.as_slice()).ok();
    let point = p256::AffinePoint::from_coordinates(&coordinate(x)?, &coordinate(y)?);
    PublicKey::from_affine(point.into_option()?).ok()
}
