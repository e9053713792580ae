//! The privacy policy that the pages show and ask by, and the records of what visitors decided.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;
use sqlx::Row as _;
use storefront_privacy::consent::policy::{Service, StorageKind, Stored};
use storefront_privacy::consent::{Policy, Record};
use storefront_service::{Problem, clock};

use crate::Shop;

/// Where `privacy.json` says that the tracker is. A shop that is told another origin serves the policy with that one.
const TRACKER: &str = "http://localhost:8082";

/// The policy with the tracker where it is. Without a tracker, its service is left out.
///
/// # Errors
///
/// When the file is not JSON.
pub fn with_tracker(text: &str, tracker: Option<&str>) -> Result<String, serde_json::Error> {
    let mut policy: Value = serde_json::from_str(&match tracker {
        Some(origin) => text.replace(TRACKER, origin),
        None => text.to_owned(),
    })?;
    if tracker.is_none() {
        let services = policy.get_mut("services").and_then(Value::as_array_mut);
        if let Some(services) = services {
            services.retain(|service| {
                let origins = service.get("origins").and_then(Value::as_array);
                !origins.is_some_and(|origins| origins.iter().any(|origin| origin == TRACKER))
            });
        }
    }
    serde_json::to_string(&policy)
}

/// Stores a record. The same one again is fine; another one under its identifier is not. Gives whether it is new.
///
/// # Errors
///
/// `consent.record-invalid` when it is not a record under this policy, `consent.record-refused` when its identifier
/// is taken.
pub async fn store(shop: &Shop, body: &[u8]) -> Result<bool, Problem> {
    let invalid = |error: &storefront_privacy::Error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), "This is no record of a decision")
            .detail(error.message())
    };
    let text = std::str::from_utf8(body).map_err(|_| crate::guard::malformed("expected JSON in UTF-8"))?;
    let record = Record::parse(text).map_err(|error| invalid(&error))?;
    let policy: &Policy = &shop.policy;
    record.check(policy).map_err(|error| invalid(&error))?;
    let text = record.to_json();
    let done = sqlx::query(
        "INSERT INTO consent_records (id, record, received_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&record.id)
    .bind(&text)
    .bind(clock::seconds())
    .execute(shop.database.pool())
    .await?;
    if done.rows_affected() == 1 {
        return Ok(true);
    }
    let rows = sqlx::query("SELECT record FROM consent_records WHERE id = $1")
        .bind(&record.id)
        .fetch_all(shop.database.pool())
        .await?;
    let stored: Option<String> = rows.first().map(|row| row.try_get("record")).transpose()?;
    if stored.as_deref() == Some(text.as_str()) {
        return Ok(false);
    }
    Err(Problem::new(StatusCode::CONFLICT, "consent.record-refused", "There is another record of this id"))
}

/// The cookies that came with a request and that only these services of the policy keep, and what makes a browser forget them in
/// every form in which the shop may have set them: without a domain, and for each domain above the shop's.
pub fn forget(shop: &Shop, headers: &HeaderMap, services: &[String]) -> (Vec<String>, Vec<HeaderValue>) {
    let cookie = |item: &&Stored| item.kind == StorageKind::Cookie;
    let of = |wanted: bool| {
        let chosen = move |service: &&Service| {
            (shop.policy.is_gated(service) && services.contains(&service.id)) == wanted
        };
        shop.policy.services.iter().filter(chosen).flat_map(|service| service.sets.iter().filter(cookie))
    };
    let fits = |name: &str, pattern: &str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    };
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut found: Vec<String> = Vec::new();
    for pair in sent.flat_map(|value| value.split(';')) {
        let name = pair.split('=').next().unwrap_or_default().trim();
        let ended =
            of(true).any(|item| fits(name, &item.name)) && !of(false).any(|item| fits(name, &item.name));
        if ended && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    let host =
        shop.config.origin.split("://").last().and_then(|rest| rest.split(':').next()).unwrap_or_default();
    let mut domains = vec![String::new()];
    domains.extend(
        host.match_indices('.')
            .filter_map(|(at, _)| host.get(at + 1..))
            .map(|above| format!("; Domain={above}")),
    );
    domains.push(format!("; Domain={host}"));
    let secure =
        if shop.config.is_secure() { &["", "; Secure; SameSite=None; Partitioned"][..] } else { &[""] };
    let mut forgetting = Vec::new();
    for name in &found {
        for domain in &domains {
            for form in secure {
                let text = format!("{name}=; Path=/; Max-Age=0{domain}{form}");
                forgetting.extend(HeaderValue::try_from(text));
            }
        }
    }
    (found, forgetting)
}
