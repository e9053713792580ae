//! The link to the privacy settings that California's regulations describe.

use crate::consent::html::escape;

/// A toggle, one half a tick and one half a cross, as the icon of 11 CCR §7015(b) has it: about as high as the letters beside
/// it. It is drawn here, with no style, so that any content security policy lets it be shown.
const ICON: &str = concat!(
    r#"<svg viewBox="0 0 30 14" width="30" height="14" aria-hidden="true" focusable="false">"#,
    r##"<rect x=".5" y=".5" width="29" height="13" rx="6.5" fill="#fff" stroke="#06f"/>"##,
    r##"<path d="M17.4 1H23a6 6 0 0 1 0 12h-8.4z" fill="#06f"/>"##,
    r##"<path d="m5.4 7.2 2.4 2.4L12 4.6" fill="none" stroke="#06f" stroke-width="1.6" stroke-linecap="round"/>"##,
    r##"<path d="m19.6 4.6 4.8 4.8m0-4.8-4.8 4.8" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>"##,
);

/// The link to the settings at this address, in the words that the regulation gives (11 CCR §7015(b)); nothing where there are
/// none.
pub fn choices_link(settings_href: &str) -> String {
    if settings_href.is_empty() {
        return String::new();
    }
    format!(
        r#"<a class="sp-choices" lang="en" href="{}">Your Privacy Choices {ICON}</a>"#,
        escape(settings_href)
    )
}
