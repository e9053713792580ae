//! RSAES-OAEP with SHA-256 and MGF1 with SHA-256 (RFC 7518 §4.3, RFC 8017 §7.1), of 2048 to 4096 bits.

use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Oaep, RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Random;
use super::jwe::ContentKey;
use super::source::Source;
use crate::codec::base64url;
use crate::codec::json::Object;
use crate::payment::keyset::{invalid, text, unsupported};
use crate::{Code, Error};

/// The fewest bits of a modulus.
pub const FEWEST_BITS: usize = 2048;

/// The most bits of a modulus: more would take a page too long.
pub const MOST_BITS: usize = 4096;

/// Bits of a new key: 128 bits of security (NIST SP 800-57 part 1, table 2).
const NEW_BITS: usize = 3072;

/// A public key.
#[derive(Debug, Clone)]
pub(in crate::payment) struct Public(RsaPublicKey);

impl Public {
    /// Reads `kty`, `n` and `e` of a JWK (RFC 7518 §6.3.1).
    pub(in crate::payment) fn parse(jwk: &Object) -> Result<Self, Error> {
        if text(jwk, "kty")? != "RSA" {
            return Err(unsupported("key: expected `kty` to be \"RSA\""));
        }
        let bytes = |name: &str| {
            // Without leading zeroes (RFC 7518 §2, Base64urlUInt).
            base64url::decode(text(jwk, name)?)
                .ok()
                .filter(|bytes| bytes.first().is_some_and(|first| *first != 0))
                .ok_or_else(|| invalid("key: expected `n` and `e` to be unsigned integers"))
        };
        let (modulus, exponent) = (bytes("n")?, bytes("e")?);
        if bits(&modulus) < FEWEST_BITS {
            return Err(Error::new(Code::PaymentKeyWeak, "key: expected a modulus of 2048 bits at least"));
        }
        if bits(&modulus) > MOST_BITS || exponent.len() > 4 {
            return Err(invalid(
                "key: expected a modulus of at most 4096 bits and an exponent of 32 at most",
            ));
        }
        let odd = [&modulus, &exponent].iter().all(|bytes| bytes.last().is_some_and(|last| last % 2 == 1));
        let key = integer(&modulus).zip(integer(&exponent)).filter(|_| odd);
        key.and_then(|(n, e)| RsaPublicKey::new_with_max_size(n, e, MOST_BITS).ok())
            .map(Self)
            .ok_or_else(|| invalid("key: expected `n` and `e` to be those of an RSA key"))
    }

    /// The members of a JWK.
    pub(in crate::payment) fn members(&self) -> Object {
        Object::new()
            .with("kty", "RSA")
            .with("n", base64url::encode(&self.0.n_bytes()))
            .with("e", base64url::encode(&self.0.e_bytes()))
    }

    pub(super) fn encrypt(&self, key: &ContentKey, random: &mut Random<'_>) -> Result<Vec<u8>, Error> {
        let mut source = Source::new(random);
        let encrypted = self.0.encrypt(&mut source, Oaep::<Sha256>::new(), key.as_slice());
        encrypted
            .ok()
            .filter(|_| !source.failed())
            .ok_or_else(|| Error::new(Code::PaymentSealFailed, "seal: expected randomness for the padding"))
    }
}

/// A private key.
pub(in crate::payment) struct Private(RsaPrivateKey);

impl Private {
    pub(in crate::payment) fn generate(random: &mut Random<'_>) -> Result<Self, Error> {
        let mut source = Source::new(random);
        let key = RsaPrivateKey::new(&mut source, NEW_BITS);
        key.ok()
            .filter(|_| !source.failed())
            .map(Self)
            .ok_or_else(|| invalid("key: expected the system to give randomness"))
    }

    /// `None` when the numbers are not those of one key.
    pub(in crate::payment) fn new(public: &Public, exponent: &[u8], primes: [&[u8]; 2]) -> Option<Self> {
        let modulus = &public.0;
        let public = [modulus.n_bytes(), modulus.e_bytes()].map(|bytes| integer(&bytes));
        let [Some(n), Some(e)] = public else { return None };
        let primes = primes.into_iter().map(integer).collect::<Option<_>>()?;
        RsaPrivateKey::from_components(n, e, integer(exponent)?, primes).ok().map(Self)
    }

    pub(in crate::payment) fn public(&self) -> Public {
        Public(self.0.to_public_key())
    }

    /// The private members of a JWK (RFC 7518 §6.3.2), all of those that other libraries ask for.
    pub(in crate::payment) fn members(&self, push: &mut dyn FnMut(&str, &[u8])) {
        use rsa::traits::PrivateKeyParts;
        let mut integer = |name, value: &BoxedUint| {
            let bytes = Zeroizing::new(value.to_be_bytes());
            let zeroes = bytes.iter().take_while(|byte| **byte == 0).count();
            push(name, bytes.get(zeroes..).unwrap_or_default());
        };
        integer("d", self.0.d());
        if let [p, q] = self.0.primes() {
            integer("p", p);
            integer("q", q);
        }
        for (name, value) in [("dp", self.0.dp()), ("dq", self.0.dq())] {
            if let Some(value) = value {
                integer(name, value);
            }
        }
        if let Some(value) = self.0.crt_coefficient() {
            integer("qi", &value);
        }
    }

    /// The content key; `None` says nothing of why.
    pub(in crate::payment) fn decrypt(&self, encrypted_key: &[u8]) -> Option<ContentKey> {
        let mut random = |bytes: &mut [u8]| {
            getrandom::fill(bytes).map_err(|_| Error::new(Code::PaymentEnvelopeInvalid, "no randomness"))
        };
        let mut source = Source::new(&mut random);
        let key = self.0.decrypt_blinded(&mut source, Oaep::<Sha256>::new(), encrypted_key).ok()?;
        let key = Zeroizing::new(key);
        Some(Zeroizing::new(key.as_slice().try_into().ok()?))
    }
}

fn bits(modulus: &[u8]) -> usize {
    let zeroes = modulus.first().map_or(8, |first| first.leading_zeros());
    modulus.len() * 8 - usize::try_from(zeroes).unwrap_or(8)
}

fn integer(bytes: &[u8]) -> Option<BoxedUint> {
    let bits = u32::try_from(bytes.len().checked_mul(8)?).ok()?;
    BoxedUint::from_be_slice(bytes, bits).ok()
}
