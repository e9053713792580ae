//! Orders: what was in the cart, what it costs, and how far its payment came.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use storefront_service::{Problem, clock, random};

use crate::Shop;
use crate::cart::{self, Cart};
use crate::fields::Contact;
use crate::session::Session;
use crate::words;

/// The currency of every price here.
pub const CURRENCY: &str = "EUR";

/// How far an order came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing was tried yet.
    Draft,
    /// A payment was begun and its outcome is not known.
    Pending,
    /// The bank waits for a code.
    Challenge,
    /// The payment was refused; another may be tried.
    Declined,
    /// Paid.
    Approved,
    /// To be paid by invoice.
    Invoiced,
}

impl Status {
    /// The word that is stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Challenge => "challenge",
            Self::Declined => "declined",
            Self::Approved => "approved",
            Self::Invoiced => "invoiced",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Pending, Self::Challenge, Self::Declined, Self::Approved, Self::Invoiced]
            .into_iter()
            .find(|status| status.as_str() == text)
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Draft => "Not ordered yet",
            Self::Pending => "We are waiting for the payment",
            Self::Challenge => "Your bank asks for a code",
            Self::Declined => "The payment was declined",
            Self::Approved => "Thank you, it is paid",
            Self::Invoiced => "Thank you, the invoice comes with the parcel",
        }
    }
}

/// An order of this visitor.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its number, which is hard to guess and easy to read out.
    pub id: String,
    /// How far it came.
    pub status: Status,
    /// What is to be paid, in cents.
    pub amount: i64,
    /// The lines as they were in the cart.
    pub lines: Value,
    /// Where it goes.
    pub contact: Option<Contact>,
    /// What the shop saw of the payment.
    pub received: Option<Value>,
    /// The processor's reference.
    pub reference: Option<String>,
    /// The card's brand.
    pub brand: Option<String>,
    /// The card's last four digits.
    pub last_four: Option<String>,
    /// Why the payment was refused.
    pub reason: Option<String>,
    created_at: i64,
    placed_at: Option<i64>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, status, amount, lines, contact, received, reference, brand, last_four, reason, \
             created_at, placed_at FROM orders ",
            $rest
        )
    };
}

impl Order {
    fn read(row: &AnyRow) -> Result<Self, Problem> {
        let status: String = row.try_get("status")?;
        Ok(Self {
            id: row.try_get("id")?,
            status: Status::parse(&status).ok_or_else(|| Problem::internal(&"unknown status of an order"))?,
            amount: row.try_get("amount")?,
            lines: json_of(row, "lines")?.unwrap_or_default(),
            contact: json_of(row, "contact")?,
            received: json_of(row, "received")?,
            reference: row.try_get("reference")?,
            brand: row.try_get("brand")?,
            last_four: row.try_get("last_four")?,
            reason: row.try_get("reason")?,
            created_at: row.try_get("created_at")?,
            placed_at: row.try_get("placed_at")?,
        })
    }

    /// The visitor's order of this number: theirs by account, or by session.
    ///
    /// # Errors
    ///
    /// `server.not-found` when they have none such.
    pub async fn find(shop: &Shop, session: &Session, id: &str) -> Result<Self, Problem> {
        let row = sqlx::query(select!("WHERE id = $1 AND (session = $2 OR account = $3)"))
            .bind(id)
            .bind(&session.id)
            .bind(session.account.as_ref().map(|account| account.id.clone()))
            .fetch_optional(shop.database.pool())
            .await?;
        row.as_ref().map_or_else(|| Err(Problem::not_found()), Self::read)
    }

    /// The visitor's orders that were placed or tried, newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be asked.
    pub async fn list(shop: &Shop, session: &Session) -> Result<Vec<Self>, Problem> {
        let rows = sqlx::query(select!(
            "WHERE (session = $1 OR account = $2) AND status <> 'draft' ORDER BY created_at DESC, id LIMIT 50"
        ))
        .bind(&session.id)
        .bind(session.account.as_ref().map(|account| account.id.clone()))
        .fetch_all(shop.database.pool())
        .await?;
        rows.iter().map(Self::read).collect()
    }

    /// The order to check out: one whose payment has no known outcome stays as it is, any other unfinished one takes
    /// what is in the cart now, and the amount always comes from the catalogue.
    ///
    /// # Errors
    ///
    /// `shop.cart-empty` when there is nothing to order.
    pub async fn draft(shop: &Shop, session: &Session) -> Result<Self, Problem> {
        let unfinished = sqlx::query(select!(
            "WHERE session = $1 AND status IN ('draft', 'declined', 'pending') ORDER BY created_at DESC, id LIMIT 1"
        ))
        .bind(&session.id)
        .fetch_optional(shop.database.pool())
        .await?;
        let unfinished = unfinished.as_ref().map(Self::read).transpose()?;
        if let Some(order) = unfinished.as_ref().filter(|order| order.status == Status::Pending) {
            return Ok(order.clone());
        }
        let cart = Cart::of(shop, Some(session)).await?;
        if cart.lines.is_empty() {
            return Err(Problem::new(StatusCode::CONFLICT, "shop.cart-empty", "The cart is empty")
                .detail("Put something in it before you check out."));
        }
        let lines = Value::from(cart.lines);
        let account = session.account.as_ref().map(|account| account.id.clone());
        let id = match unfinished {
            Some(order) => order.id,
            None => number()?,
        };
        sqlx::query(
            "INSERT INTO orders (id, session, account, status, amount, currency, lines, created_at) \
             VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7) \
             ON CONFLICT (id) DO UPDATE SET amount = excluded.amount, lines = excluded.lines, \
             account = excluded.account WHERE orders.status IN ('draft', 'declined')",
        )
        .bind(&id)
        .bind(&session.id)
        .bind(account)
        .bind(cart.total)
        .bind(CURRENCY)
        .bind(lines.to_string())
        .bind(clock::seconds())
        .execute(shop.database.pool())
        .await?;
        Self::find(shop, session, &id).await
    }

    /// Notes where the order goes.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn address(&self, shop: &Shop, contact: &Contact) -> Result<(), Problem> {
        let contact = serde_json::to_string(contact).map_err(|error| Problem::internal(&error))?;
        sqlx::query(
            "UPDATE orders SET contact = $1 WHERE id = $2 AND status IN ('draft', 'declined', 'pending')",
        )
        .bind(contact)
        .bind(&self.id)
        .execute(shop.database.pool())
        .await?;
        Ok(())
    }

    /// Places the order on invoice and empties the cart.
    ///
    /// # Errors
    ///
    /// `shop.order-closed` when its payment is under way or done.
    pub async fn invoice(&self, shop: &Shop, session: &Session) -> Result<(), Problem> {
        let mut transaction = shop.database.begin().await?;
        let done = sqlx::query(
            "UPDATE orders SET status = 'invoiced', placed_at = $2, reason = NULL \
             WHERE id = $1 AND status IN ('draft', 'declined')",
        )
        .bind(&self.id)
        .bind(clock::seconds())
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(closed());
        }
        cart::empty(&mut transaction, &session.id).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What the API tells of the order, without the evidence.
    pub fn describe(&self) -> Value {
        json!({
            "id": self.id,
            "status": self.status.as_str(),
            "status_text": self.status.in_words(),
            "amount": self.amount,
            "amount_text": words::amount(self.amount),
            "currency": CURRENCY,
            "lines": self.lines,
            "brand": self.brand,
            "last_four": self.last_four,
            "reference": self.reference,
            "reason": self.reason,
            "created_at": self.created_at,
            "placed_at": self.placed_at,
        })
    }

    /// What the pages show: the same, with the day in words and the address.
    pub fn for_pages(&self) -> Value {
        let mut order = self.describe();
        if let Some(members) = order.as_object_mut() {
            if let Some(placed) = self.placed_at {
                members.insert("placed_text".to_owned(), words::day(placed).into());
            }
            if let Some(Value::Object(contact)) =
                self.contact.as_ref().and_then(|contact| serde_json::to_value(contact).ok())
            {
                members.extend(contact);
            }
        }
        order
    }
}

/// The problem that an order can no longer be paid for.
pub fn closed() -> Problem {
    Problem::new(StatusCode::CONFLICT, "shop.order-closed", "This order is closed")
        .detail("Its payment is under way or done. Look at the order before you try again.")
}

/// Twelve characters of 31 that are hard to mistake for each other: about 59 bits.
fn number() -> Result<String, Problem> {
    const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";
    let mut number = String::new();
    while number.len() < 14 {
        let [byte] = random::bytes::<1>()?;
        // 248 is the largest multiple of 31 in a byte: what lies above would favour the first characters.
        if byte >= 248 {
            continue;
        }
        if let Some(character) = ALPHABET.get(usize::from(byte % 31)) {
            number.push(char::from(*character));
        }
        if number.len() == 4 || number.len() == 9 {
            number.push('-');
        }
    }
    Ok(number)
}

fn json_of<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>, Problem> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| Problem::internal(&error))).transpose()
}
