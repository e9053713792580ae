//! The demo shop's backend: accounts, sessions, passkeys, orders and consent records, over SQLite or PostgreSQL.
//!
//! Nothing lives in the process but what was read at start: every instance on one database can answer every request.
//! The shop holds no key that opens a card: sealed envelopes go to the payment processor.

#![deny(missing_docs)]

pub mod accounts;
pub mod api;
pub mod assets;
pub mod cart;
pub mod catalogue;
pub mod config;
pub mod confirmation;
pub mod consent;
pub mod data_requests;
pub mod dpop;
pub mod fallback;
pub mod fields;
pub mod forms;
pub mod guard;
pub mod limits;
pub mod mail;
pub mod orders;
pub mod pages;
pub mod passkey_offer;
pub mod passkey_sign_up;
pub mod passkeys;
pub mod payment;
pub mod receipts;
pub mod schema;
pub mod session;
pub mod words;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post};
use storefront_privacy::consent::Policy;
use storefront_service::client::Client;
use storefront_service::{Database, random};
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

pub use config::Config;

/// What stops a shop from starting.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// A shop that is ready to serve. Clones share one.
#[derive(Debug, Clone)]
pub struct Shop(Arc<Parts>);

/// What a shop is made of.
#[derive(Debug)]
pub struct Parts {
    config: Config,
    database: Database,
    processor: Client,
    webauthn: Webauthn,
    templates: pages::Templates,
    catalogue: catalogue::Catalogue,
    policy: Policy,
    policy_json: String,
    headers: guard::Headers,
    notary: receipts::Notary,
    name: String,
    /// The digest of a password that nobody has: an address without an account is compared with it.
    nobody: String,
}

impl Deref for Shop {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Shop {
    /// Reads the files, opens the database and brings its tables up to date.
    ///
    /// # Errors
    ///
    /// When a file is missing or wrong, or the database cannot be used.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        let file = |name: &str| config.pages.join(name);
        let text =
            std::fs::read_to_string(file("privacy.json")).map_err(|error| naming("privacy.json", &error))?;
        let policy_json = consent::with_tracker(&text, config.tracker.as_deref())?;
        let policy = Policy::parse(&policy_json).map_err(|problems| naming("privacy.json", &problems))?;
        let catalogue = catalogue::Catalogue::read(&file("products.json"))
            .map_err(|error| naming("products.json", &error))?;
        let manifest = assets::Manifest::read(&config.pages);
        let name = policy.controller.name.clone();
        let templates =
            pages::Templates::new(&file("templates"), &manifest, &name, &policy, config.tracker.as_deref());
        let origin = Url::parse(&config.origin)?;
        let host = origin.host_str().ok_or("SHOP_ORIGIN: expected a host")?.to_owned();
        let webauthn = WebauthnBuilder::new(&host, &origin)
            .and_then(|builder| builder.rp_name(&name).build())
            .map_err(|error| naming("SHOP_ORIGIN", &error))?;
        let processor = Client::new(&config.processor, config.processor_timeout)
            .ok_or("PROCESSOR_URL: expected an address such as http://127.0.0.1:8081")?;
        let nobody =
            accounts::hash(random::identifier::<16>()?).await.map_err(|problem| problem.title.clone())?;
        let headers = guard::Headers::new(&config)?;
        let database = Database::open(&config.database, schema::MIGRATIONS).await?;
        let notary =
            receipts::Notary::open(&database, config.witness.as_deref(), config.processor_timeout).await?;
        Ok(Self(Arc::new(Parts {
            config,
            database,
            processor,
            webauthn,
            templates,
            catalogue,
            policy,
            policy_json,
            headers,
            notary,
            name,
            nobody,
        })))
    }

    /// The shop's routes.
    pub fn router(&self) -> Router {
        let bound = Router::new()
            .route("/account/password", post(api::change_password))
            .route("/sessions", get(api::sessions))
            .route("/sessions/{id}", delete(api::revoke))
            .route("/passkeys", get(api::passkeys))
            .route("/passkeys/registration/options", post(api::registration_options))
            .route("/passkeys/registration", post(api::register))
            .route("/passkeys/{id}", patch(api::rename_passkey).delete(api::remove_passkey))
            .route("/sign-in-methods", get(fallback::api::methods))
            .route("/totp/enrolment", post(fallback::api::enrol))
            .route("/totp", post(fallback::api::turn_on).delete(fallback::api::turn_off))
            .route("/recovery-codes", post(fallback::api::recovery_codes))
            .route("/orders", get(api::orders).post(api::draft))
            .route("/orders/{id}", get(api::order))
            .route("/orders/{id}/payment", post(api::pay))
            .route_layer(from_fn_with_state(self.clone(), dpop::check));
        let api = Router::new()
            .route("/session/key", post(dpop::bind))
            .route("/health", get(api::health))
            .route("/session", get(api::session).post(api::sign_in).delete(api::sign_out))
            .route("/accounts", post(api::sign_up))
            .route("/passkeys/authentication/options", post(api::authentication_options))
            .route("/passkeys/authentication", post(api::authenticate))
            .route("/passkeys/sign-up/options", post(api::sign_up_options))
            .route("/passkeys/sign-up", post(api::sign_up_by_passkey))
            .route("/orders/{id}/confirmation/options", post(api::confirmation_options))
            .route("/orders/{id}/confirmation", post(api::confirm))
            .route("/sign-in/codes", post(fallback::api::send_code))
            .route("/sign-in/codes/extension", post(fallback::api::extend))
            .route("/sign-in/codes/verification", post(fallback::api::verify_code))
            .route("/sign-in/second-step", post(fallback::api::second_step))
            .route("/sign-in/recovery", post(fallback::api::recover))
            .route("/payment/keys", get(api::payment_keys))
            .route("/consent-records", post(api::consent_record))
            .route("/receipts", post(api::privacy::receipt))
            .route("/receipts/{id}", get(api::privacy::evidence).delete(api::privacy::erase_receipt))
            .route("/data-requests", get(api::privacy::requests).post(api::privacy::exercise))
            .route("/data-requests/codes", post(api::privacy::request_code))
            .route("/data-requests/{id}", get(api::privacy::request).delete(api::privacy::revoke_request))
            .route("/data-requests/{id}/data", get(api::privacy::request_data))
            .route("/cookies/forget", post(api::privacy::forget_cookies))
            .route("/receipt-log", get(api::privacy::receipt_log))
            .route("/receipt-log/keys", get(api::privacy::receipt_keys))
            .merge(bound);
        Router::new()
            .nest("/api", api)
            .route("/privacy.json", get(api::privacy))
            .route("/.well-known/webauthn", get(api::related_origins))
            .route("/.well-known/passkey-endpoints", get(api::passkey_endpoints))
            .route("/", get(pages::index))
            .route("/products/{slug}", get(pages::product))
            .route("/cart", get(pages::cart).post(forms::cart))
            .route("/sign-up", get(pages::sign_up).post(forms::sign_up))
            .route("/sign-in", get(pages::sign_in).post(forms::sign_in))
            .route("/sign-in/code", get(fallback::pages::code).post(fallback::forms::send_code))
            .route("/sign-in/code/enter", get(fallback::pages::enter).post(fallback::forms::verify_code))
            .route("/sign-in/code/extend", post(fallback::forms::extend))
            .route("/sign-in/second-step", get(fallback::pages::second).post(fallback::forms::second_step))
            .route("/sign-in/recovery", get(fallback::pages::recovery).post(fallback::forms::recover))
            .route("/sign-in/again", get(fallback::pages::again).post(fallback::forms::again))
            .route("/sign-out", post(forms::sign_out))
            .route("/checkout", get(pages::checkout).post(forms::checkout))
            .route("/challenge/{order}", get(pages::challenge).post(forms::challenge))
            .route("/orders/{id}", get(pages::order))
            .route("/account", get(pages::account))
            .route("/account/password", get(pages::password).post(forms::password))
            .route(
                "/account/authenticator",
                get(fallback::pages::authenticator).post(fallback::forms::turn_on),
            )
            .route("/account/authenticator/remove", post(fallback::forms::turn_off))
            .route(
                "/account/recovery-codes",
                get(fallback::pages::recovery_codes).post(fallback::forms::recovery_codes),
            )
            .route("/account/sessions/{id}/revoke", post(forms::revoke))
            .route("/account/passkey-offer", post(passkey_offer::decline))
            .route("/account/passkeys/{id}/remove", post(forms::remove_passkey))
            .route("/privacy", get(pages::privacy))
            .route("/control", get(pages::control))
            .fallback(assets::serve)
            .layer(from_fn_with_state(self.clone(), guard::all))
            .with_state(self.clone())
    }

    /// Deletes what is over: sessions, ceremonies, rate counters.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn sweep(&self) -> Result<(), sqlx::Error> {
        session::sweep(self).await?;
        data_requests::sweep(self).await?;
        dpop::sweep(self).await?;
        limits::sweep(&self.database).await
    }

    /// Sweeps every minute, for as long as the returned task is not aborted.
    pub fn keep_swept(&self) -> tokio::task::JoinHandle<()> {
        let shop = self.clone();
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_mins(1));
            loop {
                interval.tick().await;
                if let Err(error) = shop.sweep().await {
                    tracing::error!(cause = %error, "sweeping failed");
                }
                if let Err(problem) = receipts::show_to_witness(&shop).await {
                    tracing::error!(code = problem.code, "showing the log to its witness failed");
                }
            }
        })
    }

    /// Closes the connections to the database.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

fn naming(what: &str, error: &dyn std::fmt::Display) -> StartError {
    format!("{what}: {error}").into()
}
