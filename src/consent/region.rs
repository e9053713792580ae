//! Where a visitor is, as far as privacy law asks: data, not decisions.
//!
//! A shop says the region, or a header that its edge adds does: `DE`, `US-CA`, `ca-qc`. What is not known is
//! [`Regime::Unknown`], and everything that asks for a region then does what is strictest.
//!
//! The laws and their dates are those of the statutes named beside them, as published in November 2026. This is data
//! for software, not legal advice: a shop's counsel decides which law applies to it.

mod countries;
mod states;

pub use states::{LAWS, UsLaw};

/// What a region's law asks a shop for before data may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Regime {
    /// The European Union and the rest of the European Economic Area: consent first (ePrivacy Directive 2002/58/EC
    /// Article 5(3), GDPR Articles 6 and 7).
    Europe,
    /// The United Kingdom, its Crown dependencies and Gibraltar, whose laws follow it: consent first (PECR
    /// regulation 6, UK GDPR; exemptions by the Data (Use and Access) Act 2025).
    UnitedKingdom,
    /// Switzerland: information and a right to object (FADP of 1 September 2023; Telecommunications Act Article 45c).
    Switzerland,
    /// Brazil: a legal basis, for advertising in practice consent (LGPD, Law 13.709/2018, Articles 7 and 8).
    Brazil,
    /// Québec: consent first, profiling off by default (Act respecting the protection of personal information in the
    /// private sector, P-39.1, section 8.1, in force since 22 September 2023). A Canadian whose province is not known
    /// is here too.
    Quebec,
    /// The rest of Canada: express or implied consent (PIPEDA, Schedule 1, clause 4.3).
    Canada,
    /// A state of the United States whose law lets people opt out.
    UsState(&'static UsLaw),
    /// The United States where there is no such law, or where the state is not known.
    UnitedStates,
    /// A country without rules of its own in this list.
    Rest,
    /// Not known. What is strictest applies.
    Unknown,
}

/// A visitor's region.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::region::{Regime, Region};
///
/// assert_eq!(Region::parse("DE").regime(), Regime::Europe);
/// assert_eq!(Region::parse("ca-qc").regime(), Regime::Quebec);
/// let Regime::UsState(law) = Region::parse("US-CA").regime() else { panic!("a state with a law") };
/// assert_eq!((law.in_force, law.gpp_section), ("2020-01-01", Some(8)));
/// assert_eq!(Region::parse("XX").regime(), Regime::Unknown);
/// assert_eq!(Region::parse("us_tx").to_string(), "US-TX");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    regime: Regime,
    country: [u8; 2],
    subdivision: Option<[u8; 2]>,
}

impl Region {
    /// Where nobody knows the region.
    pub const UNKNOWN: Self = Self { regime: Regime::Unknown, country: *b"ZZ", subdivision: None };

    /// The region of a country's code (ISO 3166-1 alpha-2), or of a code with a subdivision (ISO 3166-2), in letters of
    /// either case, joined by `-` or `_`. `EU` and `UK` count as well. Anything else, the codes `XX`, `ZZ` and `T1` of
    /// content networks among it, is [`Region::UNKNOWN`]: a region never fails, it is never less strict than it may be.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.trim().split(['-', '_']);
        let Some(country) = parts.next().and_then(letters) else { return Self::UNKNOWN };
        let subdivision = parts.next();
        if parts.next().is_some() {
            return Self::UNKNOWN;
        }
        let country = if &country == b"UK" { *b"GB" } else { country };
        let subdivision = subdivision.and_then(letters);
        match regime(country, subdivision) {
            Regime::Unknown => Self::UNKNOWN,
            regime => Self { regime, country, subdivision },
        }
    }

    /// What its law asks for.
    pub fn regime(&self) -> Regime {
        self.regime
    }

    /// Whether one of the laws that the IAB's European framework is made for applies, or may.
    pub fn is_european(&self) -> bool {
        use Regime::{Europe, Switzerland, UnitedKingdom, Unknown};
        matches!(self.regime, Europe | UnitedKingdom | Switzerland | Unknown)
    }

    /// Whether this is the United States, or may be.
    pub fn is_american(&self) -> bool {
        matches!(self.regime, Regime::UsState(_) | Regime::UnitedStates | Regime::Unknown)
    }

    /// Whether this is Canada, or may be.
    pub fn is_canadian(&self) -> bool {
        matches!(self.regime, Regime::Canada | Regime::Quebec | Regime::Unknown)
    }
}

impl std::fmt::Display for Region {
    /// The code in capitals, `ZZ` where it is not known.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.country {
            std::fmt::Write::write_char(formatter, char::from(letter))?;
        }
        let Some([first, second]) = self.subdivision else { return Ok(()) };
        write!(formatter, "-{}{}", char::from(first), char::from(second))
    }
}

fn letters(text: &str) -> Option<[u8; 2]> {
    let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
    letters.iter().all(u8::is_ascii_alphabetic).then(|| letters.map(|letter| letter.to_ascii_uppercase()))
}

fn regime(country: [u8; 2], subdivision: Option<[u8; 2]>) -> Regime {
    match &country {
        b"US" => states::law_of(subdivision).map_or(Regime::UnitedStates, Regime::UsState),
        b"CA" => match subdivision {
            Some(province) if countries::is_in(countries::PROVINCES, province) => Regime::Canada,
            _ => Regime::Quebec,
        },
        b"BR" => Regime::Brazil,
        b"CH" => Regime::Switzerland,
        _ if countries::is_in(countries::EUROPE, country) => Regime::Europe,
        _ if countries::is_in(countries::UNITED_KINGDOM, country) => Regime::UnitedKingdom,
        _ if countries::is_in(countries::UNITED_STATES, country) => Regime::UnitedStates,
        _ if countries::is_in(countries::REST, country) => Regime::Rest,
        _ => Regime::Unknown,
    }
}
