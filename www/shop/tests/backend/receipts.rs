//! Receipts of consent: countersigned, logged, proven, and erased without a trace.

use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_privacy::codec::{base64url, json as core};
use storefront_privacy::consent::proof::{
    Circumstances, Entry, Head, Link, Receipt, Signed, SigningKey, Surface, Trust, kantara, log, verify,
};
use storefront_privacy::consent::{Decision, Policy};
use storefront_service::Database;

use crate::place::{Place, serve};

const AT: i64 = 1_795_392_000;

async fn policy(place: &Place) -> String {
    place.browser().get("/privacy.json").await.is(200, "").text
}

/// The receipt that a shopper's browser would make.
fn receipt(policy: &str, origin: &str, number: u8, granted: &[&str], previous: Option<&Signed>) -> Signed {
    let decision = Decision::new(&Policy::parse(policy).unwrap(), granted, AT + i64::from(number)).unwrap();
    let previous = previous.map(|signed| Link::to(signed).unwrap());
    let circumstances = Circumstances {
        random: [number; 16],
        origin,
        language: "en",
        region: None,
        surface: Surface::Banner,
        before: &[],
        previous: previous.as_ref(),
    };
    let receipt = Receipt::compose(policy, &decision, &circumstances).unwrap();
    SigningKey::from_bytes(&[77; 32]).unwrap().sign("receipt", &receipt.to_canonical().unwrap()).unwrap()
}

fn as_json(value: &core::Value) -> Value {
    serde_json::from_str(&value.to_canonical().unwrap()).unwrap()
}

fn body(signed: &Signed) -> Value {
    json!({ "receipt": as_json(&signed.to_value()) })
}

fn id(signed: &Signed) -> String {
    Receipt::read(signed).unwrap().id
}

/// The file that a shopper downloads.
fn file(items: &[(&Signed, Value)]) -> String {
    let item = |(signed, evidence): &(&Signed, Value)| {
        let kantara = kantara(&Receipt::read(signed).unwrap(), signed.key()).unwrap();
        json!({ "receipt": as_json(&signed.to_value()), "kantara": kantara.as_ref().map(as_json), "evidence": evidence })
    };
    json!({ "format": "storefront-privacy receipts 1", "receipts": items.iter().map(item).collect::<Vec<_>>() }).to_string()
}

async fn thumbprint(place: &Place) -> String {
    let keys = place.browser().get("/api/receipt-log/keys").await.is(200, "").json();
    keys["keys"][0]["kid"].as_str().unwrap().to_owned()
}

/// Meets every operation once.
pub(crate) async fn meet(place: &Place) {
    let signed = receipt(&policy(place).await, &place.config.origin, 200, &["analytics"], None);
    let mut browser = place.browser();
    browser.post("/api/receipts", &body(&signed)).await.is(201, "");
    browser.get(&format!("/api/receipts/{}", id(&signed))).await.is(200, "");
    browser.get("/api/receipt-log?from=1").await.is(200, "");
    browser.delete(&format!("/api/receipts/{}", id(&signed))).await.is(204, "");
    thumbprint(place).await;
    browser.post("/api/cookies/forget", &json!({ "services": ["visit-counter"] })).await.is(200, "");
}

#[tokio::test]
async fn cookies_of_services_that_ended_are_forgotten_and_no_others() {
    let policy = include_str!("../../../pages/privacy.json");
    let directory = tempfile::TempDir::new().unwrap();
    let changed = policy.replace(
        r#""sets": [],"#,
        r#""sets": [{ "kind": "cookie", "name": "_ff*", "retention": "P30D" }, { "kind": "cookie", "name": "shop_session", "retention": "P30D" }],"#,
    );
    assert_ne!(changed, policy);
    std::fs::write(directory.path().join("privacy.json"), changed).unwrap();
    let pages = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../pages");
    for name in ["products.json", "templates", "dist"] {
        let _ = std::os::unix::fs::symlink(pages.join(name), directory.path().join(name));
    }
    let at = directory.path().to_owned();
    let place = Place::with(move |config| config.pages = at).await;
    let mut browser = place.browser();
    browser.headers.insert("cookie", "_ff_id=1; shop_session=secret; other=2; _ff=3".parse().unwrap());
    let body = json!({ "services": ["visit-counter", "shop", "nobody"] });
    let reply = browser.post("/api/cookies/forget", &body).await.is(200, "");
    // The session is the shop's own: it is kept whatever a service claims, and whoever asks.
    assert_eq!(reply.json(), json!({ "found": ["_ff_id", "_ff"] }));
    let set: Vec<&str> =
        reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(
        set.contains(&"_ff_id=; Path=/; Max-Age=0")
            && set.contains(&"_ff=; Path=/; Max-Age=0; Domain=localhost"),
        "{set:?}"
    );
    assert!(!set.iter().any(|cookie| cookie.starts_with("shop_session")));
    let reply = browser.post("/api/cookies/forget", &json!({ "services": [] })).await.is(200, "");
    assert_eq!(reply.json(), json!({ "found": [] }));
}

#[tokio::test]
async fn a_receipt_is_countersigned_and_proven_however_often_and_in_which_order_it_comes() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    let policy = policy(&place).await;
    let origin = &place.config.origin;
    let first = receipt(&policy, origin, 1, &["analytics"], None);
    let last = receipt(&policy, origin, 2, &[], Some(&first));
    let mut browser = place.browser();
    // The later one arrives first, by another instance.
    let later = browser.at(&second).post("/api/receipts", &body(&last)).await.is(201, "").json();
    browser.post("/api/receipts", &body(&first)).await.is(201, "");
    let again = browser.post("/api/receipts", &body(&last)).await.is(200, "").json();
    assert_eq!(again["entry"], later["entry"], "the same place, however often");
    let earlier = browser.get(&format!("/api/receipts/{}", id(&first))).await.is(200, "").json();
    let file = file(&[(&first, earlier), (&last, again)]);
    let shop = thumbprint(&place).await;
    let report = verify(&file, &Trust { shop: &[&shop], ..Trust::default() }).unwrap();
    assert!(report.holds(), "{:?}", report.checks);
    assert!(report.checks.iter().filter(|check| check.name == "inclusion").count() == 2);
    // No session is begun for it.
    assert_eq!(browser.cookie, None);
    assert_eq!(place.shop_rows().await.count("SELECT COUNT(*) FROM sessions").await, 0);
}

#[tokio::test]
async fn many_at_once_make_one_log_that_only_grows() {
    let place = Place::open().await;
    let second = place.second_instance().await;
    let policy = policy(&place).await;
    let receipts: Vec<_> =
        (1..=12).map(|number| receipt(&policy, &place.config.origin, number, &["analytics"], None)).collect();
    let mut tasks = Vec::new();
    for (position, signed) in receipts.iter().enumerate() {
        let mut browser = if position % 2 == 0 { place.browser() } else { place.browser().at(&second) };
        let body = body(signed);
        tasks
            .push(tokio::spawn(async move { browser.post("/api/receipts", &body).await.is(201, "").json() }));
    }
    let mut evidence = Vec::new();
    for task in tasks {
        evidence.push(task.await.unwrap());
    }
    let items: Vec<_> = receipts.iter().zip(evidence).collect();
    // Each has its own head; today's log extends every one of them.
    let mut today = Vec::new();
    for size in 1..=12 {
        today.push(place.browser().get(&format!("/api/receipt-log?from={size}")).await.is(200, "").text);
    }
    let today: Vec<&str> = today.iter().map(String::as_str).collect();
    for (signed, evidence) in items {
        let report =
            verify(&file(&[(signed, evidence)]), &Trust { today: &today, ..Trust::default() }).unwrap();
        assert!(report.holds(), "{:?}", report.checks);
        let consistency = report.checks.iter().find(|check| check.name == "consistency").unwrap();
        assert_eq!(consistency.outcome.as_str(), "holds");
    }
    place.browser().get("/api/receipt-log?from=13").await.is(400, "input.invalid");
    place.browser().get("/api/receipt-log?from=x").await.is(400, "input.invalid");
}

#[tokio::test]
async fn what_is_no_receipt_for_this_shop_is_refused() {
    let place = Place::open().await;
    let policy = policy(&place).await;
    let mut browser = place.browser();
    let good = receipt(&policy, &place.config.origin, 1, &["analytics"], None);
    let elsewhere = receipt(&policy, "https://other.example", 1, &["analytics"], None);
    browser.post("/api/receipts", &body(&elsewhere)).await.is(422, "consent.receipt-invalid");
    browser.post("/api/receipts", &json!({})).await.is(422, "consent.receipt-invalid");
    browser
        .post("/api/receipts", &json!({ "receipt": { "payload": "", "protected": "", "signature": "" } }))
        .await
        .is(422, "consent.receipt-invalid");
    let mut forged = body(&good);
    let signature = forged["receipt"]["signature"].as_str().unwrap().to_owned();
    forged["receipt"]["signature"] = json!(format!("A{}", &signature[1..]));
    browser.post("/api/receipts", &forged).await.is(422, "consent.receipt-invalid");
    let future = {
        let decision = Decision::new(&Policy::parse(&policy).unwrap(), &[], 9_000_000_000).unwrap();
        let circumstances = Circumstances {
            random: [5; 16],
            origin: &place.config.origin,
            language: "en",
            region: None,
            surface: Surface::Script,
            before: &[],
            previous: None,
        };
        let receipt = Receipt::compose(&policy, &decision, &circumstances).unwrap();
        SigningKey::from_bytes(&[77; 32]).unwrap().sign("receipt", &receipt.to_canonical().unwrap()).unwrap()
    };
    browser.post("/api/receipts", &body(&future)).await.is(422, "consent.receipt-invalid");
    browser.post("/api/receipts", &body(&good)).await.is(201, "");
    // Its id again, for another decision.
    let mut other = receipt(&policy, &place.config.origin, 1, &[], None);
    assert_eq!(id(&other), id(&good));
    browser.post("/api/receipts", &body(&other)).await.is(409, "consent.record-refused");
    other = receipt(&policy, &place.config.origin, 2, &[], None);
    browser.get(&format!("/api/receipts/{}", id(&other))).await.is(404, "server.not-found");
}

/// Everything that is in the shop's tables, as text.
async fn dump(database: &Database) -> String {
    let mut all = String::new();
    for (table, columns) in [
        ("receipts", &["id", "receipt", "entry"][..]),
        ("receipt_nodes", &["hash"]),
        ("receipt_witness", &["signed"]),
        ("rate_limits", &["action", "subject"]),
        ("sessions", &["id", "token", "device"]),
        ("accounts", &["id", "email"]),
    ] {
        let statement = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
        for row in sqlx::query(statement).fetch_all(database.pool()).await.unwrap() {
            for column in columns {
                all.push_str(&row.try_get::<Option<String>, _>(*column).unwrap().unwrap_or_default());
                all.push('\n');
            }
        }
    }
    all
}

#[tokio::test]
async fn nothing_is_linkable_after_erasure() {
    let place = Place::open().await;
    let policy = policy(&place).await;
    let mine = receipt(&policy, &place.config.origin, 1, &["analytics"], None);
    let yours = receipt(&policy, &place.config.origin, 2, &["analytics"], None);
    let mut browser = place.browser();
    let evidence = browser.post("/api/receipts", &body(&mine)).await.is(201, "").json();
    browser.post("/api/receipts", &body(&yours)).await.is(201, "");
    let entry = core::parse(&evidence["entry"].to_string()).unwrap();
    let entry = Entry::read(&Signed::parse(&entry, "receipt-entry").unwrap()).unwrap();

    let database = Database::open(&place.config.database, &[]).await.unwrap();
    let before = dump(&database).await;
    // Neither the caller's address nor what its browser calls itself, nor when it came, stands beside a receipt.
    assert!(before.contains(&id(&mine)) && !before.contains("127.0.0.1") && !before.contains("Mozilla"));

    browser.delete(&format!("/api/receipts/{}", id(&mine))).await.is(204, "");
    browser.delete(&format!("/api/receipts/{}", id(&mine))).await.is(404, "server.not-found");
    browser.get(&format!("/api/receipts/{}", id(&mine))).await.is(404, "server.not-found");
    let after = dump(&database).await;
    let digest = mine.digest();
    let text = as_json(&mine.to_value());
    for trace in [
        id(&mine),
        base64url::encode(&digest),
        base64url::encode(&entry.salt),
        text["payload"].as_str().unwrap().to_owned(),
        text["signature"].as_str().unwrap().to_owned(),
    ] {
        assert!(!after.contains(&trace), "{trace}");
    }
    // Whoever has the receipt, but not its salt, cannot find it in the log: the leaf is no function of the receipt alone.
    let leaf = base64url::encode(&log::leaf(&entry.commitment()));
    assert!(after.contains(&leaf), "the log is still whole");
    for guess in [digest, [0; 32]] {
        for data in [guess.to_vec(), storefront_privacy::consent::proof::commitment(&guess, &digest).to_vec()]
        {
            assert!(!after.contains(&base64url::encode(&log::leaf(&data))));
        }
    }
    // The other shopper's proof still holds over the whole log.
    let rest = browser.get(&format!("/api/receipts/{}", id(&yours))).await.is(200, "").json();
    assert!(verify(&file(&[(&yours, rest)]), &Trust::default()).unwrap().holds());
    database.close().await;
}

#[tokio::test]
async fn a_witness_signs_what_it_has_seen_and_a_shop_without_its_witness_goes_on() {
    use axum::routing::post;
    use axum::{Json, Router};
    let key = || SigningKey::from_bytes(&[150; 32]).unwrap();
    let seen = std::sync::Arc::new(std::sync::Mutex::new((0_u64, log::empty())));
    let router = Router::new().route(
        "/heads",
        post(async move |Json(question): Json<Value>| {
            let signed = core::parse(&question["head"].to_string()).unwrap();
            let head = Head::read(&Signed::parse(&signed, Head::SHOP).unwrap()).unwrap();
            let path: Vec<log::Hash> = question["consistency"]
                .as_array()
                .unwrap()
                .iter()
                .map(|hash| base64url::decode(hash.as_str().unwrap()).unwrap().try_into().unwrap())
                .collect();
            let mut known = seen.lock().unwrap();
            assert!(log::extends(known.0, &known.1, head.size, &head.root, &path), "the log only grows");
            *known = (head.size, head.root);
            Json(json!({ "signed": as_json(&head.sign(Head::WITNESS, &key()).unwrap().to_value()) }))
        }),
    );
    let witness = format!("http://{}", serve(router).await);
    let place = Place::with(|config| config.witness = Some(witness)).await;
    let shop = storefront_shop::Shop::open(place.config.clone()).await.unwrap();
    let policy = policy(&place).await;
    let mut browser = place.browser();
    let mut last = None;
    for number in 1..=3 {
        let signed = receipt(&policy, &place.config.origin, number, &["analytics"], None);
        browser.post("/api/receipts", &body(&signed)).await.is(201, "");
        storefront_shop::receipts::show_to_witness(&shop).await.unwrap();
        last = Some(signed);
    }
    let last = last.unwrap();
    let evidence = browser.get(&format!("/api/receipts/{}", id(&last))).await.is(200, "").json();
    let trusted = key().public().thumbprint();
    let report =
        verify(&file(&[(&last, evidence)]), &Trust { witness: &[&trusted], ..Trust::default() }).unwrap();
    let check = report.checks.iter().find(|check| check.name == "witness").unwrap();
    assert_eq!(check.outcome.as_str(), "holds", "{check:?}");

    let place = Place::with(|config| config.witness = Some("http://127.0.0.1:9".to_owned())).await;
    let shop = storefront_shop::Shop::open(place.config.clone()).await.unwrap();
    let signed = receipt(&policy, &place.config.origin, 1, &["analytics"], None);
    let evidence = place.browser().post("/api/receipts", &body(&signed)).await.is(201, "").json();
    storefront_shop::receipts::show_to_witness(&shop).await.unwrap();
    assert_eq!(evidence["witness"], Value::Null);
}
