//! QR codes (ISO/IEC 18004): a text as dark and light squares, as a path or a whole picture.
//!
//! Byte mode and error correction level M alone, which is all that a link needs: the crates that do all of the standard are four
//! times as large in a browser. They are what it is tested against.

use grid::Grid;

use crate::codec::decimal::decimal;
use crate::{Code, Error};

mod codewords;
mod grid;

/// The light border that readers need, in squares on each side.
pub const BORDER: u32 = 4;

/// A QR code.
pub struct Qr(Grid);

impl Qr {
    /// The code of a text, in the smallest size that holds it with 15 % of its squares to spare (level M).
    ///
    /// # Errors
    ///
    /// `input.too-long` for what no QR code holds: more than 2,331 bytes.
    pub fn of(text: &str) -> Result<Self, Error> {
        let (version, codewords) = codewords::encode(text.as_bytes())
            .ok_or_else(|| Error::new(Code::InputTooLong, "qr: expected a text of at most 2331 bytes"))?;
        Ok(Self(Grid::draw(version, &codewords)))
    }

    /// How many squares wide and high it is, without the border.
    pub fn size(&self) -> u32 {
        u32::try_from(self.0.size).unwrap_or_default()
    }

    /// Whether a square is dark; those outside are light.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if y < self.0.size => self.0.is_dark(x, y),
            _ => false,
        }
    }

    /// The dark squares as the `d` of an SVG path, in units of a square, moved right and down by the border.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size() {
            let mut wide = 0;
            for x in 0..=self.size() {
                if self.is_dark(x, y) {
                    wide += 1;
                } else if wide > 0 {
                    let [left, top] = [x - wide + BORDER, y + BORDER].map(decimal);
                    let wide_text = decimal(wide);
                    path.push_str(
                        &["M", &left, " ", &top, "h", &wide_text, "v1h-", &wide_text, "z"].concat(),
                    );
                    wide = 0;
                }
            }
        }
        path
    }

    /// A whole picture for a page that a server makes, dark on light whatever the page's colours: readers expect no other.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::fallback::qr::Qr;
    ///
    /// let svg = Qr::of("HELLO WORLD")?.svg("Tom & Co");
    /// assert!(svg.contains(r#"viewBox="0 0 29 29""#) && svg.contains(r#"aria-label="Tom &amp; Co""#));
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn svg(&self, label: &str) -> String {
        let side = self.size() + 2 * BORDER;
        let mut text = String::with_capacity(label.len());
        for character in label.chars() {
            match character {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '"' => text.push_str("&quot;"),
                other => text.push(other),
            }
        }
        format!(
            "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
             aria-label=\"{text}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
             <path fill=\"#000\" d=\"{}\"/></svg>",
            self.path(),
        )
    }
}
