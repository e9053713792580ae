//! Recovery codes: ten texts of 80 random bits each, kept on paper, each good for one sign-in; and what a server stores of them.
//!
//! A server stores no code but a digest of it: PBKDF2-HMAC-SHA-256 under a salt of the set (NIST SP 800-63B-4 §3.1.2.2 asks for a
//! password hashing scheme where a secret has fewer than 112 bits). Whoever steals the digests has 2^80 codes to try, at 40,000
//! compressions each.

use hmac::Hmac;
use sha2::Sha256;
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::{base32, digits, random};
use crate::codec::base64url;
use crate::codec::decimal::decimal;
use crate::{Code, Error};

/// How many codes a set has.
pub const CODES: usize = 10;

/// Bytes of a code: 80 bits.
const BYTES: usize = 10;

/// Letters and digits of a code, in four groups of four.
const CHARACTERS: usize = 16;

/// Rounds of PBKDF2.
const ROUNDS: u32 = 20_000;

/// Names the format and its rounds at the head of what is stored.
const PREFIX: &str = "recovery-1$";

/// Crockford's base32: no I, L, O and U, so that what is read aloud or from paper comes back as what it was.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code. It has no `Debug` and no `Clone`, and is overwritten when it goes.
pub struct RecoveryCode(Zeroizing<[u8; CHARACTERS]>);

impl RecoveryCode {
    /// Reads what was typed or pasted: either case, with or without hyphens and spaces, full-width or not, `O` for `0` and `I` or
    /// `L` for `1`.
    ///
    /// # Errors
    ///
    /// `recovery.code-invalid` where that is no code. The text is not in the message.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::fallback::recovery::RecoveryCode;
    ///
    /// let code = RecoveryCode::parse("oil1 23ab cdef ghjk")?;
    /// assert_eq!(code.to_text().as_str(), "0111-23AB-CDEF-GHJK");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut code = Zeroizing::new([0; CHARACTERS]);
        let mut count = 0;
        for character in text.chars().take(256).filter(|character| !digits::separates(*character)) {
            let place = code.get_mut(count).ok_or_else(|| wrong_length(text))?;
            *place = symbol(character).ok_or_else(|| {
                Error::new(
                    Code::RecoveryCodeInvalid,
                    "recovery code: expected letters other than U, and digits",
                )
            })?;
            count += 1;
        }
        if count == CHARACTERS { Ok(Self(code)) } else { Err(wrong_length(text)) }
    }

    /// The code as it is shown: four groups of four, with hyphens.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(CHARACTERS + 3));
        for (place, symbol) in self.0.iter().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push('-');
            }
            text.push(char::from(*symbol));
        }
        text
    }

    fn digest(&self, salt: &[u8]) -> [u8; 32] {
        let mut digest = [0; 32];
        // HMAC takes a key of any length.
        let _ = pbkdf2::pbkdf2::<Hmac<Sha256>>(self.0.as_slice(), salt, ROUNDS, &mut digest);
        digest
    }
}

/// The letter or digit that a character stands for.
fn symbol(character: char) -> Option<u8> {
    if let Some(digit) = digits::value(character) {
        return Some(b'0' + digit);
    }
    // Full-width letters.
    let point = u32::from(character);
    let plain = if (0xff21..=0xff5a).contains(&point) { point - 0xfee0 } else { point };
    let letter = u8::try_from(plain).ok()?.to_ascii_uppercase();
    let letter = match letter {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.contains(&letter).then_some(letter)
}

fn wrong_length(text: &str) -> Error {
    let found = text.chars().take(256).filter(|character| !digits::separates(*character)).count();
    let message = ["recovery code: expected 16 letters and digits, found ", &decimal(found)].concat();
    Error::new(Code::RecoveryCodeInvalid, message)
}

/// A new set: the codes, to be shown once, and what the server stores.
///
/// # Errors
///
/// `otp.random-missing`.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::recovery::{self, Hashes, RecoveryCode};
///
/// let (codes, hashes) = recovery::generate()?;
/// let stored = hashes.to_text();
/// let found = Hashes::parse(&stored)?.find(&codes[3]);
/// assert_eq!(found, Some(3));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn generate() -> Result<(Vec<RecoveryCode>, Hashes), Error> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = Zeroizing::new([0; BYTES]);
        random(bytes.as_mut_slice())?;
        let mut symbols = Zeroizing::new([0; CHARACTERS]);
        let mut places = symbols.iter_mut();
        // 80 bits are 16 symbols of 5: each code is as likely as any other.
        base32::symbols(bytes.as_slice(), |value| {
            if let (Some(place), Some(symbol)) = (places.next(), ALPHABET.get(usize::from(value))) {
                *place = *symbol;
            }
        });
        codes.push(RecoveryCode(symbols));
    }
    let mut salt = [0; 16];
    random(&mut salt)?;
    let digests = codes.iter().map(|code| code.digest(&salt)).collect();
    Ok((codes, Hashes { salt, digests }))
}

/// What a server stores of a set: its salt and a digest for each code. No code can be read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashes {
    salt: [u8; 16],
    digests: Vec<[u8; 32]>,
}

impl Hashes {
    /// The text to store: `recovery-1$`, then salt and digests in base64url, parted by `$`.
    pub fn to_text(&self) -> String {
        let mut text = [PREFIX, &base64url::encode(&self.salt)].concat();
        for digest in &self.digests {
            text.push('$');
            text.push_str(&base64url::encode(digest));
        }
        text
    }

    /// Reads what [`Hashes::to_text`] gave.
    ///
    /// # Errors
    ///
    /// `recovery.hashes-invalid`
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || {
            let message = "recovery codes: expected recovery-1, a salt and at most 10 digests";
            Error::new(Code::RecoveryHashesInvalid, message)
        };
        let mut parts = text.strip_prefix(PREFIX).filter(|_| text.len() < 512).ok_or_else(wrong)?.split('$');
        let next = |part: &str| base64url::decode(part).map_err(|_| wrong());
        let salt = next(parts.next().unwrap_or_default())?.try_into().map_err(|_| wrong())?;
        let mut digests = Vec::with_capacity(CODES);
        for part in parts {
            digests.push(next(part)?.try_into().map_err(|_| wrong())?);
        }
        if digests.len() > CODES { Err(wrong()) } else { Ok(Self { salt, digests }) }
    }

    /// The place of a code in the set; all are looked at, in constant time. Removing it is the caller's business: [`Hashes::without`].
    pub fn find(&self, code: &RecoveryCode) -> Option<usize> {
        let digest = code.digest(&self.salt);
        let (mut found, mut any) = (0_u32, 0);
        for (place, other) in (0_u32..).zip(&self.digests) {
            let equal = other.as_slice().ct_eq(digest.as_slice());
            found.conditional_assign(&place, equal);
            any |= equal.unwrap_u8();
        }
        (any != 0).then(|| usize::try_from(found).unwrap_or_default())
    }

    /// The set without the code at this place: it is used up. Store it in one statement that replaces the text from which the code
    /// was found, and nothing else, so that two requests with one code cannot both succeed.
    #[must_use]
    pub fn without(mut self, place: usize) -> Self {
        if place < self.digests.len() {
            self.digests.remove(place);
        }
        self
    }

    /// How many codes are left.
    pub fn left(&self) -> usize {
        self.digests.len()
    }
}
