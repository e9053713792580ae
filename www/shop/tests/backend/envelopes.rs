//! What is left of a card after it was paid with: nothing, in no table, log or file.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_service::Database;
use storefront_service::database::Kind;

use crate::place::{Place, log};

const CARDS: [&str; 5] =
    ["4242424242424242", "4000000000009995", "4000000000000002", "4000002760003184", "4000000000000119"];

#[tokio::test]
async fn no_envelope_and_no_card_number_outlives_its_payment() {
    let place = Place::open().await;
    let mut envelopes = Vec::new();
    for number in CARDS {
        let (mut browser, order) = place.shopper().await;
        let envelope = place.seal(number, &order).await;
        let id = order["id"].as_str().unwrap();
        browser.post(&format!("/api/orders/{id}/payment"), &json!({ "envelope": envelope })).await;
        if number == "4000002760003184" {
            assert!(found(&place, &envelope).await, "an undecided envelope is kept, and the search finds it");
            browser.form(&format!("/challenge/{id}"), &[("code", "123456")]).await;
        }
        envelopes.push(envelope);
    }
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    for envelope in &envelopes {
        let ciphertext = envelope.split('.').nth(3).unwrap();
        assert!(!found(&place, envelope).await && !found(&place, ciphertext).await);
    }
    for number in CARDS {
        assert!(!found(&place, number).await, "{number}");
    }
    for text in ["Anna Schmidt", "11/39"] {
        assert!(!found(&place, text).await, "{text}");
    }
}

#[tokio::test]
async fn an_envelope_that_nobody_decides_on_is_deleted_when_it_expires() {
    let place = Place::open().await;
    let (mut browser, order) = place.shopper().await;
    let envelope = place.seal("4000002760003184", &order).await;
    let id = order["id"].as_str().unwrap();
    browser.post(&format!("/api/orders/{id}/payment"), &json!({ "envelope": envelope })).await.is(200, "");
    let rows = place.processor_rows().await;
    place.processor.sweep().await.unwrap();
    assert_eq!(rows.count("SELECT COUNT(*) FROM envelopes").await, 1);
    rows.run("UPDATE envelopes SET expires_at = 1").await;
    place.processor.sweep().await.unwrap();
    assert!(!found(&place, &envelope).await);
    browser.form(&format!("/challenge/{id}"), &[("code", "123456")]).await.leads_to(&format!("/orders/{id}"));
    let seen = browser.get(&format!("/api/orders/{id}")).await.json();
    assert_eq!((&seen["status"], &seen["reason"]), (&json!("declined"), &json!("challenge_expired")));
}

/// Whether the text is in a table of either database, in a file of theirs, or in the log of this process.
async fn found(place: &Place, text: &str) -> bool {
    let contains = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    if contains(&log()) || files(place.directory.path()).iter().any(|bytes| contains(bytes)) {
        return true;
    }
    for rows in [place.shop_rows().await, place.processor_rows().await] {
        if contains(dump(&rows.0).await.to_string().as_bytes()) {
            return true;
        }
    }
    false
}

fn files(directory: &Path) -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents.extend(files(&path));
        } else {
            // SQLite takes its journal away while this looks.
            contents.extend(fs::read(&path));
        }
    }
    assert!(!contents.is_empty());
    contents
}

/// Every row of every table.
async fn dump(database: &Database) -> Value {
    let names = match database.kind() {
        Kind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Kind::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
             WHERE table_schema = current_schema()"
        }
    };
    let mut tables = serde_json::Map::new();
    for table in sqlx::query(names).fetch_all(database.pool()).await.unwrap() {
        let name: String = table.get("name");
        let mut contents = Vec::new();
        for row in sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {name}")))
            .fetch_all(database.pool())
            .await
            .unwrap()
        {
            for column in 0..row.len() {
                contents.extend(row.try_get::<Option<String>, _>(column).ok().flatten());
            }
        }
        tables.insert(name, contents.into());
    }
    assert!(tables.len() >= 4, "{tables:?}");
    Value::Object(tables)
}
