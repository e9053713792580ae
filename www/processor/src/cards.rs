//! What the banks of the test cards answer.

/// A bank's behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// Pays.
    Approve,
    /// Refuses, for this reason.
    Decline(&'static str),
    /// Asks its customer for a code first.
    Challenge,
    /// Pays, but takes longer than anyone waits.
    Delay,
}

/// The behaviour behind a card number. Any number that is not listed is approved.
pub(crate) fn behaviour(number: &str) -> Behaviour {
    match number {
        "4000000000009995" => Behaviour::Decline("insufficient_funds"),
        "4000000000000002" => Behaviour::Decline("declined"),
        "4000000000000069" => Behaviour::Decline("expired_card"),
        "4000002760003184" => Behaviour::Challenge,
        "4000000000000119" => Behaviour::Delay,
        _ => Behaviour::Approve,
    }
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, behaviour};

    #[test]
    fn every_listed_card_is_a_card() {
        for number in [
            "4000000000009995",
            "4000000000000002",
            "4000000000000069",
            "4000002760003184",
            "4000000000000119",
        ] {
            assert!(storefront_privacy::codec::luhn::is_valid(number), "{number}");
            assert_ne!(behaviour(number), Behaviour::Approve, "{number}");
        }
        assert_eq!(behaviour("4242424242424242"), Behaviour::Approve);
    }
}
