//! `privacy.json`: what a shop does with data, why, by whose hands and for how long.
//!
//! The file is the shop's one source: banner, gate, settings and records follow from it.

use std::fmt;

use crate::codec::json;
use crate::codec::time::Duration;
use crate::{Code, Error};

mod check;
pub mod duties;
mod form;
pub mod iab;
mod read;

#[cfg(any(feature = "consent", feature = "consent-receipts"))]
pub(super) use form::{is_id, is_language, is_version};
#[cfg(feature = "consent")]
pub(super) use form::{matches_origin, origin_of};

/// A policy file that was read and found consistent.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::Policy;
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let asked: Vec<_> = policy.asked().map(|purpose| purpose.id.as_str()).collect();
/// assert_eq!(asked, ["analytics", "marketing"]);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The shop's name for this version. A decision counts for the version it was made under.
    pub version: String,
    /// The language of the texts, a BCP 47 tag.
    pub language: String,
    /// Who decides about the data.
    pub controller: Controller,
    /// Where a visitor can write to.
    pub contact: String,
    /// Where the whole privacy policy is to be read.
    pub policy_url: String,
    /// What data is used for.
    pub purposes: Vec<Purpose>,
    /// Who uses it.
    pub services: Vec<Service>,
    /// How the shop takes part in the Transparency and Consent Framework, if it does.
    pub tcf: Option<iab::Tcf>,
    /// How the shop takes part in the Global Privacy Platform, if it does.
    pub gpp: Option<iab::Gpp>,
    /// How the gate holds, which model applies where, when to ask again, and in which languages.
    pub duties: duties::Duties,
}

/// Who decides about the data (GDPR Article 4(7)).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Controller {
    /// The company's or person's name.
    pub name: String,
    /// Its postal address.
    pub address: Option<String>,
}

/// One thing that data is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Purpose {
    /// Lower-case letters, digits and `-`: what scripts name in `data-purpose`.
    pub id: String,
    /// Its name, as the visitor reads it.
    pub name: String,
    /// What it means for the visitor.
    pub description: String,
    /// Whether the shop cannot work without it. It is then told, not asked.
    pub essential: bool,
    /// What the shop relies on.
    pub legal_basis: LegalBasis,
    /// What it means to partners.
    pub iab: iab::Iab,
    /// Whether Global Privacy Control objects to it; `None` where the file does not say.
    pub gpc: Option<bool>,
}

impl Purpose {
    /// Whether Global Privacy Control objects to it: where the file says so, and always where it is advertising.
    pub fn heeds_gpc(&self) -> bool {
        self.gpc == Some(true) || self.iab.is_advertising()
    }
}

/// What a shop relies on for a purpose (GDPR Article 6(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LegalBasis {
    /// The visitor agrees (point a).
    Consent,
    /// The shop needs it to perform a contract (point b).
    Contract,
    /// A law asks for it (point c).
    LegalObligation,
    /// The shop's interest outweighs the visitor's (point f).
    LegitimateInterest,
}

impl LegalBasis {
    pub(super) const ALL: [Self; 4] =
        [Self::Consent, Self::LegitimateInterest, Self::Contract, Self::LegalObligation];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Contract => "contract",
            Self::LegalObligation => "legal-obligation",
            Self::LegitimateInterest => "legitimate-interest",
        }
    }
}

/// One service that uses data, the shop's own or someone else's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// Lower-case letters, digits and `-`.
    pub id: String,
    /// Its name, as the visitor reads it.
    pub name: String,
    /// Who provides it.
    pub provider: String,
    /// The ids of the purposes that it serves. It runs when all of them are allowed.
    pub purposes: Vec<String>,
    /// The scripts that the gate releases for it.
    pub scripts: Vec<String>,
    /// The origins that it talks to.
    pub origins: Vec<String>,
    /// What it keeps in the browser.
    pub sets: Vec<Stored>,
    /// What it sends out of the browser.
    pub sends: Vec<String>,
    /// Who else receives it.
    pub recipients: Vec<String>,
    /// How long the provider keeps what it received.
    pub retention: Duration,
    /// Of which kinds the data is, in words: "pages viewed", "approximate location".
    pub data_categories: Vec<String>,
    /// Where the recipients process it: countries of ISO 3166-1, with or without a subdivision.
    pub regions: Vec<String>,
}

/// Something that a service keeps in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stored {
    /// Where.
    pub kind: StorageKind,
    /// The name of the cookie, key, database or cache; a final `*` stands for any rest.
    pub name: String,
    /// How long.
    pub retention: Retention,
}

/// Where a browser keeps something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageKind {
    /// A cookie.
    Cookie,
    /// `localStorage`
    LocalStorage,
    /// `sessionStorage`
    SessionStorage,
    /// `IndexedDB`
    IndexedDb,
    /// The Cache API.
    CacheStorage,
}

impl StorageKind {
    const ALL: [Self; 5] =
        [Self::Cookie, Self::LocalStorage, Self::SessionStorage, Self::IndexedDb, Self::CacheStorage];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::LocalStorage => "local-storage",
            Self::SessionStorage => "session-storage",
            Self::IndexedDb => "indexed-db",
            Self::CacheStorage => "cache-storage",
        }
    }
}

/// How long a browser keeps something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retention {
    /// Until the browser is closed, `session` in the file.
    Session,
    /// For so long.
    For(Duration),
}

impl fmt::Display for Retention {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session => formatter.write_str("session"),
            Self::For(duration) => duration.fmt(formatter),
        }
    }
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    ///
    /// All its [`Problems`] at once. A member that is not known is one of them: a misspelt `essential` must not pass
    /// for a missing one.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::consent::Policy;
    ///
    /// let text = include_str!("../../tests/vectors/consent/policy.json");
    /// let problems = Policy::parse(&text.replace("\"P13M\"", "\"13 months\"")).unwrap_err();
    /// assert_eq!(
    ///     problems.to_string(),
    ///     "consent: the policy has 1 problem: $.services[1].sets[0].retention: \
    ///      expected an ISO 8601 duration such as P13M, or `session`",
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let value = json::parse(text).map_err(|error| Problems::one("$", error.message()))?;
        read::policy(&value)
    }

    /// The purposes that a visitor is asked about: all that are not essential.
    pub fn asked(&self) -> impl Iterator<Item = &Purpose> {
        self.purposes.iter().filter(|purpose| !purpose.essential)
    }

    /// The purpose of this id.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }

    /// Whether a visitor is asked about the purpose of this id.
    pub fn asks(&self, id: &str) -> bool {
        self.asked().any(|purpose| purpose.id == id)
    }

    /// Whether a service has to wait for a decision.
    pub fn is_gated(&self, service: &Service) -> bool {
        service.purposes.iter().any(|id| self.asks(id))
    }
}

/// Something in a policy file that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where, as a JSON path (RFC 9535): `$.services[1].purposes[0]`.
    pub path: String,
    /// What was expected there.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.reason)
    }
}

/// Everything that is wrong with a policy file; at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    fn one(path: &str, reason: &str) -> Self {
        Self(vec![Problem { path: path.to_owned(), reason: reason.to_owned() }])
    }

    /// The problems in the order of the file's description.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(formatter, "consent: the policy has {} problem{plural}: ", self.0.len())?;
        for (position, problem) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::new(Code::ConsentPolicyInvalid, problems.to_string())
    }
}
