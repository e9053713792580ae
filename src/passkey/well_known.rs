//! The two files that a site with passkeys serves under `/.well-known/`, as JSON.

use crate::{Code, Error};

/// The most related origins: a list that browsers read through.
pub const MOST_ORIGINS: usize = 100;

/// `/.well-known/webauthn`: the origins that may use the passkeys of this relying party (Level 3 §5.11). It is served by the
/// relying party's own domain, over HTTPS, as `application/json`.
///
/// A browser looks at five names at least (`shop` in `shop.example` and `shop.test` is one), and may pass over the rest: list
/// what matters first.
///
/// # Errors
///
/// `input.invalid` where one is no origin (`https://`, host, maybe a port; `http://localhost` for trying out), is there twice, or there
/// are none or more than 100.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::well_known;
///
/// let json = well_known::related_origins(&["https://shop.example", "https://shop.test"])?;
/// assert_eq!(json, r#"{"origins":["https://shop.example","https://shop.test"]}"#);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn related_origins(origins: &[&str]) -> Result<String, Error> {
    if !(1..=MOST_ORIGINS).contains(&origins.len()) {
        return Err(invalid(&format!("expected 1 to {MOST_ORIGINS} origins, found {}", origins.len())));
    }
    let mut list = String::new();
    for (place, origin) in origins.iter().enumerate() {
        if split(origin).is_none_or(|rest| !rest.is_empty()) {
            return Err(invalid(&format!(
                "expected an origin such as https://shop.example at place {place}"
            )));
        }
        if origins.iter().take(place).any(|other| other == origin) {
            return Err(invalid(&format!(
                "expected each origin once, found the one at place {place} before"
            )));
        }
        if place > 0 {
            list.push(',');
        }
        push(&mut list, origin);
    }
    Ok(format!(r#"{{"origins":[{list}]}}"#))
}

/// Where a site's visitors add and manage their passkeys, and read what PRF keys are used for; each an address of the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PasskeyEndpoints<'a> {
    /// Where a passkey is added.
    pub enroll: Option<&'a str>,
    /// Where passkeys are managed.
    pub manage: Option<&'a str>,
    /// What keys from the PRF extension are used for, and what is lost with a passkey.
    pub prf_usage_details: Option<&'a str>,
}

impl PasskeyEndpoints<'_> {
    /// `/.well-known/passkey-endpoints` ("A Well-Known URL for Relying Party Passkey Endpoints", W3C).
    ///
    /// # Errors
    ///
    /// `input.invalid` where one is no address with `https://` (or `http://localhost`).
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::well_known::PasskeyEndpoints;
    ///
    /// let account = Some("https://shop.example/account");
    /// let json = PasskeyEndpoints { enroll: account, manage: account, prf_usage_details: None }.to_json()?;
    /// assert_eq!(json, r#"{"enroll":"https://shop.example/account","manage":"https://shop.example/account"}"#);
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn to_json(&self) -> Result<String, Error> {
        let members =
            [("enroll", self.enroll), ("manage", self.manage), ("prfUsageDetails", self.prf_usage_details)];
        let mut json = String::from("{");
        for (name, address) in members.into_iter().filter_map(|(name, address)| Some((name, address?))) {
            if split(address).is_none() {
                return Err(invalid(&format!(
                    "expected an address such as https://shop.example/account for {name}"
                )));
            }
            if json.len() > 1 {
                json.push(',');
            }
            push(&mut json, name);
            json.push(':');
            push(&mut json, address);
        }
        json.push('}');
        Ok(json)
    }
}

/// What follows the origin of an address; nothing where it is no address that a browser would take.
fn split(address: &str) -> Option<&str> {
    let (secure, rest) = match address.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, address.strip_prefix("http://")?),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at_checked(end)?;
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len()) && label.bytes().all(plain)
    };
    let port = port.is_none_or(|port| {
        port.parse::<u16>().is_ok_and(|number| number > 0 && !port.starts_with(['0', '+']))
    });
    let named = host.len() <= 253 && host.split('.').all(label);
    // Nothing that JSON would have to escape, and nothing that is not in an address (RFC 3986 §2).
    let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\<>^`{|}".contains(&byte));
    (port && named && plain && (secure || host == "localhost")).then_some(rest)
}

/// A text without anything to escape.
fn push(json: &mut String, text: &str) {
    json.push('"');
    json.push_str(text);
    json.push('"');
}

fn invalid(expected: &str) -> Error {
    Error::new(Code::InputInvalid, format!("well-known: {expected}"))
}
