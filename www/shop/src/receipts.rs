//! Receipts of consent: countersigned, kept for as long as the shopper likes, and entered in an append-only log.
//!
//! The log holds commitments. What says which receipt a commitment is of, the salt, stands beside the receipt alone and is
//! deleted with it. Nothing here knows an address, a browser's name, a session or an account.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};
use storefront_privacy::Error;
use storefront_privacy::codec::{base64url, json as core};
use storefront_privacy::consent::proof::log::{self, Hash, Range, Subtree};
use storefront_privacy::consent::proof::{Entry, Head, PublicKey, Receipt, Signed, SigningKey};
use storefront_service::client::Client;
use storefront_service::database::Kind;
use storefront_service::{Database, Problem, clock, random};

use crate::{Shop, StartError};

/// Nobody decides later than now; a clock may be a day ahead.
const CLOCK_SKEW: i64 = 86_400;

/// The advisory lock under which one process at a time appends on PostgreSQL.
const APPEND_LOCK: &str = "SELECT pg_advisory_xact_lock(5701946232)";

/// What countersigns.
pub struct Notary {
    key: SigningKey,
    witness: Option<Client>,
}

impl std::fmt::Debug for Notary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Notary").finish_non_exhaustive()
    }
}

impl Notary {
    /// The key of this database: made by whichever instance comes first, the same for all.
    ///
    /// # Errors
    ///
    /// When the database refuses, or the witness's address is none.
    pub async fn open(
        database: &Database,
        witness: Option<&str>,
        timeout: std::time::Duration,
    ) -> Result<Self, StartError> {
        sqlx::query(
            "INSERT INTO receipt_keys (name, secret) VALUES ('receipts', $1) ON CONFLICT (name) DO NOTHING",
        )
        .bind(base64url::encode(&random::bytes::<32>()?))
        .execute(database.pool())
        .await?;
        let row = sqlx::query("SELECT secret FROM receipt_keys WHERE name = 'receipts'")
            .fetch_one(database.pool())
            .await?;
        let secret: String = row.try_get("secret")?;
        let bytes: [u8; 32] =
            base64url::decode(&secret)?.try_into().map_err(|_| "receipt_keys: expected 32 bytes")?;
        let witness = match witness {
            Some(base) => Some(
                Client::new(base, timeout)
                    .ok_or("SHOP_WITNESS: expected an address such as http://127.0.0.1:8085")?,
            ),
            None => None,
        };
        Ok(Self { key: SigningKey::from_bytes(&bytes)?, witness })
    }

    /// Its public half.
    pub fn key(&self) -> PublicKey {
        self.key.public()
    }
}

/// Takes a receipt in. The same one again is fine; another one under its id is not. Gives the shop's answer, and whether the
/// receipt is new.
///
/// # Errors
///
/// `consent.receipt-invalid` when it is no receipt made for this shop, `consent.record-refused` when its id is taken.
pub async fn store(shop: &Shop, body: &[u8]) -> Result<(Value, bool), Problem> {
    let (signed, receipt) = read(shop, body).map_err(|error| refused(&error))?;
    let text = signed.to_value().to_canonical().map_err(|error| refused(&error))?;
    let mut transaction = shop.database.begin().await?;
    if shop.database.kind() == Kind::Postgres {
        sqlx::query(APPEND_LOCK).execute(&mut *transaction).await?;
    }
    let row = sqlx::query("SELECT receipt, entry FROM receipts WHERE id = $1")
        .bind(&receipt.id)
        .fetch_optional(&mut *transaction)
        .await?;
    if let Some(row) = row {
        let (known, entry): (String, String) = (row.try_get("receipt")?, row.try_get("entry")?);
        transaction.commit().await?;
        if known != text {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "consent.record-refused",
                "There is another receipt of this id",
            ));
        }
        return Ok((evidence(shop, &entry).await?, false));
    }
    let entry = append(shop, &mut transaction, &signed).await?;
    sqlx::query("INSERT INTO receipts (id, receipt, entry) VALUES ($1, $2, $3)")
        .bind(&receipt.id)
        .bind(&text)
        .bind(&entry)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok((evidence(shop, &entry).await?, true))
}

fn read(shop: &Shop, body: &[u8]) -> Result<(Signed, Receipt), Error> {
    let value = core::parse_bytes(body)?;
    let signed = Signed::parse(value.get("receipt").unwrap_or(&core::Value::Null), "receipt")?;
    let receipt = Receipt::read(&signed)?;
    let invalid =
        |message: &'static str| Err(Error::new(storefront_privacy::Code::ConsentReceiptInvalid, message));
    if receipt.origin != shop.config.origin {
        return invalid("receipt: expected one made for this shop");
    }
    if receipt.at > clock::seconds() + CLOCK_SKEW {
        return invalid("receipt: expected a time that has come");
    }
    // An older version is one that a browser without a network has kept for us.
    let asked = |standing: &storefront_privacy::consent::proof::Standing| shop.policy.asks(&standing.purpose);
    let whole = receipt.standings.len() == shop.policy.asked().count() && receipt.standings.iter().all(asked);
    if receipt.policy == shop.policy.version && !whole {
        return invalid("receipt: expected exactly the purposes that the policy asks about");
    }
    Ok((signed, receipt))
}

fn refused(error: &Error) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "consent.receipt-invalid", "This is no receipt of consent")
        .detail(error.message())
}

/// Appends a leaf, and gives the countersignature as JSON.
async fn append(shop: &Shop, connection: &mut AnyConnection, signed: &Signed) -> Result<String, Problem> {
    let position = size(connection).await?;
    let left = hashes(connection, &log::appending(position)).await?;
    let entry = Entry {
        origin: shop.config.origin.clone(),
        digest: signed.digest(),
        salt: random::bytes()?,
        position,
        received: clock::seconds(),
    };
    for (subtree, hash) in log::append(position, log::leaf(&entry.commitment()), &left) {
        sqlx::query("INSERT INTO receipt_nodes (level, position, hash) VALUES ($1, $2, $3)")
            .bind(i64::from(subtree.level))
            .bind(integer(subtree.index)?)
            .bind(base64url::encode(&hash))
            .execute(&mut *connection)
            .await?;
    }
    let countersigned = entry.sign(&shop.notary.key).map_err(|error| Problem::internal(&error))?;
    countersigned.to_value().to_canonical().map_err(|error| Problem::internal(&error))
}

async fn size(connection: &mut AnyConnection) -> Result<u64, Problem> {
    let row = sqlx::query("SELECT COALESCE(MAX(position) + 1, 0) AS size FROM receipt_nodes WHERE level = 0")
        .fetch_one(connection)
        .await?;
    u64::try_from(row.try_get::<i64, _>("size")?).map_err(|error| Problem::internal(&error))
}

/// Complete subtrees never change, so that a log that grows meanwhile does no harm.
async fn hashes(connection: &mut AnyConnection, subtrees: &[Subtree]) -> Result<Vec<Hash>, Problem> {
    let mut hashes = Vec::with_capacity(subtrees.len());
    for subtree in subtrees {
        let row = sqlx::query("SELECT hash FROM receipt_nodes WHERE level = $1 AND position = $2")
            .bind(i64::from(subtree.level))
            .bind(integer(subtree.index)?)
            .fetch_one(&mut *connection)
            .await?;
        let text: String = row.try_get("hash")?;
        let bytes = base64url::decode(&text).map_err(|error| Problem::internal(&error))?;
        let hash: Hash = bytes.try_into().map_err(|_| Problem::internal(&"a hash of another length"))?;
        hashes.push(hash);
    }
    Ok(hashes)
}

async fn proof(connection: &mut AnyConnection, ranges: &[Range]) -> Result<Vec<String>, Problem> {
    let mut proof = Vec::with_capacity(ranges.len());
    for range in ranges {
        let hashes = hashes(connection, &range.subtrees()).await?;
        proof.push(base64url::encode(&Range::hash(&hashes).unwrap_or_else(log::empty)));
    }
    Ok(proof)
}

async fn head(shop: &Shop, connection: &mut AnyConnection) -> Result<Head, Problem> {
    let size = size(connection).await?;
    let hashes = hashes(connection, &log::whole(size).subtrees()).await?;
    let root = Range::hash(&hashes).unwrap_or_else(log::empty);
    Ok(Head { origin: shop.config.origin.clone(), size, root, time: clock::seconds() })
}

/// What the shop answers to a receipt: its countersignature, the log's head, the way from one to the other, and what a witness
/// saw.
async fn evidence(shop: &Shop, entry: &str) -> Result<Value, Problem> {
    let mut connection = shop.database.pool().acquire().await?;
    let head = head(shop, &mut connection).await?;
    let parsed = core::parse(entry).and_then(|value| Signed::parse(&value, "receipt-entry"));
    let position =
        parsed.and_then(|signed| Entry::read(&signed)).map_err(|error| Problem::internal(&error))?.position;
    let path = proof(&mut connection, &log::inclusion(position, head.size)).await?;
    let witness = match last_seen(&mut connection).await? {
        Some((size, signed)) if size > position => {
            let path = proof(&mut connection, &log::consistency(size, head.size)).await?;
            json!({ "signed": signed, "proof": path })
        }
        _ => Value::Null,
    };
    let entry: Value = serde_json::from_str(entry).map_err(|error| Problem::internal(&error))?;
    Ok(json!({ "entry": entry, "head": signed(shop, &head)?, "proof": path, "witness": witness }))
}

fn signed(shop: &Shop, head: &Head) -> Result<Value, Problem> {
    let text = head.sign(Head::SHOP, &shop.notary.key).and_then(|signed| signed.to_value().to_canonical());
    let text = text.map_err(|error| Problem::internal(&error))?;
    serde_json::from_str(&text).map_err(|error| Problem::internal(&error))
}

/// The present answer to a receipt that is kept.
///
/// # Errors
///
/// `server.not-found` when there is none, or none any more.
pub async fn find(shop: &Shop, id: &str) -> Result<Value, Problem> {
    let row = sqlx::query("SELECT entry FROM receipts WHERE id = $1")
        .bind(id)
        .fetch_optional(shop.database.pool())
        .await?;
    let entry: String = row.ok_or_else(Problem::not_found)?.try_get("entry")?;
    evidence(shop, &entry).await
}

/// Deletes a receipt and its salt. Its place in the log stays, and says nothing any more.
///
/// # Errors
///
/// `server.not-found` when there is none.
pub async fn erase(shop: &Shop, id: &str) -> Result<(), Problem> {
    let done =
        sqlx::query("DELETE FROM receipts WHERE id = $1").bind(id).execute(shop.database.pool()).await?;
    if done.rows_affected() == 0 { Err(Problem::not_found()) } else { Ok(()) }
}

/// The log's head, and that it still begins with its first `from` entries.
///
/// # Errors
///
/// `input.invalid` when there are fewer.
pub async fn since(shop: &Shop, from: u64) -> Result<Value, Problem> {
    let mut connection = shop.database.pool().acquire().await?;
    let head = head(shop, &mut connection).await?;
    if from > head.size {
        return Err(crate::guard::malformed("The log has fewer entries than that."));
    }
    let path = proof(&mut connection, &log::consistency(from, head.size)).await?;
    Ok(json!({ "from": from, "head": signed(shop, &head)?, "consistency": path }))
}

async fn last_seen(connection: &mut AnyConnection) -> Result<Option<(u64, Value)>, Problem> {
    let row = sqlx::query("SELECT size, signed FROM receipt_witness WHERE name = 'last'")
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let size = u64::try_from(row.try_get::<i64, _>("size")?).map_err(|error| Problem::internal(&error))?;
    let text: String = row.try_get("signed")?;
    Ok(Some((size, serde_json::from_str(&text).map_err(|error| Problem::internal(&error))?)))
}

/// Shows the log to the witness, if there is one and something is new to it, and keeps what it signs. A witness that is away is
/// asked again later: receipts are taken in without it.
///
/// # Errors
///
/// When the database refuses, or the witness does not sign what it was shown.
pub async fn show_to_witness(shop: &Shop) -> Result<(), Problem> {
    let Some(witness) = &shop.notary.witness else { return Ok(()) };
    let mut connection = shop.database.pool().acquire().await?;
    let seen = last_seen(&mut connection).await?.map_or(0, |(size, _)| size);
    let head = head(shop, &mut connection).await?;
    if head.size == seen {
        return Ok(());
    }
    let path = proof(&mut connection, &log::consistency(seen, head.size)).await?;
    let question = json!({ "from": seen, "head": signed(shop, &head)?, "consistency": path });
    let answer = witness.ask(Method::POST, "/heads", &[], Some(&question)).await;
    let (status, answer) = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            tracing::warn!(cause = %failure, "the witness does not answer");
            return Ok(());
        }
    };
    let cosigned = answer.get("signed").cloned().unwrap_or_default();
    let signed = core::parse(&cosigned.to_string()).and_then(|value| Signed::parse(&value, Head::WITNESS));
    let same = |signed: &Signed| {
        Head::read(signed)
            .is_ok_and(|seen| (seen.size, seen.root, &seen.origin) == (head.size, head.root, &head.origin))
    };
    if !status.is_success() || !signed.is_ok_and(|signed| same(&signed)) {
        tracing::error!(status = status.as_u16(), "the witness does not sign the log");
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO receipt_witness (name, size, signed) VALUES ('last', $1, $2) \
         ON CONFLICT (name) DO UPDATE SET size = excluded.size, signed = excluded.signed \
         WHERE receipt_witness.size < excluded.size",
    )
    .bind(integer(head.size)?)
    .bind(cosigned.to_string())
    .execute(&mut *connection)
    .await?;
    Ok(())
}

fn integer(number: u64) -> Result<i64, Problem> {
    i64::try_from(number).map_err(|error| Problem::internal(&error))
}
