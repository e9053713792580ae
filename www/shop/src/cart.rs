//! Carts: rows of a session.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};
use storefront_service::{Problem, clock};

use crate::Shop;
use crate::session::Session;
use crate::words;

/// The most pieces of one product in one cart.
const MOST: i64 = 99;

/// What a session's visitor means to buy.
#[derive(Debug, Default)]
pub struct Cart {
    /// The lines, oldest first, as pages and orders show them.
    pub lines: Vec<Value>,
    /// The sum in cents, at the catalogue's prices.
    pub total: i64,
    /// How many pieces.
    pub count: i64,
}

impl Cart {
    /// The session's cart; an empty one without a session. Products that are no longer sold are left out.
    ///
    /// # Errors
    ///
    /// When the database cannot be asked.
    pub async fn of(shop: &Shop, session: Option<&Session>) -> Result<Self, Problem> {
        let mut cart = Self::default();
        let Some(session) = session else { return Ok(cart) };
        let rows = sqlx::query(
            "SELECT product, quantity FROM cart_lines WHERE session = $1 ORDER BY added_at, product",
        )
        .bind(&session.id)
        .fetch_all(shop.database.pool())
        .await?;
        for row in rows {
            let quantity: i64 = row.try_get("quantity")?;
            if let Some(product) = shop.catalogue.find(row.try_get("product")?) {
                cart.lines.push(product.line(quantity));
                cart.total = cart.total.saturating_add(product.price.saturating_mul(quantity));
                cart.count = cart.count.saturating_add(quantity);
            }
        }
        Ok(cart)
    }

    /// What the cart page shows.
    pub fn describe(&self) -> Value {
        json!({ "lines": self.lines, "total": self.total, "total_text": words::amount(self.total) })
    }
}

/// Adds pieces of a product to a cart, or sets how many there are; none removes the line.
///
/// # Errors
///
/// `shop.product-unknown` or `input.invalid`, with the field.
pub async fn change(
    shop: &Shop,
    session: &Session,
    product: &str,
    quantity: i64,
    set: bool,
) -> Result<(), Problem> {
    if shop.catalogue.find(product).is_none() {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "shop.product-unknown",
            "We do not sell that",
        )
        .field("product"));
    }
    if !(0..=MOST).contains(&quantity) || (quantity == 0 && !set) {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "input.invalid",
            "That is not a quantity",
        )
        .detail(format!("Choose a number from 1 to {MOST}."))
        .field("quantity"));
    }
    let statement = if set {
        "INSERT INTO cart_lines (session, product, quantity, added_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (session, product) DO UPDATE SET quantity = excluded.quantity"
    } else {
        "INSERT INTO cart_lines (session, product, quantity, added_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (session, product) DO UPDATE SET quantity = \
         CASE WHEN cart_lines.quantity + excluded.quantity > $5 THEN $5 \
         ELSE cart_lines.quantity + excluded.quantity END"
    };
    if quantity == 0 {
        sqlx::query("DELETE FROM cart_lines WHERE session = $1 AND product = $2")
            .bind(&session.id)
            .bind(product)
            .execute(shop.database.pool())
            .await?;
        return Ok(());
    }
    let query =
        sqlx::query(statement).bind(&session.id).bind(product).bind(quantity).bind(clock::milliseconds());
    let query = if set { query } else { query.bind(MOST) };
    query.execute(shop.database.pool()).await?;
    Ok(())
}

/// Empties the cart of a session.
///
/// # Errors
///
/// When the database refuses.
pub async fn empty(connection: &mut AnyConnection, session: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM cart_lines WHERE session = $1").bind(session).execute(connection).await?;
    Ok(())
}
