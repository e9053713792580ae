//! JWE with ECDH-ES in direct key agreement on P-256 and A256GCM (RFC 7516, RFC 7518 §4.6 and §5.3).

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use p256::{PublicKey, SecretKey};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::codec::base64url;
use crate::{Code, Error};

/// Bytes of an initialisation vector of A256GCM (RFC 7518 §5.3).
pub const IV_LENGTH: usize = 12;

/// Bytes of an authentication tag of A256GCM (RFC 7518 §5.3).
pub const TAG_LENGTH: usize = 16;

/// Bytes of a key of A256GCM.
const KEY_LENGTH: usize = 32;

/// The longest envelope that is looked at: with the longest card and header there is room to spare.
const MOST_BYTES: usize = 8192;

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
/// use storefront_privacy::payment::envelope::jwe::concat_kdf;
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
pub(in crate::payment) fn ephemeral_key(
    random: &mut impl FnMut(&mut [u8]) -> Result<(), Error>,
) -> Result<SecretKey, Error> {
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

/// The content encryption key that two parties agree on.
fn agree(private: &SecretKey, public: &PublicKey) -> Result<Zeroizing<[u8; KEY_LENGTH]>, Error> {
    let shared = private.diffie_hellman(public);
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    concat_kdf(shared.raw_secret_bytes(), "A256GCM", b"", b"", key.as_mut_slice())?;
    Ok(key)
}

/// Compact serialisation of the plaintext, which is encrypted in place.
pub(super) fn seal(
    recipient: &PublicKey,
    ephemeral: &SecretKey,
    iv: &[u8; IV_LENGTH],
    header: &str,
    mut plaintext: Zeroizing<String>,
) -> Result<String, Error> {
    let key = agree(ephemeral, recipient)?;
    let header = base64url::encode(header.as_bytes());
    let mut content = Zeroizing::new(std::mem::take(&mut *plaintext).into_bytes());
    let tag = Aes256Gcm::new((&*key).into())
        .encrypt_inout_detached(&Nonce::from(*iv), header.as_bytes(), content.as_mut_slice().into())
        .map_err(|_| Error::new(Code::PaymentSealFailed, "seal: expected a card of less than 64 GiB"))?;
    let parts =
        [header, String::new(), base64url::encode(iv), base64url::encode(&content), base64url::encode(&tag)];
    Ok(parts.join("."))
}

/// An envelope taken apart, not yet decrypted.
pub(in crate::payment) struct Compact<'a> {
    header: &'a str,
    header_text: String,
    iv: [u8; IV_LENGTH],
    content: Zeroizing<Vec<u8>>,
    tag: [u8; TAG_LENGTH],
}

impl<'a> Compact<'a> {
    /// `None` when it does not have five parts of the lengths that ECDH-ES and A256GCM give, each in the one base64url
    /// text of its bytes.
    pub(in crate::payment) fn parse(envelope: &'a str) -> Option<Self> {
        if envelope.len() > MOST_BYTES {
            return None;
        }
        let mut parts = envelope.split('.');
        let header = parts.next()?;
        let header_text = String::from_utf8(base64url::decode(header).ok()?).ok()?;
        // Direct key agreement has no encrypted key (RFC 7516 §5.1, step 5).
        parts.next().filter(|encrypted_key| encrypted_key.is_empty())?;
        let iv = base64url::decode(parts.next()?).ok()?.try_into().ok()?;
        let content = Zeroizing::new(base64url::decode(parts.next()?).ok()?);
        let tag = base64url::decode(parts.next()?).ok()?.try_into().ok()?;
        parts.next().is_none().then_some(Self { header, header_text, iv, content, tag })
    }

    /// The header's JSON.
    pub(in crate::payment) fn header(&self) -> &str {
        &self.header_text
    }

    /// The plaintext; `None` says nothing of why.
    pub(in crate::payment) fn decrypt(
        mut self,
        private: &SecretKey,
        epk: &PublicKey,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let key = agree(private, epk).ok()?;
        Aes256Gcm::new((&*key).into())
            .decrypt_inout_detached(
                &Nonce::from(self.iv),
                self.header.as_bytes(),
                self.content.as_mut_slice().into(),
                &Tag::from(self.tag),
            )
            .ok()?;
        Some(self.content)
    }
}
