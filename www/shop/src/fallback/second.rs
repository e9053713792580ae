//! The second step: after a password or a code by mail, an account with an authenticator asks for its code too.

use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use sqlx::Row as _;
use storefront_service::{Problem, clock};

use super::{over, totp};
use crate::Shop;
use crate::accounts;
use crate::forms::go;
use crate::session::{Account, Session};

/// How long the second step waits, in seconds.
const LIFETIME: i64 = 600;

/// Where a first step led.
#[derive(Debug)]
pub enum Entered {
    /// The visitor is signed in, in a new session with its cookie.
    In(Session, HeaderValue),
    /// A code is asked for. There is a cookie where there was no session.
    Second(Option<HeaderValue>),
}

impl Entered {
    /// Goes on: to the page, or to the second step.
    pub fn go(self, next: &str) -> Response {
        match self {
            Self::In(_, cookie) => go(next, Some(cookie)),
            Self::Second(cookie) => go("/sign-in/second-step", cookie),
        }
    }
}

/// Signs an account in, or asks for the code of its authenticator. `next` is where the visitor goes from there.
///
/// # Errors
///
/// When the database refuses.
pub async fn enter(
    shop: &Shop,
    headers: &HeaderMap,
    before: Option<Session>,
    account: Account,
    next: &str,
) -> Result<Entered, Problem> {
    if !totp::is_on(shop, &account).await? {
        let (session, cookie) = Session::sign_in(shop, headers, before.as_ref(), account).await?;
        return Ok(Entered::In(session, cookie));
    }
    let (session, cookie) = Session::or_begin(before, shop, headers).await?;
    sqlx::query(
        "INSERT INTO second_steps (session, account, next, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (session) \
         DO UPDATE SET account = excluded.account, next = excluded.next, expires_at = excluded.expires_at",
    )
    .bind(&session.id)
    .bind(&account.id)
    .bind(next)
    .bind(clock::seconds() + LIFETIME)
    .execute(shop.database.pool())
    .await?;
    Ok(Entered::Second(cookie))
}

/// Who is asked for a code in this session, and where they go from there.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn waiting(shop: &Shop, session: &Session) -> Result<Option<(Account, String)>, Problem> {
    let row = sqlx::query("SELECT account, next FROM second_steps WHERE session = $1 AND expires_at > $2")
        .bind(&session.id)
        .bind(clock::seconds())
        .fetch_optional(shop.database.pool())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let account = accounts::find(shop, &row.try_get::<String, _>("account")?).await?;
    let next: String = row.try_get("next")?;
    Ok(account.map(|account| (account, next)))
}

/// Takes the code, and signs in. The new session takes the place of this one.
///
/// # Errors
///
/// `shop.code-expired` where nobody is asked for one; as [`totp::verify`].
pub async fn finish(
    shop: &Shop,
    headers: &HeaderMap,
    session: &Session,
    code: &str,
) -> Result<(Session, HeaderValue, String), Problem> {
    let (account, next) = waiting(shop, session).await?.ok_or_else(over)?;
    totp::verify(shop, &account, code).await?;
    let (session, cookie) = Session::sign_in(shop, headers, Some(session), account).await?;
    Ok((session, cookie, next))
}
