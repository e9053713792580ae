//! Sessions: a random token in a cookie, its digest in a row.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::{AnyConnection, Row as _};
use storefront_service::{Problem, clock, random};

use crate::Shop;
use crate::words;

/// The cookie's name.
const COOKIE: &str = "shop_session";

/// How long a session lasts: thirty days, as the privacy policy says.
const LIFETIME: i64 = 30 * 24 * 3600;

/// How long a sign-in is recent enough to change how one signs in, in seconds.
const RECENT: i64 = 300;

/// A visitor's session.
#[derive(Debug, Clone)]
pub struct Session {
    /// The row's identifier, which may be shown to its owner.
    pub id: String,
    /// Who is signed in.
    pub account: Option<Account>,
    /// When they signed in, in seconds after the epoch.
    pub authenticated_at: Option<i64>,
    /// The thumbprint of the browser\'s key that it is bound to, where it is.
    pub key: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Account {
    /// A random UUID, which is the user handle of the account's passkeys too.
    pub id: String,
    /// The e-mail address, in lower case.
    pub email: String,
    /// What to call them.
    pub name: String,
}

impl Session {
    /// The session of the request's cookie, if it is a living one.
    ///
    /// # Errors
    ///
    /// When the database cannot be asked.
    pub async fn find(shop: &Shop, headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let Some(token) = token(headers) else { return Ok(None) };
        let now = clock::seconds();
        let row = sqlx::query(
            "SELECT s.id, s.account, s.authenticated_at, s.seen_at, s.dpop, a.email, a.name FROM sessions s \
             LEFT JOIN accounts a ON a.id = s.account WHERE s.token = $1 AND s.expires_at > $2",
        )
        .bind(digest(token))
        .bind(now)
        .fetch_optional(shop.database.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let id: String = row.try_get("id")?;
        if row.try_get::<i64, _>("seen_at")? < now - 60 {
            sqlx::query("UPDATE sessions SET seen_at = $1 WHERE id = $2")
                .bind(now)
                .bind(&id)
                .execute(shop.database.pool())
                .await?;
        }
        let account = match row.try_get::<Option<String>, _>("account")? {
            Some(id) => Some(Account { id, email: row.try_get("email")?, name: row.try_get("name")? }),
            None => None,
        };
        Ok(Some(Self {
            id,
            account,
            authenticated_at: row.try_get("authenticated_at")?,
            key: row.try_get("dpop")?,
        }))
    }

    /// This session, or a new one with its cookie.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn or_begin(
        session: Option<Self>,
        shop: &Shop,
        headers: &HeaderMap,
    ) -> Result<(Self, Option<HeaderValue>), Problem> {
        if let Some(session) = session {
            return Ok((session, None));
        }
        let (session, cookie) = Self::begin(shop, headers).await?;
        Ok((session, Some(cookie)))
    }

    /// A new session without an account, and the cookie that carries it.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    async fn begin(shop: &Shop, headers: &HeaderMap) -> Result<(Self, HeaderValue), Problem> {
        let (token, cookie) = fresh(shop)?;
        let now = clock::seconds();
        let id = random::identifier::<16>()?;
        sqlx::query(
            "INSERT INTO sessions (id, token, device, created_at, seen_at, expires_at) \
             VALUES ($1, $2, $3, $4, $4, $5)",
        )
        .bind(&id)
        .bind(digest(&token))
        .bind(words::device(headers))
        .bind(now)
        .bind(now + LIFETIME)
        .execute(shop.database.pool())
        .await?;
        Ok((Self { id, account: None, authenticated_at: None, key: None }, cookie))
    }

    /// Signs an account in, in a new session with a new token; the one before ends. What the visitor did before
    /// stays with them: the cart and the orders move over, unless they were another account's.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn sign_in(
        shop: &Shop,
        headers: &HeaderMap,
        before: Option<&Self>,
        account: Account,
    ) -> Result<(Self, HeaderValue), Problem> {
        let (token, cookie) = fresh(shop)?;
        let now = clock::seconds();
        let id = random::identifier::<16>()?;
        let mut transaction = shop.database.begin().await?;
        sqlx::query(
            "INSERT INTO sessions (id, token, account, device, created_at, authenticated_at, seen_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $5, $5, $6)",
        )
        .bind(&id)
        .bind(digest(&token))
        .bind(&account.id)
        .bind(words::device(headers))
        .bind(now)
        .bind(now + LIFETIME)
        .execute(&mut *transaction)
        .await?;
        if let Some(before) = before {
            let theirs = before.account.as_ref().is_none_or(|owner| owner.id == account.id);
            if theirs {
                move_over(&mut transaction, &before.id, &id, &account.id).await?;
            }
            sqlx::query("DELETE FROM sessions WHERE id = $1")
                .bind(&before.id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok((Self { id, account: Some(account), authenticated_at: Some(now), key: None }, cookie))
    }

    /// Ends a session of this account, or this very session.
    ///
    /// # Errors
    ///
    /// `server.not-found` when there is none such.
    pub async fn revoke(&self, shop: &Shop, id: &str) -> Result<(), Problem> {
        let account = self.account.as_ref().map(|account| account.id.clone());
        let done = sqlx::query("DELETE FROM sessions WHERE id = $1 AND (account = $2 OR id = $3)")
            .bind(id)
            .bind(account)
            .bind(&self.id)
            .execute(shop.database.pool())
            .await?;
        if done.rows_affected() == 0 { Err(Problem::not_found()) } else { Ok(()) }
    }

    /// The living sessions of the signed-in account, newest first, as the API and the account page show them.
    ///
    /// # Errors
    ///
    /// When the database cannot be asked.
    pub async fn list(&self, shop: &Shop) -> Result<Vec<Value>, Problem> {
        let Some(account) = &self.account else { return Ok(Vec::new()) };
        let rows = sqlx::query(
            "SELECT id, device, created_at, seen_at FROM sessions WHERE account = $1 AND expires_at > $2 \
             ORDER BY created_at DESC, id",
        )
        .bind(&account.id)
        .bind(clock::seconds())
        .fetch_all(shop.database.pool())
        .await?;
        let mut sessions = Vec::new();
        for row in rows {
            let id: String = row.try_get("id")?;
            sessions.push(json!({
                "current": id == self.id,
                "id": id,
                "device": row.try_get::<String, _>("device")?,
                "created_at": row.try_get::<i64, _>("created_at")?,
                "last_seen_at": row.try_get::<i64, _>("seen_at")?,
            }));
        }
        Ok(sessions)
    }

    /// What a page or a script may know of the session.
    pub fn describe(session: Option<&Self>) -> Value {
        match session.and_then(|session| session.account.as_ref().map(|account| (session, account))) {
            Some((session, account)) => json!({
                "signed_in": true,
                "email": account.email,
                "name": account.name,
                "authenticated_at": session.authenticated_at,
                "bound": session.key.is_some(),
            }),
            None => json!({ "signed_in": false }),
        }
    }

    /// The account, or the problem that says to sign in.
    ///
    /// # Errors
    ///
    /// `shop.sign-in-needed` when nobody is signed in.
    pub fn account(&self) -> Result<&Account, Problem> {
        self.account.as_ref().ok_or_else(sign_in_needed)
    }

    /// The account, if it signed in less than five minutes ago: whoever finds an open browser changes no way into the account.
    ///
    /// # Errors
    ///
    /// `shop.sign-in-needed` when nobody is signed in, `shop.sign-in-again` when that was longer ago.
    pub fn recent(&self) -> Result<&Account, Problem> {
        let account = self.account()?;
        if self.authenticated_at.is_some_and(|at| at > clock::seconds() - RECENT) {
            return Ok(account);
        }
        Err(Problem::new(StatusCode::UNAUTHORIZED, "shop.sign-in-again", "Please confirm that it is you")
            .detail("You signed in some time ago. Sign in once more to change how you sign in."))
    }
}

async fn move_over(
    connection: &mut AnyConnection,
    from: &str,
    to: &str,
    account: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE cart_lines SET session = $1 WHERE session = $2")
        .bind(to)
        .bind(from)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE orders SET session = $1, account = $3 WHERE session = $2")
        .bind(to)
        .bind(from)
        .bind(account)
        .execute(&mut *connection)
        .await?;
    Ok(())
}

fn sign_in_needed() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "shop.sign-in-needed", "Please sign in first")
}

/// A new token and its cookie.
fn fresh(shop: &Shop) -> Result<(String, HeaderValue), Problem> {
    let token = random::identifier::<32>()?;
    let secure = if shop.config.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={token}; Path=/; Max-Age={LIFETIME}; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::try_from(cookie).map_err(|error| Problem::internal(&error))?;
    Ok((token, cookie))
}

/// The cookie that makes a browser forget its session.
pub fn forget(shop: &Shop) -> HeaderValue {
    if shop.config.is_secure() {
        HeaderValue::from_static("shop_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure")
    } else {
        HeaderValue::from_static("shop_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE && value.len() == 64).then_some(value))
}

/// What is stored of a token: its digest, so that a copy of the database opens no session.
fn digest(token: &str) -> String {
    random::hexadecimal(&Sha256::digest(token.as_bytes()))
}

impl FromRequestParts<Shop> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Problem> {
        Self::find(shop, &parts.headers).await?.ok_or_else(sign_in_needed)
    }
}

impl OptionalFromRequestParts<Shop> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Option<Self>, Problem> {
        Self::find(shop, &parts.headers).await
    }
}

/// Deletes sessions that are over, ceremonies that nobody finished, and orders that were never placed.
///
/// # Errors
///
/// When the database does.
pub async fn sweep(shop: &Shop) -> Result<(), sqlx::Error> {
    for statement in [
        "DELETE FROM ceremonies WHERE expires_at <= $1",
        "DELETE FROM email_codes WHERE expires_at <= $1",
        "DELETE FROM second_steps WHERE expires_at <= $1",
        "DELETE FROM totp_enrolments WHERE expires_at <= $1",
        "DELETE FROM sessions WHERE expires_at <= $1",
    ] {
        sqlx::query(statement).bind(clock::seconds()).execute(shop.database.pool()).await?;
    }
    sqlx::query("DELETE FROM orders WHERE status IN ('draft', 'declined') AND created_at <= $1")
        .bind(clock::seconds() - LIFETIME)
        .execute(shop.database.pool())
        .await?;
    Ok(())
}
