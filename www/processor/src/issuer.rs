//! The simulated bank's own page: its customer confirms a payment there, in a frame of the merchant's page, and the merchant never
//! sees the code. Whoever holds a payment's reference may open its page.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use sqlx::Row as _;
use storefront_service::Problem;

use crate::Processor;
use crate::challenge::{self, CODE};

const STYLE: &str = "\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 1rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.125rem; }
p { margin: 0 0 0.75rem; }
label { display: block; font-weight: 600; }
input, button { box-sizing: border-box; inline-size: 100%; min-block-size: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; }
button { margin-block-start: 0.75rem; font-weight: 600; }
";

/// Tells the page around it that its customer has answered, and no more.
const SCRIPT: &str = "parent.postMessage('storefront-challenge-answered', document.body.dataset.merchant);\n";

/// What the bank says, and whether a code is still waited for.
struct Said {
    text: &'static str,
    asks: bool,
}

/// `GET /challenges/{reference}`
pub(crate) async fn show(
    State(processor): State<Processor>,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    let (state, origin) = find(&processor, &reference).await?;
    Ok(page(&reference, &origin, &said(&state, false)))
}

/// `POST /challenges/{reference}`
pub(crate) async fn answer(
    State(processor): State<Processor>,
    Path(reference): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let (before, origin) = find(&processor, &reference).await?;
    let body = String::from_utf8_lossy(&body);
    let code = body.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap_or_default().trim();
    if before == "challenge" {
        // One that was decided meanwhile is shown as it now stands.
        challenge::answer(&processor, &reference, code).await.map(drop).or_else(|problem| {
            if problem.code == "processor.challenge-closed" { Ok(()) } else { Err(problem) }
        })?;
    }
    let (state, _) = find(&processor, &reference).await?;
    Ok(page(&reference, &origin, &said(&state, true)))
}

/// `GET /issuer.css`
pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// `GET /issuer.js`
pub(crate) async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

fn said(state: &str, answered: bool) -> Said {
    let (text, asks) = match (state, answered) {
        ("challenge", false) => ("Enter the code that we have sent you.", true),
        ("challenge", true) => ("That was not the code. Look at our message again.", true),
        ("approved", _) => ("Thank you. The payment is confirmed.", false),
        _ => ("We have not confirmed this payment, and nothing is charged.", false),
    };
    Said { text, asks }
}

/// Where a payment stands, and the origin of the page that it began on.
async fn find(processor: &Processor, reference: &str) -> Result<(String, String), Problem> {
    let row = sqlx::query("SELECT state, request FROM authorizations WHERE reference = $1")
        .bind(reference)
        .fetch_optional(processor.database.pool())
        .await?
        .ok_or_else(Problem::not_found)?;
    let request: serde_json::Value =
        serde_json::from_str(row.try_get("request")?).map_err(|error| Problem::internal(&error))?;
    let origin = request.get("origin").and_then(serde_json::Value::as_str).unwrap_or_default();
    Ok((row.try_get("state")?, origin.to_owned()))
}

fn page(reference: &str, origin: &str, said: &Said) -> Response {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".:/-[]_".contains(&byte);
    // What goes into a header and into markup is an origin and an identifier, whatever was stored.
    let origin = if origin.bytes().all(plain) { origin } else { "" };
    let reference = if reference.bytes().all(plain) { reference } else { "" };
    let form = if said.asks {
        format!(
            "<form method=\"post\" action=\"/challenges/{reference}\"><label for=\"code\">Code from your bank</label>\
             <input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\" maxlength=\"6\" required \
             aria-describedby=\"hint\"><p id=\"hint\">In this demo the code is always {CODE}.</p>\
             <button>Confirm the payment</button></form>"
        )
    } else {
        "<script src=\"/issuer.js\"></script>".to_owned()
    };
    let text = said.text;
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Your bank</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/issuer.css\"></head><body data-merchant=\"{origin}\">\
         <main><h1>The simulated bank</h1><p role=\"status\">{text}</p>{form}</main></body></html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors {}",
        if origin.is_empty() { "'none'" } else { origin }
    );
    let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("frame-ancestors 'none'"));
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, html).into_response()
}
