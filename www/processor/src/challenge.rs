//! Challenges: the bank asks its customer for a code before it pays.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::Row as _;
use storefront_service::{Problem, clock};

use crate::Processor;
use crate::authorize::{Answer, Known};

/// The code that the simulated bank sends to everyone.
pub(crate) const CODE: &str = "123456";

/// How many wrong codes the bank puts up with.
const TRIES: i64 = 3;

#[derive(Deserialize)]
struct Request {
    code: String,
}

/// `POST /authorizations/{reference}/challenge`
pub(crate) async fn handle(
    State(processor): State<Processor>,
    Path(reference): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let request: Request = serde_json::from_slice(&body).map_err(|_| {
        Problem::new(StatusCode::BAD_REQUEST, "input.invalid", "The request was not understood")
            .detail("Expected a code.")
    })?;
    answer(&processor, &reference, &request.code).await.map(Answer::into_response)
}

/// `GET /authorizations/{reference}`
pub(crate) async fn show(
    State(processor): State<Processor>,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    let row = sqlx::query("SELECT http_status, answer FROM authorizations WHERE reference = $1")
        .bind(&reference)
        .fetch_optional(processor.database.pool())
        .await?
        .ok_or_else(Problem::not_found)?;
    let (status, body) =
        (row.try_get::<Option<i64>, _>("http_status")?, row.try_get::<Option<String>, _>("answer")?);
    match (status, body.and_then(|body| serde_json::from_str(&body).ok())) {
        (Some(200), Some(body)) => Ok(Answer::decision(body).into_response()),
        _ => Err(closed()),
    }
}

/// What the bank makes of its customer's code.
pub(crate) async fn answer(processor: &Processor, reference: &str, code: &str) -> Result<Answer, Problem> {
    let row = sqlx::query("SELECT state, brand, last_four, answer FROM authorizations WHERE reference = $1")
        .bind(reference)
        .fetch_optional(processor.database.pool())
        .await?
        .ok_or_else(Problem::not_found)?;
    let text = |name: &str| row.try_get::<Option<String>, _>(name).map(Option::unwrap_or_default);
    let (state, answer) = (text("state")?, text("answer")?);
    let card = Known { brand: text("brand")?, last_four: text("last_four")? };
    if state != "challenge" {
        let body = serde_json::from_str(&answer).map_err(|_| closed())?;
        return if state == "approved" || state == "declined" {
            Ok(Answer::decision(body))
        } else {
            Err(closed())
        };
    }
    let (state, reason) = if code == CODE {
        // Whoever takes the envelope makes the payment; nobody else does.
        if take(processor, reference).await? { ("approved", None) } else { return Err(closed()) }
    } else if fail(processor, reference).await? < TRIES {
        return Ok(Answer::decision(card.decision(reference, "challenge", Some("code_wrong"))));
    } else {
        take(processor, reference).await?;
        ("declined", Some("challenge_failed"))
    };
    let answer = Answer::decision(card.decision(reference, state, reason));
    answer.store(processor, reference, state).await?;
    tracing::info!(reference, state, "challenge answered");
    Ok(answer)
}

/// Deletes the envelope, and tells whether it was there and in time.
async fn take(processor: &Processor, reference: &str) -> Result<bool, Problem> {
    let rows =
        sqlx::query("DELETE FROM envelopes WHERE reference = $1 AND expires_at > $2 RETURNING reference")
            .bind(reference)
            .bind(clock::seconds())
            .fetch_all(processor.database.pool())
            .await?;
    Ok(!rows.is_empty())
}

/// Counts a wrong code.
async fn fail(processor: &Processor, reference: &str) -> Result<i64, Problem> {
    let rows =
        sqlx::query("UPDATE authorizations SET tries = tries + 1 WHERE reference = $1 RETURNING tries")
            .bind(reference)
            .fetch_all(processor.database.pool())
            .await?;
    Ok(rows.first().map_or(Ok(TRIES), |row| row.try_get("tries"))?)
}

/// Declines what waited for a code until its envelope expired.
pub(crate) async fn expire(processor: &Processor, now: i64) -> Result<(), sqlx::Error> {
    let rows = sqlx::query(
        "SELECT a.reference, a.brand, a.last_four FROM authorizations a \
         JOIN envelopes e ON e.reference = a.reference WHERE a.state = 'challenge' AND e.expires_at <= $1",
    )
    .bind(now)
    .fetch_all(processor.database.pool())
    .await?;
    for row in rows {
        let reference: String = row.try_get("reference")?;
        let card = Known { brand: row.try_get("brand")?, last_four: row.try_get("last_four")? };
        let body = card.decision(&reference, "declined", Some("challenge_expired"));
        sqlx::query(
            "UPDATE authorizations SET state = 'declined', answer = $2 WHERE reference = $1 AND state = 'challenge'",
        )
        .bind(&reference)
        .bind(body.to_string())
        .execute(processor.database.pool())
        .await?;
    }
    Ok(())
}

fn closed() -> Problem {
    Problem::new(StatusCode::CONFLICT, "processor.challenge-closed", "No code is waited for")
}
