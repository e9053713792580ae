//! The forms that a policy file's strings must have. Each function says whether its text has it.

/// What an id must be, as a message says it.
pub(super) const ID: &str = "a lower-case letter, then at most 31 lower-case letters, digits and `-`";

pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

pub(crate) fn is_version(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// The shape of a BCP 47 tag: a language of two or three letters, then subtags of two to eight.
pub(crate) fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    text.len() <= 35
        && subtags.next().is_some_and(|language| {
            (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
        && subtags.all(|subtag| {
            (2..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Something to read: not blank, within the length, without control characters.
pub(super) fn is_text(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// A path on the shop's own origin, or a URL over TLS; plain HTTP only to this machine.
pub(super) fn is_url(text: &str) -> bool {
    if text.len() > 2048 || !text.bytes().all(is_url_byte) {
        return false;
    }
    if let Some(path) = text.strip_prefix('/') {
        return !path.starts_with('/');
    }
    let Some(rest) = after_scheme(text) else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest.get(..end).is_some_and(is_authority)
}

/// Scheme, host and port of a URL, nothing after them.
pub(super) fn is_origin(text: &str) -> bool {
    after_scheme(text).is_some_and(is_authority)
}

/// An origin, or all hosts below one: `https://*.example.com`, as a content security policy writes it.
pub(super) fn is_origin_pattern(text: &str) -> bool {
    match text.strip_prefix("https://*.") {
        // A star over a whole top-level domain would name the whole world.
        Some(rest) => rest.contains('.') && is_authority(rest),
        None => is_origin(text),
    }
}

/// A domain of two labels at least, as a cookie's `Domain` names it.
pub(super) fn is_domain(text: &str) -> bool {
    text.contains('.') && !text.contains(':') && is_authority(text)
}

/// A country of ISO 3166-1, with or without a subdivision of two letters.
pub(super) fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let fits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    parts.next().is_some_and(fits) && parts.next().is_none_or(fits) && parts.next().is_none()
}

/// The origin of a URL that passed [`is_url`]; none for a path on the shop's own.
#[cfg(feature = "consent")]
pub(crate) fn origin_of(url: &str) -> Option<&str> {
    let rest = after_scheme(url)?;
    let scheme = url.len().checked_sub(rest.len())?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    url.get(..scheme.checked_add(end)?)
}

/// Whether an origin is the one that a pattern names, or one below it.
#[cfg(feature = "consent")]
pub(crate) fn matches_origin(pattern: &str, origin: &str) -> bool {
    match pattern.strip_prefix("https://*") {
        Some(below) => origin.strip_prefix("https://").is_some_and(|host| host.ends_with(below)),
        None => pattern == origin,
    }
}

/// The text after `https://`, or after `http://` when the host is this machine.
fn after_scheme(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("https://") {
        return Some(rest);
    }
    let rest = text.strip_prefix("http://")?;
    let host = rest.split([':', '/', '?', '#']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1").then_some(rest)
}

/// Host and port, without credentials. Names beyond ASCII are written in Punycode, as a browser sends them.
fn is_authority(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "443"));
    let labels_fit = host.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    });
    host.len() <= 253 && labels_fit && port.len() <= 5 && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// What a URL consists of (RFC 3986 §2), less the apostrophe. No white space among it: lists are separated by it.
fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte)
}
