//! The options of a ceremony: read from any server, given in the canonical form of Level 3.
//!
//! What Web Authentication Level 3 tells a client to ignore is left out: values that no enumeration knows,
//! descriptors and parameters of another type than `public-key`. `null` is as good as an absent member. Padding of
//! base64url is tolerated. Members that this version does not know are left out, but for `extensions`: there everything
//! passes through, so that a server can ask for what comes after us.

mod extensions;
mod vocabulary;

use serde_json::{Map, Value, json};
use webauthn_rs_proto::{COSEAlgorithm, PubKeyCredParams, User};

use self::vocabulary::{
    Attachment, Attestation, Hint, Keyword, ResidentKey, UserVerification, keyword, keywords,
};
use super::member::{Reader, encode};
use super::order::Order;
use crate::{Code, Error};

pub(super) use self::extensions::size;
pub use self::vocabulary::Descriptor;
pub(super) use self::vocabulary::is_transport;

/// The most elements of a list: servers list the credentials of one account.
const MOST_ELEMENTS: usize = 1024;

/// Bytes of a challenge. Level 3 §13.4.3 recommends 16 or more and sets no bound above.
const CHALLENGE: std::ops::RangeInclusive<usize> = 1..=1024;

/// What a server wants registered: `PublicKeyCredentialCreationOptions` (Level 3 §5.4).
#[derive(Debug, Clone)]
pub struct CreationOptions {
    rp_id: Option<String>,
    rp_name: String,
    user: User,
    challenge: Vec<u8>,
    parameters: Vec<PubKeyCredParams>,
    exclude: Vec<Descriptor>,
    attachment: Option<Attachment>,
    resident_key: Option<ResidentKey>,
    user_verification: Option<UserVerification>,
    attestation: Option<Attestation>,
    attestation_formats: Vec<String>,
    common: Common,
}

/// What a server wants signed: `PublicKeyCredentialRequestOptions` (Level 3 §5.5).
#[derive(Debug, Clone)]
pub struct RequestOptions {
    rp_id: Option<String>,
    challenge: Vec<u8>,
    allow: Vec<Descriptor>,
    user_verification: Option<UserVerification>,
    common: Common,
}

/// What both have.
#[derive(Debug, Clone)]
struct Common {
    timeout: Option<u32>,
    hints: Vec<Hint>,
    extensions: Option<Map<String, Value>>,
}

impl CreationOptions {
    /// Reads a server's options, with or without the `publicKey` around them.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are no object, lack `challenge`, `user.id` or `user.name`, or have a
    /// value of another type or size than the specification's.
    ///
    /// # Example
    ///
    /// ```
    /// use serde_json::json;
    /// use storefront_privacy::passkey::CreationOptions;
    ///
    /// let error = CreationOptions::read(&json!({ "challenge": "AAECAw" })).unwrap_err();
    /// assert_eq!(error.code(), "passkey.options-invalid");
    /// assert_eq!(error.to_string(), "options: expected `user` to be there");
    /// ```
    pub fn read(value: &Value) -> Result<Self, Error> {
        let options = unwrap(value)?;
        options.required("user")?;
        let challenge = options.required_bytes("challenge", CHALLENGE)?;
        let (rp_id, rp_name) = match options.object("rp")? {
            Some(rp) => (relying_party(&rp, "id")?, rp.string("name")?.unwrap_or_default().to_owned()),
            None => (None, String::new()),
        };
        let selection = options.object("authenticatorSelection")?;
        let select = |name| selection.and_then(|selection| selection.get(name));
        // Level 3 §5.4.4: `requireResidentKey` counts only where `residentKey` is absent or not known.
        let required = select("requireResidentKey").and_then(Value::as_bool).unwrap_or_default();
        let resident_key = keyword(select("residentKey")).or(required.then_some(ResidentKey::Required));
        let mut common = Common::read(options)?;
        extensions::settle_prf(common.extensions.as_mut(), None)?;
        Ok(Self {
            rp_id,
            rp_name,
            user: user(options)?,
            challenge,
            parameters: parameters(options)?,
            exclude: vocabulary::descriptors(options, "excludeCredentials", MOST_ELEMENTS)?,
            attachment: keyword(select("authenticatorAttachment")),
            resident_key,
            user_verification: keyword(select("userVerification")),
            attestation: keyword(options.get("attestation")),
            attestation_formats: strings(options.array("attestationFormats", 64)?),
            common,
        })
    }

    /// The identifier of the relying party, where the server names it.
    pub fn rp_id(&self) -> Option<&str> {
        self.rp_id.as_deref()
    }

    /// The account that the passkey is for.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The same with the PRF inputs that the page wants evaluated (Level 3 §10.1.4), in place of the server's.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are none, or are for credentials by name alone, which are yet to be made.
    ///
    /// # Example
    ///
    /// ```
    /// use serde_json::json;
    /// use storefront_privacy::passkey::CreationOptions;
    ///
    /// let options = json!({ "challenge": "AAECAw", "user": { "id": "AQ", "name": "ada" } });
    /// let options = CreationOptions::read(&options)?.with_prf(&json!({ "eval": { "first": "dmF1bHQ=" } }))?;
    /// assert_eq!(options.to_json()["extensions"], json!({ "prf": { "eval": { "first": "dmF1bHQ" } } }));
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn with_prf(mut self, inputs: &Value) -> Result<Self, Error> {
        extensions::put_prf(&mut self.common.extensions, inputs, None)?;
        Ok(self)
    }

    /// The same with the page's own hints at who should answer (Level 3 §5.8.7), in place of the server's. For browsers that
    /// know no hints the attachment says as much.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are no array. Hints that no enumeration knows are left out.
    pub fn with_hints(mut self, hints: &Value) -> Result<Self, Error> {
        self.common.put_hints(hints)?;
        if let Some(first) = self.common.hints.first() {
            self.attachment = Some(match first {
                Hint::ClientDevice => Attachment::Platform,
                Hint::SecurityKey | Hint::Hybrid => Attachment::CrossPlatform,
            });
        }
        Ok(self)
    }

    /// `PublicKeyCredentialCreationOptionsJSON` (Level 3 §5.1.9), without members that would say what holds anyway.
    pub fn to_json(&self) -> Value {
        let mut rp = Map::new();
        put(&mut rp, "id", self.rp_id.as_deref().map(Value::from));
        put(&mut rp, "name", Some(Value::from(self.rp_name.as_str())));

        let mut selection = Map::new();
        put(&mut selection, "authenticatorAttachment", self.attachment.as_ref().map(Keyword::to_json));
        put(&mut selection, "residentKey", self.resident_key.as_ref().map(Keyword::to_json));
        // Level 3 §5.4.4: true if, and only if, `residentKey` is `required`.
        let required = self.resident_key.map(|resident_key| resident_key == ResidentKey::Required);
        put(&mut selection, "requireResidentKey", required.map(Value::from));
        put(&mut selection, "userVerification", self.user_verification.as_ref().map(Keyword::to_json));

        let parameters =
            self.parameters.iter().map(|one| json!({ "type": one.type_, "alg": one.alg })).collect();
        let mut options = Map::new();
        put(&mut options, "rp", Some(Value::Object(rp)));
        let user = json!({
            "id": encode(&self.user.id), "name": self.user.name, "displayName": self.user.display_name,
        });
        put(&mut options, "user", Some(user));
        put(&mut options, "challenge", Some(encode(&self.challenge)));
        put(&mut options, "pubKeyCredParams", Some(Value::Array(parameters)));
        put(&mut options, "excludeCredentials", list(self.exclude.iter().map(Descriptor::to_json)));
        put(
            &mut options,
            "authenticatorSelection",
            (!selection.is_empty()).then_some(Value::Object(selection)),
        );
        put(&mut options, "attestation", self.attestation.as_ref().map(Keyword::to_json));
        put(&mut options, "attestationFormats", list(self.attestation_formats.iter().map(|one| json!(one))));
        self.common.write(&mut options);
        Value::Object(options)
    }
}

impl RequestOptions {
    /// Reads a server's options, with or without the `publicKey` around them.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are no object, lack `challenge`, or have a value of another type or size
    /// than the specification's.
    pub fn read(value: &Value) -> Result<Self, Error> {
        let options = unwrap(value)?;
        let allow = vocabulary::descriptors(options, "allowCredentials", MOST_ELEMENTS)?;
        let mut common = Common::read(options)?;
        extensions::settle_prf(common.extensions.as_mut(), Some(&allow))?;
        Ok(Self {
            challenge: options.required_bytes("challenge", CHALLENGE)?,
            rp_id: relying_party(&options, "rpId")?,
            allow,
            user_verification: keyword(options.get("userVerification")),
            common,
        })
    }

    /// The same with the PRF inputs that the page wants evaluated (Level 3 §10.1.4), in place of the server's.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are none, or name only credentials that the options do not allow.
    pub fn with_prf(mut self, inputs: &Value) -> Result<Self, Error> {
        extensions::put_prf(&mut self.common.extensions, inputs, Some(&self.allow))?;
        Ok(self)
    }

    /// The identifier of the relying party, where the server names it.
    pub fn rp_id(&self) -> Option<&str> {
        self.rp_id.as_deref()
    }

    /// The credentials that the server would take; any passkey of the site where there is none.
    pub fn allow_credentials(&self) -> &[Descriptor] {
        &self.allow
    }

    /// The same with the page's own hints at who should answer (Level 3 §5.8.7), in place of the server's.
    ///
    /// # Errors
    ///
    /// `passkey.options-invalid` when they are no array. Hints that no enumeration knows are left out.
    pub fn with_hints(mut self, hints: &Value) -> Result<Self, Error> {
        self.common.put_hints(hints)?;
        Ok(self)
    }

    /// The same, once it is known that the challenge was made for an order: `{ "merchant", "id", "amount", "currency", "nonce" }`.
    ///
    /// # Errors
    ///
    /// `passkey.order-mismatch` when it was made for another one, `input.invalid` when there is none.
    ///
    /// # Example
    ///
    /// ```
    /// use serde_json::json;
    /// use storefront_privacy::codec::base64url::encode;
    /// use storefront_privacy::passkey::{Order, RequestOptions};
    ///
    /// let order = Order::new("shop.example", "7Q2M-4R", 24_900, "EUR")?;
    /// let options = json!({ "challenge": encode(&order.challenge(&[7; 32])) });
    /// let shown = order.to_json(&[7; 32]);
    /// assert!(RequestOptions::read(&options)?.for_order(&shown).is_ok());
    ///
    /// let dearer = Order::new("shop.example", "7Q2M-4R", 249_000, "EUR")?.to_json(&[7; 32]);
    /// let error = RequestOptions::read(&options)?.for_order(&dearer).unwrap_err();
    /// assert_eq!(error.code(), "passkey.order-mismatch");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn for_order(self, order: &Value) -> Result<Self, Error> {
        let nonce = Reader::new(Code::InputInvalid, "order", order)?.required_string("nonce")?;
        Order::read(order)?.check(nonce, &self.challenge)?;
        Ok(self)
    }

    /// `PublicKeyCredentialRequestOptionsJSON` (Level 3 §5.1.10), without members that would say what holds anyway.
    pub fn to_json(&self) -> Value {
        let mut options = Map::new();
        put(&mut options, "challenge", Some(encode(&self.challenge)));
        put(&mut options, "rpId", self.rp_id.as_deref().map(Value::from));
        put(&mut options, "allowCredentials", list(self.allow.iter().map(Descriptor::to_json)));
        put(&mut options, "userVerification", self.user_verification.as_ref().map(Keyword::to_json));
        self.common.write(&mut options);
        Value::Object(options)
    }
}

impl Common {
    fn read(options: Reader<'_>) -> Result<Self, Error> {
        Ok(Self {
            timeout: options
                .get("timeout")
                .and_then(Value::as_u64)
                .and_then(|timeout| timeout.try_into().ok()),
            hints: keywords(options.array("hints", 64)?),
            extensions: extensions::read(options)?,
        })
    }

    fn put_hints(&mut self, hints: &Value) -> Result<(), Error> {
        let Value::Array(hints) = hints else {
            return Err(Error::new(Code::PasskeyOptionsInvalid, "hints: expected an array"));
        };
        self.hints = keywords(hints);
        Ok(())
    }

    fn write(&self, options: &mut Map<String, Value>) {
        put(options, "timeout", self.timeout.map(Value::from));
        put(options, "hints", list(self.hints.iter().map(Keyword::to_json)));
        put(options, "extensions", self.extensions.clone().map(Value::Object));
    }
}

fn unwrap(value: &Value) -> Result<Reader<'_>, Error> {
    let outer = Reader::new(Code::PasskeyOptionsInvalid, "options", value)?;
    match outer.get("publicKey") {
        Some(inner) => Reader::new(Code::PasskeyOptionsInvalid, "options", inner),
        None => Ok(outer),
    }
}

/// A domain, or none where the server leaves it out or empty: the browser then takes the page's own.
fn relying_party(reader: &Reader<'_>, name: &str) -> Result<Option<String>, Error> {
    let id = reader.string(name)?.filter(|id| !id.is_empty());
    if id.is_some_and(|id| id.len() > 253) {
        return Err(reader.refuse(name, "to be a domain"));
    }
    Ok(id.map(str::to_owned))
}

fn user(options: Reader<'_>) -> Result<User, Error> {
    let user = options.object("user")?.ok_or_else(|| options.refuse("user", "to be there"))?;
    Ok(User {
        // Level 3 §5.4.3: at most 64 bytes, and not empty.
        id: user.required_bytes("id", 1..=64)?,
        name: user.required_string("name")?.to_owned(),
        display_name: user.string("displayName")?.unwrap_or_default().to_owned(),
    })
}

fn parameters(options: Reader<'_>) -> Result<Vec<PubKeyCredParams>, Error> {
    let listed = options.array("pubKeyCredParams", 256)?;
    let known: Vec<_> = listed
        .iter()
        .filter(|one| vocabulary::is_public_key(one))
        .filter_map(|one| one.get("alg")?.as_i64().map(parameter))
        .collect();
    if listed.is_empty() {
        // Level 3 §5.1.3, step 9: ES256 and RS256 where none is listed.
        return Ok([COSEAlgorithm::ES256, COSEAlgorithm::RS256]
            .into_iter()
            .map(algorithm)
            .map(parameter)
            .collect());
    }
    if known.is_empty() {
        return Err(options.refuse("pubKeyCredParams", "to have one whose type is `public-key`"));
    }
    Ok(known)
}

/// The number that IANA gave to an algorithm.
fn algorithm(algorithm: COSEAlgorithm) -> i64 {
    match algorithm {
        COSEAlgorithm::RS256 => -257,
        _ => -7,
    }
}

fn parameter(alg: i64) -> PubKeyCredParams {
    PubKeyCredParams { type_: vocabulary::PUBLIC_KEY.to_owned(), alg }
}

fn strings(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).filter(|text| text.len() <= 64).map(str::to_owned).collect()
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), value);
    }
}

fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then_some(Value::Array(values))
}
