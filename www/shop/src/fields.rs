//! What visitors type, checked and bounded.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use storefront_service::Problem;

/// A line of text: trimmed, not empty, at most `longest` characters, without control characters.
///
/// # Errors
///
/// `input.invalid` or `input.too-long`, with the field.
pub fn line(field: &str, text: &str, longest: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid(field, "Please fill this in."));
    }
    if text.chars().count() > longest {
        return Err(too_long(field, longest));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid(field, "Please use one line of plain text."));
    }
    Ok(text.to_owned())
}

/// An e-mail address in lower case: something before the last `@`, a domain after it, 254 characters at most
/// (RFC 5321 §4.5.3.1.3). Whether it works, only a message to it can tell.
///
/// # Errors
///
/// `input.invalid` or `input.too-long`, with the field `email`.
pub fn email(text: &str) -> Result<String, Problem> {
    let text = line("email", text, 254)?.to_lowercase();
    let form = || invalid("email", "Please give an address such as anna@example.com.");
    let (local, domain) = text.rsplit_once('@').ok_or_else(form)?;
    let labels = domain.split('.').all(|label| !label.is_empty());
    if local.is_empty() || !domain.contains('.') || !labels || text.chars().any(char::is_whitespace) {
        return Err(form());
    }
    Ok(text)
}

/// Where an order goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Contact {
    /// The address for the receipt.
    pub email: String,
    /// Who receives the parcel.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// The postcode.
    pub postcode: String,
    /// The town.
    pub city: String,
    /// The country, two letters (ISO 3166-1).
    pub country: String,
}

impl Contact {
    /// The same contact, checked and trimmed.
    ///
    /// # Errors
    ///
    /// `input.invalid` or `input.too-long`, with the first field that is wrong.
    pub fn check(&self) -> Result<Self, Problem> {
        let country = line("country", &self.country, 2)?;
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(invalid("country", "Please choose a country."));
        }
        Ok(Self {
            email: email(&self.email)?,
            name: line("name", &self.name, 100)?,
            address: line("address", &self.address, 200)?,
            postcode: line("postcode", &self.postcode, 16)?,
            city: line("city", &self.city, 100)?,
            country,
        })
    }
}

/// The problem that a field is not of the expected form.
pub fn invalid(field: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid", "Something is missing or mistyped")
        .detail(detail)
        .field(field)
}

fn too_long(field: &str, longest: usize) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "input.too-long", "Something is too long")
        .detail(format!("Please use {longest} characters at most."))
        .field(field)
}

#[cfg(test)]
mod tests {
    use super::{email, line};

    #[test]
    fn addresses_are_lowered_and_need_a_domain() {
        assert_eq!(email(" Anna@Example.COM ").unwrap(), "anna@example.com");
        for wrong in
            ["", "anna", "@example.com", "anna@", "anna@example", "anna@example..com", "an na@example.com"]
        {
            assert_eq!(email(wrong).unwrap_err().code, "input.invalid", "{wrong}");
        }
        assert_eq!(email(&format!("{}@example.com", "a".repeat(250))).unwrap_err().code, "input.too-long");
    }

    #[test]
    fn lines_are_trimmed_and_hold_no_control_characters() {
        assert_eq!(line("name", " Anna ", 4).unwrap(), "Anna");
        assert_eq!(line("name", "Anna\nB", 10).unwrap_err().field.as_deref(), Some("name"));
    }
}
