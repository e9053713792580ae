//! HPKE (RFC 9180) in its integrated encryption for JOSE: HPKE-7 and HPKE-9, in the drafts that [`Alg::draft`] names.
//!
//! The encapsulated key stands where the encrypted key does; there is no initialisation vector, no tag and no `enc`; `info`
//! is empty, and what is authenticated beside the content is as in any JWE (RFC 7516 §5.1, step 14).

use hpke::aead::AesGcm256;
use hpke::kdf::{HkdfSha256, Kdf, KdfShake256};
use hpke::kem::{DhP256HkdfSha256, XWing};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use super::Random;
use super::jwe::{Sealed, TAG_LENGTH};
use super::source::Source;
use crate::codec::base64url;
use crate::codec::json::Object;
use crate::payment::Alg;
use crate::payment::keyset::{invalid, text, unsupported};
use crate::{Code, Error};

type PublicOf<K> = <K as Kem>::PublicKey;
type PrivateOf<K> = <K as Kem>::PrivateKey;

/// A public key.
#[derive(Debug, Clone)]
pub(in crate::payment) enum Public {
    P256(PublicOf<DhP256HkdfSha256>),
    XWing(Box<PublicOf<XWing>>),
}

impl Public {
    /// Reads `kty` `"EC"` with `crv`, `x` and `y`, or `kty` `"AKP"` with `pub` (RFC 9964 §3).
    pub(in crate::payment) fn parse(alg: Alg, jwk: &Object) -> Result<Self, Error> {
        let refuse = || invalid("key: expected a public key of this KEM");
        let decode = |name| base64url::decode(text(jwk, name)?).map_err(|_| refuse());
        if alg == Alg::Hpke9 {
            if text(jwk, "kty")? != "AKP" {
                return Err(unsupported("key: expected `kty` to be \"AKP\""));
            }
            let key = Deserializable::from_bytes(&decode("pub")?).map_err(|_| refuse())?;
            return Ok(Self::XWing(Box::new(key)));
        }
        if text(jwk, "kty")? != "EC" || text(jwk, "crv")? != "P-256" {
            return Err(unsupported("key: expected `kty` to be \"EC\" and `crv` to be \"P-256\""));
        }
        let (x, y) = (decode("x")?, decode("y")?);
        if x.len() != 32 || y.len() != 32 {
            return Err(refuse());
        }
        // An uncompressed point (SEC 1 §2.3.3).
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        Deserializable::from_bytes(&point).map(Self::P256).map_err(|_| refuse())
    }

    /// The members of a JWK.
    pub(in crate::payment) fn members(&self) -> Object {
        match self {
            Self::P256(key) => {
                let point = key.to_bytes();
                let coordinate = |range| base64url::encode(point.get(range).unwrap_or_default());
                Object::new()
                    .with("kty", "EC")
                    .with("crv", "P-256")
                    .with("x", coordinate(1..33))
                    .with("y", coordinate(33..65))
            }
            Self::XWing(key) => {
                Object::new().with("kty", "AKP").with("pub", base64url::encode(&key.to_bytes()))
            }
        }
    }

    /// The name of a JWK's private member.
    pub(in crate::payment) fn private_member(&self) -> &'static str {
        match self {
            Self::P256(_) => "d",
            Self::XWing(_) => "priv",
        }
    }

    pub(super) fn seal(
        &self,
        header: &str,
        plaintext: &Zeroizing<String>,
        random: &mut Random<'_>,
    ) -> Result<Sealed, Error> {
        let protected = base64url::encode(header.as_bytes());
        let (encapsulated, ciphertext) = match self {
            Self::P256(key) => seal::<HkdfSha256, DhP256HkdfSha256>(key, plaintext, &protected, random)?,
            Self::XWing(key) => seal::<KdfShake256, XWing>(key, plaintext, &protected, random)?,
        };
        let recipients = vec![(String::new(), encapsulated)];
        Ok(Sealed { protected, recipients, iv: Vec::new(), ciphertext, tag: Vec::new() })
    }
}

fn seal<H: Kdf, K: Kem>(
    key: &K::PublicKey,
    plaintext: &Zeroizing<String>,
    protected: &str,
    random: &mut Random<'_>,
) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let refuse =
        || Error::new(Code::PaymentSealFailed, "seal: expected randomness to encapsulate a key with");
    let mut source = Source::new(random);
    // In place, so that no copy of the plaintext stays behind; with room for the tag, so that it never moves.
    let mut content = Vec::with_capacity(plaintext.len() + TAG_LENGTH);
    content.extend_from_slice(plaintext.as_bytes());
    let (encapsulated, tag) = hpke::single_shot_seal_inout_detached_with_rng::<AesGcm256, H, K>(
        &OpModeS::Base,
        key,
        b"",
        content.as_mut_slice().into(),
        protected.as_bytes(),
        &mut source,
    )
    .map_err(|_| refuse())?;
    if source.failed() {
        return Err(refuse());
    }
    content.extend_from_slice(&tag.to_bytes());
    Ok((encapsulated.to_bytes().to_vec(), content))
}

/// A private key.
pub(in crate::payment) enum Private {
    P256(PrivateOf<DhP256HkdfSha256>),
    XWing(Box<PrivateOf<XWing>>),
}

impl Private {
    pub(in crate::payment) fn generate(alg: Alg, random: &mut Random<'_>) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        random(seed.as_mut_slice())?;
        Ok(if alg == Alg::Hpke9 {
            Self::XWing(Box::new(XWing::derive_keypair(seed.as_slice()).0))
        } else {
            Self::P256(DhP256HkdfSha256::derive_keypair(seed.as_slice()).0)
        })
    }

    /// `None` when it is not the private key of that public one.
    pub(in crate::payment) fn new(public: &Public, bytes: &[u8]) -> Option<Self> {
        match public {
            Public::P256(public) => {
                let key = Deserializable::from_bytes(bytes).ok()?;
                (DhP256HkdfSha256::sk_to_pk(&key) == *public).then_some(Self::P256(key))
            }
            Public::XWing(public) => {
                let key = Deserializable::from_bytes(bytes).ok()?;
                (XWing::sk_to_pk(&key) == **public).then(|| Self::XWing(Box::new(key)))
            }
        }
    }

    pub(in crate::payment) fn public(&self) -> Public {
        match self {
            Self::P256(key) => Public::P256(DhP256HkdfSha256::sk_to_pk(key)),
            Self::XWing(key) => Public::XWing(Box::new(XWing::sk_to_pk(key))),
        }
    }

    pub(in crate::payment) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::P256(key) => key.to_bytes().to_vec(),
            Self::XWing(key) => key.to_bytes().to_vec(),
        })
    }

    /// The plaintext; `None` says nothing of why.
    pub(in crate::payment) fn open(
        &self,
        encapsulated: &[u8],
        aad: &[u8],
        ciphertext: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::P256(key) => open::<HkdfSha256, DhP256HkdfSha256>(key, encapsulated, aad, ciphertext),
            Self::XWing(key) => open::<KdfShake256, XWing>(key, encapsulated, aad, ciphertext),
        }
    }
}

fn open<H: Kdf, K: Kem>(
    key: &K::PrivateKey,
    encapsulated: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (content, tag) = ciphertext.split_at_checked(ciphertext.len().checked_sub(TAG_LENGTH)?)?;
    let mut content = Zeroizing::new(content.to_vec());
    hpke::single_shot_open_inout_detached::<AesGcm256, H, K>(
        &OpModeR::Base,
        key,
        &K::EncappedKey::from_bytes(encapsulated).ok()?,
        b"",
        content.as_mut_slice().into(),
        aad,
        &Deserializable::from_bytes(tag).ok()?,
    )
    .ok()?;
    Some(content)
}
