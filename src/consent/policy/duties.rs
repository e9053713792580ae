//! The members of a policy file that say how the gate holds, where which model of choice applies, when to ask again,
//! and in which languages: `essentialOrigins`, `gate`, `regions`, `reask`, `banner`, `translations`, `changes`,
//! `unreviewed`.
//!
//! All of them may be left out. What is left out is the strictest: everything is held, everybody is asked first.
//!
//! ```json
//! {
//!   "essentialOrigins": [{ "origin": "https://pay.example", "reason": "takes the payment" }],
//!   "gate": { "mode": "enforce", "unknown": "hold", "domain": "shop.example" },
//!   "regions": [{ "region": "US-CA", "model": "opt-out" }],
//!   "reask": { "granted": "P6M", "refused": "P6M" },
//!   "banner": { "message": "…" },
//!   "translations": [{
//!     "language": "de",
//!     "purposes": [{ "id": "analytics", "name": "Besuche zählen", "description": "…" }]
//!   }],
//!   "changes": ["Echo Ads also receives: what you looked at"],
//!   "unreviewed": true
//! }
//! ```

use super::check::{Checker, Place};
use super::form;
use super::read::{LONG_TEXT, ORIGIN, TEXT};
use crate::codec::time::Duration;
use crate::consent::reask::{self, Period};
use crate::consent::region::Region;

/// An origin that the shop cannot do without: payment, fraud prevention, its own API. Nothing of it is ever held.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EssentialOrigin {
    /// The origin; `https://*.example.com` stands for every host below it.
    pub origin: String,
    /// What the shop needs it for.
    pub reason: String,
}

/// What the gate does with what it would hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Mode {
    /// It holds.
    #[default]
    Enforce,
    /// It notes what it would hold, and changes nothing. For trying a policy out; nothing is kept back.
    Observe,
}

impl Mode {
    const ALL: [Self; 2] = [Self::Enforce, Self::Observe];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Observe => "observe",
        }
    }
}

/// What the gate does with an origin that the policy does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Unknown {
    /// It is held until every purpose is granted.
    #[default]
    Hold,
    /// It passes.
    Pass,
}

impl Unknown {
    const ALL: [Self; 2] = [Self::Hold, Self::Pass];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Pass => "pass",
        }
    }
}

/// How the gate works.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct GateRules {
    /// Whether it holds.
    pub mode: Mode,
    /// What it does with origins that are not named.
    pub unknown: Unknown,
    /// The domain whose subdomains share one decision, by a cookie; none: each origin has its own.
    pub domain: Option<String>,
}

/// Whether a visitor is asked before, or may object after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Model {
    /// Nothing is allowed before it was granted.
    #[default]
    OptIn,
    /// Allowed until objected to; Global Privacy Control is an objection.
    OptOut,
}

impl Model {
    const ALL: [Self; 2] = [Self::OptIn, Self::OptOut];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OptIn => "opt-in",
            Self::OptOut => "opt-out",
        }
    }
}

/// Which model applies in a region. Where no rule is, [`Model::OptIn`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegionRule {
    /// A country (`AU`) or a country with a subdivision (`US-CA`).
    pub region: String,
    /// The model.
    pub model: Model,
}

/// After how long a visitor is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reask {
    /// After something was granted.
    pub granted: Duration,
    /// After everything was refused.
    pub refused: Duration,
}

/// A banner's texts, in the shop's own words; what is missing is ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BannerTexts {
    /// The heading.
    pub title: Option<String>,
    /// What it is about.
    pub message: Option<String>,
    /// The button that grants everything.
    pub accept: Option<String>,
    /// The button that grants nothing.
    pub reject: Option<String>,
    /// The button that shows the purposes.
    pub choose: Option<String>,
}

/// The shop's texts in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Translation {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The banner's texts in the shop's own words.
    pub banner: BannerTexts,
    /// The purposes' texts.
    pub purposes: Vec<TranslatedPurpose>,
}

/// A purpose's texts in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TranslatedPurpose {
    /// Whose texts they are.
    pub id: String,
    /// The purpose's name.
    pub name: String,
    /// What it means for the visitor.
    pub description: String,
}

/// Everything of this room, as it stands in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Duties {
    /// The origins that are never held; `None` where the file does not say, which a lint demands.
    pub essential_origins: Option<Vec<EssentialOrigin>>,
    /// How the gate works.
    pub gate: GateRules,
    /// Where another model than opt-in applies.
    pub regions: Vec<RegionRule>,
    /// When to ask again; `None`: as [`mod@reask`] advises.
    pub reask: Option<Reask>,
    /// The banner's texts in the shop's words.
    pub banner: BannerTexts,
    /// The shop's texts in other languages.
    pub translations: Vec<Translation>,
    /// What has changed since the version before, in the shop's words or as [`site::changes`](crate::consent::site) finds it.
    pub changes: Vec<String>,
    /// Whether our own words may be shown in a language that nobody who speaks it has reviewed.
    pub unreviewed: bool,
}

impl Duties {
    /// Where people opt out, the longest of the periods that may not be undercut before they are asked again.
    pub fn objection(&self) -> Option<Period> {
        let opt_out = self.regions.iter().filter(|rule| rule.model == Model::OptOut);
        let periods = opt_out.map(|rule| reask::after_refusal(Region::parse(&rule.region).regime()));
        periods.filter(|period| period.at_least).max_by_key(|period| period.months)
    }
}

pub(super) const MEMBERS: [&str; 8] =
    ["essentialOrigins", "gate", "regions", "reask", "banner", "translations", "changes", "unreviewed"];

pub(super) fn duties(check: &mut Checker, place: &Place<'_>, known: &[&str]) -> Duties {
    let origins = place.member("essentialOrigins");
    let translations =
        check.maybe_list(&place.member("translations"), 64, |check, place| translation(check, place, known));
    let languages = translations.iter().map(|translation| translation.language.as_str());
    check.unique(&place.member("translations"), languages);
    Duties {
        essential_origins: origins.exists().then(|| check.list(&origins, 0..=64, essential)),
        gate: gate(check, &place.member("gate")),
        regions: check.maybe_list(&place.member("regions"), 64, region),
        reask: reask(check, &place.member("reask")),
        banner: banner(check, &place.member("banner")),
        translations,
        changes: check
            .maybe_list(&place.member("changes"), 64, |check, place| Some(check.words(place, LONG_TEXT))),
        unreviewed: check.flag(&place.member("unreviewed")),
    }
}

fn essential(check: &mut Checker, place: &Place<'_>) -> Option<EssentialOrigin> {
    if !check.object(place, &["origin", "reason"]) {
        return None;
    }
    let origin = check.text(&place.member("origin"), ORIGIN, &form::is_origin_pattern);
    Some(EssentialOrigin { origin, reason: check.words(&place.member("reason"), TEXT) })
}

fn gate(check: &mut Checker, place: &Place<'_>) -> GateRules {
    if !place.exists() || !check.object(place, &["mode", "unknown", "domain"]) {
        return GateRules::default();
    }
    let mode = place.member("mode");
    let unknown = place.member("unknown");
    let domain = place.member("domain");
    GateRules {
        mode: mode
            .exists()
            .then(|| check.one_of(&mode, &Mode::ALL, Mode::as_str))
            .flatten()
            .unwrap_or_default(),
        unknown: unknown
            .exists()
            .then(|| check.one_of(&unknown, &Unknown::ALL, Unknown::as_str))
            .flatten()
            .unwrap_or_default(),
        domain: domain
            .exists()
            .then(|| check.text(&domain, "a domain such as shop.example", &form::is_domain)),
    }
}

fn region(check: &mut Checker, place: &Place<'_>) -> Option<RegionRule> {
    if !check.object(place, &["region", "model"]) {
        return None;
    }
    let region = check.text(&place.member("region"), "a region such as US-CA or AU", &form::is_region);
    let model = check.one_of(&place.member("model"), &Model::ALL, Model::as_str);
    Some(RegionRule { region, model: model? })
}

fn reask(check: &mut Checker, place: &Place<'_>) -> Option<Reask> {
    if !place.exists() || !check.object(place, &["granted", "refused"]) {
        return None;
    }
    let mut period = |name: &str| {
        let expected = "an ISO 8601 duration such as P6M";
        let text = check.text(&place.member(name), expected, &|text| Duration::parse(text).is_ok());
        Duration::parse(&text).unwrap_or_default()
    };
    Some(Reask { granted: period("granted"), refused: period("refused") })
}

fn banner(check: &mut Checker, place: &Place<'_>) -> BannerTexts {
    if !place.exists() || !check.object(place, &["title", "message", "accept", "reject", "choose"]) {
        return BannerTexts::default();
    }
    let mut text = |name: &str, most: usize| {
        let place = place.member(name);
        place.exists().then(|| check.words(&place, most))
    };
    BannerTexts {
        title: text("title", TEXT),
        message: text("message", LONG_TEXT),
        accept: text("accept", 40),
        reject: text("reject", 40),
        choose: text("choose", 40),
    }
}

fn translation(check: &mut Checker, place: &Place<'_>, known: &[&str]) -> Option<Translation> {
    if !check.object(place, &["language", "banner", "purposes"]) {
        return None;
    }
    let language =
        check.text(&place.member("language"), "a language tag such as en or pt-BR", &form::is_language);
    let banner = banner(check, &place.member("banner"));
    let purposes = check.list(&place.member("purposes"), 0..=32, |check, place| {
        if !check.object(place, &["id", "name", "description"]) {
            return None;
        }
        let id =
            check.text(&place.member("id"), "the id of one of the purposes", &|text| known.contains(&text));
        let name = check.words(&place.member("name"), TEXT);
        Some(TranslatedPurpose {
            id,
            name,
            description: check.words(&place.member("description"), LONG_TEXT),
        })
    });
    check.unique(&place.member("purposes"), purposes.iter().map(|purpose| purpose.id.as_str()));
    Some(Translation { language, banner, purposes })
}
