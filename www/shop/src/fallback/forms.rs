//! The forms of all this: each works without script.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use storefront_service::Problem;

use super::{email, over, pages, recovery, second, totp};
use crate::forms::go;
use crate::guard::{Address, Fields};
use crate::limits::Limit;
use crate::session::Session;
use crate::{Shop, accounts};

/// The field of `POST /sign-in/code`.
#[derive(Deserialize)]
pub struct EmailForm {
    email: String,
}

/// `POST /sign-in/code`
///
/// # Errors
///
/// When the database refuses; so for every form.
pub async fn send_code(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<EmailForm>,
) -> Result<Response, Problem> {
    let (session, cookie) = Session::or_begin(session, &shop, &headers).await?;
    match email::request(&shop, &session, &address, &form.email).await {
        Ok(_) => Ok(go("/sign-in/code/enter", cookie)),
        Err(problem) => pages::code_page(&shop, Some(&session))
            .await?
            .with("form", json!({ "email": form.email }))
            .problem(&problem)
            .render(),
    }
}

/// `POST /sign-in/code/extend`
///
/// # Errors
///
/// As [`send_code`].
pub async fn extend(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let Some(session) = session else { return Ok(go("/sign-in/code", None)) };
    match email::extend(&shop, &session).await {
        Ok(_) => Ok(go("/sign-in/code/enter?notice=extended", None)),
        Err(problem) => pages::code_page(&shop, Some(&session)).await?.problem(&problem).render(),
    }
}

/// The field of a form with a code.
#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
}

/// `POST /sign-in/code/enter`
///
/// # Errors
///
/// As [`send_code`].
pub async fn verify_code(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<CodeForm>,
) -> Result<Response, Problem> {
    let Some(session) = session else {
        return pages::code_page(&shop, None).await?.problem(&over()).render();
    };
    let verified = async {
        Limit::CODE_ADDRESS.take(&shop.database, &address).await?;
        email::verify(&shop, &session, &form.code).await
    };
    match verified.await {
        Ok(account) => {
            let next = "/account?notice=recovered";
            Ok(second::enter(&shop, &headers, Some(session), account, next).await?.go(next))
        }
        Err(problem) => match email::describe(&shop, &session).await? {
            Some(waiting) if problem.code != "shop.code-expired" => {
                pages::enter_page(&shop, &session, waiting).await?.problem(&problem).render()
            }
            _ => pages::code_page(&shop, Some(&session)).await?.problem(&problem).render(),
        },
    }
}

/// `POST /sign-in/second-step`
///
/// # Errors
///
/// As [`send_code`].
pub async fn second_step(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<CodeForm>,
) -> Result<Response, Problem> {
    let Some(session) = session else { return Ok(go("/sign-in", None)) };
    if second::waiting(&shop, &session).await?.is_none() {
        return Ok(go("/sign-in", None));
    }
    let taken = async {
        Limit::CODE_ADDRESS.take(&shop.database, &address).await?;
        second::finish(&shop, &headers, &session, &form.code).await
    };
    match taken.await {
        Ok((_, cookie, next)) => Ok(go(&next, Some(cookie))),
        Err(problem) => pages::second_page(&shop, &session).await?.problem(&problem).render(),
    }
}

/// The fields of `POST /sign-in/recovery`.
#[derive(Deserialize)]
pub struct RecoveryForm {
    email: String,
    code: String,
}

/// `POST /sign-in/recovery`
///
/// # Errors
///
/// As [`send_code`].
pub async fn recover(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<RecoveryForm>,
) -> Result<Response, Problem> {
    match recovery::verify(&shop, &address, &form.email, &form.code).await {
        Ok(account) => {
            let (_, cookie) = Session::sign_in(&shop, &headers, session.as_ref(), account).await?;
            Ok(go("/account?notice=recovered", Some(cookie)))
        }
        Err(problem) => pages::recovery_page(&shop, session.as_ref())
            .await?
            .with("form", json!({ "email": form.email }))
            .problem(&problem)
            .render(),
    }
}

/// The fields of `POST /sign-in/again`.
#[derive(Deserialize)]
pub struct AgainForm {
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/again`
///
/// # Errors
///
/// As [`send_code`].
pub async fn again(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<AgainForm>,
) -> Result<Response, Problem> {
    let Some((session, email)) = session.and_then(|session| {
        let email = session.account.as_ref()?.email.clone();
        Some((session, email))
    }) else {
        return Ok(go("/sign-in", None));
    };
    let next = pages::place(&form.next);
    match accounts::sign_in(&shop, &address, &email, &form.password).await {
        Ok(account) => Ok(second::enter(&shop, &headers, Some(session), account, next).await?.go(next)),
        Err(problem) => {
            let problem = if problem.code == "shop.sign-in-failed" {
                problem.detail("That is not your password.").field("password")
            } else {
                problem
            };
            pages::again_page(&shop, &session, next).await?.problem(&problem).render()
        }
    }
}

/// `POST /account/authenticator`
///
/// # Errors
///
/// As [`send_code`].
pub async fn turn_on(
    State(shop): State<Shop>,
    session: Option<Session>,
    Fields(form): Fields<CodeForm>,
) -> Result<Response, Problem> {
    let session = match pages::recent(session, "/account/authenticator") {
        Ok(session) => session,
        Err(elsewhere) => return Ok(go(&elsewhere, None)),
    };
    match totp::finish(&shop, session.recent()?, &form.code).await {
        Ok(()) => Ok(go("/account?notice=authenticator-on", None)),
        Err(problem) => pages::authenticator_page(&shop, &session).await?.problem(&problem).render(),
    }
}

/// `POST /account/authenticator/remove`
///
/// # Errors
///
/// `server.not-found` when it is off.
pub async fn turn_off(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let session = match pages::recent(session, "/account") {
        Ok(session) => session,
        Err(elsewhere) => return Ok(go(&elsewhere, None)),
    };
    totp::remove(&shop, session.recent()?).await?;
    Ok(go("/account?notice=authenticator-off", None))
}

/// `POST /account/recovery-codes`: the one answer that shows the codes.
///
/// # Errors
///
/// As [`send_code`].
pub async fn recovery_codes(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let session = match pages::recent(session, "/account/recovery-codes") {
        Ok(session) => session,
        Err(elsewhere) => return Ok(go(&elsewhere, None)),
    };
    let codes = recovery::renew(&shop, session.recent()?).await?;
    let mut response = pages::recovery_codes_page(&shop, &session).await?.with("codes", codes).render()?;
    response
        .headers_mut()
        .insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(response)
}
