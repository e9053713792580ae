//! What a key is for: the algorithm of the envelopes that are sealed for it.

/// The algorithm of a key: there is nothing to negotiate, and nothing to downgrade.
///
/// Content is always encrypted with A256GCM (RFC 7518 §5.3, or within HPKE).
///
/// # Example
///
/// ```
/// use storefront_privacy::payment::Alg;
///
/// assert_eq!(Alg::parse("ECDH-ES+A256KW"), Some(Alg::EcdhEsA256Kw));
/// assert_eq!(Alg::parse("RSA1_5"), None);
/// assert_eq!(Alg::Hpke9.draft(), Some("draft-ietf-jose-hpke-pq-pqt-01"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Alg {
    /// ECDH-ES on P-256 with direct key agreement (RFC 7518 §4.6).
    EcdhEs,
    /// ECDH-ES on P-256, the agreed key wraps a content key (RFC 7518 §4.6 and §4.4).
    EcdhEsA256Kw,
    /// RSAES-OAEP with SHA-256 and MGF1 with SHA-256 (RFC 7518 §4.3): what Adyen's cards and the W3C's "Payment Method
    /// Encryption" use.
    RsaOaep256,
    /// HPKE with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, integrated encryption.
    Hpke7,
    /// HPKE with MLKEM768-X25519 (X-Wing), SHAKE256 and AES-256-GCM, integrated encryption: it withstands quantum
    /// computers for as long as either half does.
    Hpke9,
}

impl Alg {
    /// Every one that is known.
    pub const ALL: &'static [Self] =
        &[Self::EcdhEs, Self::EcdhEsA256Kw, Self::RsaOaep256, Self::Hpke7, Self::Hpke9];

    /// The value of `alg` in keys and headers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EcdhEs => "ECDH-ES",
            Self::EcdhEsA256Kw => "ECDH-ES+A256KW",
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::Hpke7 => "HPKE-7",
            Self::Hpke9 => "HPKE-9",
        }
    }

    /// The algorithm of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|alg| alg.as_str() == text)
    }

    /// The value of `enc` in headers; HPKE's integrated encryption has none (draft-ietf-jose-hpke-encrypt-22 §5).
    pub const fn content_encryption(self) -> Option<&'static str> {
        match self {
            Self::Hpke7 | Self::Hpke9 => None,
            _ => Some("A256GCM"),
        }
    }

    /// The Internet-Draft that it follows, with its number, until there is an RFC.
    pub const fn draft(self) -> Option<&'static str> {
        match self {
            Self::Hpke7 => Some("draft-ietf-jose-hpke-encrypt-22"),
            Self::Hpke9 => Some("draft-ietf-jose-hpke-pq-pqt-01"),
            _ => None,
        }
    }

    /// Whether a content key is encrypted for the recipient, so that there may be several (RFC 7516 §7.2.1).
    pub const fn wraps(self) -> bool {
        matches!(self, Self::EcdhEsA256Kw | Self::RsaOaep256)
    }

    /// The name of the wasm module that seals for it.
    pub const fn module(self) -> &'static str {
        match self {
            Self::EcdhEs | Self::EcdhEsA256Kw => "payment",
            Self::RsaOaep256 => "payment-rsa",
            Self::Hpke7 | Self::Hpke9 => "payment-hpke",
        }
    }
}
