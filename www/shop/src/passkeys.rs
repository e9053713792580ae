//! The relying party: passkey ceremonies, and the passkeys of an account.
//!
//! A ceremony is a row that belongs to a session. Finishing it deletes the row in the same statement that reads it, so
//! that a response is looked at once, whichever instance of the shop it reaches.

use axum::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};
use storefront_privacy::passkey::AttestationObject;
use storefront_service::{Problem, clock, random};
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Uuid, WebauthnError,
};

use crate::Shop;
use crate::accounts;
use crate::fields;
use crate::session::{Account, Session};

/// How long a ceremony may take, in seconds.
const LIFETIME: i64 = 300;

/// The most passkeys of one account.
const MOST: usize = 20;

/// What a ceremony is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Registration,
    Authentication,
    /// An account that is made with its first passkey.
    SignUp,
    /// An order that is being confirmed.
    Confirmation,
    /// An order that was.
    Confirmed,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Authentication => "authentication",
            Self::SignUp => "sign-up",
            Self::Confirmation => "confirmation",
            Self::Confirmed => "confirmed",
        }
    }
}

/// Begins to add a passkey to an account.
///
/// # Errors
///
/// When the account has as many as it may have, or the database refuses.
pub async fn begin_registration(shop: &Shop, session: &Session, account: &Account) -> Result<Value, Problem> {
    let known = of_account(shop, &account.id).await?;
    if known.len() >= MOST {
        return Err(Problem::new(StatusCode::CONFLICT, "shop.passkeys-full", "There are enough passkeys")
            .detail("Remove one that you no longer use before you add another."));
    }
    let handle = Uuid::parse_str(&account.id).map_err(|error| Problem::internal(&error))?;
    let exclude: Vec<CredentialID> = known.iter().map(|(_, passkey)| passkey.cred_id().clone()).collect();
    let (options, state) = registration(shop, handle, account, exclude)?;
    let ceremony = store(shop, session, Kind::Registration, &state).await?;
    Ok(json!({ "ceremony": ceremony, "publicKey": options.get("publicKey") }))
}

/// The options of a registration, and what is kept of it.
pub(crate) fn registration(
    shop: &Shop,
    handle: Uuid,
    account: &Account,
    exclude: Vec<CredentialID>,
) -> Result<(Value, PasskeyRegistration), Problem> {
    let (options, state) = shop
        .webauthn
        .start_passkey_registration(handle, &account.email, &account.name, Some(exclude))
        .map_err(|error| Problem::internal(&error))?;
    let mut options = serde_json::to_value(options).map_err(|error| Problem::internal(&error))?;
    // The library asks for "discouraged", and a passkey that is not discoverable is never offered by autofill.
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
        merge(selection, json!({ "residentKey": "required", "requireResidentKey": true }));
    }
    Ok((options, state))
}

/// Finishes adding a passkey.
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.response-invalid` or `passkey.already-registered`.
pub async fn finish_registration(
    shop: &Shop,
    session: &Session,
    account: &Account,
    ceremony: &str,
    credential: Value,
    name: Option<&str>,
) -> Result<Value, Problem> {
    let name = fields::line("name", name.unwrap_or("Passkey"), 60)?;
    let state: PasskeyRegistration = take(shop, session, Kind::Registration, ceremony).await?;
    let made = Made::verify(shop, &state, credential)?;
    let mut connection = shop.database.pool().acquire().await?;
    let created_at = made.keep(&mut connection, &account.id, &name).await?;
    Ok(json!({
        "id": made.id, "name": name, "aaguid": made.aaguid, "created_at": created_at, "last_used_at": null,
    }))
}

/// A passkey that was made and verified, and is not kept yet.
pub(crate) struct Made {
    id: String,
    aaguid: Option<String>,
    passkey: Passkey,
}

impl Made {
    pub(crate) fn verify(
        shop: &Shop,
        state: &PasskeyRegistration,
        credential: Value,
    ) -> Result<Self, Problem> {
        let response: RegisterPublicKeyCredential =
            serde_json::from_value(credential).map_err(|_| refused())?;
        let passkey =
            shop.webauthn.finish_passkey_registration(&response, state).map_err(|error| failed(&error))?;
        // Whose it is, for the list: nothing is decided by it, and nothing vouches for it.
        let attestation = AttestationObject::read(response.response.attestation_object.as_ref());
        let aaguid = attestation.ok().and_then(|object| object.authenticator_data.attested);
        let aaguid = aaguid
            .map(|attested| attested.aaguid())
            .filter(|aaguid| aaguid.contains(|digit| !matches!(digit, '0' | '-')));
        Ok(Self { id: identifier(passkey.cred_id()), aaguid, passkey })
    }

    pub(crate) async fn keep(
        &self,
        connection: &mut AnyConnection,
        account: &str,
        name: &str,
    ) -> Result<i64, Problem> {
        let now = clock::seconds();
        let done = sqlx::query(
            "INSERT INTO passkeys (id, account, name, credential, created_at, aaguid) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&self.id)
        .bind(account)
        .bind(name)
        .bind(encode(&self.passkey)?)
        .bind(now)
        .bind(&self.aaguid)
        .execute(connection)
        .await?;
        if done.rows_affected() > 0 {
            return Ok(now);
        }
        let title = "This passkey is in use already";
        Err(Problem::new(StatusCode::CONFLICT, "passkey.already-registered", title))
    }
}

/// Begins to sign in with whatever passkey the visitor has for this shop.
///
/// # Errors
///
/// When the database refuses.
pub async fn begin_authentication(shop: &Shop, session: &Session) -> Result<Value, Problem> {
    let (options, state) =
        shop.webauthn.start_discoverable_authentication().map_err(|error| Problem::internal(&error))?;
    let options = serde_json::to_value(options).map_err(|error| Problem::internal(&error))?;
    let ceremony = store(shop, session, Kind::Authentication, &state).await?;
    Ok(json!({ "ceremony": ceremony, "publicKey": options.get("publicKey") }))
}

/// Finishes signing in: whose passkey it was.
///
/// # Errors
///
/// `shop.ceremony-unknown`, `passkey.credential-unknown` or `passkey.response-invalid`.
pub async fn finish_authentication(
    shop: &Shop,
    session: &Session,
    ceremony: &str,
    credential: Value,
) -> Result<Account, Problem> {
    let state: DiscoverableAuthentication = take(shop, session, Kind::Authentication, ceremony).await?;
    let response: PublicKeyCredential = serde_json::from_value(credential).map_err(|_| refused())?;
    let (handle, id) =
        shop.webauthn.identify_discoverable_authentication(&response).map_err(|error| failed(&error))?;
    let id = storefront_privacy::codec::base64url::encode(id);
    let owner = handle.hyphenated().to_string();
    let row = sqlx::query("SELECT credential FROM passkeys WHERE id = $1 AND account = $2")
        .bind(&id)
        .bind(&owner)
        .fetch_optional(shop.database.pool())
        .await?
        .ok_or_else(unknown)?;
    let key = DiscoverableKey::from(&decode(row.try_get("credential")?)?);
    let result = shop
        .webauthn
        .finish_discoverable_authentication_v2(&response, state, &key)
        .map_err(|error| failed(&error))?;
    used(shop, &result).await?;
    accounts::find(shop, &owner).await?.ok_or_else(unknown)
}

/// The account's passkeys, as the API and the account page show them.
///
/// # Errors
///
/// When the database cannot be asked.
pub async fn list(shop: &Shop, account: &Account) -> Result<Vec<Value>, Problem> {
    let rows = sqlx::query(
        "SELECT id, name, aaguid, created_at, last_used_at FROM passkeys WHERE account = $1 ORDER BY created_at, id",
    )
    .bind(&account.id)
    .fetch_all(shop.database.pool())
    .await?;
    rows.iter().map(describe).collect()
}

/// Gives a passkey another name.
///
/// # Errors
///
/// `server.not-found` when the account has no such passkey, `input.*` when the name is not one.
pub async fn rename(shop: &Shop, account: &Account, id: &str, name: &str) -> Result<Value, Problem> {
    let name = fields::line("name", name, 60)?;
    let rows = sqlx::query(
        "UPDATE passkeys SET name = $1 WHERE id = $2 AND account = $3 \
         RETURNING id, name, aaguid, created_at, last_used_at",
    )
    .bind(name)
    .bind(id)
    .bind(&account.id)
    .fetch_all(shop.database.pool())
    .await?;
    rows.first().map_or_else(|| Err(Problem::not_found()), describe)
}

/// Removes a passkey: it signs nobody in from now on.
///
/// # Errors
///
/// `server.not-found` when the account has no such passkey.
pub async fn remove(shop: &Shop, account: &Account, id: &str) -> Result<(), Problem> {
    let done = sqlx::query("DELETE FROM passkeys WHERE id = $1 AND account = $2")
        .bind(id)
        .bind(&account.id)
        .execute(shop.database.pool())
        .await?;
    if done.rows_affected() == 0 { Err(Problem::not_found()) } else { Ok(()) }
}

/// Notes that a passkey was used, outside of signing in.
pub(crate) async fn used(shop: &Shop, result: &AuthenticationResult) -> Result<(), Problem> {
    let id = identifier(result.cred_id());
    let row = sqlx::query("SELECT credential FROM passkeys WHERE id = $1")
        .bind(&id)
        .fetch_optional(shop.database.pool())
        .await?
        .ok_or_else(unknown)?;
    let mut passkey = decode(row.try_get("credential")?)?;
    passkey.update_credential(result);
    sqlx::query("UPDATE passkeys SET credential = $1, last_used_at = $2 WHERE id = $3")
        .bind(encode(&passkey)?)
        .bind(clock::seconds())
        .bind(&id)
        .execute(shop.database.pool())
        .await?;
    Ok(())
}

/// The account as whoever keeps its passkeys knows it: the user handle, and what it is called.
///
/// # Errors
///
/// When the account's identifier is none.
pub fn user(account: &Account) -> Result<Value, Problem> {
    let handle = Uuid::parse_str(&account.id).map_err(|error| Problem::internal(&error))?;
    let id = storefront_privacy::codec::base64url::encode(handle.as_bytes());
    Ok(json!({ "id": id, "name": account.email, "displayName": account.name }))
}

pub(crate) async fn store<T: Serialize>(
    shop: &Shop,
    session: &Session,
    kind: Kind,
    state: &T,
) -> Result<String, Problem> {
    let id = random::identifier::<16>()?;
    let state = serde_json::to_string(state).map_err(|error| Problem::internal(&error))?;
    sqlx::query("INSERT INTO ceremonies (id, session, kind, state, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(&id)
        .bind(&session.id)
        .bind(kind.as_str())
        .bind(state)
        .bind(clock::seconds() + LIFETIME)
        .execute(shop.database.pool())
        .await?;
    Ok(id)
}

pub(crate) async fn take<T: DeserializeOwned>(
    shop: &Shop,
    session: &Session,
    kind: Kind,
    id: &str,
) -> Result<T, Problem> {
    let rows = sqlx::query(
        "DELETE FROM ceremonies WHERE id = $1 AND session = $2 AND kind = $3 AND expires_at > $4 \
         RETURNING state",
    )
    .bind(id)
    .bind(&session.id)
    .bind(kind.as_str())
    .bind(clock::seconds())
    .fetch_all(shop.database.pool())
    .await?;
    let state: String = rows
        .first()
        .ok_or_else(|| {
            Problem::new(
                StatusCode::CONFLICT,
                "shop.ceremony-unknown",
                "This took too long, or was done before",
            )
            .detail("Please start again.")
        })?
        .try_get("state")?;
    serde_json::from_str(&state).map_err(|error| Problem::internal(&error))
}

pub(crate) async fn of_account(shop: &Shop, account: &str) -> Result<Vec<(String, Passkey)>, Problem> {
    let rows = sqlx::query("SELECT id, credential FROM passkeys WHERE account = $1")
        .bind(account)
        .fetch_all(shop.database.pool())
        .await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, decode(row.try_get("credential")?)?))).collect()
}

fn describe(row: &sqlx::any::AnyRow) -> Result<Value, Problem> {
    Ok(json!({
        "id": row.try_get::<String, _>("id")?,
        "name": row.try_get::<String, _>("name")?,
        "aaguid": row.try_get::<Option<String>, _>("aaguid")?,
        "created_at": row.try_get::<i64, _>("created_at")?,
        "last_used_at": row.try_get::<Option<i64>, _>("last_used_at")?,
    }))
}

fn identifier(id: &CredentialID) -> String {
    storefront_privacy::codec::base64url::encode(id.as_ref())
}

fn encode(passkey: &Passkey) -> Result<String, Problem> {
    serde_json::to_string(passkey).map_err(|error| Problem::internal(&error))
}

fn decode(text: &str) -> Result<Passkey, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::internal(&error))
}

fn merge(into: &mut Value, from: Value) {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
}

fn unknown() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "passkey.credential-unknown", "This passkey opens no account here")
        .detail("It may have been removed. Sign in another way, and delete it from your device.")
}

pub(crate) fn refused() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "passkey.response-invalid",
        "The passkey's answer was not accepted",
    )
}

pub(crate) fn failed(error: &WebauthnError) -> Problem {
    tracing::info!(cause = %error, "passkey refused");
    refused()
}
