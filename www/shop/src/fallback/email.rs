//! Codes by e-mail: bound to the browser that asked, good once, for ten minutes that can be extended.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use storefront_privacy::passkey::fallback::digits;
use storefront_service::{Problem, clock, random};

use super::{over, refused};
use crate::Shop;
use crate::accounts;
use crate::fields;
use crate::limits::Limit;
use crate::mail;
use crate::session::{Account, Session};

/// How many digits a code has. Nothing but a limit on trying stands before a guess, so there are eight.
pub const DIGITS: u32 = 8;

/// How long a code is good for, in seconds; as much is added when the shopper asks for more time.
pub const LIFETIME: i64 = 600;

/// How often a shopper may ask for more time: ten times, as WCAG 2.2 criterion 2.2.1 has it.
const EXTENSIONS: i64 = 10;

/// How long a shopper waits before another one is sent, in seconds.
const PAUSE: i64 = 30;

/// How often a code may be mistyped.
const TRIES: i64 = 5;

/// Sends a code to an address, for the browser of this session alone. Whether the address has an account, the answer does
/// not tell; an address without one is told so by mail.
///
/// # Errors
///
/// `input.*`, or `shop.too-many-requests`.
pub async fn request(shop: &Shop, session: &Session, caller: &str, email: &str) -> Result<Value, Problem> {
    let email = fields::email(email)?;
    Limit::EMAIL_CODE_ADDRESS.take(&shop.database, caller).await?;
    Limit::EMAIL_CODE.take(&shop.database, &email).await?;
    let account = accounts::of_email(shop, &email).await?;
    let code = mail::draw_code()?;
    let now = clock::seconds();
    let done = sqlx::query(
        "INSERT INTO email_codes (session, email, account, digest, tries, extensions, sent_at, expires_at) \
         VALUES ($1, $2, $3, $4, 0, 0, $5, $6) ON CONFLICT (session) DO UPDATE SET email = excluded.email, \
         account = excluded.account, digest = excluded.digest, tries = 0, extensions = 0, \
         sent_at = excluded.sent_at, expires_at = excluded.expires_at WHERE email_codes.sent_at <= $7 \
         OR email_codes.email <> excluded.email",
    )
    .bind(&session.id)
    .bind(&email)
    .bind(account.as_ref().map(|account| account.id.clone()))
    .bind(digest(session, &code))
    .bind(now)
    .bind(now + LIFETIME)
    .bind(now - PAUSE)
    .execute(shop.database.pool())
    .await?;
    // One that was sent just now is on its way: another would only make it useless.
    if done.rows_affected() > 0 {
        let (subject, text) = match account {
            Some(account) => letter(shop, &account, &code),
            None => nobody(shop),
        };
        mail::send(shop, &email, &subject, &text).await?;
    }
    describe(shop, session).await?.ok_or_else(over)
}

/// What is known of the code that this browser waits for; nothing when it waits for none.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn describe(shop: &Shop, session: &Session) -> Result<Option<Value>, Problem> {
    let row = sqlx::query(
        "SELECT email, sent_at, expires_at, extensions FROM email_codes WHERE session = $1 AND expires_at > $2",
    )
    .bind(&session.id)
    .bind(clock::seconds())
    .fetch_optional(shop.database.pool())
    .await?;
    let now = clock::seconds();
    row.map(|row| {
        let expires_at: i64 = row.try_get("expires_at")?;
        let resend_at = row.try_get::<i64, _>("sent_at")? + PAUSE;
        Ok(json!({
            "email": row.try_get::<String, _>("email")?,
            "digits": DIGITS,
            "expires_at": expires_at,
            "expires_in": expires_at - now,
            "resend_in": (resend_at - now).max(0),
            "extendable": row.try_get::<i64, _>("extensions")? < EXTENSIONS,
        }))
    })
    .transpose()
}

/// Gives the shopper ten minutes more.
///
/// # Errors
///
/// `shop.code-expired` when the time is over already, or was extended ten times.
pub async fn extend(shop: &Shop, session: &Session) -> Result<Value, Problem> {
    let now = clock::seconds();
    let done = sqlx::query(
        "UPDATE email_codes SET expires_at = $1, extensions = extensions + 1 \
         WHERE session = $2 AND expires_at > $3 AND extensions < $4",
    )
    .bind(now + LIFETIME)
    .bind(&session.id)
    .bind(now)
    .bind(EXTENSIONS)
    .execute(shop.database.pool())
    .await?;
    if done.rows_affected() == 0 {
        return Err(over());
    }
    describe(shop, session).await?.ok_or_else(over)
}

/// Whose code it is.
///
/// # Errors
///
/// `shop.code-refused`, `shop.code-expired`, or `otp.code-invalid` where it is none.
pub async fn verify(shop: &Shop, session: &Session, code: &str) -> Result<Account, Problem> {
    let code = digits::read(code, DIGITS).map_err(|error| not_a_code(&error, DIGITS))?;
    let rows = sqlx::query(
        "UPDATE email_codes SET tries = tries + 1 WHERE session = $1 AND expires_at > $2 AND tries < $3 \
         RETURNING account, digest",
    )
    .bind(&session.id)
    .bind(clock::seconds())
    .bind(TRIES)
    .fetch_all(shop.database.pool())
    .await?;
    let row = rows.first().ok_or_else(over)?;
    let digest = digest(session, &code);
    if row.try_get::<String, _>("digest")? != digest {
        return Err(refused());
    }
    let taken = sqlx::query("DELETE FROM email_codes WHERE session = $1 AND digest = $2")
        .bind(&session.id)
        .bind(digest)
        .execute(shop.database.pool())
        .await?;
    if taken.rows_affected() == 0 {
        return Err(refused());
    }
    let account: Option<String> = row.try_get("account")?;
    let account = account.ok_or_else(refused)?;
    accounts::find(shop, &account).await?.ok_or_else(refused)
}

/// The problem that a text is no code of so many digits.
pub(super) fn not_a_code(error: &storefront_privacy::Error, digits: u32) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), "That is not a code")
        .detail(format!("Please enter the {digits} digits of the code."))
        .field("code")
}

/// What is stored of a code. It is short, so its digest hides it from a glance alone; it is gone in ten minutes.
fn digest(session: &Session, code: &str) -> String {
    random::hexadecimal(&Sha256::digest(format!("{}:{code}", session.id).as_bytes()))
}

fn letter(shop: &Shop, account: &Account, code: &str) -> (String, String) {
    let (first, second) = code.split_at_checked(4).unwrap_or((code, ""));
    let text = format!(
        "Hello {},\n\n{first} {second} is your code to sign in to {}.\n\nIt works once, for ten minutes, and only in the \
         browser in which it was asked for. Enter it at {} alone: we never ask for it by phone, chat or mail.\n\nIf it was not \
         you who asked, ignore this message. Nobody gets in without the code.\n",
        account.name, shop.name, shop.config.origin,
    );
    (format!("{first} {second} is your code"), text)
}

fn nobody(shop: &Shop) -> (String, String) {
    let text = format!(
        "Hello,\n\nsomebody, perhaps you, asked for a code to sign in to {} with this address. There is no account with it.\n\n\
         You may have used another address, or have shopped as a guest, which needs no account: {}\n",
        shop.name, shop.config.origin,
    );
    ("You have no account with this address".to_owned(), text)
}
