//! The members of a policy file that say how a decision is told to partners: `tcf`, `gpp` and each purpose's `iab`.
//!
//! A policy without them is read as before, and nothing is told.
//!
//! ```json
//! {
//!   "purposes": [{
//!     "id": "marketing", "name": "Advertising", "description": "…", "legalBasis": "consent",
//!     "iab": {
//!       "tcf": [1, 2, 3, 4, 7],
//!       "specialFeatures": [1],
//!       "consentMode": ["ad_storage", "ad_user_data", "ad_personalization"],
//!       "us": ["sale", "sharing", "targeted-advertising"],
//!       "sensitive": ["geolocation"],
//!       "additionalConsent": [35, 41]
//!     }
//!   }],
//!   "tcf": {
//!     "cmpId": 31, "cmpVersion": 1, "vendorList": "/vendor-list.json", "publisherCountry": "DE", "vendors": [755, 793],
//!     "regions": ["eea", "uk", "ch"], "purposeOneTreatment": false, "useNonStandardTexts": false
//!   },
//!   "gpp": { "cmpId": 1, "cmpVersion": 1, "approach": "state", "usPrivacy": true, "mspa": "none" }
//! }
//! ```
//!
//! The numbers are the shop's own: the CMP id is the one that IAB Europe registered for it, and there is none by default.

mod read;

pub(super) use read::{gpp, purpose, tcf, together};

/// What a purpose means to partners. Empty where the file has no `iab`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Iab {
    /// TCF purposes, 1 to 11, ascending (TCF Policies, Appendix A).
    pub tcf: Vec<u8>,
    /// TCF special features, 1 and 2, ascending.
    pub special_features: Vec<u8>,
    /// Google's consent types.
    pub consent_mode: Vec<ConsentMode>,
    /// What the laws of the United States call it.
    pub us: Vec<UsMeaning>,
    /// The categories of sensitive data that it uses, in the words of those laws.
    pub sensitive: Vec<Sensitive>,
    /// Ids of Google's Ad Technology Providers, ascending: vendors that are not in the IAB's list.
    pub additional_consent: Vec<u32>,
}

impl Iab {
    /// Whether it is advertising, so that Global Privacy Control objects to it: it is a sale, sharing or targeted
    /// advertising, or it says so to Google or to TCF vendors (purposes 2, 3, 4 and 7).
    pub fn is_advertising(&self) -> bool {
        use ConsentMode::{AdPersonalization, AdStorage, AdUserData};
        !self.us.is_empty()
            || !self.additional_consent.is_empty()
            || self.tcf.iter().any(|purpose| matches!(purpose, 2 | 3 | 4 | 7))
            || self.consent_mode.iter().any(|key| matches!(key, AdStorage | AdUserData | AdPersonalization))
    }
}

macro_rules! names {
    ($(#[$documentation:meta])* $type:ident { $($(#[$about:meta])* $name:ident = $text:literal,)* }) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type {
            $($(#[$about])* $name,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The value in the file.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

names! {
    /// A consent type of Google Consent Mode v2 (Google tag "Set up consent mode on websites").
    ConsentMode {
        /// Storage for advertising.
        AdStorage = "ad_storage",
        /// Sending data about the visitor to Google for advertising.
        AdUserData = "ad_user_data",
        /// Personalised advertising.
        AdPersonalization = "ad_personalization",
        /// Storage for analytics.
        AnalyticsStorage = "analytics_storage",
        /// Storage for what the page does, such as its language.
        FunctionalityStorage = "functionality_storage",
        /// Storage for personalisation, such as recommendations.
        PersonalizationStorage = "personalization_storage",
        /// Storage for security, such as fraud prevention.
        SecurityStorage = "security_storage",
    }
}

names! {
    /// What a purpose is in the laws of the United States.
    UsMeaning {
        /// A sale of personal data.
        Sale = "sale",
        /// Sharing for cross-context behavioural advertising (Cal. Civ. Code §1798.140(ah)).
        Sharing = "sharing",
        /// Targeted advertising.
        TargetedAdvertising = "targeted-advertising",
    }
}

names! {
    /// A category of sensitive data (GPP US National section, version 2, `SensitiveDataProcessing`), in its order.
    Sensitive {
        /// Racial or ethnic origin.
        Ethnicity = "ethnicity",
        /// Religious or philosophical beliefs.
        Religion = "religion",
        /// Health: a condition, a diagnosis, a treatment.
        Health = "health",
        /// Sex life or sexual orientation.
        Sexuality = "sexuality",
        /// Citizenship or immigration status.
        Citizenship = "citizenship",
        /// Genetic data.
        Genetic = "genetic",
        /// Biometric data that identifies.
        Biometric = "biometric",
        /// Precise geolocation.
        Geolocation = "geolocation",
        /// Numbers of identity documents.
        Identity = "identity",
        /// Account log-in and payment credentials.
        Account = "account",
        /// Union membership.
        Union = "union",
        /// The contents of mail and messages.
        Messages = "messages",
        /// Health of a consumer as a law on consumer health data means it.
        ConsumerHealth = "consumer-health",
        /// Being the victim of a crime.
        Victim = "victim",
        /// National origin.
        Nationality = "nationality",
        /// Being transgender or nonbinary.
        Gender = "gender",
    }
}

names! {
    /// Where a TC string is given.
    TcfRegion {
        /// The European Economic Area.
        Eea = "eea",
        /// The United Kingdom.
        Uk = "uk",
        /// Switzerland.
        Ch = "ch",
        /// Canada: IAB Canada's string, for vendors of IAB Canada's list. Only where it is named.
        Canada = "ca",
    }
}

names! {
    /// Which sections of the Global Privacy Platform a visitor in the United States gets.
    Approach {
        /// One for all states, `usnat`.
        National = "national",
        /// The state's own where it has one, else `usnat`.
        State = "state",
    }
}

names! {
    /// Whether what the shop does is covered by the IAB's Multi-State Privacy Agreement, which only its signatories may say.
    Mspa {
        /// Not covered.
        None = "none",
        /// Covered, in opt-out option mode.
        OptOutOption = "opt-out-option",
        /// Covered, in service provider mode.
        ServiceProvider = "service-provider",
    }
}

/// The Transparency and Consent Framework, as the shop takes part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tcf {
    /// The id that IAB Europe registered, 2 to 4095. Without it no TC string is given.
    pub cmp_id: Option<u16>,
    /// The version of the shop's consent management, 0 to 4095.
    pub cmp_version: u16,
    /// Where the shop serves the vendor list.
    pub vendor_list: String,
    /// The country whose law the publisher applies, two capitals.
    pub publisher_country: [u8; 2],
    /// The vendors that the shop works with, ascending; none named: all of the list.
    pub vendors: Vec<u16>,
    /// How many vendors there are, as the banner says ahead of time.
    pub vendor_count: u16,
    /// Where a TC string is given.
    pub regions: Vec<TcfRegion>,
    /// Whether purpose 1 is not asked for, as the publisher's country permits (`PurposeOneTreatment`).
    pub purpose_one_treatment: bool,
    /// Whether other than the standard texts are shown (`UseNonStandardTexts`).
    pub use_non_standard_texts: bool,
    /// Languages, and where the shop serves the list's translation into each (`purposes-xx.json`).
    pub translations: Vec<(String, String)>,
}

impl Tcf {
    /// Where a TC string is given unless the file says otherwise.
    pub(in crate::consent) const USUAL_REGIONS: [TcfRegion; 3] =
        [TcfRegion::Eea, TcfRegion::Uk, TcfRegion::Ch];
}

/// The Global Privacy Platform, as the shop takes part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gpp {
    /// The registered id, or 1 (GPP CMP API: an implementation that is not registered).
    pub cmp_id: u16,
    /// The version of the shop's consent management, 0 to 4095.
    pub cmp_version: u16,
    /// Which sections a visitor in the United States gets.
    pub approach: Approach,
    /// Whether the old US privacy string is given too.
    pub us_privacy: bool,
    /// Whether the MSPA covers it.
    pub mspa: Mspa,
}
