//! Payments: a sealed envelope goes to the processor, its answer goes into the order.
//!
//! The shop never opens an envelope and never stores one. It keeps what anyone could read of it, its length and its
//! digest, so that the order page can show what arrived.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use storefront_privacy::codec::base64url;
use storefront_service::client::Failure;
use storefront_service::{Problem, clock, random};

use crate::Shop;
use crate::cart;
use crate::limits::Limit;
use crate::orders::{self, CURRENCY, Order, Status};
use crate::session::Session;
use crate::words;

/// The shop's identifier at the processor.
pub const MERCHANT: &str = "hob-and-rim";

/// The card brands that are accepted, as the payment form names them.
pub const BRANDS: [&str; 3] = ["visa", "mastercard", "amex"];

/// The longest envelope that is passed on.
const LONGEST: usize = 4096;

/// What the processor decided.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Approved, declined or challenge.
    pub status: Status,
    /// Why it was declined, a word such as `insufficient_funds`.
    pub reason: Option<String>,
    /// The card's brand.
    pub brand: Option<String>,
    /// The card's last four digits.
    pub last_four: Option<String>,
    /// The processor's reference.
    pub reference: Option<String>,
}

impl Outcome {
    fn of(order: &Order) -> Self {
        Self {
            status: order.status,
            reason: order.reason.clone(),
            brand: order.brand.clone(),
            last_four: order.last_four.clone(),
            reference: order.reference.clone(),
        }
    }

    /// Where the shopper goes from here.
    pub fn next(&self, order: &str) -> String {
        match self.status {
            Status::Challenge => format!("/challenge/{order}"),
            Status::Declined => "/checkout".to_owned(),
            _ => format!("/orders/{order}"),
        }
    }

    /// What the API answers.
    pub fn describe(&self, order: &str) -> Value {
        json!({
            "status": self.status.as_str(),
            "reason": self.reason,
            "brand": self.brand,
            "last_four": self.last_four,
            "reference": self.reference,
            "next": self.next(order),
        })
    }

    /// What a page tells the shopper about a declined payment: something that they can act on.
    pub fn declined(&self) -> Problem {
        let reason = self.reason.as_deref().unwrap_or("declined");
        let (code, detail) = match reason {
            "insufficient_funds" => (
                "shop.declined-funds",
                "There is not enough money on this card. Try another, or pay by invoice.",
            ),
            "expired_card" => (
                "shop.declined-expired",
                "The bank says that this card has expired. Try another, or pay by invoice.",
            ),
            "challenge_failed" => (
                "shop.declined-challenge",
                "The bank's code was wrong too often. Try again, or pay by invoice.",
            ),
            "challenge_expired" => (
                "shop.declined-challenge",
                "The bank waited too long for its code. Try again, or pay by invoice.",
            ),
            _ => ("shop.declined", "The bank did not say why. Try another card, or pay by invoice."),
        };
        Problem::new(StatusCode::PAYMENT_REQUIRED, code, "The payment was declined")
            .detail(format!("{detail} You have not been charged."))
    }
}

/// Why an order's payment was declined, and what the shopper can do.
pub fn declined_detail(order: &Order) -> String {
    Outcome::of(order).declined().detail.clone().unwrap_or_default()
}

/// Pays for an order with a sealed card.
///
/// Each try has a key that the processor knows it by. A try whose outcome is unknown keeps its key, so that trying again
/// gives the first try's outcome and charges nobody twice.
///
/// # Errors
///
/// A `payment.*` code when the envelope is refused, `shop.payment-pending` when there was no answer in time,
/// `shop.processor-unreachable` when nothing was tried, `shop.order-closed` when there is nothing to pay.
pub async fn pay(
    shop: &Shop,
    session: &Session,
    order: &Order,
    envelope: &str,
    address: &str,
) -> Result<Outcome, Problem> {
    match order.status {
        Status::Approved | Status::Challenge => return Ok(Outcome::of(order)),
        Status::Invoiced => return Err(orders::closed()),
        Status::Draft | Status::Declined | Status::Pending => {}
    }
    Limit::PAYMENT.take(&shop.database, &order.id).await?;
    Limit::PAYMENT_ADDRESS.take(&shop.database, address).await?;
    let received = inspect(envelope)?;
    let attempt = claim(shop, order, &received).await?;
    let request = json!({
        "merchant": MERCHANT,
        "origin": shop.config.origin,
        "order": order.id,
        "amount": order.amount,
        "currency": CURRENCY,
        "envelope": envelope,
    });
    let answer = shop
        .processor
        .ask(Method::POST, "/authorizations", &[("idempotency-key", &attempt)], Some(&request))
        .await;
    match answer {
        Ok((StatusCode::OK, answer)) => settle(shop, session, order, &answer).await,
        Ok((StatusCode::CONFLICT, _)) | Err(Failure::Timeout | Failure::Broken(_)) => {
            tracing::warn!(order = order.id, "payment without an outcome");
            Err(pending())
        }
        Ok((status, problem)) => {
            release(shop, order).await?;
            Err(refused(status, &problem))
        }
        Err(Failure::Unreachable(_)) => {
            release(shop, order).await?;
            Err(unreachable())
        }
    }
}

/// Answers the bank's challenge; without a code, asks what the shopper has answered on the bank's own page.
///
/// # Errors
///
/// `shop.code-wrong` while there are tries left, `shop.challenge-open` while the bank waits, `shop.order-closed` when no code is
/// waited for.
pub async fn answer_challenge(
    shop: &Shop,
    session: &Session,
    order: &Order,
    code: &str,
) -> Result<Outcome, Problem> {
    let (Status::Challenge, Some(reference)) = (order.status, &order.reference) else {
        return Err(orders::closed());
    };
    Limit::PAYMENT.take(&shop.database, &order.id).await?;
    let code = code.trim();
    if code.is_empty() {
        return confirmed(shop, session, order, reference).await;
    }
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong_code("The code has six digits."));
    }
    let path = format!("/authorizations/{reference}/challenge");
    let answer = shop.processor.ask(Method::POST, &path, &[], Some(&json!({ "code": code }))).await;
    match answer {
        Ok((StatusCode::OK, answer)) if answer.get("status").and_then(Value::as_str) == Some("challenge") => {
            Err(wrong_code("That was not the code. Look at your bank's message again."))
        }
        Ok((StatusCode::OK, answer)) => settle(shop, session, order, &answer).await,
        Ok((status, problem)) => Err(refused(status, &problem)),
        Err(Failure::Unreachable(_)) => Err(unreachable()),
        Err(_) => Err(pending()),
    }
}

/// What came of the challenge on the bank's own page.
async fn confirmed(
    shop: &Shop,
    session: &Session,
    order: &Order,
    reference: &str,
) -> Result<Outcome, Problem> {
    match shop.processor.ask(Method::GET, &format!("/authorizations/{reference}"), &[], None).await {
        Ok((StatusCode::OK, answer)) if answer.get("status").and_then(Value::as_str) == Some("challenge") => {
            Err(Problem::new(
                StatusCode::CONFLICT,
                "shop.challenge-open",
                "Your bank still waits for the code",
            )
            .detail("Enter the code in the bank's frame. Nothing is charged until then."))
        }
        Ok((StatusCode::OK, answer)) => settle(shop, session, order, &answer).await,
        Ok((status, problem)) => Err(refused(status, &problem)),
        Err(Failure::Unreachable(_)) => Err(unreachable()),
        Err(_) => Err(pending()),
    }
}

/// The processor's signed keys: its root's signature is the page's to check.
///
/// # Errors
///
/// `payment.key-unreachable` when it gives none.
pub async fn keys(shop: &Shop) -> Result<Value, Problem> {
    let path = format!("/keys/{MERCHANT}");
    match shop.processor.ask(Method::GET, &path, &[], None).await {
        Ok((StatusCode::OK, keys)) if keys.get("manifest").is_some_and(Value::is_string) => Ok(keys),
        _ => Err(Problem::new(
            StatusCode::BAD_GATEWAY,
            "payment.key-unreachable",
            "Card payment is not available right now",
        )
        .detail("Please pay by invoice, or try again in a minute.")),
    }
}

/// What both sides saw of the payment: lists of a label and a value each. Nothing before a payment was tried.
pub fn evidence(order: &Order) -> Value {
    let Some(received) = &order.received else { return Value::Null };
    let text = |name: &str| received.get(name).map(plain).unwrap_or_default();
    let at = received.get("received_at").and_then(Value::as_i64).unwrap_or_default();
    let shop = json!([
        ["Received", words::minute(at)],
        ["Envelope", format!("{} characters", text("length"))],
        ["SHA-256 of the envelope", text("sha256")],
        ["Protected header", text("header")],
        ["Ciphertext", format!("{} bytes, which we cannot open", text("ciphertext_length"))],
        ["Card number, expiry date, security code", "never received"],
    ]);
    let mut processor = vec![json!(["Answer", order.status.as_str()])];
    for (label, value) in [
        ("Reason", &order.reason),
        ("Brand", &order.brand),
        ("Last four digits", &order.last_four),
        ("Reference", &order.reference),
    ] {
        if let Some(value) = value {
            processor.push(json!([label, value]));
        }
    }
    json!({ "shop": shop, "processor": processor })
}

/// What anyone can read of an envelope. It is checked for its outer form alone, a compact JWE (RFC 7516 §7.1): the rest is
/// the processor's to judge.
fn inspect(envelope: &str) -> Result<Value, Problem> {
    let parts: Vec<_> = envelope.split('.').collect();
    let (&[header, encrypted_key, iv, ciphertext, tag], true) = (parts.as_slice(), envelope.len() <= LONGEST)
    else {
        return Err(not_an_envelope());
    };
    let bytes = |part: &str| base64url::decode(part).map_err(|_| not_an_envelope());
    let header: Value = serde_json::from_slice(&bytes(header)?).map_err(|_| not_an_envelope())?;
    // HPKE has neither vector nor tag.
    let lengths = (bytes(iv)?.len(), bytes(tag)?.len());
    if !header.is_object() || !matches!(lengths, (12, 16) | (0, 0)) || bytes(encrypted_key)?.len() > 2048 {
        return Err(not_an_envelope());
    }
    Ok(json!({
        "received_at": clock::seconds(),
        "length": envelope.len(),
        "sha256": random::hexadecimal(&Sha256::digest(envelope.as_bytes())),
        "header": header,
        "ciphertext_length": bytes(ciphertext)?.len(),
    }))
}

/// Marks the order as being paid and gives the try's key: a new one, or that of a try without an outcome.
async fn claim(shop: &Shop, order: &Order, received: &Value) -> Result<String, Problem> {
    let rows = sqlx::query(
        "UPDATE orders SET status = 'pending', reason = NULL, \
         received = CASE WHEN attempt IS NULL THEN $3 ELSE received END, \
         attempt = CASE WHEN attempt IS NULL THEN $2 ELSE attempt END \
         WHERE id = $1 AND amount = $4 AND status IN ('draft', 'declined', 'pending') RETURNING attempt",
    )
    .bind(&order.id)
    .bind(random::identifier::<16>()?)
    .bind(received.to_string())
    .bind(order.amount)
    .fetch_all(shop.database.pool())
    .await?;
    match rows.first() {
        Some(row) => Ok(row.try_get("attempt")?),
        None => Err(orders::closed()),
    }
}

/// Takes the try back: the processor did nothing, and the next one has a key of its own.
async fn release(shop: &Shop, order: &Order) -> Result<(), Problem> {
    sqlx::query("UPDATE orders SET status = 'draft', attempt = NULL WHERE id = $1 AND status = 'pending'")
        .bind(&order.id)
        .execute(shop.database.pool())
        .await?;
    Ok(())
}

/// Writes the processor's decision into the order. A paid order empties the cart.
async fn settle(shop: &Shop, session: &Session, order: &Order, answer: &Value) -> Result<Outcome, Problem> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    let status = match text("status").as_deref() {
        Some("approved") => Status::Approved,
        Some("declined") => Status::Declined,
        Some("challenge") => Status::Challenge,
        _ => return Err(pending()),
    };
    let outcome = Outcome {
        status,
        reason: text("reason"),
        brand: text("brand"),
        last_four: text("last_four"),
        reference: text("reference"),
    };
    let mut transaction = shop.database.begin().await?;
    let done = sqlx::query(
        "UPDATE orders SET status = $2, reason = $3, brand = $4, last_four = $5, reference = $6, \
         attempt = CASE WHEN $2 = 'declined' THEN NULL ELSE attempt END, \
         placed_at = CASE WHEN $2 = 'approved' THEN $7 ELSE placed_at END \
         WHERE id = $1 AND status IN ('pending', 'challenge')",
    )
    .bind(&order.id)
    .bind(status.as_str())
    .bind(&outcome.reason)
    .bind(&outcome.brand)
    .bind(&outcome.last_four)
    .bind(&outcome.reference)
    .bind(clock::seconds())
    .execute(&mut *transaction)
    .await?;
    if done.rows_affected() > 0 && status == Status::Approved {
        cart::empty(&mut transaction, &session.id).await?;
    }
    transaction.commit().await?;
    tracing::info!(order = order.id, status = status.as_str(), reason = outcome.reason, "payment settled");
    Ok(outcome)
}

fn refused(status: StatusCode, problem: &Value) -> Problem {
    let code = problem.get("code").and_then(Value::as_str).unwrap_or_default();
    if !status.is_client_error() || !code.starts_with("payment.") {
        tracing::error!(status = status.as_u16(), "the processor failed");
        return unreachable();
    }
    let detail = match code {
        "payment.envelope-expired" => "The card was typed in too long ago. Please enter it again.",
        "payment.order-mismatch" => {
            "The cart has changed meanwhile. Check the amount and enter the card again."
        }
        _ => "Please enter the card again.",
    };
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, "The card did not arrive as it should")
        .detail(format!("{detail} You have not been charged."))
}

fn pending() -> Problem {
    Problem::new(StatusCode::GATEWAY_TIMEOUT, "shop.payment-pending", "The bank has not answered yet")
        .detail("Try again in a few seconds: you are not charged twice for one order.")
        .retry_after(3)
}

fn unreachable() -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY, "shop.processor-unreachable", "The payment could not be made")
        .detail("You have not been charged. Try again in a minute, or pay by invoice.")
        .retry_after(60)
}

fn not_an_envelope() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "payment.envelope-invalid", "That is no sealed card")
        .detail("Cards are accepted sealed in the page only. Please enter the card again, or pay by invoice.")
        .field("envelope")
}

fn wrong_code(detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "shop.code-wrong", "The code was not accepted")
        .detail(detail)
        .field("code")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
