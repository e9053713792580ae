//! The banner, rendered ahead of time: declarative shadow DOM that a browser paints with the page's first pixels.
//!
//! The element `sp-consent-banner` takes this markup over, or builds the same from `policy` when it is not there.
//! What both agree on:
//!
//! ```html
//! <sp-consent-banner policy="/privacy.json" version="2026-11" record="/api/consent-records" settings="/privacy">
//!   <template shadowrootmode="open">
//!     <link rel="stylesheet" href="…">
//!     <section class="banner" part="banner" role="region" aria-label="Your privacy" lang="en">
//!       <div class="text" part="text">
//!         <h2 class="title" part="title">Your privacy</h2>
//!         <p class="message" part="message">…</p>
//!         <!-- with `tcf` in the policy: how many partners there are -->
//!         <p class="message partners" part="message partners">We and 812 partners …</p>
//!       </div>
//!       <form class="choices" part="choices" id="choices" hidden>
//!         <fieldset class="purposes" part="purposes">
//!           <legend class="legend" part="legend">What may we use your data for?</legend>
//!           <!-- one for each essential purpose -->
//!           <div class="purpose essential" part="purpose">
//!             <p class="name" part="name">…</p><p class="state" part="state">Always on</p>
//!             <p class="about" part="about">…</p>
//!           </div>
//!           <!-- one for each purpose that is asked about, never ticked -->
//!           <div class="purpose" part="purpose">
//!             <input class="toggle" part="toggle" type="checkbox" id="purpose-analytics" name="purpose"
//!                    value="analytics" aria-describedby="about-analytics">
//!             <label class="name" part="name" for="purpose-analytics">…</label>
//!             <p class="about" part="about" id="about-analytics">…</p>
//!           </div>
//!         </fieldset>
//!         <button class="button" part="button save" type="submit">Save my choice</button>
//!       </form>
//!       <div class="actions" part="actions">
//!         <button class="button" part="button accept" type="button" value="accept">Accept all</button>
//!         <button class="button" part="button reject" type="button" value="reject">Reject all</button>
//!         <button class="button" part="button choose" type="button" value="choose"
//!                 aria-expanded="false" aria-controls="choices">Choose</button>
//!       </div>
//!       <p class="links" part="links">
//!         <a class="link" part="link" href="…">Privacy policy</a>
//!         <a class="link" part="link" href="…">Privacy settings</a>
//!       </p>
//!     </section>
//!   </template>
//! </sp-consent-banner>
//! ```
//!
//! - The three buttons have one class, one size and one weight, and accepting takes no fewer steps than rejecting.
//! - There is no inline style and no script, so that the markup passes a strict content security policy.
//! - Texts from the policy carry the policy's `lang` where that differs from the banner's own.
//! - The policy's link opens the policy; the second link is left out without `settings_href`.
//! - Without script nothing is released and no banner can answer: the style sheet hides it
//!   (`@media (scripting: none)`).

use std::fmt::Write as _;

use super::html::escape;
use super::policy::{Policy, Purpose};

/// What the banner needs beyond the policy.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::BannerOptions;
///
/// let options = BannerOptions {
///     stylesheet_href: "/assets/banner.css",
///     record_href: "/api/consent-records",
///     ..BannerOptions::default()
/// };
/// assert_eq!(options.policy_href, "/privacy.json");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BannerOptions<'a> {
    /// The URL of the package's `styles/banner.css`.
    pub stylesheet_href: &'a str,
    /// The language to speak, a BCP 47 tag. English is what there is; any other gets English.
    pub language: &'a str,
    /// Where the policy file is served.
    pub policy_href: &'a str,
    /// Where records of decisions are posted; empty when the shop keeps none.
    pub record_href: &'a str,
    /// Where the privacy settings are; empty when there is no such page.
    pub settings_href: &'a str,
}

impl Default for BannerOptions<'_> {
    fn default() -> Self {
        Self {
            stylesheet_href: "/banner.css",
            language: "en",
            policy_href: "/privacy.json",
            record_href: "",
            settings_href: "",
        }
    }
}

/// The banner's HTML, safe to put into a page as it is: every text and attribute is escaped.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{render, BannerOptions, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let html = render(&policy, &BannerOptions::default());
/// assert!(html.starts_with(r#"<sp-consent-banner policy="/privacy.json" version="2026-11">"#));
/// assert!(html.contains("Which &lt;products&gt; you looked at"));
/// assert!(!html.contains(" checked"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn render(policy: &Policy, options: &BannerOptions<'_>) -> String {
    let mut html = String::from("<sp-consent-banner");
    for (name, value) in [
        ("policy", options.policy_href),
        ("version", &policy.version),
        ("record", options.record_href),
        ("settings", options.settings_href),
    ] {
        if !value.is_empty() {
            push(&mut html, format_args!(" {name}=\"{}\"", escape(value)));
        }
    }
    let words = &ENGLISH;
    push(
        &mut html,
        format_args!(
            concat!(
                r#"><template shadowrootmode="open"><link rel="stylesheet" href="{stylesheet}">"#,
                r#"<section class="banner" part="banner" role="region" aria-label="{title}" lang="{language}">"#,
                r#"<div class="text" part="text"><h2 class="title" part="title">{title}</h2>"#,
                r#"<p class="message" part="message">{message}</p>{partners}</div>"#,
                r#"<form class="choices" part="choices" id="choices" hidden>"#,
                r#"<fieldset class="purposes" part="purposes"><legend class="legend" part="legend">{legend}</legend>"#,
            ),
            stylesheet = escape(options.stylesheet_href),
            title = words.title,
            language = words.language,
            message = words.message,
            partners = partners(policy),
            legend = words.legend,
        ),
    );
    let lang = if policy.language == words.language {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(&policy.language))
    };
    for purpose in policy.purposes.iter().filter(|purpose| purpose.essential) {
        push_essential(&mut html, purpose, words, &lang);
    }
    for purpose in policy.asked() {
        push_asked(&mut html, purpose, &lang);
    }
    push(
        &mut html,
        format_args!(
            concat!(
                r#"</fieldset><button class="button" part="button save" type="submit">{save}</button></form>"#,
                r#"<div class="actions" part="actions">"#,
                r#"<button class="button" part="button accept" type="button" value="accept">{accept}</button>"#,
                r#"<button class="button" part="button reject" type="button" value="reject">{reject}</button>"#,
                r#"<button class="button" part="button choose" type="button" value="choose""#,
                r#" aria-expanded="false" aria-controls="choices">{choose}</button></div>"#,
                r#"<p class="links" part="links"><a class="link" part="link" href="{policy}">{policy_link}</a>"#,
            ),
            save = words.save,
            accept = words.accept,
            reject = words.reject,
            choose = words.choose,
            policy = escape(&policy.policy_url),
            policy_link = words.policy_link,
        ),
    );
    if !options.settings_href.is_empty() {
        let (href, text) = (escape(options.settings_href), words.settings_link);
        push(&mut html, format_args!(r#" <a class="link" part="link" href="{href}">{text}</a>"#));
    }
    html.push_str("</p></section></template></sp-consent-banner>");
    html
}

/// How many partners there are, where the policy takes part in the TCF (TCF Policies, Appendix B, "initial layer").
fn partners(policy: &Policy) -> String {
    let Some(tcf) = &policy.tcf else { return String::new() };
    let partners = if tcf.vendor_count == 1 { "partner" } else { "partners" };
    let count = tcf.vendor_count;
    format!(
        "<p class=\"message partners\" part=\"message partners\">We and {count} {partners} store and read information on \
         your device, such as identifiers in cookies, and process personal data for the purposes named here.</p>"
    )
}

fn push_essential(html: &mut String, purpose: &Purpose, words: &Words, lang: &str) {
    push(
        html,
        format_args!(
            concat!(
                r#"<div class="purpose essential" part="purpose"><p class="name" part="name"{lang}>{name}</p>"#,
                r#"<p class="state" part="state">{always}</p><p class="about" part="about"{lang}>{about}</p></div>"#,
            ),
            lang = lang,
            name = escape(&purpose.name),
            always = words.always,
            about = escape(&purpose.description),
        ),
    );
}

fn push_asked(html: &mut String, purpose: &Purpose, lang: &str) {
    push(
        html,
        format_args!(
            concat!(
                r#"<div class="purpose" part="purpose"><input class="toggle" part="toggle" type="checkbox""#,
                r#" id="purpose-{id}" name="purpose" value="{id}" aria-describedby="about-{id}">"#,
                r#"<label class="name" part="name" for="purpose-{id}"{lang}>{name}</label>"#,
                r#"<p class="about" part="about" id="about-{id}"{lang}>{about}</p></div>"#,
            ),
            id = escape(&purpose.id),
            lang = lang,
            name = escape(&purpose.name),
            about = escape(&purpose.description),
        ),
    );
}

fn push(html: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = html.write_fmt(arguments);
}

/// The banner's own words. They hold nothing to escape.
struct Words {
    language: &'static str,
    title: &'static str,
    message: &'static str,
    legend: &'static str,
    always: &'static str,
    save: &'static str,
    accept: &'static str,
    reject: &'static str,
    choose: &'static str,
    policy_link: &'static str,
    settings_link: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    title: "Your privacy",
    message: "We would like to use your data for more than running this shop. You decide, and you can change \
              your mind at any time.",
    legend: "What may we use your data for?",
    always: "Always on",
    save: "Save my choice",
    accept: "Accept all",
    reject: "Reject all",
    choose: "Choose",
    policy_link: "Privacy policy",
    settings_link: "Privacy settings",
};
