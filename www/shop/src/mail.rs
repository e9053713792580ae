//! Messages to a person. The demo's go to a folder, one file a message (RFC 5322); a shop puts its mail service here.

use std::path::Path;

use storefront_privacy::codec::time::DateTime;
use storefront_service::{Problem, clock, random};

use crate::Shop;

/// Sends a message of plain text.
///
/// # Errors
///
/// When it cannot be written.
pub async fn send(shop: &Shop, to: &str, subject: &str, text: &str) -> Result<(), Problem> {
    let id = random::identifier::<12>()?;
    let host =
        shop.config.origin.split("://").last().and_then(|rest| rest.split(':').next()).unwrap_or("localhost");
    let date = date(clock::seconds());
    let name = shop.name.replace(['"', '\\'], "");
    let message = format!(
        "From: \"{name}\" <no-reply@{host}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nDate: {date}\r\nMessage-ID: <{id}@{host}>\r\n\
         Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}",
        text.replace('\n', "\r\n"),
    );
    let folder = shop.config.mail.clone();
    let name = format!("{:015}-{id}.eml", clock::milliseconds());
    tokio::task::spawn_blocking(move || write(&folder, &name, &message))
        .await
        .map_err(|error| Problem::internal(&error))??;
    Ok(())
}

/// Eight digits for a message, each code as likely as any other: a draw that would favour some is drawn again.
///
/// # Errors
///
/// When the system gives no random bytes.
pub fn draw_code() -> Result<String, Problem> {
    const CODES: u32 = 100_000_000;
    const FAIR: u32 = u32::MAX - u32::MAX % CODES;
    loop {
        let drawn = u32::from_le_bytes(random::bytes::<4>()?);
        if drawn < FAIR {
            return Ok(format!("{:08}", drawn % CODES));
        }
    }
}

/// A reader of the folder never meets half a message.
fn write(folder: &Path, name: &str, message: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    std::fs::write(&unfinished, message)?;
    std::fs::rename(unfinished, folder.join(name))
}

/// `23 Nov 2026 20:15:00 +0000` (RFC 5322 §3.3).
fn date(seconds: i64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Ok(time) = DateTime::from_seconds(seconds) else { return String::new() };
    let month = usize::try_from(time.month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"Jan");
    format!("{} {month} {} {:02}:{:02}:{:02} +0000", time.day, time.year, time.hour, time.minute, time.second)
}
