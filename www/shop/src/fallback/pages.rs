//! The pages of all this.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::Value;
use storefront_privacy::passkey::fallback::qr::Qr;
use storefront_service::Problem;

use super::{email, methods, recovery, second, totp};
use crate::Shop;
use crate::pages::{Notice, Page};
use crate::session::Session;
use crate::words;

/// Where a visitor may be led after signing in again: to the account's pages alone.
pub fn place(next: &str) -> &'static str {
    ["/account/authenticator", "/account/recovery-codes"]
        .into_iter()
        .find(|place| *place == next)
        .unwrap_or("/account")
}

/// The session, if it may change how its account signs in; else where to go.
///
/// # Errors
///
/// The page to go to: to sign in, or to confirm that it is they.
pub fn recent(session: Option<Session>, next: &str) -> Result<Session, String> {
    let Some(session) = session.filter(|session| session.account.is_some()) else {
        return Err("/sign-in".to_owned());
    };
    if session.recent().is_ok() { Ok(session) } else { Err(format!("/sign-in/again?next={}", place(next))) }
}

/// `GET /sign-in/code`
///
/// # Errors
///
/// When the page cannot be made; so for every page.
pub async fn code(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    code_page(&shop, session.as_ref()).await?.render()
}

/// The page that asks where to send a code.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn code_page<'a>(shop: &'a Shop, session: Option<&Session>) -> Result<Page<'a>, Problem> {
    Page::new(shop, "sign-in-code.html", "/sign-in/code", session).await
}

/// `GET /sign-in/code/enter`
///
/// # Errors
///
/// As [`code`].
pub async fn enter(
    State(shop): State<Shop>,
    session: Option<Session>,
    Query(notice): Query<Notice>,
) -> Result<Response, Problem> {
    let Some(session) = session else { return Ok(Redirect::to("/sign-in/code").into_response()) };
    let Some(waiting) = email::describe(&shop, &session).await? else {
        return Ok(Redirect::to("/sign-in/code").into_response());
    };
    enter_page(&shop, &session, waiting).await?.with("notice", notice.text()).render()
}

/// The page that takes a code.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn enter_page<'a>(shop: &'a Shop, session: &Session, waiting: Value) -> Result<Page<'a>, Problem> {
    let until = waiting.get("expires_at").and_then(Value::as_i64).map(words::minute);
    Ok(Page::new(shop, "sign-in-enter.html", "/sign-in/code/enter", Some(session))
        .await?
        .with("waiting", waiting)
        .with("until", until))
}

/// `GET /sign-in/second-step`
///
/// # Errors
///
/// As [`code`].
pub async fn second(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let Some(session) = session else { return Ok(Redirect::to("/sign-in").into_response()) };
    if second::waiting(&shop, &session).await?.is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    second_page(&shop, &session).await?.render()
}

/// The page that takes an authenticator's code.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn second_page<'a>(shop: &'a Shop, session: &Session) -> Result<Page<'a>, Problem> {
    Page::new(shop, "sign-in-second.html", "/sign-in/second-step", Some(session)).await
}

/// `GET /sign-in/recovery`
///
/// # Errors
///
/// As [`code`].
pub async fn recovery(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    recovery_page(&shop, session.as_ref()).await?.render()
}

/// The page that takes a recovery code.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn recovery_page<'a>(shop: &'a Shop, session: Option<&Session>) -> Result<Page<'a>, Problem> {
    Page::new(shop, "sign-in-recovery.html", "/sign-in/recovery", session).await
}

/// Where to go after signing in again.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in/again`
///
/// # Errors
///
/// As [`code`].
pub async fn again(
    State(shop): State<Shop>,
    session: Option<Session>,
    Query(query): Query<Next>,
) -> Result<Response, Problem> {
    let Some(session) = session.filter(|session| session.account.is_some()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    again_page(&shop, &session, place(&query.next)).await?.render()
}

/// The page that asks a signed-in visitor to sign in again.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn again_page<'a>(shop: &'a Shop, session: &Session, next: &str) -> Result<Page<'a>, Problem> {
    Ok(Page::new(shop, "sign-in-again.html", "/sign-in/again", Some(session)).await?.with("next", next))
}

/// `GET /account/authenticator`
///
/// # Errors
///
/// As [`code`].
pub async fn authenticator(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    match recent(session, "/account/authenticator") {
        Ok(session) => authenticator_page(&shop, &session).await?.render(),
        Err(elsewhere) => Ok(Redirect::to(&elsewhere).into_response()),
    }
}

/// The page that sets up an authenticator.
///
/// # Errors
///
/// As [`Page::new`] and [`totp::begin`].
pub async fn authenticator_page<'a>(shop: &'a Shop, session: &Session) -> Result<Page<'a>, Problem> {
    let account = session.recent()?;
    let enrolment = totp::begin(shop, account).await?;
    let member = |name: &str| enrolment.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let picture = Qr::of(&member("link"))
        .map_err(|error| Problem::internal(&error))?
        .svg("QR code for your authenticator app");
    let groups: Vec<String> = member("secret")
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    Ok(Page::new(shop, "authenticator.html", "/account/authenticator", Some(session))
        .await?
        .with("on", totp::is_on(shop, account).await?)
        .with("picture", picture)
        .with("groups", groups.join(" "))
        .with("enrolment", enrolment))
}

/// `GET /account/recovery-codes`
///
/// # Errors
///
/// As [`code`].
pub async fn recovery_codes(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    match recent(session, "/account/recovery-codes") {
        Ok(session) => recovery_codes_page(&shop, &session).await?.render(),
        Err(elsewhere) => Ok(Redirect::to(&elsewhere).into_response()),
    }
}

/// The page that makes recovery codes.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn recovery_codes_page<'a>(shop: &'a Shop, session: &Session) -> Result<Page<'a>, Problem> {
    let left = recovery::left(shop, session.account()?).await?;
    Ok(Page::new(shop, "recovery-codes.html", "/account/recovery-codes", Some(session))
        .await?
        .with("left", left))
}

/// The account's ways to sign in, for its page.
///
/// # Errors
///
/// As [`methods::list`].
pub async fn ways(shop: &Shop, session: &Session) -> Result<Vec<Value>, Problem> {
    let mut ways = methods::list(shop, session.account()?).await?;
    for way in &mut ways {
        let used = way.get("last_used_at").and_then(Value::as_i64).map(words::minute);
        if let Some(members) = way.as_object_mut() {
            members.insert("used_text".to_owned(), used.into());
        }
    }
    Ok(ways)
}
