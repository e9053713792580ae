//! What a TC string says, field by field, under the specification's names.

use super::{FlagSet, IdSet};
use crate::{Code, Error};

/// What one TC string says (TCF 2.3, "Creating a TC String").
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::tcf::{FlagSet, TcModel};
///
/// let model = TcModel::parse("CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA")?;
/// assert_eq!((model.cmp_id, model.consent_language.as_str()), (880, "EN"));
/// assert_eq!(model.vendor_consents.iter().collect::<Vec<_>>(), [1, 2, 3, 4]);
/// assert!(model.vendors_disclosed.is_some_and(|vendors| vendors.contains(2)));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcModel {
    /// When the string was first made, in tenths of a second since 1970 (36 bits).
    pub created: u64,
    /// When it was last changed, likewise. Since TCF 2.2 both are the same, and a whole day.
    pub last_updated: u64,
    /// The consent management platform's registered id, 2 to 4095.
    pub cmp_id: u16,
    /// The platform's own version (12 bits).
    pub cmp_version: u16,
    /// The screen on which the choice was made (6 bits).
    pub consent_screen: u8,
    /// The language of that screen, ISO 639-1.
    pub consent_language: Letters,
    /// The version of the vendor list (12 bits).
    pub vendor_list_version: u16,
    /// The version of the TCF policies (6 bits).
    pub policy_version: u8,
    /// Whether the string is for this site alone; always so since TCF 2.2.
    pub is_service_specific: bool,
    /// Whether the texts of stacks were the publisher's own.
    pub use_non_standard_texts: bool,
    /// Special features that the visitor opted in to (1 to 12).
    pub special_feature_opt_ins: FlagSet,
    /// Purposes that the visitor consented to (1 to 24).
    pub purpose_consents: FlagSet,
    /// Purposes for which legitimate interest was disclosed and not objected to.
    pub purpose_legitimate_interests: FlagSet,
    /// Whether purpose 1 was not disclosed at all, because the publisher's country asks for no consent to it.
    pub purpose_one_treatment: bool,
    /// The publisher's country, ISO 3166-1 alpha-2; `AA` when unknown.
    pub publisher_country_code: Letters,
    /// Vendors that the visitor consented to.
    pub vendor_consents: IdSet,
    /// Vendors whose legitimate interest was disclosed and not objected to.
    pub vendor_legitimate_interests: IdSet,
    /// What the publisher narrows, each purpose and kind once.
    pub publisher_restrictions: Vec<PublisherRestriction>,
    /// Vendors that the visitor was told of. Without this segment a string is invalid since 28 February 2026; writing adds
    /// an empty one.
    pub vendors_disclosed: Option<IdSet>,
    /// Vendors that were allowed to work out of band: read from strings before TCF 2.2, never written.
    pub vendors_allowed: Option<IdSet>,
    /// What the publisher itself may do.
    pub publisher_tc: Option<PublisherTc>,
}

impl Default for TcModel {
    /// A string in which nothing is granted, under policy version 5, by no registered platform yet.
    fn default() -> Self {
        Self {
            created: 0,
            last_updated: 0,
            cmp_id: 0,
            cmp_version: 0,
            consent_screen: 0,
            consent_language: Letters(*b"EN"),
            vendor_list_version: 0,
            policy_version: 5,
            is_service_specific: true,
            use_non_standard_texts: false,
            special_feature_opt_ins: FlagSet::EMPTY,
            purpose_consents: FlagSet::EMPTY,
            purpose_legitimate_interests: FlagSet::EMPTY,
            purpose_one_treatment: false,
            publisher_country_code: Letters(*b"AA"),
            vendor_consents: IdSet::new(),
            vendor_legitimate_interests: IdSet::new(),
            publisher_restrictions: Vec::new(),
            vendors_disclosed: Some(IdSet::new()),
            vendors_allowed: None,
            publisher_tc: Some(PublisherTc::default()),
        }
    }
}

/// The fields of the core segment after its version, under the package's names and with their bits.
pub(super) const CORE: [(&str, u32); 15] = [
    ("created", 36),
    ("lastUpdated", 36),
    ("cmpId", 12),
    ("cmpVersion", 12),
    ("consentScreen", 6),
    ("consentLanguage", 12),
    ("vendorListVersion", 12),
    ("policyVersion", 6),
    ("isServiceSpecific", 1),
    ("useNonStandardTexts", 1),
    ("specialFeatureOptIns", 12),
    ("purposeConsents", 24),
    ("purposeLegitimateInterests", 24),
    ("purposeOneTreatment", 1),
    ("publisherCountryCode", 12),
];

/// The fields that are two letters.
pub(super) const LANGUAGE: usize = 5;
pub(super) const COUNTRY: usize = 14;

impl TcModel {
    /// The values of [`CORE`].
    pub(super) fn core(&self) -> [u64; CORE.len()] {
        [
            self.created,
            self.last_updated,
            self.cmp_id.into(),
            self.cmp_version.into(),
            self.consent_screen.into(),
            self.consent_language.to_bits(),
            self.vendor_list_version.into(),
            self.policy_version.into(),
            self.is_service_specific.into(),
            self.use_non_standard_texts.into(),
            self.special_feature_opt_ins.to_bits(12),
            self.purpose_consents.to_bits(24),
            self.purpose_legitimate_interests.to_bits(24),
            self.purpose_one_treatment.into(),
            self.publisher_country_code.to_bits(),
        ]
    }

    /// Takes the values of [`CORE`]. What is too great stays too great, so that it is refused by name when it is written; letters
    /// that are none are left as they were.
    pub(super) fn set_core(&mut self, fields: [u64; CORE.len()]) {
        let [
            created,
            last_updated,
            cmp_id,
            cmp_version,
            screen,
            language,
            list_version,
            policy_version,
            is_service_specific,
            use_non_standard_texts,
            features,
            consents,
            interests,
            one_treatment,
            country,
        ] = fields;
        let short = |number| u16::try_from(number).unwrap_or(u16::MAX);
        let small = |number| u8::try_from(number).unwrap_or(u8::MAX);
        (self.created, self.last_updated) = (created, last_updated);
        (self.cmp_id, self.cmp_version) = (short(cmp_id), short(cmp_version));
        self.consent_screen = small(screen);
        self.consent_language = Letters::from_bits(language).unwrap_or(self.consent_language);
        (self.vendor_list_version, self.policy_version) = (short(list_version), small(policy_version));
        self.is_service_specific = is_service_specific == 1;
        self.use_non_standard_texts = use_non_standard_texts == 1;
        self.special_feature_opt_ins = FlagSet::from_bits(features, 12);
        self.purpose_consents = FlagSet::from_bits(consents, 24);
        self.purpose_legitimate_interests = FlagSet::from_bits(interests, 24);
        self.purpose_one_treatment = one_treatment == 1;
        self.publisher_country_code = Letters::from_bits(country).unwrap_or(self.publisher_country_code);
    }

    /// Both timestamps at the start of the UTC day of this second since 1970, as TCF 2.2 asks for.
    pub fn set_day(&mut self, seconds: u64) {
        self.created = seconds / 86_400 * 864_000;
        self.last_updated = self.created;
    }

    /// Restricts a purpose for these vendors, in addition to what is restricted already.
    pub fn restrict(&mut self, purpose: u8, kind: RestrictionType, vendors: &IdSet) {
        let same = |known: &&mut PublisherRestriction| (known.purpose, known.kind) == (purpose, kind);
        match self.publisher_restrictions.iter_mut().find(same) {
            Some(known) => known.vendors.extend_from(vendors),
            None => self.publisher_restrictions.push(PublisherRestriction {
                purpose,
                kind,
                vendors: vendors.clone(),
            }),
        }
    }
}

/// A publisher's restriction of one purpose (TCF 2.3, "Publisher Restrictions").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherRestriction {
    /// The purpose, 1 to 63.
    pub purpose: u8,
    /// What is asked of the vendors.
    pub kind: RestrictionType,
    /// The vendors it concerns.
    pub vendors: IdSet,
}

/// What a publisher's restriction asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RestrictionType {
    /// The vendor may not use data for the purpose at all.
    NotAllowed,
    /// The vendor needs consent, whatever it prefers.
    RequireConsent,
    /// The vendor needs legitimate interest, whatever it prefers.
    RequireLegitimateInterest,
}

impl RestrictionType {
    /// The specification's number: 0, 1 or 2.
    pub fn number(self) -> u8 {
        match self {
            Self::NotAllowed => 0,
            Self::RequireConsent => 1,
            Self::RequireLegitimateInterest => 2,
        }
    }

    /// The kind of this number; 3 is not defined.
    pub fn of(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::NotAllowed),
            1 => Some(Self::RequireConsent),
            2 => Some(Self::RequireLegitimateInterest),
            _ => None,
        }
    }
}

/// What the publisher itself may do (TCF 2.3, "Publisher TC").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublisherTc {
    /// Purposes consented to, for the publisher.
    pub consents: FlagSet,
    /// Purposes under the publisher's legitimate interest.
    pub legitimate_interests: FlagSet,
    /// How many purposes of its own the publisher has, at most 63.
    pub custom_purposes: u8,
    /// Own purposes consented to.
    pub custom_consents: FlagSet,
    /// Own purposes under legitimate interest.
    pub custom_legitimate_interests: FlagSet,
}

/// Two letters A to Z: a language or a country.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Letters([u8; 2]);

impl Letters {
    /// Two ASCII letters of either case, at the beginning of a language tag or alone.
    ///
    /// # Errors
    ///
    /// `input.invalid` when the text does not begin with two letters.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let letters: [u8; 2] = text.as_bytes().first_chunk().copied().unwrap_or_default();
        match letters.map(|letter| letter.to_ascii_uppercase()) {
            letters @ [b'A'..=b'Z', b'A'..=b'Z'] => Ok(Self(letters)),
            _ => Err(Error::new(Code::InputInvalid, "expected a code of two letters")),
        }
    }

    /// The two upper-case letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Two numbers of six bits, A is 0.
    pub(super) fn to_bits(self) -> u64 {
        let [first, second] = self.0.map(|letter| u64::from(letter.saturating_sub(b'A')));
        first << 6 | second
    }

    pub(super) fn from_bits(bits: u64) -> Option<Self> {
        let [first, second] = [bits >> 6, bits & 63].map(|six| six.to_le_bytes()[0]);
        (bits < 26 << 6 && second < 26).then_some(Self([b'A' + first, b'A' + second]))
    }
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}
