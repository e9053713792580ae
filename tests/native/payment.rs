mod brand;
mod card;
mod envelope;
#[cfg(all(feature = "payment-hpke", feature = "payment-rsa"))]
mod families;
mod format;
mod keyset;
mod open;
mod trust;
#[cfg(all(feature = "payment-hpke", feature = "payment-rsa"))]
mod vectors;
#[cfg(all(feature = "payment-hpke", feature = "payment-rsa"))]
mod wycheproof;

use storefront_privacy::payment::{
    Card, CardNumber, CardholderName, Expected, Expiry, Opener, Order, PublicKey, Sealer, SecurityCode,
};

/// 2026-11-23T00:00:00Z
const NOW: i64 = 1_795_392_000;
const MERCHANT: &str = "moorland";
const ORIGIN: &str = "https://moorland.example";

/// Numbers that networks publish for testing.
const TEST_NUMBERS: &[(&str, &str)] = &[
    ("4111111111111111", "visa"),
    ("4012888888881881", "visa"),
    ("4242424242424242", "visa"),
    ("4000000000009995", "visa"),
    ("4222222222222", "visa"),
    ("5555555555554444", "mastercard"),
    ("2223003122003222", "mastercard"),
    ("378282246310005", "amex"),
    ("6011111111111117", "discover"),
    ("3056930009020004", "diners"),
    ("36227206271667", "diners"),
    ("3566002020360505", "jcb"),
    ("6200000000000005", "unionpay"),
    ("6221558812340000", "unionpay"),
    ("6304000000000000", "maestro"),
];

fn card() -> Card {
    card_of("4242 4242 4242 4242", "123", "Ada Lovelace")
}

#[track_caller]
fn card_of(number: &str, code: &str, name: &str) -> Card {
    let number = CardNumber::parse(number).unwrap();
    let code = SecurityCode::parse(code, number.brand()).unwrap();
    Card::new(number, Expiry::parse("12/30").unwrap(), Some(code), CardholderName::parse(name).unwrap())
}

fn order() -> Order {
    Order::new("A-1001", 4_200, "EUR").unwrap()
}

fn sealer_for(opener: &Opener) -> Sealer {
    Sealer::new(PublicKey::parse(&opener.public_jwk()).unwrap(), MERCHANT, ORIGIN).unwrap()
}

fn expected(order: &Order) -> Expected<'_> {
    Expected { merchant: MERCHANT, origin: ORIGIN, order, now: NOW + 5 }
}

/// The code of the error that must be there.
#[track_caller]
fn code<T>(result: Result<T, storefront_privacy::Error>) -> &'static str {
    result.err().expect("an error").code()
}
