//! Receipts of consent and their log, cookies to forget, and requests about data.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;
use storefront_service::Problem;

use super::{answer, done, ok};
use crate::data_requests::{self, Exercise};
use crate::guard::{Address, Input, JsonBytes};
use crate::limits::Limit;
use crate::session::Session;
use crate::{Shop, consent, guard, receipts};

/// `POST /api/receipts`
///
/// # Errors
///
/// `consent.receipt-invalid`, `consent.record-refused` or `shop.too-many-requests`.
pub async fn receipt(
    State(shop): State<Shop>,
    Address(address): Address,
    JsonBytes(body): JsonBytes,
) -> Result<Response, Problem> {
    Limit::CONSENT.take(&shop.database, &address).await?;
    let (evidence, new) = receipts::store(&shop, &body).await?;
    Ok(answer(if new { StatusCode::CREATED } else { StatusCode::OK }, evidence, None))
}

/// `GET /api/receipts/{id}`
///
/// # Errors
///
/// `server.not-found`.
pub async fn evidence(State(shop): State<Shop>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(ok(receipts::find(&shop, &id).await?))
}

/// `DELETE /api/receipts/{id}`. Who knows the id has the receipt.
///
/// # Errors
///
/// `server.not-found`.
pub async fn erase_receipt(State(shop): State<Shop>, Path(id): Path<String>) -> Result<Response, Problem> {
    receipts::erase(&shop, &id).await?;
    Ok(done())
}

/// The question of `GET /api/receipt-log`.
#[derive(Debug, Deserialize)]
pub struct Since {
    #[serde(default)]
    from: u64,
}

/// `GET /api/receipt-log`
///
/// # Errors
///
/// `input.invalid`.
pub async fn receipt_log(
    State(shop): State<Shop>,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(since) = since.map_err(|_| guard::malformed("Expected a number of entries as `from`."))?;
    Ok(ok(receipts::since(&shop, since.from).await?))
}

/// `GET /api/receipt-log/keys`
///
/// # Errors
///
/// None that a request can cause.
pub async fn receipt_keys(State(shop): State<Shop>) -> Result<Response, Problem> {
    let key = shop.notary.key();
    let jwk = key.to_jwk();
    let member = |name| jwk.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    let jwk = json!({
        "alg": "ES256", "crv": member("crv"), "kid": key.thumbprint(), "kty": member("kty"), "use": "sig",
        "x": member("x"), "y": member("y"),
    });
    Ok(ok(json!({ "keys": [jwk] })))
}

/// The body of `POST /api/cookies/forget`.
#[derive(Debug, Deserialize)]
pub struct Forget {
    services: Vec<String>,
}

/// `POST /api/cookies/forget`
///
/// # Errors
///
/// None beside those of every request.
pub async fn forget_cookies(
    State(shop): State<Shop>,
    headers: HeaderMap,
    Input(input): Input<Forget>,
) -> Result<Response, Problem> {
    let (found, forgetting) = consent::forget(&shop, &headers, &input.services);
    let cookies = forgetting.into_iter().map(|cookie| (header::SET_COOKIE, cookie)).collect::<Vec<_>>();
    Ok((AppendHeaders(cookies), ok(json!({ "found": found }))).into_response())
}

/// `GET /api/data-requests`
///
/// # Errors
///
/// `shop.sign-in-needed`.
pub async fn requests(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    Ok(ok(json!({ "requests": data_requests::list(&shop, &session).await? })))
}

/// `POST /api/data-requests`
///
/// # Errors
///
/// `consent.request-refused`, `input.*` or `shop.too-many-requests`.
pub async fn exercise(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    Input(input): Input<Exercise>,
) -> Result<Response, Problem> {
    let request = data_requests::exercise(&shop, session.as_ref(), &address, &input).await?;
    Ok(answer(StatusCode::CREATED, request, None))
}

/// The body of `POST /api/data-requests/codes`.
#[derive(Deserialize)]
pub struct Email {
    email: String,
}

/// `POST /api/data-requests/codes`
///
/// # Errors
///
/// `input.*` or `shop.too-many-requests`.
pub async fn request_code(
    State(shop): State<Shop>,
    Address(address): Address,
    Input(input): Input<Email>,
) -> Result<Response, Problem> {
    data_requests::mail_code(&shop, &address, &input.email).await?;
    Ok(done())
}

/// `GET /api/data-requests/{id}`
///
/// # Errors
///
/// `server.not-found`.
pub async fn request(State(shop): State<Shop>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(ok(data_requests::find(&shop, &id).await?))
}

/// `DELETE /api/data-requests/{id}`
///
/// # Errors
///
/// `server.not-found` when there is none that is open.
pub async fn revoke_request(State(shop): State<Shop>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(ok(data_requests::revoke(&shop, &id).await?))
}

/// `GET /api/data-requests/{id}/data`
///
/// # Errors
///
/// `server.not-found`.
pub async fn request_data(State(shop): State<Shop>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(ok(data_requests::copy(&shop, &id).await?))
}
