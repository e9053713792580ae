//! How often something may be done. The counters are rows, so that every instance of the shop counts together.

use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use storefront_service::{Database, Problem, clock, random};

/// At most `hits` times within `seconds`.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    action: &'static str,
    hits: i64,
    seconds: i64,
}

impl Limit {
    /// Passwords tried for one account.
    pub const SIGN_IN: Self = Self { action: "sign-in", hits: 10, seconds: 600 };
    /// Passwords tried from one address.
    pub const SIGN_IN_ADDRESS: Self = Self { action: "sign-in-address", hits: 120, seconds: 600 };
    /// Accounts made from one address.
    pub const SIGN_UP: Self = Self { action: "sign-up", hits: 60, seconds: 600 };
    /// Passkey ceremonies begun in one session.
    pub const CEREMONY: Self = Self { action: "ceremony", hits: 60, seconds: 600 };
    /// Passkey ceremonies begun from one address, whatever the session.
    pub const CEREMONY_ADDRESS: Self = Self { action: "ceremony-address", hits: 600, seconds: 600 };
    /// Codes sent to one e-mail address.
    pub const EMAIL_CODE: Self = Self { action: "email-code", hits: 5, seconds: 600 };
    /// Codes by e-mail asked for from one address.
    pub const EMAIL_CODE_ADDRESS: Self = Self { action: "email-code-address", hits: 60, seconds: 600 };
    /// Codes of an authenticator tried for one account.
    pub const CODE: Self = Self { action: "code", hits: 10, seconds: 600 };
    /// Codes of any kind tried from one address.
    pub const CODE_ADDRESS: Self = Self { action: "code-address", hits: 120, seconds: 600 };
    /// Recovery codes tried for one e-mail address.
    pub const RECOVERY: Self = Self { action: "recovery", hits: 10, seconds: 600 };
    /// Recovery codes tried from one address.
    pub const RECOVERY_ADDRESS: Self = Self { action: "recovery-address", hits: 60, seconds: 600 };
    /// Consent records from one address.
    pub const CONSENT: Self = Self { action: "consent", hits: 120, seconds: 600 };
    /// Requests about data from one address.
    pub const REQUEST: Self = Self { action: "data-request", hits: 30, seconds: 600 };
    /// Codes for such requests mailed to one person.
    pub const REQUEST_CODE: Self = Self { action: "request-code", hits: 5, seconds: 600 };
    /// Codes for such requests asked for from one address.
    pub const REQUEST_CODE_ADDRESS: Self = Self { action: "request-code-address", hits: 60, seconds: 600 };
    /// Payments tried for one order.
    pub const PAYMENT: Self = Self { action: "payment", hits: 12, seconds: 600 };
    /// Payments tried from one address: stolen card numbers are tried out in shops.
    pub const PAYMENT_ADDRESS: Self = Self { action: "payment-address", hits: 120, seconds: 600 };

    /// Counts one more for `subject`, which is stored as a digest only.
    ///
    /// # Errors
    ///
    /// `shop.too-many-requests` with the seconds to wait.
    pub async fn take(self, database: &Database, subject: &str) -> Result<(), Problem> {
        let now = clock::seconds();
        let slot = now.div_euclid(self.seconds);
        let rows = sqlx::query(
            "INSERT INTO rate_limits (action, subject, slot, hits) VALUES ($1, $2, $3, 1) \
             ON CONFLICT (action, subject, slot) DO UPDATE SET hits = rate_limits.hits + 1 RETURNING hits",
        )
        .bind(self.action)
        .bind(random::hexadecimal(&Sha256::digest(subject.as_bytes())))
        .bind(slot)
        .fetch_all(database.pool())
        .await?;
        let hits: i64 = rows.first().map_or(Ok(0), |row| row.try_get("hits"))?;
        if hits <= self.hits {
            return Ok(());
        }
        let wait = (slot + 1) * self.seconds - now;
        tracing::warn!(action = self.action, "rate limit reached");
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "shop.too-many-requests", "Too many attempts")
            .detail(format!("Please wait {} before you try again.", in_words(wait)))
            .retry_after(wait))
    }
}

fn in_words(seconds: i64) -> String {
    match seconds {
        ..=60 => "a minute".to_owned(),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}

/// Deletes counters that no limit looks at any more.
///
/// # Errors
///
/// When the database does.
pub async fn sweep(database: &Database) -> Result<(), sqlx::Error> {
    // Every limit counts within ten minutes.
    let oldest = clock::seconds().div_euclid(600) - 1;
    sqlx::query("DELETE FROM rate_limits WHERE slot < $1").bind(oldest).execute(database.pool()).await?;
    Ok(())
}
