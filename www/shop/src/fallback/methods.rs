//! The ways to sign in to an account, what each is worth, and the message when one changes.

use serde_json::{Value, json};
use sqlx::Row as _;
use storefront_privacy::passkey::fallback::assurance::Method;
use storefront_service::{Problem, clock};

use crate::Shop;
use crate::mail;
use crate::session::Account;
use crate::words;

/// The ways that the account has, as the API and the account page show them.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn list(shop: &Shop, account: &Account) -> Result<Vec<Value>, Problem> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM passkeys WHERE account = $1) AS passkeys, \
         (SELECT MAX(last_used_at) FROM passkeys WHERE account = $1) AS passkey_used, \
         (SELECT COUNT(*) FROM totp WHERE account = $1) AS totp, \
         (SELECT MAX(last_used_at) FROM totp WHERE account = $1) AS totp_used, \
         (SELECT MAX(last_used_at) FROM recovery_codes WHERE account = $1) AS recovery_used",
    )
    .bind(&account.id)
    .fetch_one(shop.database.pool())
    .await?;
    let left = super::recovery::left(shop, account).await?;
    let recovery = i64::try_from(left.unwrap_or_default()).unwrap_or_default();
    Ok(vec![
        describe(Method::Passkey, row.try_get("passkeys")?, row.try_get("passkey_used")?),
        describe(Method::Password, 1, None),
        describe(Method::Totp, row.try_get("totp")?, row.try_get("totp_used")?),
        describe(Method::EmailCode, 1, None),
        describe(Method::RecoveryCode, recovery, row.try_get("recovery_used")?),
    ])
}

fn describe(method: Method, count: i64, last_used_at: Option<i64>) -> Value {
    let assurance = method.assurance();
    json!({
        "method": method.as_str(),
        "count": count,
        "last_used_at": last_used_at,
        "phishing_resistant": assurance.phishing_resistant,
        "aal": assurance.aal,
    })
}

/// Tells the owner that a way into the account changed: it may not have been they.
///
/// # Errors
///
/// When the message cannot be sent.
pub async fn tell(shop: &Shop, account: &Account, what: &str) -> Result<(), Problem> {
    let text = format!(
        "Hello {},\n\n{what}\n\nIt happened on {} at {}.\n\nIf it was you, there is nothing to do. If it was not, sign in, change your \
         password, sign out the browsers that you do not know, and look at the ways to sign in: {}/account\n",
        account.name,
        words::minute(clock::seconds()),
        shop.name,
        shop.config.origin,
    );
    mail::send(shop, &account.email, "A way to sign in to your account changed", &text).await
}
