//! What passkeys are for beside signing in: an account that begins with one, an order that one confirms.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use storefront_service::Problem;

use super::{Finish, answer, done, ok};
use crate::guard::{Address, Input};
use crate::limits::Limit;
use crate::orders::Order;
use crate::session::Session;
use crate::{Shop, confirmation, passkey_sign_up};

/// The body of `POST /api/passkeys/sign-up/options`.
#[derive(Debug, Deserialize)]
pub struct PasskeySignUp {
    email: String,
    name: String,
}

/// `POST /api/passkeys/sign-up/options`
///
/// # Errors
///
/// `shop.email-taken`, `input.invalid` or `shop.too-many-requests`.
pub async fn sign_up_options(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<PasskeySignUp>,
) -> Result<Response, Problem> {
    Limit::CEREMONY_ADDRESS.take(&shop.database, &address).await?;
    let (session, cookie) = Session::or_begin(session, &shop, &headers).await?;
    Limit::CEREMONY.take(&shop.database, &session.id).await?;
    let options = passkey_sign_up::begin(&shop, &session, &input.email, &input.name).await?;
    Ok(answer(StatusCode::OK, options, cookie))
}

/// `POST /api/passkeys/sign-up`
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.response-invalid`, `passkey.already-registered`, `shop.email-taken` or
/// `shop.too-many-requests`.
pub async fn sign_up_by_passkey(
    State(shop): State<Shop>,
    before: Session,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<Finish>,
) -> Result<Response, Problem> {
    Limit::SIGN_UP.take(&shop.database, &address).await?;
    let account = passkey_sign_up::finish(&shop, &before, &input.ceremony, input.credential).await?;
    let (session, cookie) = Session::sign_in(&shop, &headers, Some(&before), account).await?;
    Ok(answer(StatusCode::CREATED, Session::describe(Some(&session)), Some(cookie)))
}

/// `POST /api/orders/{id}/confirmation/options`
///
/// # Errors
///
/// `shop.sign-in-needed`, `server.not-found` or `shop.too-many-requests`.
pub async fn confirmation_options(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    Limit::CEREMONY.take(&shop.database, &session.id).await?;
    let order = Order::find(&shop, &session, &id).await?;
    Ok(ok(confirmation::begin(&shop, &session, &order).await?))
}

/// `POST /api/orders/{id}/confirmation`
///
/// # Errors
///
/// `shop.sign-in-needed`, `server.not-found`, `shop.ceremony-unknown`, `passkey.response-invalid` or
/// `passkey.order-mismatch`.
pub async fn confirm(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
    Input(input): Input<Finish>,
) -> Result<Response, Problem> {
    let order = Order::find(&shop, &session, &id).await?;
    confirmation::finish(&shop, &session, &order, &input.ceremony, input.credential).await?;
    Ok(done())
}
