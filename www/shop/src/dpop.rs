//! Sessions bound to a key that does not leave the browser: `DPoP` proofs (RFC 9449) on the routes that scripts call.
//!
//! A session is bound once, right after signing in, by a proof of the key. From then on the account's and the orders' routes
//! under `/api` take nothing without a proof of it: a copied cookie alone is no use there. Pages that are navigated to cannot carry
//! a proof; what they can change is behind a recent sign-in. A session that was never bound works without.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use storefront_privacy::codec::base64url;
use storefront_service::{Database, Problem, clock, random};

use crate::Shop;
use crate::session::Session;

/// How far the time in a proof may be off, in seconds.
const WINDOW: i64 = 300;

/// How long a nonce is handed out, in seconds; it is taken for as long again.
const PERIOD: i64 = 300;

/// The longest proof.
const LONGEST: usize = 2048;

const HEADER: &str = "dpop";
const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Jwk,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    nonce: Option<String>,
}

/// Why a proof is none.
enum Refusal {
    /// There is none, or one without a nonce of ours: the answer carries one.
    Nonce,
    /// It is wrong.
    Wrong(&'static str),
    /// The shop itself failed.
    Failed(Problem),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Looks at the session of every request to the routes it is put around, and at the proof where that session is bound.
pub async fn check(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    // The router has taken off the prefix under which these routes are.
    let path = format!("/api{}", request.uri().path());
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let bound = async {
        let Some(session) = Session::find(&shop, &headers).await.map_err(Refusal::Failed)? else {
            return Ok(());
        };
        let Some(key) = session.key else { return Ok(()) };
        let proved = prove(&shop, &headers, method.as_str(), &path).await?;
        if proved == key { Ok(()) } else { Err(Refusal::Wrong("the proof is of another key")) }
    };
    match bound.await {
        Ok(()) => with_nonce(&shop, next.run(request).await).await,
        Err(refusal) => answer(&shop, refusal).await,
    }
}

/// `POST /api/session/key`: binds the session to the key of the proof. Only right after signing in, and once.
pub async fn bind(State(shop): State<Shop>, session: Session, headers: HeaderMap) -> Response {
    let bound = async {
        session.account().map_err(Refusal::Failed)?;
        let key = prove(&shop, &headers, "POST", "/api/session/key").await?;
        if session.key.is_none() {
            session.recent().map_err(Refusal::Failed)?;
            sqlx::query("UPDATE sessions SET dpop = $1 WHERE id = $2 AND dpop IS NULL")
                .bind(&key)
                .bind(&session.id)
                .execute(shop.database.pool())
                .await?;
        }
        if key_of(&shop, &session).await?.as_ref() == Some(&key) {
            return Ok(());
        }
        let problem =
            Problem::new(StatusCode::CONFLICT, "shop.session-bound", "This session has another key")
                .detail("Sign in again in this browser.");
        Err(Refusal::Failed(problem))
    };
    match bound.await {
        Ok(()) => with_nonce(&shop, crate::api::done()).await,
        Err(refusal) => answer(&shop, refusal).await,
    }
}

async fn key_of(shop: &Shop, session: &Session) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query("SELECT dpop FROM sessions WHERE id = $1")
        .bind(&session.id)
        .fetch_optional(shop.database.pool())
        .await?;
    Ok(row.map(|row| row.try_get("dpop")).transpose()?.flatten())
}

/// The thumbprint of the key that a request proves to hold (RFC 9449 §4.3).
async fn prove(shop: &Shop, headers: &HeaderMap, method: &str, path: &str) -> Result<String, Refusal> {
    let mut proofs = headers.get_all(HEADER).iter();
    let Some(proof) = proofs.next() else { return Err(Refusal::Nonce) };
    if proofs.next().is_some() {
        return Err(Refusal::Wrong("there is more than one proof"));
    }
    let proof = proof.to_str().ok().filter(|proof| proof.len() <= LONGEST);
    let (thumbprint, claims) =
        proof.and_then(verify).ok_or(Refusal::Wrong("the proof is not one, or is not signed by its key"))?;
    let htu = claims.htu.split(['?', '#']).next().unwrap_or_default();
    if claims.htm != method || htu != format!("{}{path}", shop.config.origin) {
        return Err(Refusal::Wrong("the proof is for another request"));
    }
    let nonces = nonces(shop).await?;
    if !claims.nonce.is_some_and(|nonce| nonces.contains(&nonce)) {
        return Err(Refusal::Nonce);
    }
    let now = clock::seconds();
    if claims.iat.abs_diff(now) > WINDOW.unsigned_abs() {
        return Err(Refusal::Wrong("the proof is not of now"));
    }
    let jti = random::hexadecimal(&Sha256::digest(format!("{thumbprint}:{}", claims.jti).as_bytes()));
    let new =
        sqlx::query("INSERT INTO dpop_proofs (jti, expires_at) VALUES ($1, $2) ON CONFLICT (jti) DO NOTHING")
            .bind(jti)
            .bind(now + 2 * WINDOW + 2 * PERIOD)
            .execute(shop.database.pool())
            .await?;
    if new.rows_affected() == 0 {
        return Err(Refusal::Wrong("the proof was used before"));
    }
    Ok(thumbprint)
}

/// The key's thumbprint (RFC 7638) and the claims, if the signature is right.
fn verify(proof: &str) -> Option<(String, Claims)> {
    let (signed, signature) = proof.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&base64url::decode(header).ok()?).ok()?;
    if header.typ != "dpop+jwt"
        || header.alg != "ES256"
        || header.jwk.kty != "EC"
        || header.jwk.crv != "P-256"
    {
        return None;
    }
    let Jwk { x, y, .. } = &header.jwk;
    let mut point = vec![4];
    for coordinate in [x, y] {
        point.extend(base64url::decode(coordinate).ok().filter(|bytes| bytes.len() == 32)?);
    }
    let key = VerifyingKey::from_sec1_bytes(&point).ok()?;
    let signature = Signature::from_slice(&base64url::decode(signature).ok()?).ok()?;
    key.verify(signed.as_bytes(), &signature).ok()?;
    let claims: Claims = serde_json::from_slice(&base64url::decode(claims).ok()?).ok()?;
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    Some((base64url::encode(&Sha256::digest(members.as_bytes())), claims))
}

/// The nonce of now, and the one before it. Every instance of the shop makes the same from a secret in the database.
async fn nonces(shop: &Shop) -> Result<[String; 2], Refusal> {
    let secret = secret(&shop.database).await?;
    let now = clock::seconds().div_euclid(PERIOD);
    Ok([now, now - 1].map(|slot| {
        // SHA-256 over a secret of fixed length at the front and eight bytes: no message is another one's beginning.
        base64url::encode(&Sha256::new().chain_update(&secret).chain_update(slot.to_be_bytes()).finalize())
    }))
}

async fn secret(database: &Database) -> Result<String, Refusal> {
    let stored = || sqlx::query("SELECT value FROM secrets WHERE name = 'dpop-nonce'");
    if let Some(row) = stored().fetch_optional(database.pool()).await? {
        return Ok(row.try_get("value")?);
    }
    let fresh = random::identifier::<32>().map_err(|error| Refusal::Failed(error.into()))?;
    sqlx::query("INSERT INTO secrets (name, value) VALUES ('dpop-nonce', $1) ON CONFLICT (name) DO NOTHING")
        .bind(fresh)
        .execute(database.pool())
        .await?;
    Ok(stored().fetch_one(database.pool()).await?.try_get("value")?)
}

/// The answer with the nonce that the next proof has to carry.
pub async fn with_nonce(shop: &Shop, mut response: Response) -> Response {
    if let Ok([nonce, _]) = nonces(shop).await
        && let Ok(nonce) = HeaderValue::try_from(nonce)
    {
        response.headers_mut().insert(NONCE, nonce);
    }
    response
}

async fn answer(shop: &Shop, refusal: Refusal) -> Response {
    let (problem, error) = match refusal {
        Refusal::Failed(problem) => return problem.into_response(),
        Refusal::Nonce => (proof_needed("Send a proof with the nonce of this answer."), "use_dpop_nonce"),
        Refusal::Wrong(why) => (proof_needed(&format!("Here {why}.")), "invalid_dpop_proof"),
    };
    let mut response = with_nonce(shop, problem.into_response()).await;
    if let Ok(value) = HeaderValue::try_from(format!("DPoP algs=\"ES256\", error=\"{error}\"")) {
        response.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, value);
    }
    response
}

fn proof_needed(detail: &str) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "dpop.proof-invalid",
        "This browser has to prove that it is the one",
    )
    .detail(detail)
}

/// Deletes what is remembered of proofs that no window reaches any more.
///
/// # Errors
///
/// When the database does.
pub async fn sweep(shop: &Shop) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM dpop_proofs WHERE expires_at <= $1")
        .bind(clock::seconds())
        .execute(shop.database.pool())
        .await?;
    Ok(())
}
