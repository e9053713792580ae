//! Accounts and their passwords.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use axum::http::StatusCode;
use sqlx::Row as _;
use storefront_privacy::password::{Policy, normalize};
use storefront_service::{Problem, clock, random};
use webauthn_rs::prelude::Uuid;

use crate::Shop;
use crate::fields;
use crate::limits::Limit;
use crate::session::{Account, Session};

/// The policy that a password has to meet: it is the only factor until there is a passkey.
const POLICY: Policy = Policy::NIST_800_63B_4;

/// Makes an account.
///
/// # Errors
///
/// `shop.email-taken`, a `password.*` code or `input.invalid`, each with the field.
pub async fn create(shop: &Shop, email: &str, name: &str, password: &str) -> Result<Account, Problem> {
    let name = fields::line("name", name, 100)?;
    let email = fields::email(email)?;
    POLICY.enforce(password, &[&name, &email, &shop.name]).map_err(|error| refused(&error))?;
    let digest = hash(password.to_owned()).await?;
    let id = Uuid::from_bytes(random::bytes::<16>()?).hyphenated().to_string();
    let done = sqlx::query(
        "INSERT INTO accounts (id, email, name, password, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (email) DO NOTHING",
    )
    .bind(&id)
    .bind(&email)
    .bind(&name)
    .bind(digest)
    .bind(clock::seconds())
    .execute(shop.database.pool())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Problem::new(StatusCode::CONFLICT, "shop.email-taken", "There is an account already")
            .detail("Somebody signed up with this address. If it was you, sign in instead.")
            .field("email"));
    }
    Ok(Account { id, email, name })
}

/// Signs in by password, counted by account and by the caller's address.
///
/// # Errors
///
/// As [`verify`]; `shop.too-many-requests`.
pub async fn sign_in(shop: &Shop, address: &str, email: &str, password: &str) -> Result<Account, Problem> {
    Limit::SIGN_IN_ADDRESS.take(&shop.database, address).await?;
    Limit::SIGN_IN.take(&shop.database, &email.trim().to_lowercase()).await?;
    verify(shop, email, password).await
}

/// Gives the signed-in account another password, and ends its other sessions: whoever knew the old one is out. The
/// current password is asked for and counted as for signing in.
///
/// # Errors
///
/// `shop.sign-in-needed`, `shop.password-wrong`, a `password.*` code or `shop.too-many-requests`.
pub async fn change_password(
    shop: &Shop,
    session: &Session,
    address: &str,
    current: &str,
    password: &str,
) -> Result<Account, Problem> {
    let account = session.account()?;
    let account = sign_in(shop, address, &account.email, current).await.map_err(|problem| {
        if problem.code != "shop.sign-in-failed" {
            return problem;
        }
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "shop.password-wrong", "That is not your password")
            .detail("Enter the password that you have now.")
            .field("current")
    })?;
    POLICY
        .enforce(password, &[&account.name, &account.email, &shop.name])
        .map_err(|error| refused(&error))?;
    let digest = hash(password.to_owned()).await?;
    let mut transaction = shop.database.begin().await?;
    sqlx::query("UPDATE accounts SET password = $1 WHERE id = $2")
        .bind(digest)
        .bind(&account.id)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE account = $1 AND id <> $2")
        .bind(&account.id)
        .bind(&session.id)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(account)
}

/// The account of this address, if the password is its own. An address without an account takes as long.
///
/// # Errors
///
/// `shop.sign-in-failed`, the same whatever was wrong.
pub async fn verify(shop: &Shop, email: &str, password: &str) -> Result<Account, Problem> {
    let email = email.trim().to_lowercase();
    let row = sqlx::query("SELECT id, name, password FROM accounts WHERE email = $1")
        .bind(&email)
        .fetch_optional(shop.database.pool())
        .await?;
    let (account, digest) = match row {
        Some(row) => {
            let account = Account { id: row.try_get("id")?, email, name: row.try_get("name")? };
            (Some(account), row.try_get::<String, _>("password")?)
        }
        None => (None, shop.nobody.clone()),
    };
    let password = normalize(password);
    let matches = tokio::task::spawn_blocking(move || {
        Argon2::default().verify_password(password.as_bytes(), digest.as_str()).is_ok()
    })
    .await
    .map_err(|error| Problem::internal(&error))?;
    account.filter(|_| matches).ok_or_else(|| {
        Problem::new(StatusCode::UNAUTHORIZED, "shop.sign-in-failed", "That did not match")
            .detail("Check the e-mail address and the password, or use a passkey.")
            .field("email")
    })
}

/// The account of this identifier.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn find(shop: &Shop, id: &str) -> Result<Option<Account>, Problem> {
    let row = sqlx::query("SELECT email, name FROM accounts WHERE id = $1")
        .bind(id)
        .fetch_optional(shop.database.pool())
        .await?;
    match row {
        Some(row) => {
            Ok(Some(Account { id: id.to_owned(), email: row.try_get("email")?, name: row.try_get("name")? }))
        }
        None => Ok(None),
    }
}

/// The account of this e-mail address, in lower case.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn of_email(shop: &Shop, email: &str) -> Result<Option<Account>, Problem> {
    let row = sqlx::query("SELECT id, name FROM accounts WHERE email = $1")
        .bind(email)
        .fetch_optional(shop.database.pool())
        .await?;
    match row {
        Some(row) => {
            Ok(Some(Account { id: row.try_get("id")?, email: email.to_owned(), name: row.try_get("name")? }))
        }
        None => Ok(None),
    }
}

/// The Argon2id digest of a password, with the parameters that OWASP's cheat sheet names first: 19 MiB, two passes,
/// one lane.
///
/// # Errors
///
/// When the work cannot be done.
pub async fn hash(password: String) -> Result<String, Problem> {
    let password = normalize(&password);
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|digest| digest.to_string())
    })
    .await
    .map_err(|error| Problem::internal(&error))?
    .map_err(|error| Problem::internal(&error))
}

fn refused(error: &storefront_privacy::Error) -> Problem {
    let detail = match error.code() {
        "password.empty" => "Please choose a password.".to_owned(),
        "password.too-short" => format!("Use {} characters or more.", POLICY.min_length()),
        "password.too-long" => format!("Use {} characters at most.", POLICY.max_length()),
        "password.common" => "This password is among those that are tried first. Choose another.".to_owned(),
        "password.context" => {
            "This password follows from your name, your address or the shop's name. Choose another."
                .to_owned()
        }
        _ => "Choose another password.".to_owned(),
    };
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), "This password is not accepted")
        .detail(detail)
        .field("password")
}
