//! Project Wycheproof's cases for every primitive that envelopes and manifests rest on: all that apply, none left out.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_kw::{KwAes128, KwAes192, KwAes256};
use p256::ecdsa::signature::Verifier as _;
use wycheproof::{TestResult, aead, ecdh, ecdsa, hkdf, keywrap, mlkem, rsa_oaep, xdh};

/// A case's answer against what must come out; what is only acceptable may be refused.
#[track_caller]
fn check(id: usize, expected: TestResult, answer: Option<&[u8]>, right: &[u8]) {
    match expected {
        TestResult::Valid => assert_eq!(answer, Some(right), "case {id}"),
        TestResult::Invalid => assert_eq!(answer, None, "case {id}"),
        TestResult::Acceptable => assert!(answer.is_none_or(|answer| answer == right), "case {id}"),
    }
}

/// A256GCM has keys of 256 bits, vectors of 96 and tags of 128.
#[test]
fn aes_gcm() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let mut run = 0;
    for group in set.test_groups {
        if (group.key_size, group.nonce_size, group.tag_size) != (256, 96, 128) {
            continue;
        }
        for test in group.tests {
            run += 1;
            let cipher = aes_gcm::Aes256Gcm::new_from_slice(&test.key).unwrap();
            let nonce = test.nonce.as_slice().try_into().unwrap();
            let sealed = [test.ct.as_slice(), &test.tag].concat();
            let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad }).ok();
            check(test.tc_id, test.result, opened.as_deref(), &test.pt);
            if test.result == TestResult::Valid {
                let again = cipher.encrypt(&nonce, Payload { msg: &test.pt, aad: &test.aad }).unwrap();
                assert_eq!(again, sealed, "case {}", test.tc_id);
            }
        }
    }
    assert!(run >= 60, "{run}");
}

#[test]
fn aes_wrap() {
    let set = keywrap::TestSet::load(keywrap::TestName::AesKeyWrap).unwrap();
    let mut run = 0;
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        run += 1;
        let mut buffer = vec![0; test.ct.len()];
        let key = test.key.as_slice();
        let unwrapped = match key.len() {
            16 => {
                KwAes128::new_from_slice(key).unwrap().unwrap_key(&test.ct, &mut buffer).map(<[u8]>::to_vec)
            }
            24 => {
                KwAes192::new_from_slice(key).unwrap().unwrap_key(&test.ct, &mut buffer).map(<[u8]>::to_vec)
            }
            _ => KwAes256::new_from_slice(key).unwrap().unwrap_key(&test.ct, &mut buffer).map(<[u8]>::to_vec),
        };
        // A key of 64 bits wraps in RFC 3394's algorithm, and NIST SP 800-38F leaves it out: content keys have 256.
        let short = test.pt.len() < 16 && test.result == TestResult::Invalid;
        if !short {
            check(test.tc_id, test.result, unwrapped.ok().as_deref(), &test.pt);
        }
    }
    assert!(run >= 150, "{run}");
}

#[test]
fn ecdh_secp256r1() {
    let mut run = 0;
    for name in [ecdh::TestName::EcdhSecp256r1Ecpoint] {
        for test in ecdh::TestSet::load(name).unwrap().test_groups.into_iter().flat_map(|group| group.tests) {
            run += 1;
            let mut scalar = vec![0; 32];
            let bytes: Vec<u8> = test.private_key.iter().copied().skip_while(|byte| *byte == 0).collect();
            scalar[32 - bytes.len()..].copy_from_slice(&bytes);
            let private = p256::SecretKey::from_slice(&scalar).unwrap();
            let public = p256::PublicKey::from_sec1_bytes(&test.public_key).ok();
            let shared = public.map(|public| private.diffie_hellman(&public).raw_secret_bytes().to_vec());
            check(test.tc_id, test.result, shared.as_deref(), &test.shared_secret);
        }
    }
    assert!(run >= 300, "{run}");
}

#[test]
fn es256() {
    let set = ecdsa::TestSet::load(ecdsa::TestName::EcdsaSecp256r1Sha256P1363).unwrap();
    let mut run = 0;
    for group in set.test_groups {
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&group.key.key).unwrap();
        for test in group.tests {
            run += 1;
            let verified = p256::ecdsa::Signature::from_slice(&test.sig)
                .is_ok_and(|signature| key.verify(&test.msg, &signature).is_ok());
            assert_eq!(verified, test.result == TestResult::Valid, "case {}", test.tc_id);
        }
    }
    assert!(run >= 200, "{run}");
}

#[test]
fn rsa_oaep_with_sha_256() {
    use rsa_oaep::TestName;
    let names = [
        TestName::Rsa2048Sha256Mgf1Sha256,
        TestName::Rsa3072Sha256Mgf1Sha256,
        TestName::Rsa4096Sha256Mgf1Sha256,
    ];
    let mut run = 0;
    for name in names.into_iter().chain([TestName::RsaMisc]) {
        for group in rsa_oaep::TestSet::load(name).unwrap().test_groups {
            let sha256 = wycheproof::HashFunction::Sha2_256;
            if group.hash != sha256 || group.mgf_hash != sha256 || group.key_size < 2048 {
                continue;
            }
            let number = |bytes: &[u8]| rsa::BoxedUint::from_be_slice_vartime(bytes);
            let key = &group.key;
            let key = rsa::RsaPrivateKey::from_components(
                number(&key.n),
                number(&key.e),
                number(&key.d),
                vec![number(&key.p), number(&key.q)],
            )
            .unwrap();
            for test in group.tests {
                run += 1;
                let padding = rsa::Oaep::<sha2::Sha256>::new_with_label(test.label.to_vec());
                check(test.tc_id, test.result, key.decrypt(padding, &test.ct).ok().as_deref(), &test.pt);
            }
        }
    }
    assert!(run >= 111, "{run}");
}

#[test]
fn x25519() {
    let set = xdh::TestSet::load(xdh::TestName::X25519).unwrap();
    let mut run = 0;
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        run += 1;
        let private: [u8; 32] = test.private_key.as_slice().try_into().unwrap();
        let public: Option<[u8; 32]> = test.public_key.as_slice().try_into().ok();
        let shared = public.map(|public| x25519_dalek::x25519(private, public));
        check(test.tc_id, test.result, shared.as_ref().map(<[u8; 32]>::as_slice), &test.shared_secret);
    }
    assert!(run >= 500, "{run}");
}

#[test]
fn hkdf_sha_256() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    let mut run = 0;
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        run += 1;
        let mut okm = vec![0; test.size];
        let expanded =
            ::hkdf::Hkdf::<sha2::Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut okm);
        check(test.tc_id, test.result, expanded.ok().map(|()| okm.as_slice()), &test.okm);
    }
    assert!(run >= 80, "{run}");
}

/// What X-Wing uses of ML-KEM-768: keys from a seed, encapsulation to a public key, decapsulation.
#[test]
fn ml_kem_768() {
    use ml_kem::kem::{Decapsulate as _, KeyExport as _};
    use ml_kem::{DecapsulationKey768, EncapsulationKey768, Seed};
    let mut run = 0;
    for name in
        [mlkem::TestName::MlKem768, mlkem::TestName::MlKem768Encaps, mlkem::TestName::MlKem768KeyGenSeed]
    {
        for test in mlkem::TestSet::load(name).unwrap().test_groups.into_iter().flat_map(|group| group.tests)
        {
            run += 1;
            let id = test.tc_id;
            let private = test
                .seed
                .as_ref()
                .and_then(|seed| Seed::try_from(seed.as_slice()).ok())
                .map(DecapsulationKey768::from_seed);
            if let (Some(private), Some(public), TestResult::Valid) =
                (&private, &test.encaps_key, test.result)
            {
                assert_eq!(private.encapsulation_key().to_bytes().as_slice(), public.as_slice(), "case {id}");
            }
            if let (Some(message), Some(public)) = (&test.msg, &test.encaps_key) {
                let public =
                    public.as_slice().try_into().ok().and_then(|bytes| EncapsulationKey768::new(bytes).ok());
                let message = message.as_slice().try_into().ok();
                let made = public.zip(message).map(|(public, message)| {
                    let (ciphertext, secret) = public.encapsulate_deterministic(&message);
                    [ciphertext.as_slice(), secret.as_slice()].concat()
                });
                let right = [&test.ct, &test.shared_secret]
                    .map(|part| part.as_ref().map_or(Vec::new(), |part| part.to_vec()));
                check(id, test.result, made.as_deref(), &right.concat());
            } else if let (Some(ciphertext), Some(secret)) = (&test.ct, &test.shared_secret) {
                let ciphertext = ciphertext.as_slice().try_into().ok();
                let found = private
                    .zip(ciphertext)
                    .map(|(private, ciphertext)| private.decapsulate(&ciphertext).to_vec());
                check(id, test.result, found.as_deref(), secret);
            }
        }
    }
    assert!(run >= 500, "{run}");
}
