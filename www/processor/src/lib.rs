//! The payment processor's stand-in: the only place that opens a card.
//!
//! It keeps private keys and the root that signs their manifests, opens each sealed envelope once, for the order it was made for, and simulates what banks
//! answer. Of a card it keeps the brand and the last four digits. A sealed envelope is kept only while a payment is
//! undecided, and deleted with the decision or when it expires.

#![deny(missing_docs)]

mod authorize;
mod cards;
mod challenge;
mod config;
mod issuer;
mod keys;
mod schema;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;
use storefront_service::{Database, Problem, clock};

pub use config::{Config, Merchant};

/// What stops a processor from starting.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// A processor that is ready to serve. Clones share one.
#[derive(Clone)]
pub struct Processor(Arc<Parts>);

/// What a processor is made of.
pub struct Parts {
    database: Database,
    keys: keys::Keys,
    delay: Duration,
}

impl Deref for Processor {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Processor {
    /// Reads the keys, or makes one, and brings the database up to date.
    ///
    /// # Errors
    ///
    /// When the key cannot be kept or read, or the database cannot be used.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        let keys = keys::Keys::open(&config.data, &config.root, &config.merchants)?;
        let database = Database::open(&config.database, schema::MIGRATIONS).await?;
        Ok(Self(Arc::new(Parts { database, keys, delay: config.delay })))
    }

    /// The processor's routes.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/health", get(health))
            .route("/keys/{merchant}", get(manifest))
            .route("/authorizations", post(authorize::handle))
            .route("/authorizations/{reference}", get(challenge::show))
            .route("/authorizations/{reference}/challenge", post(challenge::handle))
            .route("/challenges/{reference}", get(issuer::show).post(issuer::answer))
            .route("/issuer.css", get(issuer::style))
            .route("/issuer.js", get(issuer::script))
            .fallback(async || Problem::not_found())
            .method_not_allowed_fallback(async || {
                Problem::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "server.method-not-allowed",
                    "This is not done here",
                )
            })
            .layer(from_fn(headers))
            .with_state(self.clone())
    }

    /// Deletes expired envelopes, declines what waited for them, and forgets what can no longer be replayed.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn sweep(&self) -> Result<(), sqlx::Error> {
        let now = clock::seconds();
        challenge::expire(self, now).await?;
        authorize::abandon(self, now - 60).await?;
        for statement in
            ["DELETE FROM envelopes WHERE expires_at <= $1", "DELETE FROM opened WHERE expires_at <= $1"]
        {
            sqlx::query(statement).bind(now).execute(self.database.pool()).await?;
        }
        Ok(())
    }

    /// Sweeps every ten seconds, for as long as the returned task is not aborted.
    pub fn keep_swept(&self) -> tokio::task::JoinHandle<()> {
        let processor = self.clone();
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_secs(10));
            loop {
                interval.tick().await;
                if let Err(error) = processor.sweep().await {
                    tracing::error!(cause = %error, "sweeping failed");
                }
            }
        })
    }

    /// Closes the connections to the database.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

async fn health(State(processor): State<Processor>) -> Response {
    if processor.database.is_reachable().await {
        return Json(json!({ "status": "ok" })).into_response();
    }
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server.failed", "The database does not answer")
        .into_response()
}

async fn manifest(
    State(processor): State<Processor>,
    Path(merchant): Path<String>,
) -> Result<Response, Problem> {
    let manifest = processor.keys.manifest(&merchant).map_err(|error| Problem::internal(&error))?;
    let manifest = manifest.ok_or_else(Problem::not_found)?;
    let headers = [(header::CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, Json(json!({ "manifest": manifest }))).into_response())
}

async fn headers(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
