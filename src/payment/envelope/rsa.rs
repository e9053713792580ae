//! RSAES-OAEP with SHA-256 and MGF1 with SHA-256 (RFC 7518 §4.3, RFC 8017 §7.1), of 2048 to 4096 bits.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use rsa::traits::PublicKeyParts as _;
use rsa::{Oaep, RsaPrivateKey};
use sha2::{Digest as _, Sha256};
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

/// Bytes of what SHA-256 gives.
const HASH: usize = 32;

/// A public key.
///
/// It encrypts by itself, with the integers of `crypto-bigint`: the crate `rsa` raises to a public exponent as if it were a
/// secret one, which takes more than twice as many multiplications. The tests hold the two against each other.
#[derive(Debug, Clone)]
pub(in crate::payment) struct Public {
    modulus: BoxedMontyParams,
    exponent: u32,
}

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
        integer(&modulus)
            .and_then(|modulus| Self::new(modulus, &exponent))
            .ok_or_else(|| invalid("key: expected `n` and `e` to be those of an RSA key"))
    }

    /// `None` unless both are odd and the exponent is 3 at least (RFC 8017 §3.1).
    fn new(modulus: BoxedUint, exponent: &[u8]) -> Option<Self> {
        let exponent = number(exponent);
        let modulus =
            Option::<Odd<_>>::from(Odd::new(modulus)).filter(|_| exponent % 2 == 1 && exponent > 1)?;
        Some(Self { modulus: BoxedMontyParams::new_vartime(modulus), exponent })
    }

    fn modulus_bytes(&self) -> Box<[u8]> {
        significant(&self.modulus.modulus().to_be_bytes()).into()
    }

    fn exponent_bytes(&self) -> Box<[u8]> {
        significant(&self.exponent.to_be_bytes()).into()
    }

    /// The members of a JWK.
    pub(in crate::payment) fn members(&self) -> Object {
        Object::new()
            .with("kty", "RSA")
            .with("n", base64url::encode(&self.modulus_bytes()))
            .with("e", base64url::encode(&self.exponent_bytes()))
    }

    /// RSAES-OAEP-ENCRYPT (RFC 8017 §7.1.1).
    pub(super) fn encrypt(&self, key: &ContentKey, random: &mut Random<'_>) -> Result<Vec<u8>, Error> {
        let failed = || Error::new(Code::PaymentSealFailed, "seal: expected randomness for the padding");
        let length = self.modulus_bytes().len();
        let mut seed = Zeroizing::new([0; HASH]);
        random(seed.as_mut_slice()).map_err(|_| failed())?;
        let encoded = encode(key.as_slice(), seed, length);
        let message = BoxedMontyForm::new(integer(&encoded).ok_or_else(failed)?, &self.modulus);
        let mut power = message.clone();
        for bit in (0..self.exponent.ilog2()).rev() {
            power = power.square();
            if self.exponent >> bit & 1 == 1 {
                power = power.mul(&message);
            }
        }
        let encrypted = power.retrieve().to_be_bytes();
        Ok(encrypted.get(encrypted.len() - length..).unwrap_or_default().to_vec())
    }
}

/// EME-OAEP without a label (RFC 8017 §7.1.1, step 2): `length` bytes, the first of them zero.
fn encode(message: &[u8], mut seed: Zeroizing<[u8; HASH]>, length: usize) -> Zeroizing<Vec<u8>> {
    let zeroes = length - 2 * HASH - 2 - message.len();
    let mut block = Zeroizing::new(Vec::with_capacity(length - HASH - 1));
    block.extend_from_slice(&Sha256::digest([]));
    block.resize(HASH + zeroes, 0);
    block.push(1);
    block.extend_from_slice(message);
    mask(&mut block, seed.as_slice());
    mask(seed.as_mut_slice(), &block);
    let mut encoded = Zeroizing::new(Vec::with_capacity(length));
    encoded.push(0);
    encoded.extend_from_slice(seed.as_slice());
    encoded.extend_from_slice(&block);
    encoded
}

/// Adds MGF1 of a seed (RFC 8017 B.2.1) to what is there.
fn mask(bytes: &mut [u8], seed: &[u8]) {
    for (counter, chunk) in (0_u32..).zip(bytes.chunks_mut(HASH)) {
        let digest = Zeroizing::new(<[u8; HASH]>::from(
            Sha256::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize(),
        ));
        for (byte, mask) in chunk.iter_mut().zip(digest.iter()) {
            *byte ^= mask;
        }
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
        let n = integer(&public.modulus_bytes())?;
        let e = integer(&public.exponent_bytes())?;
        let primes = primes.into_iter().map(integer).collect::<Option<_>>()?;
        RsaPrivateKey::from_components(n, e, integer(exponent)?, primes).ok().map(Self)
    }

    pub(in crate::payment) fn public(&self) -> Public {
        Public { modulus: self.0.n_params().clone(), exponent: number(&self.0.e_bytes()) }
    }

    /// The private members of a JWK (RFC 7518 §6.3.2), all of those that other libraries ask for.
    pub(in crate::payment) fn members(&self, push: &mut dyn FnMut(&str, &[u8])) {
        use rsa::traits::PrivateKeyParts;
        let mut integer = |name, value: &BoxedUint| {
            let bytes = Zeroizing::new(value.to_be_bytes());
            push(name, significant(&bytes));
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

/// Of the last four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn significant(bytes: &[u8]) -> &[u8] {
    let zeroes = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeroes..).unwrap_or_default()
}

fn integer(bytes: &[u8]) -> Option<BoxedUint> {
    let bits = u32::try_from(bytes.len().checked_mul(8)?).ok()?;
    BoxedUint::from_be_slice(bytes, bits).ok()
}
