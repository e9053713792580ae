//! Another company's visit counter: `storefront-tracker`, listening on `TRACKER_LISTEN`.
//!
//! It is what consent is asked for: a page that loads its script is counted. It stores nothing but the count.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use storefront_service::{environment, logs, server};

/// The script: it marks the page and reports that it was opened.
const SCRIPT: &str = "\
(() => {
  const { origin } = new URL(document.currentScript.src);
  window.__tracked = (window.__tracked ?? 0) + 1;
  navigator.sendBeacon(`${origin}/hit`, JSON.stringify({ page: location.pathname }));
})();
";

type Count = Arc<AtomicU64>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    logs::start();
    let listen = environment::value(
        "TRACKER_LISTEN",
        "an address such as 127.0.0.1:8082",
        SocketAddr::from(([127, 0, 0, 1], 8082)),
    )?;
    let router = Router::new()
        .route("/tracker.js", get(script))
        .route("/hit", get(hit).post(hit))
        .route("/hits", get(hits))
        .with_state(Count::default());
    Ok(server::run(listen, router).await?)
}

async fn script() -> ([(header::HeaderName, &'static str); 3], &'static str) {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, SCRIPT)
}

async fn hit(State(count): State<Count>) -> StatusCode {
    count.fetch_add(1, Ordering::Relaxed);
    StatusCode::NO_CONTENT
}

async fn hits(State(count): State<Count>) -> Json<Value> {
    Json(json!({ "hits": count.load(Ordering::Relaxed) }))
}
