//! Requests about a person's data: from whoever is signed in, or has a code that was mailed to them; to opt out, from anyone.
//!
//! What the shop can do by itself it does at once: copies are made when they are fetched, an account is deleted, an opt-out is
//! kept. What needs a person stays open until its due date.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use storefront_privacy::codec::time;
use storefront_privacy::consent::region::Region;
use storefront_privacy::consent::rights::{Action, Deadline};
use storefront_service::{Problem, clock, random};

use crate::limits::Limit;
use crate::session::{Account, Session};
use crate::{Shop, accounts, fields, mail};

/// How long a mailed code is good for, in seconds.
const CODE_LIFETIME: i64 = 600;

/// How often a code may be mistyped.
const CODE_TRIES: i64 = 5;

/// How long a copy can be fetched by who asked for it with a code, in seconds.
const COPY_LIFETIME: i64 = 7 * 86_400;

/// The body of `POST /api/data-requests`.
#[derive(Deserialize)]
pub struct Exercise {
    action: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    code: String,
}

/// Who asks, as far as the shop may and does know.
enum Person {
    Nobody,
    Member(Account),
    /// Somebody who reads the mail at this address, and has no account.
    Reader(String),
}

/// Mails a code to an address. The answer is the same whether the shop knows it or not.
///
/// # Errors
///
/// `input.*` or `shop.too-many-requests`.
pub async fn mail_code(shop: &Shop, caller: &str, email: &str) -> Result<(), Problem> {
    let email = fields::email(email)?;
    Limit::REQUEST_CODE_ADDRESS.take(&shop.database, caller).await?;
    Limit::REQUEST_CODE.take(&shop.database, &email).await?;
    let code = mail::draw_code()?;
    sqlx::query(
        "INSERT INTO data_request_codes (email, digest, tries, expires_at) VALUES ($1, $2, 0, $3) ON CONFLICT (email) \
         DO UPDATE SET digest = excluded.digest, tries = 0, expires_at = excluded.expires_at",
    )
    .bind(hashed(&email))
    .bind(hashed(&format!("{email} {code}")))
    .bind(clock::seconds() + CODE_LIFETIME)
    .execute(shop.database.pool())
    .await?;
    let text = format!(
        "Somebody asked {} about the data kept under this address. If it was you, type this code where you asked:\n\n    {code}\n\n\
         It is good for ten minutes. If it was not you, there is nothing to do.\n",
        shop.name,
    );
    mail::send(shop, &email, "Your code for a request about your data", &text).await
}

/// Takes a request in, and does what can be done at once.
///
/// # Errors
///
/// `consent.request-refused` without an identity where one is needed or with a wrong code, `shop.sign-in-again` where the sign-in
/// is not recent, `input.*`, `shop.too-many-requests`.
pub async fn exercise(
    shop: &Shop,
    session: Option<&Session>,
    caller: &str,
    body: &Exercise,
) -> Result<Value, Problem> {
    Limit::REQUEST.take(&shop.database, caller).await?;
    let action = Action::parse(&body.action).ok_or_else(|| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid", "There is no such request")
            .field("action")
    })?;
    let detail = match body.detail.replace(['\r', '\n', '\t'], " ").trim() {
        "" => None,
        text => Some(fields::line("detail", text, 1000)?),
    };
    if action == Action::Correction && detail.is_none() {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "input.invalid",
            "What is to be put right?",
        )
        .field("detail"));
    }
    let person = if action.needs_identity() { identify(shop, session, body).await? } else { Person::Nobody };
    let received = clock::seconds();
    let region = Region::parse(&body.region);
    let deadline = Deadline::of(action, region, received);
    let id = random::identifier::<16>()?;
    let (status, reason) = match action {
        Action::Correction => ("open", None),
        Action::Deletion => (
            "fulfilled",
            Some("Orders are kept for as long as tax law asks for invoices, without an account."),
        ),
        _ => ("fulfilled", None),
    };
    let (account, email) = match &person {
        Person::Nobody => (None, None),
        Person::Member(account) => (Some(account.id.clone()), Some(account.email.clone())),
        Person::Reader(email) => (None, Some(email.clone())),
    };
    // A deleted person is not kept in the request to delete them.
    let email = email.filter(|_| action != Action::Deletion);
    sqlx::query(
        "INSERT INTO data_requests (id, account, email, action, regime, source, status, reason, detail, received_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&id)
    .bind(account)
    .bind(email)
    .bind(action.as_str())
    .bind(deadline.regime)
    .bind(deadline.source)
    .bind(status)
    .bind(reason)
    .bind(detail)
    .bind(received)
    .bind(deadline.due)
    .execute(shop.database.pool())
    .await?;
    if let (Action::Deletion, Person::Member(account)) = (action, &person) {
        sqlx::query("UPDATE data_requests SET email = NULL, detail = NULL WHERE account = $1")
            .bind(&account.id)
            .execute(shop.database.pool())
            .await?;
        sqlx::query("DELETE FROM accounts WHERE id = $1")
            .bind(&account.id)
            .execute(shop.database.pool())
            .await?;
    }
    tracing::info!(action = action.as_str(), regime = deadline.regime, "a request about data");
    find(shop, &id).await
}

async fn identify(shop: &Shop, session: Option<&Session>, body: &Exercise) -> Result<Person, Problem> {
    let refused = |title: &str| Problem::new(StatusCode::UNAUTHORIZED, "consent.request-refused", title);
    if let Some(session) = session.filter(|session| session.account.is_some()) {
        // Whoever finds an open browser takes no copy and deletes no account with it.
        match session.recent() {
            Ok(account) => return Ok(Person::Member(account.clone())),
            Err(problem) if body.email.trim().is_empty() => return Err(problem),
            Err(_) => {}
        }
    }
    if body.email.trim().is_empty() {
        return Err(refused("Please sign in, or have a code mailed to you")
            .detail("So that nobody else gets your data, the shop has to know that it is you."));
    }
    let email = fields::email(&body.email)?;
    let row = sqlx::query(
        "UPDATE data_request_codes SET tries = tries + 1 WHERE email = $1 AND expires_at > $2 AND tries < $3 RETURNING digest",
    )
    .bind(hashed(&email))
    .bind(clock::seconds())
    .bind(CODE_TRIES)
    .fetch_optional(shop.database.pool())
    .await?;
    let digest: Option<String> = row.map(|row| row.try_get("digest")).transpose()?;
    let code: String = body.code.chars().filter(char::is_ascii_digit).collect();
    if digest != Some(hashed(&format!("{email} {code}"))) {
        return Err(refused("That is not the code")
            .detail("Look for the newest message, or have another one sent.")
            .field("code"));
    }
    let taken = sqlx::query("DELETE FROM data_request_codes WHERE email = $1 AND digest = $2")
        .bind(hashed(&email))
        .bind(digest)
        .execute(shop.database.pool())
        .await?;
    if taken.rows_affected() == 0 {
        return Err(refused("That is not the code").field("code"));
    }
    Ok(match accounts::of_email(shop, &email).await? {
        Some(account) => Person::Member(account),
        None => Person::Reader(email),
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account, email, action, regime, source, status, reason, received_at, due_at FROM data_requests ",
            $rest
        )
    };
}

/// A request's state. Who made it knows its id, which nobody can guess.
///
/// # Errors
///
/// `server.not-found`.
pub async fn find(shop: &Shop, id: &str) -> Result<Value, Problem> {
    let row = sqlx::query(select!("WHERE id = $1")).bind(id).fetch_optional(shop.database.pool()).await?;
    describe(&row.ok_or_else(Problem::not_found)?)
}

/// The requests of who is signed in, the newest first.
///
/// # Errors
///
/// `shop.sign-in-needed`.
pub async fn list(shop: &Shop, session: &Session) -> Result<Vec<Value>, Problem> {
    let account = session.account()?;
    let rows = sqlx::query(select!("WHERE account = $1 ORDER BY received_at DESC, id"))
        .bind(&account.id)
        .fetch_all(shop.database.pool())
        .await?;
    rows.iter().map(describe).collect()
}

/// Takes an open request back.
///
/// # Errors
///
/// `server.not-found` when there is none that is open.
pub async fn revoke(shop: &Shop, id: &str) -> Result<Value, Problem> {
    let done = sqlx::query("UPDATE data_requests SET status = 'revoked' WHERE id = $1 AND status = 'open'")
        .bind(id)
        .execute(shop.database.pool())
        .await?;
    if done.rows_affected() == 0 { Err(Problem::not_found()) } else { find(shop, id).await }
}

fn describe(row: &AnyRow) -> Result<Value, Problem> {
    let moment = |seconds| time::format(seconds).map_err(|error| Problem::internal(&error));
    let text = |name: &str| row.try_get::<String, _>(name);
    let (id, action, received) = (text("id")?, text("action")?, row.try_get::<i64, _>("received_at")?);
    let copy = matches!(Action::parse(&action), Some(Action::Access | Action::Portability));
    let expires = received + COPY_LIFETIME;
    let mut request = json!({
        "request_id": id,
        "action": action,
        "status": text("status")?,
        "received_at": moment(received)?,
        "expected_by": moment(row.try_get("due_at")?)?,
        "regime": text("regime")?,
        "source": text("source")?,
        "reason": row.try_get::<Option<String>, _>("reason")?,
    });
    if copy
        && clock::seconds() < expires
        && let Some(members) = request.as_object_mut()
    {
        members.insert("results_url".to_owned(), json!(format!("/api/data-requests/{id}/data")));
        members.insert("expires_at".to_owned(), json!(moment(expires)?));
    }
    Ok(request)
}

/// The copy that a request is about.
///
/// # Errors
///
/// `server.not-found` when the request is not one for a copy, or is too old.
pub async fn copy(shop: &Shop, id: &str) -> Result<Value, Problem> {
    let row = sqlx::query(select!("WHERE id = $1 AND received_at > $2"))
        .bind(id)
        .bind(clock::seconds() - COPY_LIFETIME)
        .fetch_optional(shop.database.pool())
        .await?
        .ok_or_else(Problem::not_found)?;
    let action: String = row.try_get("action")?;
    if !matches!(Action::parse(&action), Some(Action::Access | Action::Portability)) {
        return Err(Problem::not_found());
    }
    let account: Option<String> = row.try_get("account")?;
    let email: Option<String> = row.try_get("email")?;
    Ok(json!({
        "controller": shop.policy.controller.name,
        "made_at": time::format(clock::seconds()).map_err(|error| Problem::internal(&error))?,
        "account": rows(shop, "SELECT email, name, created_at, passkey_declined_at FROM accounts WHERE id = $1", account.as_deref()).await?,
        "sessions": rows(shop, "SELECT device, created_at, seen_at FROM sessions WHERE account = $1", account.as_deref()).await?,
        "passkeys": rows(shop, "SELECT name, created_at, last_used_at FROM passkeys WHERE account = $1", account.as_deref()).await?,
        "orders": orders(shop, account.as_deref(), email.as_deref()).await?,
        "requests": rows(shop, "SELECT action, status, detail, received_at, due_at FROM data_requests WHERE account = $1", account.as_deref()).await?,
        "purposes": shop.policy.purposes.iter().map(|purpose| json!({ "name": purpose.name, "description": purpose.description })).collect::<Vec<_>>(),
        "services": shop.policy.services.iter().map(|service| json!({
            "name": service.name, "provider": service.provider, "sends": service.sends,
            "recipients": service.recipients, "retention": service.retention.to_string(),
        })).collect::<Vec<_>>(),
    }))
}

/// The rows of a statement that takes one text, as JSON: whole numbers are seconds after 1970, but for the amounts of orders.
async fn rows(shop: &Shop, statement: &'static str, of: Option<&str>) -> Result<Vec<Value>, Problem> {
    use sqlx::Column as _;
    let Some(of) = of else { return Ok(Vec::new()) };
    let rows = sqlx::query(statement).bind(of).fetch_all(shop.database.pool()).await?;
    let read = |row: &AnyRow| {
        let mut members = serde_json::Map::new();
        for column in row.columns() {
            let name = column.name();
            let value = match row.try_get::<Option<i64>, _>(name) {
                Ok(number) => json!(number),
                Err(_) => json!(row.try_get::<Option<String>, _>(name).ok().flatten()),
            };
            members.insert(name.to_owned(), value);
        }
        Value::Object(members)
    };
    Ok(rows.iter().map(read).collect())
}

/// The orders of an account, and those whose contact is this address.
async fn orders(shop: &Shop, account: Option<&str>, email: Option<&str>) -> Result<Vec<Value>, Problem> {
    let rows = sqlx::query(
        "SELECT id, account, status, amount, currency, lines, contact, brand, last_four, created_at, placed_at FROM orders \
         WHERE account = $1 OR contact LIKE $2 ORDER BY created_at",
    )
    .bind(account)
    // A first sieve; who the order is for is read from it below.
    .bind(email.map(|email| format!("%{}%", email.replace(['%', '_'], "_"))))
    .fetch_all(shop.database.pool())
    .await?;
    let mut orders = Vec::new();
    for row in rows {
        let part = |name: &str| -> Result<Value, Problem> {
            let text: Option<String> = row.try_get(name)?;
            Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
        };
        let contact = part("contact")?;
        let owner: Option<String> = row.try_get("account")?;
        let by_mail = email.is_some()
            && contact.get("email").and_then(Value::as_str).map(str::to_lowercase).as_deref() == email;
        if !by_mail && (account.is_none() || owner.as_deref() != account) {
            continue;
        }
        orders.push(json!({
            "id": row.try_get::<String, _>("id")?,
            "status": row.try_get::<String, _>("status")?,
            "amount": row.try_get::<i64, _>("amount")?,
            "currency": row.try_get::<String, _>("currency")?,
            "lines": part("lines")?,
            "contact": contact,
            "card": row.try_get::<Option<String>, _>("brand")?,
            "last_four": row.try_get::<Option<String>, _>("last_four")?,
            "created_at": row.try_get::<i64, _>("created_at")?,
            "placed_at": row.try_get::<Option<i64>, _>("placed_at")?,
        }));
    }
    Ok(orders)
}

/// Deletes codes that are over.
///
/// # Errors
///
/// When the database refuses.
pub async fn sweep(shop: &Shop) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM data_request_codes WHERE expires_at < $1")
        .bind(clock::seconds())
        .execute(shop.database.pool())
        .await?;
    Ok(())
}

fn hashed(text: &str) -> String {
    random::hexadecimal(&Sha256::digest(text.as_bytes()))
}
