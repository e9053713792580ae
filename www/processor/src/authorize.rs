//! Authorisations: an envelope opened and decided on, once for each idempotency key.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_privacy::payment::envelope::{LIFETIME, Order};
use storefront_privacy::payment::open::Expected;
use storefront_service::{Problem, clock, random};

use crate::Processor;
use crate::cards::{Behaviour, behaviour};

/// The longest body: an envelope and a few short members.
const LONGEST: usize = 8 * 1024;

/// What a merchant asks.
#[derive(Deserialize)]
struct Request {
    #[serde(flatten)]
    payment: Payment,
    envelope: String,
}

/// What is to be paid, by whose page. It is what a key may be used for again.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Payment {
    merchant: String,
    origin: String,
    order: String,
    amount: i64,
    currency: String,
}

/// An answer as it is stored, and given again for the same key.
pub(crate) struct Answer {
    status: StatusCode,
    body: Value,
}

impl Answer {
    /// A decision.
    pub(crate) fn decision(body: Value) -> Self {
        Self { status: StatusCode::OK, body }
    }

    fn problem(problem: &Problem) -> Self {
        Self { status: problem.status, body: serde_json::to_value(problem).unwrap_or_default() }
    }

    /// Stores the answer as the authorisation's last word.
    pub(crate) async fn store(
        &self,
        processor: &Processor,
        reference: &str,
        state: &str,
    ) -> Result<(), Problem> {
        sqlx::query(
            "UPDATE authorizations SET state = $2, http_status = $3, answer = $4 WHERE reference = $1",
        )
        .bind(reference)
        .bind(state)
        .bind(i64::from(self.status.as_u16()))
        .bind(self.body.to_string())
        .execute(processor.database.pool())
        .await?;
        Ok(())
    }

    pub(crate) fn into_response(self) -> Response {
        let media_type =
            if self.status.is_success() { "application/json" } else { "application/problem+json" };
        (self.status, [("content-type", media_type)], self.body.to_string()).into_response()
    }
}

/// `POST /authorizations`
pub(crate) async fn handle(
    State(processor): State<Processor>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .filter(|key| (16..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| malformed("Expected the header Idempotency-Key, 16 to 64 visible characters."))?
        .to_owned();
    if body.len() > LONGEST {
        return Err(malformed("Expected a shorter body.").status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let request: Request =
        serde_json::from_slice(&body).map_err(|_| malformed("Expected an authorisation request."))?;
    // A merchant that hangs up does not undo a payment.
    let work = tokio::spawn(async move { authorize(&processor, &key, request).await });
    work.await.map_err(|error| Problem::internal(&error))?.map(Answer::into_response)
}

async fn authorize(processor: &Processor, key: &str, request: Request) -> Result<Answer, Problem> {
    let reference = format!("auth_{}", random::identifier::<12>()?);
    let payment = serde_json::to_string(&request.payment).map_err(|error| Problem::internal(&error))?;
    let done = sqlx::query(
        "INSERT INTO authorizations (reference, idempotency_key, request, state, tries, created_at) \
         VALUES ($1, $2, $3, 'processing', 0, $4) ON CONFLICT (idempotency_key) DO NOTHING",
    )
    .bind(&reference)
    .bind(key)
    .bind(&payment)
    .bind(clock::seconds())
    .execute(processor.database.pool())
    .await?;
    if done.rows_affected() == 0 {
        return repeat(processor, key, &payment).await;
    }
    let decided = decide(processor, &reference, &request).await;
    let (answer, state) = match decided {
        Ok((answer, state)) => (answer, state),
        Err(problem) => (Answer::problem(&problem), "refused"),
    };
    answer.store(processor, &reference, state).await?;
    forget(processor, &reference, state).await?;
    tracing::info!(reference, state, order = request.payment.order, "authorization");
    Ok(answer)
}

/// The answer that this key got before.
async fn repeat(processor: &Processor, key: &str, payment: &str) -> Result<Answer, Problem> {
    let row =
        sqlx::query("SELECT request, http_status, answer FROM authorizations WHERE idempotency_key = $1")
            .bind(key)
            .fetch_one(processor.database.pool())
            .await?;
    if row.try_get::<&str, _>("request")? != payment {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "processor.idempotency-mismatch",
            "This key was used for another payment",
        ));
    }
    let (Some(status), Some(body)) =
        (row.try_get::<Option<i64>, _>("http_status")?, row.try_get::<Option<String>, _>("answer")?)
    else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "processor.in-progress",
            "This payment is being decided",
        )
        .retry_after(1));
    };
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let body = serde_json::from_str(&body).map_err(|error| Problem::internal(&error))?;
    Ok(Answer { status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body })
}

/// Opens the envelope and lets the card's bank decide.
async fn decide(
    processor: &Processor,
    reference: &str,
    request: &Request,
) -> Result<(Answer, &'static str), Problem> {
    let (behaviour, card) = open(processor, request).await?;
    sqlx::query("UPDATE authorizations SET brand = $2, last_four = $3 WHERE reference = $1")
        .bind(reference)
        .bind(&card.brand)
        .bind(&card.last_four)
        .execute(processor.database.pool())
        .await?;
    let answer =
        |status: &str, reason: Option<&str>| Answer::decision(card.decision(reference, status, reason));
    Ok(match behaviour {
        Behaviour::Approve => (answer("approved", None), "approved"),
        Behaviour::Decline(reason) => (answer("declined", Some(reason)), "declined"),
        Behaviour::Challenge => {
            keep(processor, reference, &request.envelope).await?;
            (answer("challenge", None), "challenge")
        }
        Behaviour::Delay => {
            keep(processor, reference, &request.envelope).await?;
            tokio::time::sleep(processor.delay).await;
            (answer("approved", None), "approved")
        }
    })
}

/// All that is kept of a card.
pub(crate) struct Known {
    pub(crate) brand: String,
    pub(crate) last_four: String,
}

impl Known {
    /// The answer to the merchant.
    pub(crate) fn decision(&self, reference: &str, status: &str, reason: Option<&str>) -> Value {
        let mut body = json!({
            "status": status,
            "reference": reference,
            "brand": self.brand,
            "last_four": self.last_four,
        });
        if let (Some(reason), Some(members)) = (reason, body.as_object_mut()) {
            members.insert("reason".to_owned(), reason.into());
        }
        body
    }
}

async fn open(processor: &Processor, request: &Request) -> Result<(Behaviour, Known), Problem> {
    let Payment { merchant, origin, order, amount, currency } = &request.payment;
    let order = Order::new(order, *amount, currency).map_err(|error| refused(&error))?;
    let expected = Expected { merchant, origin, order: &order, now: clock::seconds() };
    let authentic = processor
        .keys
        .opener()
        .authenticate(&request.envelope, &expected)
        .map_err(|error| refused(&error))?;
    let done = sqlx::query("INSERT INTO opened (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(authentic.id())
        .bind(authentic.expires())
        .execute(processor.database.pool())
        .await?;
    let card = authentic.admit(done.rows_affected() == 1).map_err(|error| refused(&error))?;
    let number = card.number();
    let brand = number.brand().map_or("unknown", |brand| brand.id()).to_owned();
    Ok((behaviour(number.expose_digits()), Known { brand, last_four: number.last_four().to_owned() }))
}

/// Keeps the sealed envelope for as long as the payment is undecided.
async fn keep(processor: &Processor, reference: &str, envelope: &str) -> Result<(), Problem> {
    sqlx::query("INSERT INTO envelopes (reference, envelope, expires_at) VALUES ($1, $2, $3)")
        .bind(reference)
        .bind(envelope)
        .bind(clock::seconds() + LIFETIME)
        .execute(processor.database.pool())
        .await?;
    Ok(())
}

/// Deletes the envelope of a payment that is decided.
async fn forget(processor: &Processor, reference: &str, state: &str) -> Result<(), Problem> {
    if state != "challenge" {
        sqlx::query("DELETE FROM envelopes WHERE reference = $1")
            .bind(reference)
            .execute(processor.database.pool())
            .await?;
    }
    Ok(())
}

/// Declines what was begun before `before` and never decided, because the process that did it ended.
pub(crate) async fn abandon(processor: &Processor, before: i64) -> Result<(), sqlx::Error> {
    let rows =
        sqlx::query("SELECT reference FROM authorizations WHERE state = 'processing' AND created_at < $1")
            .bind(before)
            .fetch_all(processor.database.pool())
            .await?;
    for row in rows {
        let reference: String = row.try_get("reference")?;
        let body = json!({ "status": "declined", "reference": reference, "reason": "processing_error" });
        sqlx::query(
            "UPDATE authorizations SET state = 'declined', http_status = 200, answer = $2 \
             WHERE reference = $1 AND state = 'processing'",
        )
        .bind(&reference)
        .bind(body.to_string())
        .execute(processor.database.pool())
        .await?;
        sqlx::query("DELETE FROM envelopes WHERE reference = $1")
            .bind(&reference)
            .execute(processor.database.pool())
            .await?;
    }
    Ok(())
}

fn malformed(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "input.invalid", "The request was not understood").detail(detail)
}

fn refused(error: &storefront_privacy::Error) -> Problem {
    tracing::info!(code = error.code(), "envelope refused");
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), "The envelope was refused")
        .detail(error.message())
}
