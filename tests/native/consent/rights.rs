use storefront_privacy::codec::time;
use storefront_privacy::consent::region::{LAWS, Region};
use storefront_privacy::consent::rights::{Action, Deadline};

fn due(action: Action, region: &str, received: &str) -> (String, &'static str) {
    let deadline = Deadline::of(action, Region::parse(region), time::parse(received).unwrap());
    (time::format(deadline.due).unwrap()[..10].to_owned(), deadline.regime)
}

#[test]
fn a_month_is_the_same_day_of_the_next_or_its_last() {
    for (received, expected) in [
        ("2026-11-27T08:00:00Z", "2026-12-27"),
        ("2026-12-31T23:59:59Z", "2027-01-31"),
        ("2027-01-29T00:00:00Z", "2027-02-28"),
        ("2028-01-31T00:00:00Z", "2028-02-29"),
        ("2027-03-31T12:00:00Z", "2027-04-30"),
    ] {
        assert_eq!(due(Action::Access, "DE", received), (expected.to_owned(), "gdpr"), "{received}");
        assert_eq!(due(Action::Deletion, "GB", received), (expected.to_owned(), "uk-gdpr"));
        assert_eq!(due(Action::Deletion, "", received), (expected.to_owned(), "gdpr"), "an unknown region");
    }
}

#[test]
fn each_law_has_its_own_days() {
    // A Friday.
    let received = "2026-11-27T08:00:00Z";
    for (region, action, expected, regime) in [
        ("CH", Action::Access, "2026-12-27", "fadp"),
        ("BR", Action::Access, "2026-12-12", "lgpd"),
        ("CA-QC", Action::Correction, "2026-12-27", "p-39.1"),
        ("CA-ON", Action::Correction, "2026-12-27", "pipeda"),
        ("US-CA", Action::Access, "2027-01-11", "ccpa"),
        ("US-CA", Action::OptOut, "2026-12-18", "ccpa"),
        ("US-CA", Action::LimitSensitive, "2026-12-18", "ccpa"),
        ("US-TX", Action::OptOut, "2027-01-11", "us-state"),
        ("US-NY", Action::Access, "2026-12-27", "voluntary"),
        ("JP", Action::Access, "2026-12-27", "voluntary"),
    ] {
        assert_eq!(due(action, region, received), (expected.to_owned(), regime), "{region}");
    }
    let california = Deadline::of(Action::Access, Region::parse("US-CA"), time::parse(received).unwrap());
    assert_eq!(time::format(california.confirm_by.unwrap()).unwrap(), "2026-12-11T23:59:59Z");
    for law in LAWS.iter().filter(|law| law.state != "CA") {
        let deadline = Deadline::of(Action::Access, Region::parse(&format!("US-{}", law.state)), 0);
        assert_eq!((deadline.source, deadline.due), (law.source, 46 * 86_400 - 1));
    }
}

#[test]
fn only_opting_out_needs_no_identity() {
    for action in Action::ALL {
        assert_eq!(Action::parse(action.as_str()), Some(action));
        assert_eq!(action.needs_identity(), !matches!(action, Action::OptOut | Action::LimitSensitive));
    }
    assert_eq!(Action::parse("sale:opt-in"), None);
    for time in [i64::MIN / 2, -1, 0, 253_402_300_799] {
        assert!(Deadline::of(Action::Access, Region::UNKNOWN, time).due >= time);
    }
}
