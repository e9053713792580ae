use storefront_privacy::codec::time;
use storefront_privacy::consent::region::{LAWS, Regime, Region};

use crate::generate::{Source, cases};

fn regime(text: &str) -> Regime {
    Region::parse(text).regime()
}

/// ISO 3166-1, the codes that are assigned, from the tz database's `iso3166.tab` (public domain).
const ASSIGNED: &str = include_str!("../../vectors/consent/iso3166.txt");

#[test]
fn every_country_has_a_regime_and_nothing_else_has() {
    let assigned: Vec<_> = ASSIGNED.split_whitespace().collect();
    assert_eq!(assigned.len(), 249);
    let letters = || (b'A'..=b'Z').map(char::from);
    for code in letters().flat_map(|first| letters().map(move |second| format!("{first}{second}"))) {
        let known = assigned.contains(&code.as_str()) || ["EU", "UK"].contains(&code.as_str());
        assert_eq!(regime(&code) != Regime::Unknown, known, "{code}");
    }
    let count = |wanted: Regime| assigned.iter().filter(|code| regime(code) == wanted).count();
    // 27 of the Union, 3 of the EEA, 6 parts of France and 1 of Finland with codes of their own, Svalbard.
    assert_eq!(count(Regime::Europe), 27 + 3 + 6 + 1 + 1);
    assert_eq!(count(Regime::UnitedKingdom), 5);
}

#[test]
fn reads_what_a_shop_or_a_header_says() {
    for text in ["de", "DE", " fr ", "FR-75", "NO", "is", "LI", "EU", "GF"] {
        assert_eq!(regime(text), Regime::Europe, "{text}");
    }
    assert_eq!(regime("el-gr"), Regime::Unknown, "a language is no region");
    assert_eq!(regime("UK"), Regime::UnitedKingdom);
    assert_eq!(Region::parse("uk").to_string(), "GB");
    assert_eq!(regime("CH-ZH"), Regime::Switzerland);
    assert_eq!(regime("br"), Regime::Brazil);
    for text in ["ca-qc", "CA_QC", "CA", "CA-XX", "ca-"] {
        assert_eq!(regime(text), Regime::Quebec, "{text}");
    }
    assert_eq!(regime("CA-ON"), Regime::Canada);
    for text in ["US", "us-ny", "US-ZZ", "PR", "US-1"] {
        assert_eq!(regime(text), Regime::UnitedStates, "{text}");
    }
    assert_eq!(regime("JP"), Regime::Rest);
    for text in ["", "-", "XX", "ZZ", "T1", "A1", "EUR", "D", "DE-BE-X", "d\u{e9}", "US-CA-X", "\u{1f1e9}"] {
        assert_eq!(Region::parse(text), Region::UNKNOWN, "{text}");
    }
    assert_eq!(Region::parse("us-ca").to_string(), "US-CA");
    assert_eq!(Region::UNKNOWN.to_string(), "ZZ");
}

/// Each section of the Global Privacy Platform from 8 to 27 belongs to one state.
#[test]
fn the_laws_are_in_order_and_have_every_section() {
    let mut sections: Vec<_> = LAWS.iter().filter_map(|law| law.gpp_section).collect();
    sections.sort_unstable();
    assert_eq!(sections, (8..=27).collect::<Vec<u8>>());
    assert!(LAWS.windows(2).all(|pair| pair[0].in_force <= pair[1].in_force));
    // The twelve of GPC's legal considerations, November 2026.
    let honouring: Vec<_> = LAWS.iter().filter(|law| law.honours_signal).map(|law| law.state).collect();
    assert_eq!(honouring, ["CA", "CO", "CT", "OR", "TX", "MT", "DE", "NE", "NH", "NJ", "MN", "MD"]);
    for law in LAWS {
        let start = time::parse(&format!("{}T00:00:00Z", law.in_force)).unwrap();
        assert!(law.is_in_force(start) && !law.is_in_force(start - 1), "{}", law.state);
        let region = Region::parse(&format!("us-{}", law.state.to_lowercase()));
        assert_eq!(region.regime(), Regime::UsState(law));
        assert!(region.is_american() && !region.is_european() && !law.source.is_empty());
    }
}

#[test]
fn what_is_not_known_may_be_anywhere() {
    let unknown = Region::UNKNOWN;
    assert!(unknown.is_european() && unknown.is_american() && unknown.is_canadian());
    assert!(!Region::parse("JP").is_european());
}

#[test]
fn survives_any_text() {
    let mut source = Source::new(41);
    for _ in 0..cases(20_000) {
        let text = source.text(8);
        let shown = Region::parse(&text).to_string();
        assert_eq!(Region::parse(&shown).regime(), Region::parse(&text).regime());
    }
}
