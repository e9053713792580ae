//! An account that is made with its first passkey, and without a password that anybody has.
//!
//! Account and passkey are written together: what is not finished leaves nothing behind.

use axum::http::StatusCode;
use serde_json::{Value, json};
use storefront_service::{Problem, clock, random};
use webauthn_rs::prelude::{PasskeyRegistration, Uuid};

use crate::Shop;
use crate::fields;
use crate::passkeys::{self, Kind, Made};
use crate::session::{Account, Session};

/// Begins to make an account.
///
/// # Errors
///
/// `shop.email-taken` or `input.invalid`, each with the field.
pub async fn begin(shop: &Shop, session: &Session, email: &str, name: &str) -> Result<Value, Problem> {
    let name = fields::line("name", name, 100)?;
    let email = fields::email(email)?;
    let known = sqlx::query("SELECT id FROM accounts WHERE email = $1")
        .bind(&email)
        .fetch_optional(shop.database.pool())
        .await?;
    if known.is_some() {
        return Err(taken());
    }
    let handle = Uuid::from_bytes(random::bytes::<16>()?);
    let account = Account { id: handle.hyphenated().to_string(), email, name };
    let (options, state) = passkeys::registration(shop, handle, &account, Vec::new())?;
    let state = json!({
        "registration": state, "id": account.id, "email": account.email, "name": account.name,
    });
    let ceremony = passkeys::store(shop, session, Kind::SignUp, &state).await?;
    Ok(json!({ "ceremony": ceremony, "publicKey": options.get("publicKey") }))
}

/// Finishes making an account.
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.response-invalid`, `passkey.already-registered`, or `shop.email-taken` when somebody was faster.
pub async fn finish(
    shop: &Shop,
    session: &Session,
    ceremony: &str,
    credential: Value,
) -> Result<Account, Problem> {
    let mut state: Value = passkeys::take(shop, session, Kind::SignUp, ceremony).await?;
    let text = |name: &str| state.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let account = Account { id: text("id"), email: text("email"), name: text("name") };
    let registration: PasskeyRegistration =
        serde_json::from_value(state.get_mut("registration").map(Value::take).unwrap_or_default())
            .map_err(|error| Problem::internal(&error))?;
    let made = Made::verify(shop, &registration, credential)?;
    let mut transaction = shop.database.begin().await?;
    let done = sqlx::query(
        "INSERT INTO accounts (id, email, name, password, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (email) DO NOTHING",
    )
    .bind(&account.id)
    .bind(&account.email)
    .bind(&account.name)
    .bind(&shop.nobody)
    .bind(clock::seconds())
    .execute(&mut *transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Err(taken());
    }
    made.keep(&mut transaction, &account.id, "Passkey").await?;
    transaction.commit().await?;
    Ok(account)
}

fn taken() -> Problem {
    Problem::new(StatusCode::CONFLICT, "shop.email-taken", "There is an account already")
        .detail("Somebody signed up with this address. If it was you, sign in instead.")
        .field("email")
}
