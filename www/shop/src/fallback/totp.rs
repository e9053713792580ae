//! One-time codes from an authenticator (RFC 6238): the second step after a password, once it is on.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_privacy::passkey::fallback::link::{self, Link};
use storefront_privacy::passkey::fallback::otp::{Outcome, Secret, Totp};
use storefront_service::{Problem, clock};

use super::{email, methods, over, refused};
use crate::Shop;
use crate::limits::Limit;
use crate::session::Account;

/// How long an enrolment waits to be finished, in seconds.
const LIFETIME: i64 = 1800;

/// How many codes in a row may be wrong before no more are looked at (SP 800-63B-4 §3.2.2).
const FAILURES: i64 = 100;

/// What an authenticator is to be given: the enrolment that waits, or a new one.
///
/// # Errors
///
/// When the database refuses.
pub async fn begin(shop: &Shop, account: &Account) -> Result<Value, Problem> {
    let now = clock::seconds();
    let waiting =
        sqlx::query("SELECT secret, expires_at FROM totp_enrolments WHERE account = $1 AND expires_at > $2")
            .bind(&account.id)
            .bind(now)
            .fetch_optional(shop.database.pool())
            .await?;
    let (secret, expires_at) = if let Some(row) = waiting {
        (row.try_get::<String, _>("secret")?, row.try_get::<i64, _>("expires_at")?)
    } else {
        let secret = Secret::generate().map_err(|error| Problem::internal(&error))?.to_base32();
        let expires_at = now + LIFETIME;
        sqlx::query(
                "INSERT INTO totp_enrolments (account, secret, expires_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, expires_at = excluded.expires_at",
            )
            .bind(&account.id)
            .bind(secret.as_str())
            .bind(expires_at)
            .execute(shop.database.pool())
            .await?;
        (secret.to_string(), expires_at)
    };
    let totp = totp(&secret)?;
    let (digits, period) = (totp.digits(), totp.period());
    let link = link::write(&Link::Totp(totp), &shop.name, &account.email)
        .map_err(|error| Problem::internal(&error))?;
    Ok(
        json!({ "secret": secret, "link": link, "digits": digits, "period": period, "expires_at": expires_at }),
    )
}

/// Turns codes on, once the authenticator has shown a right one. An authenticator that was on before is replaced.
///
/// # Errors
///
/// `shop.code-refused`, `shop.code-expired`, `otp.code-invalid` or `shop.too-many-requests`.
pub async fn finish(shop: &Shop, account: &Account, code: &str) -> Result<(), Problem> {
    Limit::CODE.take(&shop.database, &account.id).await?;
    let row = sqlx::query("SELECT secret FROM totp_enrolments WHERE account = $1 AND expires_at > $2")
        .bind(&account.id)
        .bind(clock::seconds())
        .fetch_optional(shop.database.pool())
        .await?
        .ok_or_else(over)?;
    let secret: String = row.try_get("secret")?;
    let step = check(&totp(&secret)?, code, None)?;
    let mut transaction = shop.database.begin().await?;
    let taken = sqlx::query("DELETE FROM totp_enrolments WHERE account = $1 AND secret = $2")
        .bind(&account.id)
        .bind(&secret)
        .execute(&mut *transaction)
        .await?;
    if taken.rows_affected() == 0 {
        return Err(over());
    }
    sqlx::query(
        "INSERT INTO totp (account, secret, last_step, failures, created_at) VALUES ($1, $2, $3, 0, $4) \
         ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, failures = 0, \
         created_at = excluded.created_at, last_used_at = NULL",
    )
    .bind(&account.id)
    .bind(&secret)
    .bind(step)
    .bind(clock::seconds())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    methods::tell(shop, account, "Codes from an authenticator app were turned on.").await
}

/// Whether the account has it on.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn is_on(shop: &Shop, account: &Account) -> Result<bool, Problem> {
    let row = sqlx::query("SELECT account FROM totp WHERE account = $1")
        .bind(&account.id)
        .fetch_optional(shop.database.pool())
        .await?;
    Ok(row.is_some())
}

/// Takes a code of the account's authenticator.
///
/// # Errors
///
/// `shop.code-refused`, `otp.code-invalid`, `shop.code-locked` or `shop.too-many-requests`.
pub async fn verify(shop: &Shop, account: &Account, code: &str) -> Result<(), Problem> {
    Limit::CODE.take(&shop.database, &account.id).await?;
    let row = sqlx::query("SELECT secret, last_step, failures FROM totp WHERE account = $1")
        .bind(&account.id)
        .fetch_optional(shop.database.pool())
        .await?
        .ok_or_else(refused)?;
    if row.try_get::<i64, _>("failures")? >= FAILURES {
        return Err(Problem::new(StatusCode::FORBIDDEN, "shop.code-locked", "Too many codes were wrong")
            .detail("No more codes are taken for this account. Sign in with a passkey or a recovery code, and set up the app again.")
            .field("code"));
    }
    let secret: String = row.try_get("secret")?;
    match check(&totp(&secret)?, code, Some(row.try_get("last_step")?)) {
        Ok(step) => {
            // The step is used up by whoever is first.
            let taken = sqlx::query(
                "UPDATE totp SET last_step = $1, last_used_at = $2, failures = 0 \
                 WHERE account = $3 AND secret = $4 AND last_step < $1",
            )
            .bind(step)
            .bind(clock::seconds())
            .bind(&account.id)
            .bind(&secret)
            .execute(shop.database.pool())
            .await?;
            if taken.rows_affected() == 0 { Err(replayed()) } else { Ok(()) }
        }
        Err(problem) => {
            if problem.code == "shop.code-refused" {
                sqlx::query("UPDATE totp SET failures = failures + 1 WHERE account = $1")
                    .bind(&account.id)
                    .execute(shop.database.pool())
                    .await?;
            }
            Err(problem)
        }
    }
}

/// Turns codes off.
///
/// # Errors
///
/// `server.not-found` when they are.
pub async fn remove(shop: &Shop, account: &Account) -> Result<(), Problem> {
    let done = sqlx::query("DELETE FROM totp WHERE account = $1")
        .bind(&account.id)
        .execute(shop.database.pool())
        .await?;
    if done.rows_affected() == 0 {
        return Err(Problem::not_found());
    }
    methods::tell(shop, account, "Codes from an authenticator app were turned off.").await
}

/// The step of a right code.
fn check(totp: &Totp, code: &str, last: Option<i64>) -> Result<i64, Problem> {
    let now = u64::try_from(clock::seconds()).unwrap_or_default();
    let last = last.and_then(|last| u64::try_from(last).ok());
    match totp.verify(code, now, last).map_err(|error| email::not_a_code(&error, totp.digits()))? {
        Outcome::Right { step } => i64::try_from(step).map_err(|error| Problem::internal(&error)),
        Outcome::Replayed => Err(replayed()),
        Outcome::Wrong => Err(refused()),
    }
}

fn replayed() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "shop.code-used", "That code was used already")
        .detail("Each code works once. Wait until your app shows the next one.")
        .field("code")
}

fn totp(secret: &str) -> Result<Totp, Problem> {
    Secret::parse(secret).map(Totp::new).map_err(|error| Problem::internal(&error))
}
