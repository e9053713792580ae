//! The running servers against their contracts, `www/contract/*.yaml`: every exchange of every test is checked, and
//! one test meets every operation.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use axum::http::Method;
use serde_json::{Value, json};
use storefront_privacy::codec::base64url;

use crate::authenticator::Authenticator;
use crate::browser::{Browser, Reply};
use crate::place::{PASSWORD, Place, serve};

static SHOP: LazyLock<Value> = LazyLock::new(|| read("shop.yaml"));
static PROCESSOR: LazyLock<Value> = LazyLock::new(|| read("processor.yaml"));

/// The operations and statuses that were met, as `GET /api/session 200`.
static MET: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// What `default` stands for.
const ANY: [u16; 8] = [400, 403, 404, 405, 413, 415, 429, 500];

/// What is served beside the contract: built files, and the page for tests.
const BESIDE: [&str; 3] = ["/assets/", "/gate.js", "/control"];

fn read(file: &str) -> Value {
    let text = std::fs::read_to_string(format!("{}/../contract/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// Checks an exchange with the shop.
#[track_caller]
pub(crate) fn check(method: &Method, path: &str, reply: &Reply) {
    check_with(&SHOP, method, path, reply);
}

#[track_caller]
fn check_with(contract: &Value, method: &Method, path: &str, reply: &Reply) {
    let path = path.split('?').next().unwrap();
    let status = reply.status.as_u16();
    let verb = method.as_str().to_lowercase();
    let Some((template, operations)) = find(contract, path) else {
        let beside = BESIDE.iter().any(|start| path.starts_with(start));
        assert!(
            beside || ANY.contains(&status),
            "{method} {path}: {status}, and the contract does not know it"
        );
        return;
    };
    let Some(operation) = operations.get(&verb) else {
        assert!(ANY.contains(&status), "{method} {path}: {status}, and the contract does not know it");
        return;
    };
    let responses = operation["responses"].as_object().unwrap();
    let response = match responses.get(&status.to_string()) {
        Some(response) => response,
        None if ANY.contains(&status) => responses
            .get("default")
            .unwrap_or_else(|| panic!("{method} {template}: {status} is not documented")),
        None => panic!("{method} {template}: {status} is not documented: {}", reply.text),
    };
    let response = follow(contract, response);
    MET.lock().unwrap().insert(format!("{method} {template} {status}"));
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        assert_eq!(reply.text, "", "{method} {template} {status}: no body is documented");
        return;
    };
    let media_type = reply.header("content-type").split(';').next().unwrap();
    // A page that cannot be rendered is answered as a document.
    if media_type == "application/problem+json" && status == 500 {
        return;
    }
    let described = content.get(media_type);
    let described =
        described.unwrap_or_else(|| panic!("{method} {template} {status}: {media_type} is not documented"));
    if let Some(schema) = described.get("schema") {
        validate(contract, schema, &reply.json(), &format!("{method} {template} {status}"));
    }
}

/// The path's template and operations; a path without parameters goes before one with them.
fn find<'a>(contract: &'a Value, path: &str) -> Option<(&'a str, &'a Value)> {
    let paths = contract["paths"].as_object().unwrap();
    let segments: Vec<_> = path.split('/').collect();
    let matches = |template: &str| {
        let expected: Vec<_> = template.split('/').collect();
        expected.len() == segments.len()
            && expected
                .iter()
                .zip(&segments)
                .all(|(expected, found)| expected.starts_with('{') || expected == found)
    };
    paths
        .iter()
        .filter(|(template, _)| matches(template))
        .min_by_key(|(template, _)| template.matches('{').count())
        .map(|(template, operations)| (template.as_str(), operations))
}

fn follow<'a>(contract: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => contract.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

/// JSON Schema, as much of it as the contracts use; a keyword that is not known here is an error.
#[track_caller]
fn validate(contract: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = follow(contract, schema);
    for (keyword, expected) in schema.as_object().unwrap() {
        let number = || expected.as_i64().unwrap();
        let length = |length: usize| i64::try_from(length).unwrap();
        let fine = match keyword.as_str() {
            "description" => true,
            "type" => match expected {
                Value::Array(types) => types.iter().any(|name| is_a(value, name)),
                name => is_a(value, name),
            },
            "const" => value == expected,
            "enum" => expected.as_array().unwrap().contains(value),
            "minimum" => value.as_i64().is_none_or(|value| value >= number()),
            "maximum" => value.as_i64().is_none_or(|value| value <= number()),
            "minLength" => value.as_str().is_none_or(|value| length(value.chars().count()) >= number()),
            "maxLength" => value.as_str().is_none_or(|value| length(value.chars().count()) <= number()),
            "minItems" => value.as_array().is_none_or(|value| length(value.len()) >= number()),
            "maxItems" => value.as_array().is_none_or(|value| length(value.len()) <= number()),
            "pattern" => value.as_str().is_none_or(|value| fits(value, expected.as_str().unwrap())),
            // What a nullable object needs, it needs where it is one.
            "required" => {
                value.is_null() || {
                    expected
                        .as_array()
                        .unwrap()
                        .iter()
                        .all(|name| value.get(name.as_str().unwrap()).is_some())
                }
            }
            "additionalProperties" => {
                assert_eq!(expected, &Value::Bool(false), "{at}: additionalProperties");
                value
                    .as_object()
                    .is_none_or(|members| members.keys().all(|name| schema["properties"].get(name).is_some()))
            }
            "properties" => {
                for (name, schema) in expected.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        validate(contract, schema, value, &format!("{at}/{name}"));
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    validate(contract, expected, item, &format!("{at}/{index}"));
                }
                true
            }
            // Its use here tells `null` from an object.
            "oneOf" => {
                let matching =
                    expected.as_array().unwrap().iter().find(|schema| is_a(value, &schema["type"]));
                validate(contract, matching.unwrap_or_else(|| panic!("{at}: none of oneOf")), value, at);
                true
            }
            other => panic!("{at}: the keyword {other} is not known to this test"),
        };
        assert!(fine, "{at}: expected {keyword} {expected}, found {value}");
    }
}

fn is_a(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    }
}

fn fits(text: &str, pattern: &str) -> bool {
    let plain = |text: &str, more: &[u8]| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || more.contains(&byte))
    };
    match pattern {
        r"^[0-9]{4}$" => text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()),
        r"^[a-z]+\.[a-z0-9-]+$" => text
            .split_once('.')
            .is_some_and(|(area, reason)| plain(area, b"") && plain(reason, b"0123456789-")),
        r"^[\w-]+\.[\w-]+\.[\w-]+$" => {
            let parts: Vec<_> = text.split('.').collect();
            parts.len() == 3
                && parts.iter().all(|part| base64url::decode(part).is_ok_and(|bytes| !bytes.is_empty()))
        }
        other => panic!("the pattern {other} is not known to this test"),
    }
}

#[tokio::test]
async fn every_operation_of_the_shop_is_met() {
    let place = Place::open().await;
    let mut guest = place.browser();
    for path in [
        "/",
        "/products/kettle",
        "/cart",
        "/sign-up",
        "/sign-in",
        "/checkout",
        "/account",
        "/account/password",
        "/sign-in/code",
        "/sign-in/code/enter",
        "/sign-in/second-step",
        "/sign-in/recovery",
        "/sign-in/again",
        "/account/authenticator",
        "/account/recovery-codes",
        "/privacy",
    ] {
        guest.get(path).await;
    }
    for path in [
        "/api/health",
        "/api/session",
        "/api/payment/keys",
        "/api/orders",
        "/privacy.json",
        "/.well-known/webauthn",
        "/.well-known/passkey-endpoints",
    ] {
        guest.get(path).await.is(200, "");
    }
    let record = json!({
        "v": 1, "id": "5b0c7a52-4f5c-4d5e-9d3a-0a8f6f2f4c12", "policy": "2026-11-23", "at": 1, "granted": [],
        "denied": ["analytics", "personalisation"], "language": "en",
    });
    guest.post("/api/consent-records", &record).await.is(201, "");

    crate::receipts::meet(&place).await;
    crate::data_requests::meet(&place).await;

    let mut member = place.member("anna@example.com").await;
    let options = member.post("/api/passkeys/registration/options", &json!({})).await.is(200, "").json();
    let (mut authenticator, credential) = Authenticator::create(&options, &member.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    let id = member.post("/api/passkeys/registration", &body).await.is(201, "").json()["id"].clone();
    let passkey = format!("/api/passkeys/{}", id.as_str().unwrap());
    member.get("/api/passkeys").await.is(200, "");
    member.send(Method::PATCH, &passkey, "application/json", r#"{"name":"Phone"}"#).await.is(200, "");
    let options = guest.post("/api/passkeys/authentication/options", &json!({})).await.is(200, "").json();
    let body = json!({ "ceremony": options["ceremony"], "credential": authenticator.get(&options) });
    guest.post("/api/passkeys/authentication", &body).await.is(200, "");
    let mut newcomer = place.browser();
    let body = json!({ "email": "neu@example.com", "name": "Neu" });
    let options = newcomer.post("/api/passkeys/sign-up/options", &body).await.is(200, "").json();
    let (mut own, credential) = Authenticator::create(&options, &newcomer.origin);
    let body = json!({ "ceremony": options["ceremony"], "credential": credential });
    newcomer.post("/api/passkeys/sign-up", &body).await.is(201, "");
    let order = crate::place::order(&mut newcomer).await;
    let confirmation = format!("/api/orders/{}/confirmation", order["id"].as_str().unwrap());
    let options = newcomer.post(&format!("{confirmation}/options"), &json!({})).await.is(200, "").json();
    let body = json!({ "ceremony": options["ceremony"], "credential": own.get(&options) });
    newcomer.post(&confirmation, &body).await.is(204, "");
    let sessions = member.get("/api/sessions").await.is(200, "").json();
    for session in
        sessions["sessions"].as_array().unwrap().iter().filter(|session| session["current"] == false)
    {
        member.delete(&format!("/api/sessions/{}", session["id"].as_str().unwrap())).await.is(204, "");
    }
    let change = json!({ "current": PASSWORD, "password": PASSWORD });
    member.post("/api/account/password", &change).await.is(200, "");
    member.form("/account/password", &[("current", ""), ("password", "")]).await.is(422, "");
    member.form("/account/sessions/none/revoke", &[]).await.is(404, "");
    member.delete(&passkey).await.is(204, "");
    member.form("/account/passkey-offer", &[]).await.leads_to("/account?notice=passkey-declined");
    member.form("/account/passkeys/none/remove", &[]).await.is(404, "");

    without_passkeys(&mut guest, &mut member).await;

    let order = crate::place::order(&mut member).await;
    let id = order["id"].as_str().unwrap();
    let envelope = place.seal("4000002760003184", &order).await;
    member.form("/checkout", &[("order", id)]).await.is(400, "");
    member.post(&format!("/api/orders/{id}/payment"), &json!({ "envelope": envelope })).await.is(200, "");
    member.get(&format!("/challenge/{id}")).await.is(200, "");
    member.form(&format!("/challenge/{id}"), &[("code", "123456")]).await.leads_to(&format!("/orders/{id}"));
    member.get(&format!("/orders/{id}")).await.is(200, "");
    member.get(&format!("/api/orders/{id}")).await.is(200, "");
    member.get("/api/orders").await.is(200, "");

    member.delete("/api/session").await.is(204, "");
    member
        .post("/api/session", &json!({ "email": "anna@example.com", "password": PASSWORD }))
        .await
        .is(200, "");
    member.form("/sign-out", &[]).await.leads_to("/");
    member.form("/sign-in", &[("email", "anna@example.com"), ("password", "")]).await.is(401, "");
    member.form("/sign-up", &[("email", ""), ("name", ""), ("password", "")]).await.is(422, "");
    assert_eq!(unmet(&SHOP), Vec::<String>::new());
}

/// Meets what signs in without a passkey, and what binds a session.
async fn without_passkeys(guest: &mut Browser, member: &mut Browser) {
    member.post("/api/session/key", &json!({})).await.is(401, "dpop.proof-invalid");
    member.get("/api/sign-in-methods").await.is(200, "");
    member.post("/api/totp/enrolment", &json!({})).await.is(200, "");
    member.post("/api/totp", &json!({ "code": "" })).await.is(422, "otp.code-invalid");
    member.delete("/api/totp").await.is(404, "server.not-found");
    member.post("/api/recovery-codes", &json!({})).await.is(201, "");
    guest.post("/api/sign-in/codes", &json!({ "email": "anna@example.com" })).await.is(202, "");
    guest.post("/api/sign-in/codes/extension", &json!({})).await.is(200, "");
    let code = json!({ "code": "12345678", "email": "anna@example.com" });
    guest.post("/api/sign-in/codes/verification", &code).await.is(401, "shop.code-refused");
    guest.post("/api/sign-in/second-step", &code).await.is(409, "shop.code-expired");
    guest.post("/api/sign-in/recovery", &code).await.is(422, "recovery.code-invalid");
    for (path, field) in [
        ("/sign-in/code", "email"),
        ("/sign-in/code/enter", "code"),
        ("/sign-in/code/extend", "code"),
        ("/sign-in/second-step", "code"),
        ("/sign-in/recovery", "code"),
        ("/sign-in/again", "password"),
        ("/account/authenticator", "code"),
        ("/account/authenticator/remove", "code"),
        ("/account/recovery-codes", "code"),
    ] {
        guest.form(path, &[(field, ""), ("email", "")]).await;
    }
}

#[tokio::test]
async fn every_operation_of_the_processor_is_met() {
    let place = Place::open().await;
    let address = serve(place.processor.router()).await;
    let (_, order) = place.shopper().await;
    let mut merchant = Processor(address);
    merchant.ask(Method::GET, "/health", "", &Value::Null).await.is(200, "");
    merchant.ask(Method::GET, "/keys/hob-and-rim", "", &Value::Null).await.is(200, "");
    merchant.ask(Method::GET, "/keys/nobody", "", &Value::Null).await.is(404, "");
    let body = |envelope: &str| {
        json!({
            "merchant": "hob-and-rim", "origin": place.config.origin, "order": order["id"], "amount": order["amount"],
            "currency": "EUR", "envelope": envelope,
        })
    };
    let authorize = "/authorizations";
    merchant.ask(Method::POST, authorize, "", &body("")).await.is(400, "input.invalid");
    merchant.ask(Method::POST, authorize, "a-key-of-16-letters", &json!({})).await.is(400, "input.invalid");
    let refused = merchant.ask(Method::POST, authorize, "the-first-of-all-keys", &body("x")).await;
    let refused = refused.is(422, "payment.envelope-invalid").text;
    let envelope = place.seal("4000002760003184", &order).await;
    let again = merchant.ask(Method::POST, authorize, "the-first-of-all-keys", &body(&envelope)).await;
    assert_eq!(again.is(422, "").text, refused, "one key, one answer");

    let asked =
        merchant.ask(Method::POST, authorize, "the-second-of-all-keys", &body(&envelope)).await.is(200, "");
    let again = merchant.ask(Method::POST, authorize, "the-second-of-all-keys", &body("y")).await.is(200, "");
    assert_eq!(asked.text, again.text);
    let mut other = body(&envelope);
    other["amount"] = json!(1);
    let mismatch = merchant.ask(Method::POST, authorize, "the-second-of-all-keys", &other).await;
    mismatch.is(422, "processor.idempotency-mismatch");
    let path = format!("/authorizations/{}/challenge", asked.json()["reference"].as_str().unwrap());
    let wrong = merchant.ask(Method::POST, &path, "", &json!({ "code": "000000" })).await.is(200, "").json();
    assert_eq!(wrong["reason"], "code_wrong");
    for _ in 0..2 {
        let right =
            merchant.ask(Method::POST, &path, "", &json!({ "code": "123456" })).await.is(200, "").json();
        assert_eq!(right["status"], "approved");
    }
    let reference = path.trim_end_matches("/challenge");
    let stands = merchant.ask(Method::GET, reference, "", &Value::Null).await.is(200, "").json();
    assert_eq!(stands["status"], "approved");
    merchant.ask(Method::GET, "/authorizations/none", "", &Value::Null).await.is(404, "");
    merchant
        .ask(Method::POST, "/authorizations/none/challenge", "", &json!({ "code": "1" }))
        .await
        .is(404, "");
    merchant.ask(Method::POST, &path, "", &json!({})).await.is(400, "");
    assert_eq!(unmet(&PROCESSOR), Vec::<String>::new());
}

struct Processor(String);

impl Processor {
    async fn ask(&mut self, method: Method, path: &str, key: &str, body: &Value) -> Reply {
        let mut browser = Browser::new(&self.0, "");
        browser.contract = check_processor;
        if !key.is_empty() {
            browser.headers.insert("idempotency-key", key.parse().unwrap());
        }
        browser.send(method, path, "application/json", &body.to_string()).await
    }
}

#[track_caller]
fn check_processor(method: &Method, path: &str, reply: &Reply) {
    check_with(&PROCESSOR, method, path, reply);
}

/// The operations that no exchange was checked for.
fn unmet(contract: &Value) -> Vec<String> {
    let met = MET.lock().unwrap();
    let mut unmet = Vec::new();
    for (template, operations) in contract["paths"].as_object().unwrap() {
        for verb in operations.as_object().unwrap().keys().filter(|name| *name != "parameters") {
            let start = format!("{} {template} ", verb.to_uppercase());
            if !met.iter().any(|met| met.starts_with(&start)) {
                unmet.push(start);
            }
        }
    }
    unmet
}
