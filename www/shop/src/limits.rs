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

    /// Counts one more for `subject`, which is stored as a digest only. What is refused is not counted, so whoever
    /// waits as long as the answer says gets in.
    ///
    /// # Errors
    ///
    /// `shop.too-many-requests` with the seconds to wait.
    pub async fn take(self, database: &Database, subject: &str) -> Result<(), Problem> {
        let subject = random::hexadecimal(&Sha256::digest(subject.as_bytes()));
        let now = clock::seconds();
        let slot = now.div_euclid(self.seconds);
        let mut window = Window { previous: 0, current: 0, elapsed: now - slot * self.seconds };
        let rows = sqlx::query(
            "SELECT slot, hits FROM rate_limits WHERE action = $1 AND subject = $2 AND slot IN ($3, $4)",
        )
        .bind(self.action)
        .bind(&subject)
        .bind(slot - 1)
        .bind(slot)
        .fetch_all(database.pool())
        .await?;
        for row in rows {
            let hits = row.try_get("hits")?;
            *if row.try_get::<i64, _>("slot")? == slot {
                &mut window.current
            } else {
                &mut window.previous
            } = hits;
        }
        let room = self.room(&window);
        if room > 0 {
            // Counted and compared in one statement: of many at once, no more than there is room for get through.
            let counted = sqlx::query(
                "INSERT INTO rate_limits (action, subject, slot, hits) VALUES ($1, $2, $3, 1) \
                 ON CONFLICT (action, subject, slot) DO UPDATE SET hits = rate_limits.hits + 1 \
                 WHERE rate_limits.hits < $4",
            )
            .bind(self.action)
            .bind(&subject)
            .bind(slot)
            .bind(room)
            .execute(database.pool())
            .await?;
            if counted.rows_affected() == 1 {
                return Ok(());
            }
            window.current = window.current.max(room);
        }
        let wait = self.wait(&window);
        tracing::warn!(action = self.action, "rate limit reached");
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "shop.too-many-requests", "Too many attempts")
            .detail(format!("Please wait {} before you try again.", in_words(wait)))
            .retry_after(wait))
    }

    /// How many the slot of now may hold. Of the one before, as many still count as lie within the window if they
    /// came evenly: a limit that began anew with each slot would let twice as many through around its beginning.
    fn room(self, window: &Window) -> i64 {
        let counting = window.previous * (self.seconds - window.elapsed);
        self.hits - (counting + self.seconds - 1).div_euclid(self.seconds)
    }

    /// Seconds until one more has room, if nobody else takes it.
    fn wait(self, window: &Window) -> i64 {
        // After so many seconds of a slot no more than `free` of the one before count.
        let after = |previous: i64, free: i64| match previous {
            0 => 0,
            _ => (self.seconds - free * self.seconds / previous).max(0),
        };
        let free = self.hits - 1 - window.current;
        let wait = match free {
            0.. if window.previous > 0 => after(window.previous, free) - window.elapsed,
            _ => self.seconds - window.elapsed + after(window.current, self.hits - 1),
        };
        wait.max(1)
    }
}

/// What was counted in the slot of now and in the one before, and the seconds of this slot that are over.
struct Window {
    previous: i64,
    current: i64,
    elapsed: i64,
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

#[cfg(test)]
mod tests {
    use super::{Limit, Window};

    /// The window of the same counts some seconds later.
    fn later(window: &Window, seconds: i64, slot: i64) -> Window {
        let elapsed = window.elapsed + seconds;
        let current = if elapsed < slot { window.current } else { 0 };
        let previous = match elapsed / slot {
            0 => window.previous,
            1 => window.current,
            _ => 0,
        };
        Window { previous, current, elapsed: elapsed % slot }
    }

    #[test]
    fn the_answer_says_exactly_how_long_to_wait() {
        for hits in 1..=5 {
            let limit = Limit { action: "test", hits, seconds: 30 };
            for (previous, current, elapsed) in (0..=hits)
                .flat_map(|p| (0..=hits).map(move |c| (p, c)))
                .flat_map(|(p, c)| (0..30).map(move |e| (p, c, e)))
            {
                let window = Window { previous, current, elapsed };
                let has_room = |after| {
                    let window = later(&window, after, 30);
                    window.current < limit.room(&window)
                };
                if has_room(0) {
                    continue;
                }
                let wait = limit.wait(&window);
                assert!(has_room(wait), "{hits}: {previous} {current} {elapsed}: {wait}");
                assert!(!has_room(wait - 1), "{hits}: {previous} {current} {elapsed}: {wait}");
            }
        }
    }

    #[test]
    fn a_new_slot_does_not_begin_anew() {
        let limit = Limit { action: "test", hits: 10, seconds: 600 };
        let room = |previous, elapsed| limit.room(&Window { previous, current: 0, elapsed });
        assert_eq!([room(0, 0), room(10, 0), room(10, 59), room(10, 60), room(10, 599)], [10, 0, 0, 1, 9]);
    }
}
