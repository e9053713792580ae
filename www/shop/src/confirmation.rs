//! Dear orders are confirmed by a passkey that signs a challenge made of the order, or by the password.
//!
//! Only accounts that have a passkey are asked: a guest, and who has a password alone, is never in the way of one.

use axum::http::StatusCode;
use serde_json::{Value, json};
use storefront_privacy::codec::base64url;
use storefront_privacy::passkey::Order as Bound;
use storefront_service::{Problem, clock, random};
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential};

use crate::Shop;
use crate::accounts;
use crate::orders::{CURRENCY, Order};
use crate::passkeys::{self, Kind};
use crate::session::{Account, Session};

/// From which amount on an order is confirmed, in cents.
pub const FROM: i64 = 20_000;

/// How long a confirmation holds, in seconds.
const LIFETIME: i64 = 600;

/// Whether this order waits to be confirmed by who is signed in.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn is_needed(shop: &Shop, session: &Session, order: &Order) -> Result<bool, Problem> {
    let Some(account) = session.account.as_ref().filter(|_| order.amount >= FROM) else { return Ok(false) };
    if passkeys::of_account(shop, &account.id).await?.is_empty() {
        return Ok(false);
    }
    let confirmed = sqlx::query(
        "SELECT id FROM ceremonies WHERE session = $1 AND kind = $2 AND state = $3 AND expires_at > $4",
    )
    .bind(&session.id)
    .bind(Kind::Confirmed.as_str())
    .bind(what(order))
    .bind(clock::seconds())
    .fetch_optional(shop.database.pool())
    .await?;
    Ok(confirmed.is_none())
}

/// Refuses an order that waits to be confirmed; the password of the account confirms as well.
///
/// # Errors
///
/// `shop.confirmation-needed`, `shop.password-wrong` or `shop.too-many-requests`.
pub async fn check(
    shop: &Shop,
    session: &Session,
    order: &Order,
    password: &str,
    address: &str,
) -> Result<(), Problem> {
    if !is_needed(shop, session, order).await? {
        return Ok(());
    }
    if password.is_empty() {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "shop.confirmation-needed",
            "Please confirm this order",
        )
        .detail("It is a large one. Confirm it with your passkey, or enter your password.")
        .field("confirm-password"));
    }
    accounts::sign_in(shop, address, &session.account()?.email, password).await.map_err(|problem| {
        if problem.code != "shop.sign-in-failed" {
            return problem;
        }
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "shop.password-wrong", "That is not your password")
            .detail("Enter the password of your account, or confirm with your passkey.")
            .field("confirm-password")
    })?;
    note(shop, session, order).await
}

/// Begins to confirm an order: options whose challenge is made of it, and what it is made of.
///
/// # Errors
///
/// `shop.sign-in-needed`; `server.not-found` when the account has no passkey.
pub async fn begin(shop: &Shop, session: &Session, order: &Order) -> Result<Value, Problem> {
    let account = session.account()?;
    let known = of(shop, account).await?;
    if known.is_empty() {
        return Err(Problem::not_found());
    }
    let nonce = random::bytes::<32>()?;
    let bound = bound(shop, order)?;
    let challenge = base64url::encode(&bound.challenge(&nonce));
    let (options, state) =
        shop.webauthn.start_passkey_authentication(&known).map_err(|error| Problem::internal(&error))?;
    // The library draws its challenges itself; this one is made of the order, in what is sent and in what is kept.
    let mut options = serde_json::to_value(options).map_err(|error| Problem::internal(&error))?;
    let mut state = serde_json::to_value(state).map_err(|error| Problem::internal(&error))?;
    for (value, at) in [(&mut options, "/publicKey/challenge"), (&mut state, "/ast/challenge")] {
        *value.pointer_mut(at).ok_or_else(|| Problem::internal(&"no challenge where one was"))? =
            Value::from(challenge.as_str());
    }
    let state = json!({ "ast": state, "order": what(order) });
    let ceremony = passkeys::store(shop, session, Kind::Confirmation, &state).await?;
    Ok(json!({
        "ceremony": ceremony, "publicKey": options.get("publicKey"), "order": bound.to_json(&nonce),
    }))
}

/// Finishes confirming an order.
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.response-invalid`, or `passkey.order-mismatch` when the order has changed since.
pub async fn finish(
    shop: &Shop,
    session: &Session,
    order: &Order,
    ceremony: &str,
    credential: Value,
) -> Result<(), Problem> {
    session.account()?;
    let mut state: Value = passkeys::take(shop, session, Kind::Confirmation, ceremony).await?;
    if state.get("order").and_then(Value::as_str) != Some(what(order).as_str()) {
        return Err(Problem::new(StatusCode::CONFLICT, "passkey.order-mismatch", "The order has changed")
            .detail("Look at it, and confirm it again."));
    }
    let state: PasskeyAuthentication =
        serde_json::from_value(state.get_mut("ast").map(Value::take).unwrap_or_default())
            .map_err(|error| Problem::internal(&error))?;
    let response: PublicKeyCredential =
        serde_json::from_value(credential).map_err(|_| passkeys::refused())?;
    let result = shop
        .webauthn
        .finish_passkey_authentication(&response, &state)
        .map_err(|error| passkeys::failed(&error))?;
    passkeys::used(shop, &result).await?;
    note(shop, session, order).await
}

async fn of(shop: &Shop, account: &Account) -> Result<Vec<Passkey>, Problem> {
    Ok(passkeys::of_account(shop, &account.id).await?.into_iter().map(|(_, passkey)| passkey).collect())
}

fn bound(shop: &Shop, order: &Order) -> Result<Bound, Problem> {
    let amount = u64::try_from(order.amount).map_err(|error| Problem::internal(&error))?;
    Bound::new(&shop.config.origin, &order.id, amount, CURRENCY).map_err(|error| Problem::internal(&error))
}

/// What was confirmed: this order at this amount, and no other.
fn what(order: &Order) -> String {
    format!("{} {} {CURRENCY}", order.id, order.amount)
}

async fn note(shop: &Shop, session: &Session, order: &Order) -> Result<(), Problem> {
    sqlx::query("INSERT INTO ceremonies (id, session, kind, state, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(random::identifier::<16>()?)
        .bind(&session.id)
        .bind(Kind::Confirmed.as_str())
        .bind(what(order))
        .bind(clock::seconds() + LIFETIME)
        .execute(shop.database.pool())
        .await?;
    Ok(())
}
