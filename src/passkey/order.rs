//! A step-up that is bound to an order: the passkey signs a challenge that is made of it.
//!
//! The challenge is SHA-256 over 32 random bytes and the order's canonical text. The server keeps the random bytes and the
//! order, and sends both with the options; the page makes the challenge again from the order that it shows. What was
//! signed is then evidence that this order was asked about, and the same options for another order are refused. It is no
//! statement of any payment regulation.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::member::{Reader, encode};
use crate::codec::{base64url, json};
use crate::{Code, Error};

/// Bytes of the random part.
pub const NONCE: usize = 32;

/// The largest amount that every JSON reader keeps exactly (RFC 7493 §2.2).
const MOST: u64 = 9_007_199_254_740_991;

/// What the shopper agrees to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    merchant: String,
    id: String,
    amount: u64,
    currency: String,
}

impl Order {
    /// An order: who sells, its number, the amount in the currency's minor unit, the currency's code (ISO 4217).
    ///
    /// # Errors
    ///
    /// `input.invalid` when the merchant or the number is empty or longer than 256 bytes, the amount is beyond 2⁵³ − 1, or the
    /// currency is not three capital letters.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::Order;
    ///
    /// let order = Order::new("shop.example", "7Q2M-4R", 24_900, "EUR")?;
    /// assert_eq!(
    ///     order.to_canonical(),
    ///     r#"{"amount":24900,"currency":"EUR","id":"7Q2M-4R","merchant":"shop.example"}"#
    /// );
    /// assert_ne!(order.challenge(&[7; 32]), order.challenge(&[8; 32]));
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn new(merchant: &str, id: &str, amount: u64, currency: &str) -> Result<Self, Error> {
        let name = |text: &str| (1..=256).contains(&text.len());
        let code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if !name(merchant) || !name(id) || amount > MOST || !code {
            let message = "order: expected a merchant, an id, an amount in minor units and a currency";
            return Err(Error::new(Code::InputInvalid, message));
        }
        Ok(Self { merchant: merchant.to_owned(), id: id.to_owned(), amount, currency: currency.to_owned() })
    }

    /// Reads `{ "merchant", "id", "amount", "currency" }`.
    ///
    /// # Errors
    ///
    /// As [`Order::new`].
    pub fn read(value: &Value) -> Result<Self, Error> {
        let order = Reader::new(Code::InputInvalid, "order", value)?;
        let amount = order
            .get("amount")
            .and_then(Value::as_u64)
            .ok_or_else(|| order.refuse("amount", "to be a count"))?;
        let text = |name| order.required_string(name);
        Self::new(text("merchant")?, text("id")?, amount, text("currency")?)
    }

    /// The canonical text (RFC 8785): the four members in the order of their names, without spaces.
    pub fn to_canonical(&self) -> String {
        let mut text = ["{\"amount\":", &self.amount.to_string()].concat();
        for (name, value) in [("currency", &self.currency), ("id", &self.id), ("merchant", &self.merchant)] {
            text.push(',');
            json::push_string(&mut text, name);
            text.push(':');
            json::push_string(&mut text, value);
        }
        text.push('}');
        text
    }

    /// The challenge for this order and these random bytes.
    pub fn challenge(&self, nonce: &[u8; NONCE]) -> [u8; 32] {
        Sha256::new().chain_update(nonce).chain_update(self.to_canonical()).finalize().into()
    }

    /// Refuses a challenge that was not made for this order.
    ///
    /// # Errors
    ///
    /// `passkey.order-mismatch`; `input.invalid` when the random bytes are not 32 in base64url.
    pub fn check(&self, nonce: &str, challenge: &[u8]) -> Result<(), Error> {
        let nonce =
            base64url::decode(nonce).ok().and_then(|nonce| nonce.try_into().ok()).ok_or_else(|| {
                Error::new(Code::InputInvalid, "order: expected a nonce of 32 bytes in base64url")
            })?;
        if self.challenge(&nonce) == challenge {
            return Ok(());
        }
        Err(Error::new(
            Code::PasskeyOrderMismatch,
            "order: expected a challenge that was made for this order",
        ))
    }

    /// The order with its random bytes, as a server sends them beside the options.
    pub fn to_json(&self, nonce: &[u8; NONCE]) -> Value {
        let mut members = Map::new();
        members.insert("amount".to_owned(), Value::from(self.amount));
        members.insert("currency".to_owned(), Value::from(self.currency.as_str()));
        members.insert("id".to_owned(), Value::from(self.id.as_str()));
        members.insert("merchant".to_owned(), Value::from(self.merchant.as_str()));
        members.insert("nonce".to_owned(), encode(nonce));
        Value::Object(members)
    }
}
