//! Requests about a person's data: which there are, what they are called, and until when they are to be answered.
//!
//! Actions and states have the names of the Data Rights Protocol 1.0 where it has one. A request that a shop's own page takes has
//! that shape, and nothing more: only an authorised agent signs and sends requests by that protocol.

use crate::codec::time::DateTime;
use crate::consent::region::{Regime, Region};

const DAY: i64 = 86_400;

/// What a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// A copy of the data (GDPR Article 15).
    Access,
    /// That it is deleted (GDPR Article 17).
    Deletion,
    /// That it is put right (GDPR Article 16).
    Correction,
    /// A copy that other programs can read (GDPR Article 20).
    Portability,
    /// That it is neither sold nor shared (Cal. Civ. Code §1798.120).
    OptOut,
    /// That sensitive data serves what is necessary alone (Cal. Civ. Code §1798.121).
    LimitSensitive,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Access,
        Self::Deletion,
        Self::Correction,
        Self::Portability,
        Self::OptOut,
        Self::LimitSensitive,
    ];

    /// The name in a request. `access`, `deletion` and `sale:opt-out` are the protocol's; it has none for the others.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Deletion => "deletion",
            Self::Correction => "correction",
            Self::Portability => "portability",
            Self::OptOut => "sale:opt-out",
            Self::LimitSensitive => "sensitive:limit",
        }
    }

    /// The action of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// Whether the shop may ask who it is. For an opt-out and for limiting it may not (11 CCR §7060(b)).
    pub const fn needs_identity(self) -> bool {
        !matches!(self, Self::OptOut | Self::LimitSensitive)
    }
}

/// Until when a request is to be answered, and what says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// Until when its receipt is to be confirmed, where a law asks for that, in seconds after 1970-01-01T00:00:00Z.
    pub confirm_by: Option<i64>,
    /// Until when it is to be answered.
    pub due: i64,
    /// The regime by the protocol's names: `ccpa` for California's, `voluntary` where no law of this list applies; else the law's
    /// short name in lower case.
    pub regime: &'static str,
    /// The provision.
    pub source: &'static str,
}

impl Deadline {
    /// The deadline of a request received at `received`, in seconds after 1970-01-01T00:00:00Z.
    ///
    /// Days end at midnight UTC. Business days are Monday to Friday: holidays, which differ, are not counted out, so that no
    /// deadline here is later than the law's. Where the region is not known, the month of the GDPR is promised.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::codec::time;
    /// use storefront_privacy::consent::region::Region;
    /// use storefront_privacy::consent::rights::{Action, Deadline};
    ///
    /// let received = time::parse("2027-01-31T09:30:00Z")?;
    /// let deadline = Deadline::of(Action::Access, Region::parse("IE"), received);
    /// assert_eq!(time::format(deadline.due)?, "2027-02-28T23:59:59Z");
    /// let deadline = Deadline::of(Action::OptOut, Region::parse("US-CA"), received);
    /// assert_eq!(time::format(deadline.due)?, "2027-02-19T23:59:59Z");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn of(action: Action, region: Region, received: i64) -> Self {
        let of = |regime, due, source| Self { confirm_by: None, due, regime, source };
        match region.regime() {
            Regime::UnitedKingdom => of("uk-gdpr", a_month_after(received), "UK GDPR Article 12(3)"),
            Regime::Switzerland => of("fadp", days_after(received, 30), "DPO (SR 235.11) Article 18"),
            Regime::Brazil => of("lgpd", days_after(received, 15), "LGPD (Law 13.709/2018) Article 19(II)"),
            Regime::Quebec => of("p-39.1", days_after(received, 30), "Act P-39.1 (Québec), section 32"),
            Regime::Canada => of("pipeda", days_after(received, 30), "PIPEDA section 8(3)"),
            Regime::UsState(law) if law.state == "CA" => match action {
                Action::OptOut => of("ccpa", business_days_after(received, 15), "11 CCR §7026(f)(1)"),
                Action::LimitSensitive => of("ccpa", business_days_after(received, 15), "11 CCR §7027(g)(1)"),
                _ => Self {
                    confirm_by: Some(business_days_after(received, 10)),
                    ..of("ccpa", days_after(received, 45), "Cal. Civ. Code §1798.130(a)(2)(A), 11 CCR §7021")
                },
            },
            Regime::UsState(law) => of("us-state", days_after(received, 45), law.source),
            Regime::UnitedStates | Regime::Rest => of(
                "voluntary",
                a_month_after(received),
                "the shop's own promise: no law of this list applies",
            ),
            Regime::Europe => of("gdpr", a_month_after(received), "GDPR Article 12(3)"),
            Regime::Unknown => {
                of("gdpr", a_month_after(received), "GDPR Article 12(3), as the region is not known")
            }
        }
    }
}

/// The end of a day.
fn end_of(seconds: i64) -> i64 {
    seconds.div_euclid(DAY) * DAY + DAY - 1
}

fn days_after(received: i64, days: i64) -> i64 {
    end_of(received + days * DAY)
}

fn business_days_after(received: i64, days: i64) -> i64 {
    let mut day = received.div_euclid(DAY);
    let mut left = days;
    while left > 0 {
        day += 1;
        // 1970-01-01 was a Thursday; Monday is 0.
        if (day + 3).rem_euclid(7) < 5 {
            left -= 1;
        }
    }
    end_of(day * DAY)
}

/// The same day of the next month, or that month's last (Regulation (EEC, Euratom) 1182/71, Article 3(2)(c)).
fn a_month_after(received: i64) -> i64 {
    let Ok(day) = DateTime::from_seconds(received) else { return days_after(received, 28) };
    let (year, month) = if day.month == 12 { (day.year + 1, 1) } else { (day.year, day.month + 1) };
    let first_of_next =
        |year, month| DateTime { year, month, day: 1, hour: 0, minute: 0, second: 0 }.to_seconds();
    let (after_year, after_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let length = (first_of_next(after_year, after_month) - first_of_next(year, month)) / DAY;
    end_of(DateTime { year, month, day: day.day.min(length), ..day }.to_seconds())
}
