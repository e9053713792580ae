//! The pages: templates rendered with what they need to know.

mod render;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use storefront_service::Problem;

pub use render::Templates;

use crate::cart::Cart;
use crate::orders::{Order, Status};
use crate::session::Session;
use crate::{Shop, confirmation, fallback, guard, passkey_offer, passkeys, payment, words};

/// One page of one visitor: what every page shows, and room for what this one does.
#[derive(Debug)]
pub struct Page<'a> {
    shop: &'a Shop,
    template: &'static str,
    context: Map<String, Value>,
    status: StatusCode,
}

impl<'a> Page<'a> {
    /// A page at this path for the visitor of this session.
    ///
    /// # Errors
    ///
    /// When the database cannot be asked.
    pub async fn new(
        shop: &'a Shop,
        template: &'static str,
        path: &str,
        session: Option<&Session>,
    ) -> Result<Self, Problem> {
        let cart = Cart::of(shop, session).await?;
        let mut page = Self { shop, template, context: Map::new(), status: StatusCode::OK };
        page.set("path", path);
        page.set("session", Session::describe(session));
        page.set("cart_count", cart.count);
        page.set("form", json!({}));
        Ok(page)
    }

    /// The page with one more name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// The page with what went wrong, and with its status.
    #[must_use]
    pub fn problem(mut self, problem: &Problem) -> Self {
        self.status = problem.status;
        let value = json!({
            "code": problem.code, "title": problem.title, "detail": problem.detail, "field": problem.field,
        });
        self.with("problem", value)
    }

    /// Renders the page.
    ///
    /// # Errors
    ///
    /// `server.template-missing` or `server.template-failed`.
    pub fn render(self) -> Result<Response, Problem> {
        let html = self.shop.templates.render(self.template, &Value::Object(self.context))?;
        Ok((self.status, axum::response::Html(html)).into_response())
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.context.insert(name.to_owned(), value.into());
    }
}

/// The page of a problem, or the bare document when even that page cannot be rendered.
pub async fn error(shop: &Shop, headers: &HeaderMap, path: &str, problem: Problem) -> Response {
    let page = async {
        let session = Session::find(shop, headers).await?;
        Page::new(shop, "error.html", path, session.as_ref()).await?.problem(&problem).render()
    };
    page.await.unwrap_or_else(|_| problem.into_response())
}

/// What a page says after something was done, from a closed list.
#[derive(Debug, Deserialize)]
pub struct Notice {
    notice: Option<String>,
    #[serde(default)]
    offer: String,
}

impl Notice {
    /// The words of what was done.
    pub fn text(&self) -> Option<&'static str> {
        Some(match self.notice.as_deref()? {
            "added" => "It is in your cart.",
            "changed" => "Your cart is up to date.",
            "welcome" => "Your account is ready. Add a passkey, and you need no password next time.",
            "signed-up" => {
                "Your account is ready. Add a second passkey or a password, so that a lost device locks nobody out."
            }
            "password-changed" => "Your password is changed, and every other browser is signed out.",
            "revoked" => "That browser is signed out.",
            "extended" => "You have ten minutes more.",
            "recovered" => {
                "You are signed in. If you lost your passkey, add a new one now, and remove the lost one."
            }
            "authenticator-on" => {
                "Your authenticator app is set up. Keep recovery codes as well, in case you lose it."
            }
            "authenticator-off" => {
                "Codes from the authenticator app are off. Remove the entry from the app as well."
            }
            "passkey-declined" => "We will not ask again. You can add a passkey below whenever you like.",
            "passkey-removed" => "The passkey is removed. Delete it from your device as well.",
            _ => return None,
        })
    }
}

/// `GET /`
///
/// # Errors
///
/// As [`Page::new`] and [`Page::render`]; so for every page.
pub async fn index(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    Page::new(&shop, "index.html", "/", session.as_ref())
        .await?
        .with("products", json!(shop.catalogue.entries()))
        .render()
}

/// `GET /products/{slug}`
///
/// # Errors
///
/// `server.not-found` when there is no such product.
pub async fn product(
    State(shop): State<Shop>,
    session: Option<Session>,
    Path(slug): Path<String>,
) -> Result<Response, Problem> {
    let product = shop.catalogue.find(&slug).ok_or_else(Problem::not_found)?;
    Page::new(&shop, "product.html", &format!("/products/{slug}"), session.as_ref())
        .await?
        .with("product", product.entry.clone())
        .render()
}

/// `GET /cart`
///
/// # Errors
///
/// As [`index`].
pub async fn cart(
    State(shop): State<Shop>,
    session: Option<Session>,
    Query(notice): Query<Notice>,
) -> Result<Response, Problem> {
    let cart = Cart::of(&shop, session.as_ref()).await?;
    Page::new(&shop, "cart.html", "/cart", session.as_ref())
        .await?
        .with("cart", cart.describe())
        .with("notice", notice.text())
        .render()
}

/// `GET /sign-up`
///
/// # Errors
///
/// As [`index`].
pub async fn sign_up(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    form(&shop, "sign-up.html", "/sign-up", session.as_ref()).await
}

/// `GET /sign-in`
///
/// # Errors
///
/// As [`index`].
pub async fn sign_in(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    form(&shop, "sign-in.html", "/sign-in", session.as_ref()).await
}

async fn form(
    shop: &Shop,
    template: &'static str,
    path: &str,
    session: Option<&Session>,
) -> Result<Response, Problem> {
    if session.is_some_and(|session| session.account.is_some()) {
        return Ok(Redirect::to("/account").into_response());
    }
    Page::new(shop, template, path, session).await?.render()
}

/// Where the card's fields are.
#[derive(Debug, Default, Deserialize)]
pub struct CardMode {
    #[serde(default)]
    card: String,
}

impl CardMode {
    /// Whether they are in the page itself, where its scripts can read them.
    pub fn inline(&self) -> bool {
        self.card == "inline"
    }
}

/// `GET /checkout`
///
/// # Errors
///
/// As [`index`].
pub async fn checkout(
    State(shop): State<Shop>,
    session: Option<Session>,
    Query(mode): Query<CardMode>,
) -> Result<Response, Problem> {
    let Some(session) = session else { return Ok(Redirect::to("/cart").into_response()) };
    match Order::draft(&shop, &session).await {
        Ok(order) => {
            let form = serde_json::to_value(&order.contact).unwrap_or_default();
            checkout_page(&shop, &session, &order, &mode).await?.with("form", or_empty(form)).render()
        }
        Err(problem) if problem.code == "shop.cart-empty" => Ok(Redirect::to("/cart").into_response()),
        Err(problem) => Err(problem),
    }
}

/// The checkout page of an order.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn checkout_page<'a>(
    shop: &'a Shop,
    session: &Session,
    order: &Order,
    mode: &CardMode,
) -> Result<Page<'a>, Problem> {
    let confirm = confirmation::is_needed(shop, session, order).await?;
    Ok(Page::new(shop, "checkout.html", "/checkout", Some(session))
        .await?
        .with("confirm", confirm)
        .with("order", order.for_pages())
        .with("inline", mode.inline())
        .with("merchant", payment::MERCHANT)
        .with("accepted", json!(payment::BRANDS)))
}

/// `GET /challenge/{order}`
///
/// # Errors
///
/// `server.not-found` when the visitor has no such order.
pub async fn challenge(
    State(shop): State<Shop>,
    session: Option<Session>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &id).await?;
    if order.status != Status::Challenge {
        return Ok(Redirect::to(&format!("/orders/{}", order.id)).into_response());
    }
    challenge_page(&shop, &session, &order, None).await
}

/// The page with the bank's frame, and with what went wrong there.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn challenge_page(
    shop: &Shop,
    session: &Session,
    order: &Order,
    problem: Option<&Problem>,
) -> Result<Response, Problem> {
    let path = format!("/challenge/{}", order.id);
    let mut page = Page::new(shop, "challenge.html", &path, Some(session))
        .await?
        .with("order", order.for_pages())
        .with("bank", shop.config.processor_public.clone());
    if let Some(problem) = problem {
        page = page.problem(problem);
    }
    let policy = guard::challenge_policy(&shop.config).map_err(|error| Problem::internal(&error))?;
    let mut response = page.render()?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// `GET /orders/{id}`
///
/// # Errors
///
/// `server.not-found` when the visitor has no such order.
pub async fn order(
    State(shop): State<Shop>,
    session: Option<Session>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let session = session.ok_or_else(Problem::not_found)?;
    let order = Order::find(&shop, &session, &id).await?;
    Page::new(&shop, "order.html", &format!("/orders/{}", order.id), Some(&session))
        .await?
        .with("order", order.for_pages())
        .with("declined", (order.status == Status::Declined).then(|| payment::declined_detail(&order)))
        .with("evidence", payment::evidence(&order))
        .render()
}

/// `GET /account`
///
/// # Errors
///
/// As [`index`].
pub async fn account(
    State(shop): State<Shop>,
    session: Option<Session>,
    Query(notice): Query<Notice>,
) -> Result<Response, Problem> {
    let Some(session) = session.filter(|session| session.account.is_some()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let offered = notice.offer == "passkey" && passkey_offer::due(&shop, session.account()?).await?;
    account_page(&shop, &session).await?.with("notice", notice.text()).with("offered", offered).render()
}

/// `GET /account/password`
///
/// # Errors
///
/// As [`index`].
pub async fn password(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let Some(session) = session.filter(|session| session.account.is_some()) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    Page::new(&shop, "password.html", "/account/password", Some(&session)).await?.render()
}

/// The account page.
///
/// # Errors
///
/// As [`Page::new`].
pub async fn account_page<'a>(shop: &'a Shop, session: &Session) -> Result<Page<'a>, Problem> {
    let mut sessions = session.list(shop).await?;
    for entry in &mut sessions {
        let text = |name: &str| entry.get(name).and_then(Value::as_i64).map(words::minute);
        let (started, seen) = (text("created_at"), text("last_seen_at"));
        if let Some(entry) = entry.as_object_mut() {
            entry.insert("started_text".to_owned(), started.into());
            entry.insert("seen_text".to_owned(), seen.into());
        }
    }
    let orders: Vec<_> = Order::list(shop, session).await?.iter().map(Order::for_pages).collect();
    let passkeys = passkeys::list(shop, session.account()?).await?;
    Ok(Page::new(shop, "account.html", "/account", Some(session))
        .await?
        .with("sessions", sessions)
        .with("orders", orders)
        .with("passkeys", passkeys)
        .with("ways", fallback::pages::ways(shop, session).await?))
}

/// `GET /privacy`
///
/// # Errors
///
/// As [`index`].
pub async fn privacy(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    let privacy: Value =
        serde_json::from_str(&shop.policy_json).map_err(|error| Problem::internal(&error))?;
    Page::new(&shop, "privacy.html", "/privacy", session.as_ref()).await?.with("privacy", privacy).render()
}

/// `GET /control`, on test shops alone: the tracker without the gate.
///
/// # Errors
///
/// `server.not-found` on other shops.
pub async fn control(State(shop): State<Shop>, session: Option<Session>) -> Result<Response, Problem> {
    if !shop.config.test_pages {
        return Err(Problem::not_found());
    }
    Page::new(&shop, "control.html", "/control", session.as_ref()).await?.render()
}

fn or_empty(value: Value) -> Value {
    if value.is_object() { value } else { json!({}) }
}
