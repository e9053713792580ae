//! Recovery codes: each signs in once, for when a passkey or an authenticator is lost.

use axum::http::StatusCode;
use sqlx::Row as _;
use storefront_privacy::passkey::fallback::recovery::{self, Hashes, RecoveryCode};
use storefront_service::{Problem, clock};

use super::{methods, refused};
use crate::Shop;
use crate::accounts;
use crate::fields;
use crate::limits::Limit;
use crate::session::Account;

/// What an address without an account is compared with.
const NOBODY: &str = "recovery-1$AAAAAAAAAAAAAAAAAAAAAA";

/// Makes ten new codes, to be shown once; those before are void.
///
/// # Errors
///
/// When the database refuses.
pub async fn renew(shop: &Shop, account: &Account) -> Result<Vec<String>, Problem> {
    let (codes, hashes) = tokio::task::spawn_blocking(recovery::generate)
        .await
        .map_err(|error| Problem::internal(&error))?
        .map_err(|error| Problem::internal(&error))?;
    sqlx::query(
        "INSERT INTO recovery_codes (account, hashes, created_at) VALUES ($1, $2, $3) ON CONFLICT (account) \
         DO UPDATE SET hashes = excluded.hashes, created_at = excluded.created_at, last_used_at = NULL",
    )
    .bind(&account.id)
    .bind(hashes.to_text())
    .bind(clock::seconds())
    .execute(shop.database.pool())
    .await?;
    methods::tell(shop, account, "New recovery codes were made; older ones do not work any more.").await?;
    Ok(codes.iter().map(|code| code.to_text().to_string()).collect())
}

/// Whose code it is, at an address. An address without codes takes as long.
///
/// # Errors
///
/// `shop.code-refused`, `recovery.code-invalid`, `input.*` or `shop.too-many-requests`.
pub async fn verify(shop: &Shop, caller: &str, email: &str, code: &str) -> Result<Account, Problem> {
    let email = fields::email(email)?;
    Limit::RECOVERY_ADDRESS.take(&shop.database, caller).await?;
    Limit::RECOVERY.take(&shop.database, &email).await?;
    let code = RecoveryCode::parse(code).map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), "That is not a recovery code")
            .detail("Please enter the 16 letters and digits of the code.")
            .field("code")
    })?;
    let account = accounts::of_email(shop, &email).await?;
    let stored = match &account {
        Some(account) => {
            let row = sqlx::query("SELECT hashes FROM recovery_codes WHERE account = $1")
                .bind(&account.id)
                .fetch_optional(shop.database.pool())
                .await?;
            row.map(|row| row.try_get::<String, _>("hashes")).transpose()?
        }
        None => None,
    };
    let hashes =
        Hashes::parse(stored.as_deref().unwrap_or(NOBODY)).map_err(|error| Problem::internal(&error))?;
    let (hashes, place) = tokio::task::spawn_blocking(move || {
        let place = hashes.find(&code);
        (hashes, place)
    })
    .await
    .map_err(|error| Problem::internal(&error))?;
    let (Some(account), Some(place)) = (account, place) else { return Err(refused()) };
    let left = hashes.without(place);
    let taken = sqlx::query(
        "UPDATE recovery_codes SET hashes = $1, last_used_at = $2 WHERE account = $3 AND hashes = $4",
    )
    .bind(left.to_text())
    .bind(clock::seconds())
    .bind(&account.id)
    .bind(stored)
    .execute(shop.database.pool())
    .await?;
    if taken.rows_affected() == 0 {
        return Err(refused());
    }
    let many = left.left();
    methods::tell(shop, &account, &format!("A recovery code was used to sign in; {many} are left.")).await?;
    Ok(account)
}

/// How many codes of the account are left; none where there are none.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn left(shop: &Shop, account: &Account) -> Result<Option<usize>, Problem> {
    let row = sqlx::query("SELECT hashes FROM recovery_codes WHERE account = $1")
        .bind(&account.id)
        .fetch_optional(shop.database.pool())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let hashes =
        Hashes::parse(&row.try_get::<String, _>("hashes")?).map_err(|error| Problem::internal(&error))?;
    Ok(Some(hashes.left()))
}
