//! The JSON interface of all this.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use storefront_service::Problem;

use super::{email, methods, over, recovery, second, totp};
use crate::Shop;
use crate::api::{answer, done, entered, ok};
use crate::guard::{Address, Input};
use crate::limits::Limit;
use crate::session::Session;

/// `GET /api/sign-in-methods`
///
/// # Errors
///
/// `shop.sign-in-needed`.
pub async fn methods(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    Ok(ok(json!({ "methods": methods::list(&shop, session.account()?).await? })))
}

/// The body of `POST /api/sign-in/codes`.
#[derive(Deserialize)]
pub struct SendCode {
    email: String,
}

/// `POST /api/sign-in/codes`
///
/// # Errors
///
/// `input.*` or `shop.too-many-requests`.
pub async fn send_code(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<SendCode>,
) -> Result<Response, Problem> {
    let (session, cookie) = Session::or_begin(session, &shop, &headers).await?;
    let waiting = email::request(&shop, &session, &address, &input.email).await?;
    Ok(answer(StatusCode::ACCEPTED, waiting, cookie))
}

/// `POST /api/sign-in/codes/extension`
///
/// # Errors
///
/// `shop.code-expired`.
pub async fn extend(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    Ok(ok(email::extend(&shop, &session.ok_or_else(over)?).await?))
}

/// The body with a code.
#[derive(Deserialize)]
pub struct Code {
    code: String,
}

/// `POST /api/sign-in/codes/verification`
///
/// # Errors
///
/// `shop.code-refused`, `shop.code-expired`, `otp.code-invalid` or `shop.too-many-requests`.
pub async fn verify_code(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<Code>,
) -> Result<Response, Problem> {
    Limit::CODE_ADDRESS.take(&shop.database, &address).await?;
    let session = session.ok_or_else(over)?;
    let account = email::verify(&shop, &session, &input.code).await?;
    Ok(entered(second::enter(&shop, &headers, Some(session), account, "/account").await?))
}

/// `POST /api/sign-in/second-step`
///
/// # Errors
///
/// `shop.code-refused`, `shop.code-used`, `shop.code-expired`, `shop.code-locked`, `otp.code-invalid` or `shop.too-many-requests`.
pub async fn second_step(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<Code>,
) -> Result<Response, Problem> {
    Limit::CODE_ADDRESS.take(&shop.database, &address).await?;
    let session = session.ok_or_else(over)?;
    let (session, cookie, _) = second::finish(&shop, &headers, &session, &input.code).await?;
    Ok(answer(StatusCode::OK, Session::describe(Some(&session)), Some(cookie)))
}

/// The body of `POST /api/sign-in/recovery`.
#[derive(Deserialize)]
pub struct Recover {
    email: String,
    code: String,
}

/// `POST /api/sign-in/recovery`
///
/// # Errors
///
/// `shop.code-refused`, `recovery.code-invalid`, `input.*` or `shop.too-many-requests`.
pub async fn recover(
    State(shop): State<Shop>,
    before: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<Recover>,
) -> Result<Response, Problem> {
    let account = recovery::verify(&shop, &address, &input.email, &input.code).await?;
    let (session, cookie) = Session::sign_in(&shop, &headers, before.as_ref(), account).await?;
    Ok(answer(StatusCode::OK, Session::describe(Some(&session)), Some(cookie)))
}

/// `POST /api/totp/enrolment`
///
/// # Errors
///
/// `shop.sign-in-needed` or `shop.sign-in-again`.
pub async fn enrol(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    Ok(ok(totp::begin(&shop, session.recent()?).await?))
}

/// `POST /api/totp`
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.sign-in-again`, `shop.code-refused`, `shop.code-expired`, `otp.code-invalid` or
/// `shop.too-many-requests`.
pub async fn turn_on(
    State(shop): State<Shop>,
    session: Session,
    Input(input): Input<Code>,
) -> Result<Response, Problem> {
    totp::finish(&shop, session.recent()?, &input.code).await?;
    Ok(done())
}

/// `DELETE /api/totp`
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.sign-in-again` or `server.not-found`.
pub async fn turn_off(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    totp::remove(&shop, session.recent()?).await?;
    Ok(done())
}

/// `POST /api/recovery-codes`
///
/// # Errors
///
/// `shop.sign-in-needed` or `shop.sign-in-again`.
pub async fn recovery_codes(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    let codes = recovery::renew(&shop, session.recent()?).await?;
    Ok(answer(StatusCode::CREATED, json!({ "codes": codes }), None))
}
