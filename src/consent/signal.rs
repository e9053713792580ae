//! From one decision to every signal that partners read.
//!
//! [`Visit`] is what is known: the policy, the decision, the vendors that were chosen, Global Privacy Control, the region.
//! [`Visit::signals`] makes of it all that is sent: a TC string, a GPP string, a US privacy string, Google Consent Mode,
//! Google's Additional Consent. They come from the same few questions, so that they cannot contradict each other, and none
//! of them allows what the decision does not:
//!
//! * What has not been decided is not allowed, in every region.
//! * A signal that several purposes stand behind is on when all of them are allowed. TCF purpose 1, storage, is the one
//!   exception: it comes with the others, so one allowed purpose that names it is enough.
//! * Global Privacy Control takes every purpose back that heeds it ([`Purpose::heeds_gpc`]).
//! * A region that is not known gets the signals of all regions.
//!
//! `docs/signals.md` has the whole table with its sources.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::consent::region::Region;
//! use storefront_privacy::consent::signal::Visit;
//! use storefront_privacy::consent::{Decision, Policy};
//!
//! let policy = Policy::parse(include_str!("../../tests/vectors/consent/iab-policy.json"))?;
//! let decision = Decision::new(&policy, &["analytics", "marketing", "measurement"], 1_795_392_000)?;
//! let visit = Visit { decision: Some(&decision), region: Region::parse("US-CA"), ..Visit::new(&policy, 1_795_392_000) };
//! assert_eq!(visit.signals().us_privacy.text(), Some("1YNN"));
//!
//! let opted_out = Visit { gpc: true, ..visit }.signals();
//! assert_eq!(opted_out.us_privacy.text(), Some("1YYN"));
//! assert_eq!(opted_out.taken_back, ["marketing", "measurement"]);
//! assert_eq!(opted_out.tc.because(), Some("the policy gives no TC string in this region"));
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

mod policy;
mod read;
mod tc;
mod us;
#[cfg(all(feature = "consent-signals", feature = "web", target_arch = "wasm32"))]
pub mod web;
mod write;

pub use policy::policy_for_signals;
pub use read::Answers;
pub(super) use us::categories;

use super::choice::Decision;
use super::gpp;
use super::policy::iab::{ConsentMode, Iab};
use super::policy::{Policy, Purpose};
use super::region::Region;
use super::tcf::{IdSet, VendorList};
use crate::Code;

/// What is known when signals are made.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// What the shop does.
    pub policy: &'a Policy,
    /// What the visitor decided; none before that. One under another version of the policy counts as none.
    pub decision: Option<&'a Decision>,
    /// What the visitor chose among the vendors of the TCF.
    pub vendors: Vendors<'a>,
    /// Whether the browser sends Global Privacy Control.
    pub gpc: bool,
    /// Where the visitor is.
    pub region: Region,
    /// The vendor list of the region's framework.
    pub list: Option<&'a VendorList>,
    /// The language in which the visitor was asked, a BCP 47 tag.
    pub language: &'a str,
    /// The present time, in seconds after 1970-01-01T00:00:00Z.
    pub now: i64,
}

/// What a visitor chose among vendors. None of a set stands for all vendors that the decision's purposes allow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vendors<'a> {
    /// The vendors that the visitor was told of when deciding: later ones are not allowed anything.
    pub disclosed: Option<&'a IdSet>,
    /// The vendors that were consented to.
    pub consents: Option<&'a IdSet>,
    /// The vendors whose legitimate interest was not objected to.
    pub legitimate_interests: Option<&'a IdSet>,
}

/// A signal's text, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// This is sent.
    Sent(String),
    /// Nothing is sent.
    Withheld {
        /// The code of what has to be put right; none where it is right that nothing is sent.
        code: Option<Code>,
        /// Why, in words.
        because: String,
    },
}

impl Signal {
    /// The text, if there is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Sent(text) => Some(text),
            Self::Withheld { .. } => None,
        }
    }

    /// Why there is none.
    pub fn because(&self) -> Option<&str> {
        match self {
            Self::Sent(_) => None,
            Self::Withheld { because, .. } => Some(because),
        }
    }

    /// The code of what has to be put right.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Sent(_) => None,
            Self::Withheld { code, .. } => *code,
        }
    }

    fn withheld(because: &str) -> Self {
        Self::Withheld { code: None, because: because.to_owned() }
    }
}

/// Everything that partners are told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signals {
    /// Where the visitor is taken to be.
    pub region: Region,
    /// Whether there is a decision.
    pub decided: bool,
    /// Whether Global Privacy Control is on.
    pub gpc: bool,
    /// The ids of the purposes that were allowed and that Global Privacy Control took back.
    pub taken_back: Vec<String>,
    /// The TC string (TCF 2.3).
    pub tc: Signal,
    /// Google's Additional Consent string, version 2.
    pub additional_consent: Signal,
    /// The GPP string (GPP 1.1).
    pub gpp: Signal,
    /// The ids of its sections that apply, -1 for none (GPP CMP API, `applicableSections`).
    pub applicable_sections: Vec<i32>,
    /// The US privacy string, which the IAB has deprecated.
    pub us_privacy: Signal,
    /// Google Consent Mode v2: each key and whether it is granted. None where no purpose names a key.
    pub consent_mode: Option<[(ConsentMode, bool); 7]>,
}

impl<'a> Visit<'a> {
    /// A visit of which nothing else is known: no decision, region unknown, English.
    pub fn new(policy: &'a Policy, now: i64) -> Self {
        Self {
            policy,
            decision: None,
            vendors: Vendors::default(),
            gpc: false,
            region: Region::UNKNOWN,
            list: None,
            language: "en",
            now,
        }
    }

    /// What partners are told.
    pub fn signals(&self) -> Signals {
        let decided = self.decision.is_some_and(|decision| decision.policy == self.policy.version);
        let allowed = Allowed::of(self, decided);
        let tc = tc::tc_string(self, &allowed);
        let canada = tc::canada(self, &allowed);
        let us_privacy = if self.region.is_american() && self.gives_us_privacy() {
            Signal::Sent(us::us_privacy(&allowed).to_owned())
        } else {
            Signal::withheld("the policy gives no US privacy string in this region")
        };
        let (gpp, applicable_sections) = self.gpp(&allowed, &tc, canada, &us_privacy);
        let additional_consent = tc::additional_consent(self.policy, decided, &allowed, &tc);
        let consent_mode = self.consent_mode(&allowed);
        let taken_back = allowed.taken_back.iter().map(|purpose| purpose.id.clone()).collect();
        let (region, gpc) = (self.region, self.gpc);
        Signals {
            region,
            decided,
            gpc,
            taken_back,
            tc,
            additional_consent,
            gpp,
            applicable_sections,
            us_privacy,
            consent_mode,
        }
    }

    fn gives_us_privacy(&self) -> bool {
        self.policy.gpp.as_ref().is_some_and(|gpp| gpp.us_privacy)
    }

    fn gpp(
        &self,
        allowed: &Allowed<'_>,
        tc: &Signal,
        canada: Option<gpp::Gpp>,
        us_privacy: &Signal,
    ) -> (Signal, Vec<i32>) {
        let Some(platform) = &self.policy.gpp else {
            return (Signal::withheld("the policy has no `gpp`"), Vec::new());
        };
        let mut signal = canada.unwrap_or_default();
        let mut written = Ok(());
        if let Some(text) = tc.text() {
            written = written.and(signal.set_section("tcfeuv2", text));
        }
        if self.region.is_american() {
            let section = us::section(self.region, platform.approach, self.now);
            written = written.and(us::fill(&mut signal, section, platform.mspa, allowed, self.gpc));
            if let Some(text) = us_privacy.text() {
                written = written.and(signal.set_section("uspv1", text));
            }
        }
        if let Err(error) = written {
            let because = error.message().to_owned();
            return (Signal::Withheld { code: Some(error.kind()), because }, Vec::new());
        }
        let mut sections: Vec<i32> = signal.section_ids().into_iter().map(i32::from).collect();
        if sections.is_empty() {
            sections.push(-1);
        }
        (Signal::Sent(signal.encode()), sections)
    }

    fn consent_mode(&self, allowed: &Allowed<'_>) -> Option<[(ConsentMode, bool); 7]> {
        use ConsentMode::{
            AdPersonalization, AdStorage, AdUserData, AnalyticsStorage, FunctionalityStorage,
            PersonalizationStorage, SecurityStorage,
        };
        let named = self.policy.purposes.iter().any(|purpose| !purpose.iab.consent_mode.is_empty());
        let keys = [
            AdStorage,
            AdUserData,
            AdPersonalization,
            AnalyticsStorage,
            FunctionalityStorage,
            PersonalizationStorage,
            SecurityStorage,
        ];
        let granted = |key| (key, allowed.every(|iab| iab.consent_mode.contains(&key)) == Some(true));
        named.then(|| keys.map(granted))
    }
}

/// What the decision allows, after Global Privacy Control.
struct Allowed<'a> {
    purposes: Vec<(&'a Purpose, bool)>,
    taken_back: Vec<&'a Purpose>,
}

impl<'a> Allowed<'a> {
    fn of(visit: &Visit<'a>, decided: bool) -> Self {
        let decision = visit.decision.filter(|_| decided);
        let granted = |purpose: &Purpose| {
            purpose.essential || decision.is_some_and(|decision| decision.allows(&purpose.id))
        };
        let taken = |purpose: &Purpose| visit.gpc && purpose.heeds_gpc();
        let purposes = || visit.policy.purposes.iter();
        Self {
            purposes: purposes().map(|purpose| (purpose, granted(purpose) && !taken(purpose))).collect(),
            taken_back: purposes().filter(|purpose| granted(purpose) && taken(purpose)).collect(),
        }
    }

    /// Whether all purposes that mean this are allowed; none when no purpose means it.
    fn every(&self, means: impl Fn(&Iab) -> bool) -> Option<bool> {
        let mut found = self.purposes.iter().filter(|(purpose, _)| means(&purpose.iab)).peekable();
        found.peek()?;
        Some(found.all(|(_, allowed)| *allowed))
    }
}
