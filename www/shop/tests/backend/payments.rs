//! Payments: what the shopper, the shop and the processor make of every test card.

use std::time::Duration;

use serde_json::{Value, json};
use storefront_privacy::payment::envelope::header::Audience;
use storefront_privacy::payment::{Alg, Opener};

use crate::browser::{Browser, Reply};
use crate::place::{Place, order};

async fn pay(browser: &mut Browser, order: &Value, envelope: &str) -> Reply {
    let path = format!("/api/orders/{}/payment", order["id"].as_str().unwrap());
    browser.post(&path, &json!({ "envelope": envelope })).await
}

async fn look(browser: &mut Browser, order: &Value) -> Value {
    browser.get(&format!("/api/orders/{}", order["id"].as_str().unwrap())).await.is(200, "").json()
}

const ADDRESS: [(&str, &str); 6] = [
    ("email", "anna@example.com"),
    ("name", "Anna Schmidt"),
    ("address", "14 Weir Street"),
    ("postcode", "R95 X1Y2"),
    ("city", "Kilkenny"),
    ("country", "IE"),
];

#[tokio::test]
async fn a_good_card_pays_and_empties_the_cart() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    assert_eq!(order["amount"], 7400);
    let envelope = place.seal("4242 4242 4242 4242", &order).await;
    let paid = pay(&mut browser, &order, &envelope).await.is(200, "").json();
    assert_eq!(paid["status"], "approved");
    assert_eq!((&paid["brand"], &paid["last_four"]), (&json!("visa"), &json!("4242")));
    assert_eq!(paid["next"], format!("/orders/{}", order["id"].as_str().unwrap()));
    browser.post("/api/orders", &json!({})).await.is(409, "shop.cart-empty");

    let seen = look(&mut browser, &order).await;
    assert_eq!(seen["reference"], paid["reference"]);
    let evidence = seen["evidence"].to_string();
    assert!(evidence.contains("ECDH-ES") && evidence.contains("SHA-256"), "{evidence}");
    assert!(!evidence.contains("4242424242424242") && !evidence.contains(&envelope));
}

#[tokio::test]
async fn a_declined_card_says_why_and_another_may_be_tried() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    for (number, reason) in [
        ("4000000000009995", "insufficient_funds"),
        ("4000000000000002", "declined"),
        ("4000000000000069", "expired_card"),
    ] {
        let envelope = place.seal(number, &order).await;
        let outcome = pay(&mut browser, &order, &envelope).await.is(200, "").json();
        assert_eq!((&outcome["status"], &outcome["reason"]), (&json!("declined"), &json!(reason)));
        assert_eq!(outcome["next"], "/checkout");
    }
    let envelope = place.seal("5555555555554444", &order).await;
    let outcome = pay(&mut browser, &order, &envelope).await.is(200, "").json();
    assert_eq!((&outcome["status"], &outcome["brand"]), (&json!("approved"), &json!("mastercard")));
}

#[tokio::test]
async fn the_form_shows_a_decline_and_keeps_what_was_typed() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4000000000009995", &order).await;
    let mut fields = ADDRESS.to_vec();
    fields.extend([("order", order["id"].as_str().unwrap()), ("method", "card"), ("envelope", &envelope)]);
    let page = browser.form("/checkout", &fields).await;
    assert_eq!(page.status, 402);
    assert!(page.text.contains("not enough money") && page.text.contains("14 Weir Street"), "{}", page.text);
    assert!(!page.text.contains(&envelope));
}

#[tokio::test]
async fn a_challenge_is_answered_with_the_banks_code() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4000002760003184", &order).await;
    let outcome = pay(&mut browser, &order, &envelope).await.is(200, "").json();
    let challenge = format!("/challenge/{}", order["id"].as_str().unwrap());
    assert_eq!((&outcome["status"], &outcome["next"]), (&json!("challenge"), &json!(challenge)));
    assert!(browser.get(&challenge).await.is(200, "").text.contains("3184"));
    let page = browser.form(&challenge, &[("code", "000000")]).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("That was not the code"), "{}", page.text);
    browser.form(&challenge, &[("code", "123456")]).await.leads_to(&place_of(&order));
    assert_eq!(look(&mut browser, &order).await["status"], "approved");
    browser.form(&challenge, &[("code", "123456")]).await.leads_to(&place_of(&order));
}

fn place_of(order: &Value) -> String {
    format!("/orders/{}", order["id"].as_str().unwrap())
}

#[tokio::test]
async fn three_wrong_codes_decline_the_payment() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4000002760003184", &order).await;
    pay(&mut browser, &order, &envelope).await.is(200, "");
    let challenge = format!("/challenge/{}", order["id"].as_str().unwrap());
    for _ in 0..2 {
        assert_eq!(browser.form(&challenge, &[("code", "000000")]).await.status, 422);
    }
    browser.form(&challenge, &[("code", "000000")]).await.leads_to(&place_of(&order));
    let seen = look(&mut browser, &order).await;
    assert_eq!((&seen["status"], &seen["reason"]), (&json!("declined"), &json!("challenge_failed")));
    assert_eq!(place.processor_rows().await.count("SELECT COUNT(*) FROM envelopes").await, 0);
}

#[tokio::test]
async fn a_time_out_is_retried_without_a_second_charge() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4000000000000119", &order).await;
    let reply = pay(&mut browser, &order, &envelope).await.is(504, "shop.payment-pending");
    assert_eq!(reply.header("retry-after"), "3");
    assert_eq!(look(&mut browser, &order).await["status"], "pending");
    // The first try is still being decided.
    let again = place.seal("4000000000000119", &order).await;
    pay(&mut browser, &order, &again).await.is(504, "shop.payment-pending");
    tokio::time::sleep(Duration::from_secs(4)).await;
    let outcome = pay(&mut browser, &order, &again).await.is(200, "").json();
    assert_eq!((&outcome["status"], &outcome["last_four"]), (&json!("approved"), &json!("0119")));
    let rows = place.processor_rows().await;
    assert_eq!(rows.count("SELECT COUNT(*) FROM authorizations").await, 1);
    assert_eq!(rows.count("SELECT COUNT(*) FROM opened").await, 1);
}

#[tokio::test]
async fn many_clicks_charge_once_over_two_instances() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4242424242424242", &order).await;
    let (mut a, mut b, mut c) = (browser.at(&place.address), browser.at(&second), browser.at(&second));
    let (a, b, c) = tokio::join!(
        pay(&mut a, &order, &envelope),
        pay(&mut b, &order, &envelope),
        pay(&mut c, &order, &envelope)
    );
    for reply in [a, b, c] {
        assert!(reply.status == 200 || reply.status == 504 || reply.status == 409, "{}", reply.text);
    }
    assert_eq!(look(&mut browser, &order).await["status"], "approved");
    let rows = place.processor_rows().await;
    assert_eq!(rows.count("SELECT COUNT(*) FROM authorizations WHERE state = 'approved'").await, 1);
}

#[tokio::test]
async fn an_envelope_is_for_one_order_and_one_time() {
    let place = Place::open().await;
    let (mut browser, first) = place.shopper().await;
    let envelope = place.seal("4000000000000002", &first).await;
    pay(&mut browser, &first, &envelope).await.is(200, "");
    pay(&mut browser, &first, &envelope).await.is(422, "payment.envelope-replayed");

    let (mut other, second) = place.shopper().await;
    let stolen = place.seal("4242424242424242", &first).await;
    pay(&mut other, &second, &stolen).await.is(422, "payment.order-mismatch");

    let cheap = json!({ "id": second["id"], "amount": 1 });
    let envelope = place.seal("4242424242424242", &cheap).await;
    pay(&mut other, &second, &envelope).await.is(422, "payment.order-mismatch");

    let envelope = place.seal("4242424242424242", &second).await;
    let at = envelope.len() - 30;
    let changed = if envelope.as_bytes()[at] == b'A' { 'B' } else { 'A' };
    let tampered = format!("{}{changed}{}", &envelope[..at], &envelope[at + 1..]);
    pay(&mut other, &second, &tampered).await.is(422, "payment.envelope-invalid");
    pay(&mut other, &second, &envelope).await.is(200, "");
}

#[tokio::test]
async fn a_card_in_the_clear_is_refused_and_not_kept() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    for text in ["4242424242424242", "", "a.b.c.d.e", &"x".repeat(5000)] {
        let reply = pay(&mut browser, &order, text).await.is(422, "payment.envelope-invalid");
        assert!(!reply.text.contains("4242424242424242"));
    }
    assert_eq!(look(&mut browser, &order).await["status"], "draft");
}

#[tokio::test]
async fn a_changed_cart_changes_the_amount_to_seal() {
    let place = Place::open().await;
    let (mut browser, before) = place.shopper().await;
    let envelope = place.seal("4242424242424242", &before).await;
    let after = order(&mut browser).await;
    assert_eq!((&after["id"], &after["amount"]), (&before["id"], &json!(14800)));
    pay(&mut browser, &after, &envelope).await.is(422, "payment.order-mismatch");
}

#[tokio::test]
async fn an_order_is_its_shoppers_alone() {
    let place = Place::open().await;
    let (_, order) = place.shopper().await;
    let (mut stranger, _) = place.shopper().await;
    let envelope = place.seal("4242424242424242", &order).await;
    pay(&mut stranger, &order, &envelope).await.is(404, "server.not-found");
    stranger.get(&place_of(&order)).await.is(404, "");
}

#[tokio::test]
async fn without_a_processor_nothing_is_charged_and_an_invoice_works() {
    let place = Place::with(|config| "http://127.0.0.1:9".clone_into(&mut config.processor)).await;
    let (mut browser, order) = place.shopper().await;
    browser.get("/api/payment/keys").await.is(502, "payment.key-unreachable");
    let envelope = Place::open().await.seal("4242424242424242", &order).await;
    pay(&mut browser, &order, &envelope).await.is(502, "shop.processor-unreachable");
    assert_eq!(look(&mut browser, &order).await["status"], "draft");
    let mut fields = ADDRESS.to_vec();
    fields.extend([("order", order["id"].as_str().unwrap()), ("method", "invoice")]);
    browser.form("/checkout", &fields).await.leads_to(&place_of(&order));
    let page = browser.get(&place_of(&order)).await.is(200, "");
    assert!(page.text.contains("invoice") && page.text.contains("Kilkenny"), "{}", page.text);
    pay(&mut browser, &order, &envelope).await.is(409, "shop.order-closed");
}

/// The processor changes its keys with what `npx storefront-privacy keys` writes, while shoppers are at the checkout.
#[tokio::test]
async fn keys_are_rotated_and_revoked_while_a_checkout_is_open() {
    let place = Place::open().await;
    let (mut early, early_order) = place.shopper().await;
    let (mut late, late_order) = place.shopper().await;
    let (mut last, last_order) = place.shopper().await;
    let old = place.key().await;
    let sealed_early = place.seal("4242424242424242", &early_order).await;
    let sealed_late = place.seal("4242424242424242", &late_order).await;

    let next = Opener::generate_for("next", Alg::Hpke9).unwrap();
    let files = place.directory.path();
    std::fs::write(files.join("keys/next.jwk"), next.to_jwk().as_bytes()).unwrap();
    let manifest = place
        .change_keys(|keys, now| keys.rotate(&next.public_jwk(), Audience::Processor, now, 600).unwrap());
    assert_eq!(manifest.keys().len(), 2);
    assert_eq!(place.key().await.kid(), "next");
    // What was sealed for the key before still opens; what is sealed now is for the next one.
    assert_eq!(pay(&mut early, &early_order, &sealed_early).await.is(200, "").json()["status"], "approved");
    let sealed_last = place.seal("4242424242424242", &last_order).await;

    let manifest = place.change_keys(|keys, now| keys.revoke(old.kid(), now).unwrap());
    assert_eq!((manifest.keys().len(), manifest.sequence()), (1, 3));
    std::fs::remove_file(files.join("keys/key.jwk")).unwrap();
    pay(&mut late, &late_order, &sealed_late).await.is(422, "payment.envelope-invalid");
    assert_eq!(look(&mut late, &late_order).await["status"], "draft");
    assert_eq!(pay(&mut last, &last_order, &sealed_last).await.is(200, "").json()["status"], "approved");
    // Entering the card again seals for the key that is left.
    let again = place.seal("4242424242424242", &late_order).await;
    assert_eq!(pay(&mut late, &late_order, &again).await.is(200, "").json()["status"], "approved");
}
