//! Private keys: made, read and written as JWK, and used on what was sealed for their public halves.

use zeroize::Zeroizing;

use crate::codec::base64url;
use crate::codec::json::{Object, Value};
#[cfg(feature = "payment")]
use crate::payment::envelope::ecdh;
#[cfg(feature = "payment")]
use crate::payment::envelope::header::Epk;
#[cfg(feature = "payment-hpke")]
use crate::payment::envelope::hpke;
#[cfg(any(feature = "payment", feature = "payment-rsa"))]
use crate::payment::envelope::jwe::ContentKey;
use crate::payment::envelope::jwe::{Jwe, Recipient};
#[cfg(feature = "payment-rsa")]
use crate::payment::envelope::rsa;
use crate::payment::keyset::{Material, PublicKey};
use crate::payment::{Alg, keyset};
use crate::{Code, Error};

/// A key of a recipient's.
pub(super) struct PrivateKey {
    pub(super) public: PublicKey,
    secret: Secret,
}

enum Secret {
    #[cfg(feature = "payment")]
    Ec(p256::SecretKey),
    #[cfg(feature = "payment-rsa")]
    Rsa(Box<rsa::Private>),
    #[cfg(feature = "payment-hpke")]
    Hpke(hpke::Private),
}

impl PrivateKey {
    pub(super) fn generate(kid: &str, alg: Alg) -> Result<Self, Error> {
        let refuse = |error: Error| error.with_code(Code::PaymentKeyInvalid);
        let (material, secret) = match alg {
            #[cfg(feature = "payment")]
            Alg::EcdhEs | Alg::EcdhEsA256Kw => {
                let secret = ecdh::ephemeral_key(&mut random).map_err(refuse)?;
                (Material::Ec(secret.public_key()), Secret::Ec(secret))
            }
            #[cfg(feature = "payment-rsa")]
            Alg::RsaOaep256 => {
                let secret = rsa::Private::generate(&mut random).map_err(refuse)?;
                (Material::Rsa(secret.public()), Secret::Rsa(Box::new(secret)))
            }
            #[cfg(feature = "payment-hpke")]
            Alg::Hpke7 | Alg::Hpke9 => {
                let secret = hpke::Private::generate(alg, &mut random).map_err(refuse)?;
                (Material::Hpke(secret.public()), Secret::Hpke(secret))
            }
            #[allow(unreachable_patterns, reason = "with all families there is no other algorithm")]
            _ => return Err(keyset::unsupported("key: expected an algorithm that this build has")),
        };
        Ok(Self { public: PublicKey::new(kid, alg, material)?, secret })
    }

    /// Reads the private members, which must belong to the public ones.
    pub(super) fn parse(public: PublicKey, jwk: &Object) -> Result<Self, Error> {
        let secret = match public.material() {
            #[cfg(feature = "payment")]
            Material::Ec(point) => {
                // RFC 7518 §6.2.2.1: as many octets as the order has.
                let secret = member(jwk, "d")
                    .filter(|scalar| scalar.len() == 32)
                    .and_then(|scalar| p256::SecretKey::from_slice(&scalar).ok())
                    .ok_or_else(not_private)?;
                if secret.public_key() != *point {
                    return Err(mismatched());
                }
                Secret::Ec(secret)
            }
            #[cfg(feature = "payment-rsa")]
            Material::Rsa(key) => {
                let member = |name| member(jwk, name).ok_or_else(not_private);
                let (exponent, first, second) = (member("d")?, member("p")?, member("q")?);
                let secret = rsa::Private::new(key, &exponent, [&first, &second]).ok_or_else(mismatched)?;
                Secret::Rsa(Box::new(secret))
            }
            #[cfg(feature = "payment-hpke")]
            Material::Hpke(key) => {
                let secret = member(jwk, key.private_member()).ok_or_else(not_private)?;
                Secret::Hpke(hpke::Private::new(key, &secret).ok_or_else(mismatched)?)
            }
        };
        Ok(Self { public, secret })
    }

    pub(super) fn to_jwk(&self) -> Zeroizing<String> {
        let mut jwk = self.public.to_jwk();
        jwk.pop();
        let mut text = Zeroizing::new(String::with_capacity(8192));
        text.push_str(&jwk);
        let mut push = |name: &str, bytes: &[u8]| {
            text.push_str(",\"");
            text.push_str(name);
            text.push_str("\":\"");
            text.push_str(&Zeroizing::new(base64url::encode(bytes)));
            text.push('"');
        };
        match &self.secret {
            #[cfg(feature = "payment")]
            Secret::Ec(secret) => push("d", &Zeroizing::new(secret.to_bytes())),
            #[cfg(feature = "payment-rsa")]
            Secret::Rsa(secret) => secret.members(&mut push),
            #[cfg(feature = "payment-hpke")]
            Secret::Hpke(secret) => push(secret.public().private_member(), &secret.to_bytes()),
        }
        text.push('}');
        text
    }

    /// The plaintext; `None` says nothing of why.
    pub(super) fn decrypt(&self, jwe: &Jwe, recipient: &Recipient) -> Option<Zeroizing<Vec<u8>>> {
        let member = |name| recipient.member(&jwe.protected, name).and_then(Value::as_str);
        let present = |name| {
            jwe.protected.get(name).is_some()
                || recipient.header.as_ref().is_some_and(|header| header.get(name).is_some())
        };
        // No extension is understood here (RFC 7516 §4.1.13), and nothing is compressed.
        if present("crit") || present("zip") || member("alg") != Some(self.public.alg().as_str()) {
            return None;
        }
        if member("enc") != self.public.alg().content_encryption() {
            return None;
        }
        match &self.secret {
            #[cfg(feature = "payment-hpke")]
            Secret::Hpke(secret) => (jwe.iv.is_empty() && jwe.tag.is_empty())
                .then(|| secret.open(&recipient.encrypted_key, jwe.aad.as_bytes(), &jwe.ciphertext))?,
            #[cfg(any(feature = "payment", feature = "payment-rsa"))]
            _ => jwe.decrypt(&self.content_key(jwe, recipient)?),
        }
    }

    #[cfg(any(feature = "payment", feature = "payment-rsa"))]
    fn content_key(&self, jwe: &Jwe, recipient: &Recipient) -> Option<ContentKey> {
        let _ = jwe;
        match &self.secret {
            #[cfg(feature = "payment")]
            Secret::Ec(secret) => {
                let epk = recipient.member(&jwe.protected, "epk")?.as_object()?;
                let text = |name| epk.get(name).and_then(Value::as_str);
                (text("kty") == Some("EC") && text("crv") == Some("P-256")).then_some(())?;
                let epk = Epk { x: text("x")?.to_owned(), y: text("y")?.to_owned() };
                let info = |name| match recipient.member(&jwe.protected, name) {
                    Some(value) => base64url::decode(value.as_str()?).ok(),
                    None => Some(Vec::new()),
                };
                let (apu, apv) = (info("apu")?, info("apv")?);
                ecdh::unwrap(self.public.alg(), secret, &epk, (&apu, &apv), &recipient.encrypted_key)
            }
            #[cfg(feature = "payment-rsa")]
            Secret::Rsa(secret) => secret.decrypt(&recipient.encrypted_key),
            #[cfg(feature = "payment-hpke")]
            Secret::Hpke(_) => None,
        }
    }
}

fn member(jwk: &Object, name: &str) -> Option<Zeroizing<Vec<u8>>> {
    base64url::decode(jwk.get(name)?.as_str()?).ok().map(Zeroizing::new)
}

fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes)
        .map_err(|_| Error::new(Code::PaymentKeyInvalid, "key: expected the system to give randomness"))
}

fn not_private() -> Error {
    Error::new(Code::PaymentKeyInvalid, "key: expected a private JWK")
}

fn mismatched() -> Error {
    Error::new(Code::PaymentKeyInvalid, "key: expected the private members to belong to the public ones")
}
