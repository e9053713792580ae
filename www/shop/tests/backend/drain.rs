//! A shop that is told to stop answers what it was asked.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::place::{Place, order};

#[tokio::test]
async fn requests_in_flight_are_answered_after_sigterm() {
    let place = Place::open().await;
    let mut shop = Command::new(env!("CARGO_BIN_EXE_storefront-shop"))
        .env("SHOP_LISTEN", "127.0.0.1:0")
        .env("SHOP_ORIGIN", &place.config.origin)
        .env("SHOP_PAGES", &place.config.pages)
        .env("DATABASE_URL", &place.config.database)
        .env("PROCESSOR_URL", &place.config.processor)
        .env("SHOP_PROCESSOR_TIMEOUT_MS", "20000")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(shop.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["event"], "listening");
    let address = ready["address"].as_str().unwrap();

    let mut browser = Browser::new(address, &place.config.origin);
    let order = order(&mut browser).await;
    let envelope = place.seal("4000000000000119", &order).await;
    let path = format!("/api/orders/{}/payment", order["id"].as_str().unwrap());
    let body = json!({ "envelope": envelope });
    let in_flight = browser.post(&path, &body);
    let ended = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let status = Command::new("kill").args(["-TERM", &shop.id().to_string()]).status().unwrap();
        assert!(status.success());
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(tokio::net::TcpStream::connect(address).await.is_err(), "it takes no new connections");
    };
    let (reply, ()) = tokio::join!(in_flight, ended);
    assert_eq!(reply.is(200, "").json()["status"], "approved");
    let status = tokio::task::spawn_blocking(move || shop.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
}
