//! The offer of a passkey after a sign-in by password: once, and not again where the owner said "not now".

use axum::extract::State;
use axum::response::Response;
use storefront_service::{Problem, clock};

use crate::Shop;
use crate::forms::go;
use crate::session::{Account, Session};

/// The account page with the offer on it, where it is still to be made.
pub(crate) const PLACE: &str = "/account?offer=passkey";

/// Where a sign-in by password leads.
///
/// # Errors
///
/// When the database cannot be asked.
pub(crate) async fn place(shop: &Shop, account: &Account) -> Result<&'static str, Problem> {
    Ok(if due(shop, account).await? { PLACE } else { "/account" })
}

/// Whether the offer is to be made: the account has no passkey, and its owner has not declined one.
///
/// # Errors
///
/// When the database cannot be asked.
pub(crate) async fn due(shop: &Shop, account: &Account) -> Result<bool, Problem> {
    let row = sqlx::query(
        "SELECT id FROM accounts WHERE id = $1 AND passkey_declined_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM passkeys WHERE account = $1)",
    )
    .bind(&account.id)
    .fetch_optional(shop.database.pool())
    .await?;
    Ok(row.is_some())
}

/// `POST /account/passkey-offer`: not now.
///
/// # Errors
///
/// When the database refuses.
pub async fn decline(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let Some(account) = session.and_then(|session| session.account) else { return Ok(go("/sign-in", None)) };
    sqlx::query("UPDATE accounts SET passkey_declined_at = $1 WHERE id = $2")
        .bind(clock::seconds())
        .bind(&account.id)
        .execute(shop.database.pool())
        .await?;
    Ok(go("/account?notice=passkey-declined", None))
}
