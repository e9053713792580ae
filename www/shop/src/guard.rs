//! What holds for every request and every response: who may change something, how much may be sent, and the headers.

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use storefront_service::Problem;

use crate::config::Config;
use crate::{Shop, pages};

/// The longest request body.
const LONGEST: usize = 32 * 1024;

/// The headers of every response.
#[derive(Debug, Clone)]
pub struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    /// The headers for these settings.
    ///
    /// # Errors
    ///
    /// When an origin cannot be put in a header.
    pub fn new(config: &Config) -> Result<Self, header::InvalidHeaderValue> {
        let fixed = |text: &'static str| HeaderValue::from_static(text);
        let mut headers = vec![
            (header::CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy(config.tracker.as_deref()))?),
            (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
            (header::X_FRAME_OPTIONS, fixed("DENY")),
            (header::REFERRER_POLICY, fixed("same-origin")),
            (
                HeaderName::from_static("permissions-policy"),
                fixed(
                    "camera=(), geolocation=(), microphone=(), payment=(self), publickey-credentials-create=(self), \
                     publickey-credentials-get=(self), usb=()",
                ),
            ),
            (HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin")),
            (HeaderName::from_static("cross-origin-resource-policy"), fixed("same-origin")),
        ];
        if config.is_secure() {
            headers.push((header::STRICT_TRANSPORT_SECURITY, fixed("max-age=63072000; includeSubDomains")));
        }
        Ok(Self(headers))
    }
}

/// The content security policy. The tracker may be loaded, reached and counted by picture; whether it is, the gate
/// on the page decides.
fn policy(tracker: Option<&str>) -> String {
    let tracker = tracker.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{tracker}; style-src 'self'; \
         connect-src 'self'{tracker}; img-src 'self'{tracker}; form-action 'self'; \
         require-trusted-types-for 'script'; trusted-types storefront-privacy; base-uri 'none'; \
         frame-ancestors 'none'; frame-src 'none'; worker-src 'self'; object-src 'none'"
    )
}

/// The policy of the page with the bank's frame: the one page that has any, and no card is typed there.
///
/// # Errors
///
/// When an origin cannot be put in a header.
pub fn challenge_policy(config: &Config) -> Result<HeaderValue, header::InvalidHeaderValue> {
    let bank = format!("frame-src {}", config.processor_public);
    HeaderValue::try_from(policy(config.tracker.as_deref()).replace("frame-src 'none'", &bank))
}

/// Refuses requests from elsewhere, gives problems their page, and puts the headers on every response.
pub async fn all(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let allowed = is_safe(request.method()) || comes_from_here(&headers, &shop.config.origin);
    let mut response = if allowed { next.run(request).await } else { elsewhere().into_response() };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "server.method-not-allowed",
            "This is not done here",
        )
        .into_response();
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    if !path.starts_with("/api/")
        && let Some(problem) = response.extensions_mut().remove::<Problem>()
    {
        response = pages::error(&shop, &headers, &path, problem).await;
    }
    for (name, value) in &shop.headers.0 {
        // A page may have said more than what holds for all.
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a page of this shop sent the request: browsers put its origin on every request that can change something,
/// and those that know `Sec-Fetch-Site` agree.
fn comes_from_here(headers: &HeaderMap, origin: &str) -> bool {
    let same = headers.get(header::ORIGIN).is_some_and(|value| value.as_bytes() == origin.as_bytes());
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    same && matches!(site, None | Some(b"same-origin" | b"none"))
}

fn elsewhere() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "shop.origin-refused", "This did not come from our pages")
        .detail("Open the page again and repeat what you did.")
}

/// The problem that a body is not what it should be.
pub fn malformed(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "input.invalid", "The request was not understood").detail(detail)
}

/// The caller's address, for counting alone.
#[derive(Debug)]
pub struct Address(pub String);

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(address.map(|address| address.0.ip().to_string()).unwrap_or_default()))
    }
}

/// A bounded body of a media type, as bytes.
async fn body(request: Request<Body>, media_type: &str) -> Result<Bytes, Problem> {
    let given =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let given = given.split(';').next().unwrap_or_default().trim();
    if !given.eq_ignore_ascii_case(media_type) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "input.invalid",
            "The request was not understood",
        )
        .detail(format!("Expected {media_type}.")));
    }
    to_bytes(request.into_body(), LONGEST).await.map_err(|_| {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "input.too-long", "That is too much at once")
            .detail(format!("At most {LONGEST} bytes are accepted."))
    })
}

/// A JSON body, bounded, as it came.
#[derive(Debug)]
pub struct JsonBytes(pub Bytes);

impl<S: Sync> FromRequest<S> for JsonBytes {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        body(request, "application/json").await.map(Self)
    }
}

/// A JSON body, bounded and read as `T`.
#[derive(Debug)]
pub struct Input<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = body(request, "application/json").await?;
        // The library's message can quote what was sent, a password among it, so it goes nowhere.
        Json::<T>::from_bytes(&bytes)
            .map(|Json(value)| Self(value))
            .map_err(|_| malformed("Expected a JSON object with the members that the contract names."))
    }
}

/// A form's body, bounded and read as `T`.
#[derive(Debug)]
pub struct Fields<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        let bytes = body(request, "application/x-www-form-urlencoded").await?;
        let mut request = Request::builder().method(Method::POST).body(Body::from(bytes));
        if let Ok(request) = &mut request {
            *request.headers_mut() = headers;
        }
        let request = request.map_err(|error| Problem::internal(&error))?;
        axum::Form::<T>::from_request(request, state)
            .await
            .map(|axum::Form(value)| Self(value))
            .map_err(|_| malformed("Expected the fields of the form."))
    }
}
