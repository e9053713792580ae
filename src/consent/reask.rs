//! After how long a visitor may, or should, be asked again: data with source and status, not advice.

use crate::codec::time::Duration;

use super::region::Regime;

/// What stands behind a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// A statute or regulation demands it.
    Statute,
    /// A regulator advises it.
    Advice,
    /// Neither: a choice of ours for want of a rule.
    Choice,
}

impl Status {
    /// A word for programs: `statute`, `advice`, `choice`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statute => "statute",
            Self::Advice => "advice",
            Self::Choice => "choice",
        }
    }
}

/// After how long to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Period {
    /// How long, in months.
    pub months: u32,
    /// Who says so, and where.
    pub source: &'static str,
    /// With what force.
    pub status: Status,
    /// Whether asking earlier is what the source speaks against; else keeping the answer longer is.
    pub at_least: bool,
}

impl Period {
    /// The same as a duration.
    pub fn duration(&self) -> Duration {
        Duration { months: self.months, ..Duration::default() }
    }
}

const CNIL: Period = Period {
    months: 6,
    source: "CNIL, Délibération 2020-092 of 17 September 2020 (recommendation \"cookies et autres traceurs\"), §§ 35-36",
    status: Status::Advice,
    at_least: false,
};

const CALIFORNIA: Period = Period {
    months: 12,
    source: "Cal. Civ. Code §1798.135(c)(4); 11 CCR §7028",
    status: Status::Statute,
    at_least: true,
};

const STATES: Period = Period {
    months: 12,
    source: "taken over from Cal. Civ. Code §1798.135(c)(4) for the other states with an opt-out",
    status: Status::Choice,
    at_least: true,
};

const REST: Period = Period {
    months: 6,
    source: "taken over from the CNIL's advice where no rule is known",
    status: Status::Choice,
    at_least: false,
};

/// After how long to ask somebody again who refused, or objected.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::reask::{self, Status};
/// use storefront_privacy::consent::region::Region;
///
/// let california = reask::after_refusal(Region::parse("US-CA").regime());
/// assert_eq!((california.months, california.status), (12, Status::Statute));
/// assert_eq!(reask::after_refusal(Region::parse("FR").regime()).months, 6);
/// ```
pub fn after_refusal(regime: Regime) -> Period {
    match regime {
        Regime::UsState(law) if law.state == "CA" => CALIFORNIA,
        Regime::UsState(_) | Regime::UnitedStates => STATES,
        Regime::Europe => CNIL,
        _ => REST,
    }
}

/// After how long to ask somebody again who granted something.
pub fn after_grant(regime: Regime) -> Period {
    match regime {
        Regime::Europe => CNIL,
        _ => REST,
    }
}
