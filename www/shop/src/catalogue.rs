//! What the shop sells, from `products.json`.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::words;

/// The products, in the order of the file.
#[derive(Debug)]
pub struct Catalogue(Vec<Product>);

/// A product: what the shop's code needs, and the whole entry for the pages.
#[derive(Debug)]
pub struct Product {
    /// Its name in addresses.
    pub slug: String,
    /// Its price in cents.
    pub price: i64,
    /// The entry of `products.json` with `price_text` added.
    pub entry: Value,
}

impl Catalogue {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// When it is missing, or an entry lacks its `slug` or `price`.
    pub fn read(file: &Path) -> io::Result<Self> {
        let entries: Vec<Value> = serde_json::from_slice(&std::fs::read(file)?)?;
        let products = entries.into_iter().map(product).collect::<Option<Vec<_>>>();
        products.map(Self).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "products.json: expected slug, name and price in each entry",
            )
        })
    }

    /// The product of this slug.
    pub fn find(&self, slug: &str) -> Option<&Product> {
        self.0.iter().find(|product| product.slug == slug)
    }

    /// The entries, for the pages.
    pub fn entries(&self) -> Vec<&Value> {
        self.0.iter().map(|product| &product.entry).collect()
    }
}

impl Product {
    /// A line of a cart or an order.
    pub fn line(&self, quantity: i64) -> Value {
        let total = self.price.saturating_mul(quantity);
        json!({
            "product": self.entry,
            "quantity": quantity,
            "total": total,
            "total_text": words::amount(total),
        })
    }
}

fn product(mut entry: Value) -> Option<Product> {
    let slug = entry.get("slug")?.as_str()?.to_owned();
    let price = entry.get("price")?.as_i64().filter(|price| (1..=10_000_000).contains(price))?;
    entry.get("name")?.as_str()?;
    entry.as_object_mut()?.insert("price_text".to_owned(), words::amount(price).into());
    Some(Product { slug, price, entry })
}
