//! The JSON interface that the package's elements and other programs use. `www/contract/shop.yaml` describes it.

mod passkey_ways;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use storefront_privacy::passkey::well_known;
use storefront_service::Problem;

pub mod privacy;

use crate::fallback::methods;
use crate::fallback::second::{self, Entered};
use crate::guard::{Address, Input, JsonBytes};
use crate::limits::Limit;
use crate::orders::Order;
use crate::session::{self, Session};
use crate::{Shop, accounts, confirmation, consent, dpop, passkeys, payment};

pub use passkey_ways::{PasskeySignUp, confirm, confirmation_options, sign_up_by_passkey, sign_up_options};

/// An answer that no cache keeps, with a cookie if there is a new one.
pub(crate) fn answer(status: StatusCode, body: Value, cookie: Option<HeaderValue>) -> Response {
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    let cookies = cookie.map(|cookie| (header::SET_COOKIE, cookie));
    (status, headers, AppendHeaders(cookies), Json(body)).into_response()
}

/// Where a first step led: signed in, or to the second step.
pub(crate) fn entered(entered: Entered) -> Response {
    match entered {
        Entered::In(session, cookie) => {
            answer(StatusCode::OK, Session::describe(Some(&session)), Some(cookie))
        }
        Entered::Second(cookie) => {
            answer(StatusCode::OK, json!({ "signed_in": false, "next": "/sign-in/second-step" }), cookie)
        }
    }
}

pub(crate) fn ok(body: Value) -> Response {
    answer(StatusCode::OK, body, None)
}

pub(crate) fn done() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], StatusCode::NO_CONTENT).into_response()
}

/// `GET /api/health`
///
/// # Errors
///
/// `server.failed` when the database does not answer.
pub async fn health(State(shop): State<Shop>) -> Result<Response, Problem> {
    if shop.database.is_reachable().await {
        return Ok(ok(json!({ "status": "ok" })));
    }
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server.failed", "The database does not answer"))
}

/// `GET /api/session`
pub async fn session(State(shop): State<Shop>, session: Option<Session>) -> Response {
    dpop::with_nonce(&shop, ok(Session::describe(session.as_ref()))).await
}

/// The body of `POST /api/session`.
#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
}

/// `POST /api/session`
///
/// # Errors
///
/// `shop.sign-in-failed` or `shop.too-many-requests`.
pub async fn sign_in(
    State(shop): State<Shop>,
    before: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<SignIn>,
) -> Result<Response, Problem> {
    let account = accounts::sign_in(&shop, &address, &input.email, &input.password).await?;
    Ok(entered(second::enter(&shop, &headers, before, account, "/account").await?))
}

/// `DELETE /api/session`
///
/// # Errors
///
/// When the database refuses.
pub async fn sign_out(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    if let Some(session) = session {
        session.revoke(&shop, &session.id).await?;
    }
    Ok((AppendHeaders([(header::SET_COOKIE, session::forget(&shop))]), done()).into_response())
}

/// The body of `POST /api/accounts`.
#[derive(Deserialize)]
pub struct SignUp {
    email: String,
    name: String,
    password: String,
}

/// `POST /api/accounts`
///
/// # Errors
///
/// `shop.email-taken`, a `password.*` code, `input.*` or `shop.too-many-requests`.
pub async fn sign_up(
    State(shop): State<Shop>,
    before: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<SignUp>,
) -> Result<Response, Problem> {
    Limit::SIGN_UP.take(&shop.database, &address).await?;
    let account = accounts::create(&shop, &input.email, &input.name, &input.password).await?;
    let (session, cookie) = Session::sign_in(&shop, &headers, before.as_ref(), account).await?;
    Ok(answer(StatusCode::CREATED, Session::describe(Some(&session)), Some(cookie)))
}

/// The body of `POST /api/account/password`.
#[derive(Deserialize)]
pub struct ChangePassword {
    current: String,
    password: String,
}

/// `POST /api/account/password`
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.password-wrong`, a `password.*` code or `shop.too-many-requests`.
pub async fn change_password(
    State(shop): State<Shop>,
    session: Session,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<ChangePassword>,
) -> Result<Response, Problem> {
    let account =
        accounts::change_password(&shop, &session, &address, &input.current, &input.password).await?;
    let (session, cookie) = Session::sign_in(&shop, &headers, Some(&session), account).await?;
    Ok(answer(StatusCode::OK, Session::describe(Some(&session)), Some(cookie)))
}

/// `GET /api/sessions`
///
/// # Errors
///
/// `shop.sign-in-needed`.
pub async fn sessions(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    session.account()?;
    Ok(ok(json!({ "sessions": session.list(&shop).await? })))
}

/// `DELETE /api/sessions/{id}`
///
/// # Errors
///
/// `shop.sign-in-needed` or `server.not-found`.
pub async fn revoke(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    session.account()?;
    session.revoke(&shop, &id).await?;
    Ok(done())
}

/// `POST /api/passkeys/registration/options`
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.passkeys-full` or `shop.too-many-requests`.
pub async fn registration_options(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    let account = session.recent()?;
    Limit::CEREMONY.take(&shop.database, &session.id).await?;
    Ok(ok(passkeys::begin_registration(&shop, &session, account).await?))
}

/// The body that finishes a ceremony.
#[derive(Debug, Deserialize)]
pub struct Finish {
    ceremony: String,
    credential: Value,
    name: Option<String>,
}

/// `POST /api/passkeys/registration`
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.ceremony-unknown`, `passkey.response-invalid` or `passkey.already-registered`.
pub async fn register(
    State(shop): State<Shop>,
    session: Session,
    Input(input): Input<Finish>,
) -> Result<Response, Problem> {
    let account = session.recent()?;
    let Finish { ceremony, credential, name } = input;
    let passkey =
        passkeys::finish_registration(&shop, &session, account, &ceremony, credential, name.as_deref())
            .await?;
    methods::tell(&shop, account, "A passkey was added.").await?;
    Ok(answer(StatusCode::CREATED, passkey, None))
}

/// `POST /api/passkeys/authentication/options`
///
/// # Errors
///
/// `shop.too-many-requests`.
pub async fn authentication_options(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Limit::CEREMONY_ADDRESS.take(&shop.database, &address).await?;
    let (session, cookie) = Session::or_begin(session, &shop, &headers).await?;
    Limit::CEREMONY.take(&shop.database, &session.id).await?;
    let options = passkeys::begin_authentication(&shop, &session).await?;
    Ok(answer(StatusCode::OK, options, cookie))
}

/// `POST /api/passkeys/authentication`
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.credential-unknown` or `passkey.response-invalid`.
pub async fn authenticate(
    State(shop): State<Shop>,
    before: Session,
    headers: HeaderMap,
    Input(input): Input<Finish>,
) -> Result<Response, Problem> {
    let account = passkeys::finish_authentication(&shop, &before, &input.ceremony, input.credential).await?;
    let (session, cookie) = Session::sign_in(&shop, &headers, Some(&before), account).await?;
    Ok(answer(StatusCode::OK, Session::describe(Some(&session)), Some(cookie)))
}

/// `GET /api/passkeys`
///
/// # Errors
///
/// `shop.sign-in-needed`.
pub async fn passkeys(State(shop): State<Shop>, session: Session) -> Result<Response, Problem> {
    let account = session.account()?;
    Ok(ok(json!({ "passkeys": passkeys::list(&shop, account).await?, "user": passkeys::user(account)? })))
}

/// The body of `PATCH /api/passkeys/{id}`.
#[derive(Debug, Deserialize)]
pub struct Rename {
    name: String,
}

/// `PATCH /api/passkeys/{id}`
///
/// # Errors
///
/// `shop.sign-in-needed`, `server.not-found` or `input.*`.
pub async fn rename_passkey(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
    Input(input): Input<Rename>,
) -> Result<Response, Problem> {
    Ok(ok(passkeys::rename(&shop, session.account()?, &id, &input.name).await?))
}

/// `DELETE /api/passkeys/{id}`
///
/// # Errors
///
/// `shop.sign-in-needed` or `server.not-found`.
pub async fn remove_passkey(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let account = session.recent()?;
    passkeys::remove(&shop, account, &id).await?;
    methods::tell(&shop, account, "A passkey was removed.").await?;
    Ok(done())
}

/// `GET /api/payment/keys`
///
/// # Errors
///
/// `payment.key-unreachable`.
pub async fn payment_keys(State(shop): State<Shop>) -> Result<Response, Problem> {
    Ok(ok(payment::keys(&shop).await?))
}

/// `GET /api/orders`
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn orders(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let orders = match session {
        Some(session) => Order::list(&shop, &session).await?,
        None => Vec::new(),
    };
    Ok(ok(json!({ "orders": orders.iter().map(Order::describe).collect::<Vec<_>>() })))
}

/// `POST /api/orders`
///
/// # Errors
///
/// `shop.cart-empty`.
pub async fn draft(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let empty = || Problem::new(StatusCode::CONFLICT, "shop.cart-empty", "The cart is empty");
    let session = session.ok_or_else(empty)?;
    Ok(answer(StatusCode::CREATED, Order::draft(&shop, &session).await?.describe(), None))
}

/// `GET /api/orders/{id}`
///
/// # Errors
///
/// `server.not-found`.
pub async fn order(
    State(shop): State<Shop>,
    session: Option<Session>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &id).await?;
    let mut body = order.describe();
    if let Some(members) = body.as_object_mut() {
        members.insert("evidence".to_owned(), payment::evidence(&order));
    }
    Ok(ok(body))
}

/// The body of `POST /api/orders/{id}/payment`.
#[derive(Deserialize)]
pub struct Payment {
    envelope: String,
    #[serde(default)]
    password: String,
}

/// `POST /api/orders/{id}/payment`
///
/// # Errors
///
/// `server.not-found`, `shop.confirmation-needed`, `payment.*`, `shop.payment-pending`, `shop.processor-unreachable`, `shop.order-closed` or
/// `shop.too-many-requests`.
pub async fn pay(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    Path(id): Path<String>,
    Input(input): Input<Payment>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &id).await?;
    confirmation::check(&shop, &session, &order, &input.password, &address).await?;
    let outcome = payment::pay(&shop, &session, &order, &input.envelope, &address).await?;
    Ok(ok(outcome.describe(&id)))
}

/// `POST /api/consent-records`
///
/// # Errors
///
/// `consent.record-invalid`, `consent.record-refused` or `shop.too-many-requests`.
pub async fn consent_record(
    State(shop): State<Shop>,
    Address(address): Address,
    JsonBytes(body): JsonBytes,
) -> Result<Response, Problem> {
    Limit::CONSENT.take(&shop.database, &address).await?;
    let new = consent::store(&shop, &body).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(answer(status, json!({ "stored": true }), None))
}

/// `GET /.well-known/webauthn`: the shop's passkeys are for its own origin.
///
/// # Errors
///
/// When the origin is none that browsers take.
pub async fn related_origins(State(shop): State<Shop>) -> Result<Response, Problem> {
    Ok(well_known(
        well_known::related_origins(&[&shop.config.origin]).map_err(|error| Problem::internal(&error))?,
    ))
}

/// `GET /.well-known/passkey-endpoints`: passkeys are added and managed on the account page.
///
/// # Errors
///
/// When the origin is none that browsers take.
pub async fn passkey_endpoints(State(shop): State<Shop>) -> Result<Response, Problem> {
    let account = format!("{}/account", shop.config.origin);
    let account = Some(account.as_str());
    let endpoints =
        well_known::PasskeyEndpoints { enroll: account, manage: account, prf_usage_details: None };
    Ok(well_known(endpoints.to_json().map_err(|error| Problem::internal(&error))?))
}

fn well_known(json: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, json).into_response()
}

/// `GET /privacy.json`
pub async fn privacy(State(shop): State<Shop>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    ];
    (headers, shop.policy_json.clone()).into_response()
}
