//! Accounts that begin with a passkey, and large orders that one confirms.

use serde_json::{Value, json};
use storefront_privacy::codec::base64url;
use storefront_privacy::passkey::RequestOptions;

use crate::authenticator::Authenticator;
use crate::browser::Browser;
use crate::place::{PASSWORD, Place};

async fn newcomer(place: &Place, email: &str) -> (Browser, Authenticator) {
    let mut browser = place.browser();
    let body = json!({ "email": email, "name": "Neu" });
    let options = browser.post("/api/passkeys/sign-up/options", &body).await.is(200, "").json();
    let (authenticator, credential) = Authenticator::create(&options, &browser.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    let session = browser.post("/api/passkeys/sign-up", &body).await.is(201, "").json();
    assert_eq!(session["email"], email);
    (browser, authenticator)
}

/// Three kettles: more than an order may cost without being confirmed.
async fn large_order(browser: &mut Browser) -> Value {
    browser.form("/cart", &[("product", "kettle"), ("quantity", "3")]).await.leads_to("/cart?notice=added");
    browser.post("/api/orders", &json!({})).await.is(201, "").json()
}

async fn options_for(browser: &mut Browser, order: &Value) -> Value {
    let path = format!("/api/orders/{}/confirmation/options", order["id"].as_str().unwrap());
    browser.post(&path, &json!({})).await.is(200, "").json()
}

async fn confirm(
    browser: &mut Browser,
    order: &Value,
    options: &Value,
    credential: &Value,
) -> crate::browser::Reply {
    let path = format!("/api/orders/{}/confirmation", order["id"].as_str().unwrap());
    browser.post(&path, &json!({ "ceremony": options["ceremony"], "credential": credential })).await
}

#[tokio::test]
async fn an_account_begins_with_a_passkey_or_not_at_all() {
    let place = Place::open().await;
    let (mut browser, mut authenticator) = newcomer(&place, "neu@example.com").await;
    let listed = browser.get("/api/passkeys").await.is(200, "").json();
    assert_eq!(listed["passkeys"][0]["id"], authenticator.id());
    assert_eq!(listed["passkeys"][0]["aaguid"], Value::Null, "this authenticator does not say what it is");
    assert_eq!(listed["user"]["name"], "neu@example.com");
    assert_eq!(base64url::decode(listed["user"]["id"].as_str().unwrap()).unwrap().len(), 16);
    let again = json!({ "email": "neu@example.com", "name": "Zwei" });
    place.browser().post("/api/passkeys/sign-up/options", &again).await.is(409, "shop.email-taken");
    let password = json!({ "email": "neu@example.com", "password": PASSWORD });
    place.browser().post("/api/session", &password).await.is(401, "shop.sign-in-failed");

    let mut elsewhere = place.browser();
    let options = elsewhere.post("/api/passkeys/authentication/options", &json!({})).await.json();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    elsewhere.post("/api/passkeys/authentication", &body).await.is(200, "");

    let mut other = place.browser();
    let body = json!({ "email": "other@example.com", "name": "Other" });
    let options = other.post("/api/passkeys/sign-up/options", &body).await.is(200, "").json();
    let (_, mut credential) = Authenticator::create(&options, "https://elsewhere.example");
    let body = json!({ "ceremony": options["ceremony"], "credential": credential.take() });
    other.post("/api/passkeys/sign-up", &body).await.is(422, "passkey.response-invalid");
    let accounts = "SELECT COUNT(*) FROM accounts WHERE email = 'other@example.com'";
    assert_eq!(place.shop_rows().await.count(accounts).await, 0, "nothing is half written");
}

#[tokio::test]
async fn a_large_order_is_paid_once_its_passkey_has_signed_it() {
    let place = Place::open().await;
    let (mut browser, mut authenticator) = newcomer(&place, "neu@example.com").await;
    let order = large_order(&mut browser).await;
    let pay = format!("/api/orders/{}/payment", order["id"].as_str().unwrap());
    let envelope = json!({ "envelope": place.seal("4242424242424242", &order).await });
    browser.post(&pay, &envelope).await.is(403, "shop.confirmation-needed");

    let options = options_for(&mut browser, &order).await;
    // The page's own check: the challenge was made for the order that it shows.
    let read = RequestOptions::read(&options["publicKey"]).unwrap();
    read.for_order(&options["order"]).unwrap();
    assert_eq!(options["order"]["amount"], order["amount"]);
    let credential = authenticator.get(&options);
    confirm(&mut browser, &order, &options, &credential).await.is(204, "");
    confirm(&mut browser, &order, &options, &credential).await.is(409, "shop.ceremony-unknown");
    let paid = browser.post(&pay, &envelope).await.is(200, "").json();
    assert_eq!(paid["status"], "approved");
}

#[tokio::test]
async fn a_confirmation_is_for_one_order_and_amount() {
    let place = Place::open().await;
    let (mut browser, mut authenticator) = newcomer(&place, "neu@example.com").await;
    let order = large_order(&mut browser).await;
    let options = options_for(&mut browser, &order).await;
    let credential = authenticator.get(&options);
    browser.form("/cart", &[("product", "kettle"), ("quantity", "4"), ("change", "set")]).await;
    let dearer = browser.post("/api/orders", &json!({})).await.is(201, "").json();
    assert_eq!(dearer["id"], order["id"]);
    confirm(&mut browser, &dearer, &options, &credential).await.is(409, "passkey.order-mismatch");

    let options = options_for(&mut browser, &dearer).await;
    let mut forged = authenticator.get(&options);
    forged["response"]["signature"] = json!("MAYCAQECAQE");
    confirm(&mut browser, &dearer, &options, &forged).await.is(422, "passkey.response-invalid");
    let pay = format!("/api/orders/{}/payment", dearer["id"].as_str().unwrap());
    let envelope = json!({ "envelope": place.seal("4242424242424242", &dearer).await });
    browser.post(&pay, &envelope).await.is(403, "shop.confirmation-needed");
}

#[tokio::test]
async fn the_password_confirms_as_well_and_nobody_else_is_asked() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    let order = large_order(&mut member).await;
    let pay = format!("/api/orders/{}/payment", order["id"].as_str().unwrap());
    let envelope = place.seal("4242424242424242", &order).await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.json();
    let (_, credential) = Authenticator::create(&options, &member.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    member.post("/api/passkeys/registration", &body).await.is(201, "");
    member.post(&pay, &json!({ "envelope": envelope })).await.is(403, "shop.confirmation-needed");
    let wrong = json!({ "envelope": envelope, "password": "another password" });
    member.post(&pay, &wrong).await.is(422, "shop.password-wrong");
    member.post(&pay, &json!({ "envelope": envelope, "password": PASSWORD })).await.is(200, "");

    let mut guest = place.browser();
    let order = large_order(&mut guest).await;
    let envelope = json!({ "envelope": place.seal("4242424242424242", &order).await });
    let pay = format!("/api/orders/{}/payment", order["id"].as_str().unwrap());
    guest.post(&pay, &envelope).await.is(200, "");
}
