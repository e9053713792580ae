//! The forms: everything a visitor does works without script, by a form and a redirect to the page that shows it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use storefront_service::Problem;

use crate::fallback::methods;
use crate::fallback::second;
use crate::fields::Contact;
use crate::guard::{Address, Fields};
use crate::limits::Limit;
use crate::orders::{Order, Status};
use crate::pages::{self, CardMode, Page};
use crate::session::{self, Session};
use crate::{Shop, accounts, cart, confirmation, passkey_offer, passkeys, payment};

/// Goes to a page, with a cookie if there is a new one.
pub(crate) fn go(to: &str, cookie: Option<HeaderValue>) -> Response {
    let cookies = cookie.map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), Redirect::to(to)).into_response()
}

/// The fields of `POST /cart`.
#[derive(Debug, Deserialize)]
pub struct CartForm {
    product: String,
    quantity: String,
    change: Option<String>,
}

/// `POST /cart`
///
/// # Errors
///
/// When the database refuses; so for every form.
pub async fn cart(
    State(shop): State<Shop>,
    session: Option<Session>,
    headers: HeaderMap,
    Fields(form): Fields<CartForm>,
) -> Result<Response, Problem> {
    let (session, cookie) = Session::or_begin(session, &shop, &headers).await?;
    let set = form.change.as_deref() == Some("set");
    let quantity = form.quantity.trim().parse().unwrap_or(-1);
    match cart::change(&shop, &session, &form.product, quantity, set).await {
        Ok(()) => Ok(go(if set { "/cart?notice=changed" } else { "/cart?notice=added" }, cookie)),
        Err(problem) => match shop.catalogue.find(&form.product) {
            Some(product) if !set => {
                let path = format!("/products/{}", product.slug);
                Page::new(&shop, "product.html", &path, Some(&session))
                    .await?
                    .with("product", product.entry.clone())
                    .problem(&problem)
                    .render()
            }
            _ => {
                let cart = cart::Cart::of(&shop, Some(&session)).await?;
                Page::new(&shop, "cart.html", "/cart", Some(&session))
                    .await?
                    .with("cart", cart.describe())
                    .problem(&problem)
                    .render()
            }
        },
    }
}

/// The fields of `POST /sign-up`.
#[derive(Deserialize)]
pub struct SignUpForm {
    email: String,
    name: String,
    password: String,
}

/// `POST /sign-up`
///
/// # Errors
///
/// As [`cart()`].
pub async fn sign_up(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<SignUpForm>,
) -> Result<Response, Problem> {
    let made = async {
        Limit::SIGN_UP.take(&shop.database, &address).await?;
        accounts::create(&shop, &form.email, &form.name, &form.password).await
    };
    match made.await {
        Ok(account) => {
            let (_, cookie) = Session::sign_in(&shop, &headers, session.as_ref(), account).await?;
            Ok(go("/account?notice=welcome", Some(cookie)))
        }
        Err(problem) => Page::new(&shop, "sign-up.html", "/sign-up", session.as_ref())
            .await?
            .with("form", json!({ "email": form.email, "name": form.name }))
            .problem(&problem)
            .render(),
    }
}

/// The fields of `POST /sign-in`.
#[derive(Deserialize)]
pub struct SignInForm {
    email: String,
    password: String,
}

/// `POST /sign-in`
///
/// # Errors
///
/// As [`cart()`].
pub async fn sign_in(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<SignInForm>,
) -> Result<Response, Problem> {
    match accounts::sign_in(&shop, &address, &form.email, &form.password).await {
        Ok(account) => {
            let next = passkey_offer::place(&shop, &account).await?;
            Ok(second::enter(&shop, &headers, session, account, next).await?.go(next))
        }
        Err(problem) => Page::new(&shop, "sign-in.html", "/sign-in", session.as_ref())
            .await?
            .with("form", json!({ "email": form.email }))
            .problem(&problem)
            .render(),
    }
}

/// `POST /sign-out`
///
/// # Errors
///
/// As [`cart()`].
pub async fn sign_out(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    if let Some(session) = session {
        session.revoke(&shop, &session.id).await?;
    }
    Ok(go("/", Some(session::forget(&shop))))
}

/// The fields of `POST /checkout`.
#[derive(Deserialize)]
pub struct CheckoutForm {
    order: String,
    #[serde(flatten)]
    contact: Contact,
    #[serde(flatten)]
    mode: CardMode,
    #[serde(default)]
    method: String,
    #[serde(default)]
    envelope: String,
    #[serde(default, rename = "confirm-password")]
    confirm_password: String,
}

/// `POST /checkout`
///
/// # Errors
///
/// `server.not-found` when the visitor has no such order.
pub async fn checkout(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    Fields(form): Fields<CheckoutForm>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &form.order).await?;
    if matches!(order.status, Status::Approved | Status::Invoiced) {
        return Ok(go(&format!("/orders/{}", order.id), None));
    }
    let placed = async {
        let contact = form.contact.check()?;
        order.address(&shop, &contact).await?;
        confirmation::check(&shop, &session, &order, &form.confirm_password, &address).await?;
        if form.method == "invoice" {
            order.invoice(&shop, &session).await?;
            return Ok(format!("/orders/{}", order.id));
        }
        let outcome = payment::pay(&shop, &session, &order, &form.envelope, &address).await?;
        if outcome.status == Status::Declined {
            return Err(outcome.declined());
        }
        Ok(outcome.next(&order.id))
    };
    match placed.await {
        Ok(next) => Ok(go(&next, None)),
        Err(problem) => {
            let order = match Order::draft(&shop, &session).await {
                Ok(order) => order,
                Err(_) => order,
            };
            let CheckoutForm { contact, mode, .. } = form;
            let form = serde_json::to_value(&contact).unwrap_or_default();
            pages::checkout_page(&shop, &session, &order, &mode)
                .await?
                .with("form", form)
                .problem(&problem)
                .render()
        }
    }
}

/// The field of `POST /challenge/{order}`; none where the shopper has answered on the bank's own page.
#[derive(Deserialize)]
pub struct ChallengeForm {
    #[serde(default)]
    code: String,
}

/// `POST /challenge/{order}`
///
/// # Errors
///
/// `server.not-found` when the visitor has no such order.
pub async fn challenge(
    State(shop): State<Shop>,
    session: Option<Session>,
    Path(id): Path<String>,
    Fields(form): Fields<ChallengeForm>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &id).await?;
    if order.status != Status::Challenge {
        return Ok(go(&format!("/orders/{}", order.id), None));
    }
    match payment::answer_challenge(&shop, &session, &order, &form.code).await {
        Ok(_) => Ok(go(&format!("/orders/{}", order.id), None)),
        Err(problem) => pages::challenge_page(&shop, &session, &order, Some(&problem)).await,
    }
}

/// The fields of `POST /account/password`.
#[derive(Deserialize)]
pub struct PasswordForm {
    current: String,
    password: String,
}

/// `POST /account/password`
///
/// # Errors
///
/// As [`cart()`].
pub async fn password(
    State(shop): State<Shop>,
    session: Option<Session>,
    Address(address): Address,
    headers: HeaderMap,
    Fields(form): Fields<PasswordForm>,
) -> Result<Response, Problem> {
    let Some(session) = session.filter(|session| session.account.is_some()) else {
        return Ok(go("/sign-in", None));
    };
    match accounts::change_password(&shop, &session, &address, &form.current, &form.password).await {
        Ok(account) => {
            let (_, cookie) = Session::sign_in(&shop, &headers, Some(&session), account).await?;
            Ok(go("/account?notice=password-changed", Some(cookie)))
        }
        Err(problem) => Page::new(&shop, "password.html", "/account/password", Some(&session))
            .await?
            .problem(&problem)
            .render(),
    }
}

/// `POST /account/sessions/{id}/revoke`
///
/// # Errors
///
/// `server.not-found` when the account has no such session.
pub async fn revoke(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    session.account()?;
    session.revoke(&shop, &id).await?;
    if id == session.id {
        Ok(go("/", Some(session::forget(&shop))))
    } else {
        Ok(go("/account?notice=revoked", None))
    }
}

/// `POST /account/passkeys/{id}/remove`
///
/// # Errors
///
/// `server.not-found` when the account has no such passkey.
pub async fn remove_passkey(
    State(shop): State<Shop>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let Ok(account) = session.recent() else {
        session.account()?;
        return Ok(go("/sign-in/again", None));
    };
    passkeys::remove(&shop, account, &id).await?;
    methods::tell(&shop, account, "A passkey was removed.").await?;
    Ok(go("/account?notice=passkey-removed", None))
}
