//! Keys from the PRF extension: what a passkey computes is key material, and never a key itself.
//!
//! A page does this with the browser's own `WebCrypto`, so that the material is in no memory that script can read; a
//! program that has an authenticator at hand does it here. Both give the same keys.

use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{Code, Error};

/// The input that is evaluated where a page names none: an empty `prf: {}` is refused by some platforms.
pub const DEFAULT_INPUT: &[u8] = b"storefront-privacy prf 1";

/// What every derived key is bound to, before its use and its purpose.
const CONTEXT: &[u8] = b"storefront-privacy prf 1";

/// Bytes of a purpose: a name, no message.
const MOST_PURPOSE: usize = 256;

/// What a derived key is for: a key for one use is never the key for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Sealing data: AES-256-GCM.
    AesGcm,
    /// Authenticating data: HMAC-SHA-256.
    Hmac,
    /// Deriving further keys: HKDF-SHA-256.
    Hkdf,
}

impl KeyUse {
    /// The algorithm's name in Web Cryptography.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AesGcm => "AES-GCM",
            Self::Hmac => "HMAC",
            Self::Hkdf => "HKDF",
        }
    }
}

/// The salt that the client hands to the authenticator for an input (Level 3 §10.1.4).
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::prf;
///
/// assert_ne!(prf::salt(b"vault"), prf::salt(b"vault 2"));
/// ```
pub fn salt(input: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"WebAuthn PRF\0").chain_update(input).finalize().into()
}

/// What an authenticator computed. It has no `Debug` and no `Clone`, and is overwritten when it goes.
pub struct Output(Zeroizing<[u8; 32]>);

impl Output {
    /// Takes the 32 bytes, and overwrites where they were.
    ///
    /// # Errors
    ///
    /// `passkey.response-invalid` when there are more or fewer; they are overwritten all the same.
    pub fn take(bytes: &mut [u8]) -> Result<Self, Error> {
        let taken = <[u8; 32]>::try_from(&*bytes).map(Zeroizing::new);
        bytes.zeroize();
        taken.map(Self).map_err(|_| Error::new(Code::PasskeyResponseInvalid, "prf: expected 32 bytes"))
    }

    /// The 32 bytes of the key for one use and purpose: HKDF-SHA-256 (RFC 5869) with an empty salt.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the purpose is empty or longer than 256 bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::prf::{KeyUse, Output};
    ///
    /// let output = Output::take(&mut [7; 32])?;
    /// let addresses = output.derive(KeyUse::AesGcm, "addresses")?;
    /// assert_ne!(addresses, output.derive(KeyUse::AesGcm, "orders")?);
    /// assert_ne!(addresses, output.derive(KeyUse::Hmac, "addresses")?);
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn derive(&self, use_: KeyUse, purpose: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
        if !(1..=MOST_PURPOSE).contains(&purpose.len()) {
            return Err(Error::new(Code::InputInvalid, "prf: expected a purpose of 1 to 256 bytes"));
        }
        let info = [CONTEXT, b"\0", use_.as_str().as_bytes(), b"\0", purpose.as_bytes()];
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, self.0.as_slice())
            .expand_multi_info(&info, key.as_mut_slice())
            .map_err(|_| Error::new(Code::InputInvalid, "prf: expected a shorter key"))?;
        Ok(key)
    }
}
