//! webauthn-rs as a verifier for the conformance tests: one JSON request a line, one JSON answer a line.
//!
//! It takes the library's core, because the paved path above it asks for verification of the visitor always, and a U2F key
//! has none to give.

use std::io::{BufRead as _, Write as _};
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticationState, COSEAlgorithm, Credential, RegistrationState,
    UserVerificationPolicy,
};

type Failure = Box<dyn std::error::Error>;

/// What was begun and made, by its index.
#[derive(Default)]
struct Server {
    registrations: Vec<RegistrationState>,
    authentications: Vec<AuthenticationState>,
    credentials: Vec<Credential>,
}

fn main() -> Result<(), Failure> {
    let mut server = Server::default();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = match server.answer(&request) {
            Ok(value) => json!({ "id": request.get("id"), "value": value }),
            Err(error) => json!({ "id": request.get("id"), "error": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

impl Server {
    fn answer(&mut self, request: &Value) -> Result<Value, Failure> {
        let text = |name: &str| request.get(name).and_then(Value::as_str).ok_or("expected a text");
        let index = |name: &str| -> Result<usize, Failure> {
            let index = request.get(name).and_then(Value::as_u64).ok_or("expected an index")?;
            Ok(usize::try_from(index)?)
        };
        let core = WebauthnCore::new_unsafe_experts_only(
            "Shop",
            text("rpId")?,
            vec![Url::parse(text("origin")?)?],
            Duration::from_mins(1),
            None,
            None,
        );
        let policy = match request.get("userVerification").and_then(Value::as_str) {
            Some("discouraged") => UserVerificationPolicy::Discouraged_DO_NOT_USE,
            Some("preferred") => UserVerificationPolicy::Preferred,
            _ => UserVerificationPolicy::Required,
        };
        match text("op")? {
            "creation" => {
                let algorithms =
                    request.get("algorithms").and_then(Value::as_array).ok_or("expected algorithms")?;
                let algorithms: Vec<_> = algorithms
                    .iter()
                    .filter_map(|one| COSEAlgorithm::try_from(i128::from(one.as_i64()?)).ok())
                    .collect();
                if algorithms.is_empty() {
                    return Err("unsupported: none of the algorithms".into());
                }
                let builder = core
                    .new_challenge_register_builder(b"user-1", "ada@shop.example", "Ada")?
                    .attestation(AttestationConveyancePreference::None)
                    .credential_algorithms(algorithms)
                    .require_resident_key(request.get("resident") == Some(&Value::Bool(true)))
                    .user_verification_policy(policy);
                let (options, state) = core.generate_challenge_register(builder)?;
                self.registrations.push(state);
                Ok(json!({ "options": options, "state": self.registrations.len() - 1 }))
            }
            "register" => {
                let state = self.registrations.get(index("state")?).ok_or("no such state")?;
                let response = serde_json::from_value(request.get("response").cloned().unwrap_or_default())?;
                let credential = core.register_credential(&response, state, None)?;
                let verified = credential.user_verified;
                self.credentials.push(credential);
                Ok(json!({ "credential": self.credentials.len() - 1, "userVerified": verified }))
            }
            "request" => {
                let allowed = match request.get("credential") {
                    Some(Value::Number(_)) => {
                        vec![self.credentials.get(index("credential")?).ok_or("no such credential")?.clone()]
                    }
                    _ => Vec::new(),
                };
                let builder = core.new_challenge_authenticate_builder(allowed, Some(policy))?;
                let (options, state) = core.generate_challenge_authenticate(builder)?;
                self.authentications.push(state);
                Ok(json!({ "options": options, "state": self.authentications.len() - 1 }))
            }
            "authenticate" => {
                let credential =
                    self.credentials.get(index("credential")?).ok_or("no such credential")?.clone();
                let state = self.authentications.get_mut(index("state")?).ok_or("no such state")?;
                state.set_allowed_credentials(vec![credential]);
                let response = serde_json::from_value(request.get("response").cloned().unwrap_or_default())?;
                let result = core.authenticate_credential(&response, state)?;
                Ok(json!({ "userVerified": result.user_verified() }))
            }
            other => Err(format!("no such operation: {other}").into()),
        }
    }
}
