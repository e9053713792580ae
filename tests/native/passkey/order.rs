//! Orders as challenges: against Node.js, and what a changed order is answered with.

use serde_json::{Value, json};
use storefront_privacy::codec::base64url::{decode, encode};
use storefront_privacy::passkey::{Order, RequestOptions};

use crate::generate::{Source, cases};

fn order() -> Order {
    Order::new("shop.example", "7Q2M-4R", 24_900, "EUR").unwrap()
}

/// `createHash("sha256").update(Buffer.alloc(32, 7)).update('{"amount":24900,"currency":"EUR","id":"7Q2M-4R","merchant":"shop.example"}')`
#[test]
fn the_challenge_is_what_node_computes() {
    assert_eq!(encode(&order().challenge(&[7; 32])), "R-6leUanWcrKItMUGU0ue9B0hP21pkxIqmNcSe-iUug");
    let quoted = Order::new("Käse & \"Brot\"\n", "1/2", 0, "JPY").unwrap();
    assert_eq!(
        quoted.to_canonical(),
        r#"{"amount":0,"currency":"JPY","id":"1/2","merchant":"Käse & \"Brot\"\n"}"#
    );
    assert_eq!(encode(&quoted.challenge(&[0; 32])), "pKTZOHtDmI12W5mxCi-CMEMZuE_SxhNbf3J8-EuNz6U");
}

#[test]
fn any_other_order_nonce_or_challenge_is_refused() {
    let nonce = [7; 32];
    let options = json!({ "challenge": encode(&order().challenge(&nonce)), "rpId": "shop.example" });
    let check = |shown: Value| RequestOptions::read(&options).unwrap().for_order(&shown);
    let shown = order().to_json(&nonce);
    assert_eq!(check(shown.clone()).unwrap().to_json(), options);
    for (name, other) in [
        ("merchant", json!("shop.test")),
        ("id", json!("7Q2M-4S")),
        ("amount", json!(24_901)),
        ("currency", json!("USD")),
        ("nonce", json!(encode(&[8; 32]))),
    ] {
        let mut changed = shown.clone();
        changed[name] = other;
        assert_eq!(check(changed).unwrap_err().code(), "passkey.order-mismatch", "{name}");
    }
    for (name, other) in [
        ("merchant", json!("")),
        ("merchant", json!("x".repeat(257))),
        ("id", json!(null)),
        ("amount", json!(-1)),
        ("amount", json!(1.5)),
        ("amount", json!("24900")),
        ("amount", json!(9_007_199_254_740_992_u64)),
        ("currency", json!("eur")),
        ("currency", json!("EURO")),
        ("nonce", json!("AAAA")),
        ("nonce", json!(7)),
    ] {
        let mut changed = shown.clone();
        changed[name] = other;
        assert_eq!(check(changed).unwrap_err().code(), "input.invalid", "{name}");
    }
    assert_eq!(check(json!(null)).unwrap_err().code(), "input.invalid");
}

#[test]
fn no_two_orders_share_a_challenge_or_a_text() {
    let mut source = Source::new(61);
    let mut seen = std::collections::HashMap::new();
    for _ in 0..cases(20_000) {
        let text: String =
            (0..=source.below(4)).map(|_| ['a', '"', '\\', ',', 'ü', '{'][source.below(6)]).collect();
        let order = Order::new(&text, "1", source.below(9) as u64, "EUR");
        let Ok(order) = order else { continue };
        let canonical = order.to_canonical();
        assert_eq!(Order::read(&serde_json::from_str(&canonical).unwrap()).unwrap(), order);
        let challenge = order.challenge(&[1; 32]);
        assert_eq!(*seen.entry(challenge).or_insert_with(|| canonical.clone()), canonical);
        assert_eq!(decode(&encode(&challenge)).unwrap(), challenge);
    }
}
