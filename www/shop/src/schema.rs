//! The tables. A migration that was released is never changed; the next one is added after it.

/// The migrations, in order.
pub const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    authenticated_at BIGINT,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account);
CREATE TABLE cart_lines (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    product TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (session, product)
);
CREATE TABLE ceremonies (
    id TEXT NOT NULL PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE passkeys (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkeys_of_account ON passkeys (account);
CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    session TEXT NOT NULL,
    account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    contact TEXT,
    attempt TEXT,
    received TEXT,
    reference TEXT,
    brand TEXT,
    last_four TEXT,
    reason TEXT,
    created_at BIGINT NOT NULL,
    placed_at BIGINT
);
CREATE INDEX orders_of_session ON orders (session);
CREATE INDEX orders_of_account ON orders (account);
CREATE TABLE consent_records (
    id TEXT NOT NULL PRIMARY KEY,
    record TEXT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE TABLE rate_limits (
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    slot BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (action, subject, slot)
);
",
    "
CREATE TABLE receipts (
    id TEXT NOT NULL PRIMARY KEY,
    receipt TEXT NOT NULL,
    entry TEXT NOT NULL
);
CREATE TABLE receipt_nodes (
    level BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (level, position)
);
CREATE TABLE receipt_keys (
    name TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);
CREATE TABLE receipt_witness (
    name TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    signed TEXT NOT NULL
);
",
    "
CREATE TABLE data_requests (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    email TEXT,
    action TEXT NOT NULL,
    regime TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    detail TEXT,
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX data_requests_of_account ON data_requests (account);
CREATE TABLE data_request_codes (
    email TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    tries BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
",
    "
CREATE TABLE totp (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE TABLE totp_enrolments (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE recovery_codes (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hashes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE TABLE email_codes (
    session TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    tries BIGINT NOT NULL,
    extensions BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE second_steps (
    session TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    next TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
",
    "
ALTER TABLE sessions ADD COLUMN dpop TEXT;
CREATE TABLE dpop_proofs (
    jti TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
",
    "
ALTER TABLE passkeys ADD COLUMN aaguid TEXT;
",
    "
ALTER TABLE accounts ADD COLUMN passkey_declined_at BIGINT;
",
];
