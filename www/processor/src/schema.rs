//! The tables. A migration that was released is never changed; the next one is added after it.

/// The migrations, in order.
pub(crate) const MIGRATIONS: &[&str] = &["
CREATE TABLE authorizations (
    reference TEXT NOT NULL PRIMARY KEY,
    idempotency_key TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    http_status BIGINT,
    answer TEXT,
    brand TEXT,
    last_four TEXT,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE envelopes (
    reference TEXT NOT NULL PRIMARY KEY REFERENCES authorizations (reference) ON DELETE CASCADE,
    envelope TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE opened (
    id TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
"];
