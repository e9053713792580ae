//! Pseudonyms by HMAC-SHA-256 (RFC 2104), under a key of their own for each purpose and epoch.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::codec::base64url;
use crate::{Code, Error};

const LONGEST: usize = 1024;

/// What makes pseudonyms from a secret.
pub struct Pseudonyms(Zeroizing<Vec<u8>>);

impl Pseudonyms {
    /// Pseudonyms under this secret, of at least 32 random bytes. Whoever has it can link all of them: it belongs on the shop's
    /// server, or in one browser's storage for what never leaves that.
    ///
    /// # Errors
    ///
    /// `input.invalid` for a shorter secret.
    pub fn new(secret: &[u8]) -> Result<Self, Error> {
        if secret.len() < 32 {
            return Err(Error::new(Code::InputInvalid, "pseudonym: expected a secret of at least 32 bytes"));
        }
        Ok(Self(Zeroizing::new(secret.to_vec())))
    }

    /// The pseudonym of an id for one purpose in one epoch, 22 letters of base64url (128 bits).
    ///
    /// Each purpose and epoch has a key of its own, `HMAC(secret, length of purpose ‖ purpose ‖ epoch)`. Without the secret nobody
    /// can tell whether two pseudonyms of different purposes or epochs are one person's; once an epoch's key is not made any more,
    /// its pseudonyms cannot be made again. An epoch is any number that grows: a day, a week, a month since 1970.
    ///
    /// # Errors
    ///
    /// `input.invalid` for an empty id or purpose, `input.too-long` beyond 1,024 bytes.
    pub fn pseudonym(&self, id: &str, purpose: &str, epoch: u64) -> Result<String, Error> {
        for text in [id, purpose] {
            if text.is_empty() {
                return Err(Error::new(
                    Code::InputInvalid,
                    "pseudonym: expected an id and a purpose, found an empty text",
                ));
            }
            if text.len() > LONGEST {
                return Err(Error::new(Code::InputTooLong, "pseudonym: expected at most 1024 bytes"));
            }
        }
        // The length keeps purpose and epoch apart.
        let length = u16::try_from(purpose.len()).unwrap_or(u16::MAX).to_be_bytes();
        let label = b"storefront-privacy pseudonym 1\n";
        let key = Zeroizing::new(mac(&self.0, &[label, &length, purpose.as_bytes(), &epoch.to_be_bytes()])?);
        let name = mac(&*key, &[id.as_bytes()])?;
        Ok(base64url::encode(name.get(..16).unwrap_or(&name)))
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|_| Error::new(Code::InputInvalid, "pseudonym: expected a key"))?;
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}
