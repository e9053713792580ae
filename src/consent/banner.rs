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
//!         <!-- where a purpose heeds Global Privacy Control; shown when the gate says that it was honoured -->
//!         <p class="message honoured" part="message honoured">Opt-out request honoured</p>
//!         <p class="message conflict" part="message conflict">…</p>
//!         <!-- with `changes`; shown to who decided under an earlier version -->
//!         <div class="changes" part="changes"><p class="message">…</p><ul class="facts"><li>…</li></ul></div>
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
use super::policy::duties::Translation;
use super::policy::{Policy, Purpose};
use super::words::Words;

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
    /// The language to speak, a BCP 47 tag; English where there are no words of ours in it. The shop's texts are those of
    /// the policy's translation into it, where it has one.
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
    let words = Words::of(options.language).unwrap_or_else(Words::english);
    let texts = Texts::new(policy, &words, options.language);
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
    if !words.reviewed {
        html.push_str(" unreviewed");
    }
    push(
        &mut html,
        format_args!(
            concat!(
                r#"><template shadowrootmode="open"><link rel="stylesheet" href="{stylesheet}">"#,
                r#"<section class="banner" part="banner" role="region" aria-label="{title}" lang="{language}">"#,
                r#"<div class="text" part="text"><h2 class="title" part="title">{title}</h2>"#,
                r#"<p class="message" part="message">{message}</p>{partners}{signal}{changes}</div>"#,
                r#"<form class="choices" part="choices" id="choices" hidden>"#,
                r#"<fieldset class="purposes" part="purposes"><legend class="legend" part="legend">{legend}</legend>"#,
            ),
            stylesheet = escape(options.stylesheet_href),
            title = texts.own("title"),
            language = escape(&words.language),
            message = texts.own("message"),
            partners = partners(policy, &texts),
            signal = signal(policy, &texts),
            changes = changes(policy, &texts),
            legend = texts.own("legend"),
        ),
    );
    for purpose in policy.purposes.iter().filter(|purpose| purpose.essential) {
        push_essential(&mut html, purpose, &texts);
    }
    for purpose in policy.asked() {
        push_asked(&mut html, purpose, &texts);
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
            save = texts.own("save"),
            accept = texts.own("accept"),
            reject = texts.own("reject"),
            choose = texts.own("choose"),
            policy = escape(&policy.policy_url),
            policy_link = texts.own("policyLink"),
        ),
    );
    if !options.settings_href.is_empty() {
        let (href, text) = (escape(options.settings_href), texts.own("settingsLink"));
        push(&mut html, format_args!(r#" <a class="link" part="link" href="{href}">{text}</a>"#));
    }
    html.push_str("</p></section></template></sp-consent-banner>");
    html
}

/// The texts of one banner: ours in its language, the shop's in theirs.
struct Texts<'a> {
    policy: &'a Policy,
    words: &'a Words,
    translation: Option<&'a Translation>,
    /// The attribute of the shop's texts, where they are in another language than the banner.
    lang: String,
}

impl<'a> Texts<'a> {
    fn new(policy: &'a Policy, words: &'a Words, language: &str) -> Self {
        let fits =
            |tag: &str| tag.eq_ignore_ascii_case(language) || tag.eq_ignore_ascii_case(&words.language);
        let translations = &policy.duties.translations;
        let translation =
            if fits(&policy.language) { None } else { translations.iter().find(|each| fits(&each.language)) };
        let spoken = translation.map_or(policy.language.as_str(), |each| each.language.as_str());
        let lang =
            if spoken == words.language { String::new() } else { format!(" lang=\"{}\"", escape(spoken)) };
        Self { policy, words, translation, lang }
    }

    /// One of our texts, or the shop's word for it in this language, escaped.
    fn own(&self, name: &str) -> String {
        let shop = match self.translation {
            Some(translation) => Some(&translation.banner),
            None => self.lang.is_empty().then_some(&self.policy.duties.banner),
        };
        let shop = shop.and_then(|texts| match name {
            "title" => texts.title.as_deref(),
            "message" => texts.message.as_deref(),
            "accept" => texts.accept.as_deref(),
            "reject" => texts.reject.as_deref(),
            "choose" => texts.choose.as_deref(),
            _ => None,
        });
        escape(shop.unwrap_or_else(|| self.words.text(name)))
    }

    /// A purpose's name and description, escaped.
    fn purpose(&self, purpose: &Purpose) -> (String, String) {
        let translated =
            self.translation.and_then(|each| each.purposes.iter().find(|text| text.id == purpose.id));
        match translated {
            Some(text) => (escape(&text.name), escape(&text.description)),
            None => (escape(&purpose.name), escape(&purpose.description)),
        }
    }
}

/// How many partners there are, where the policy takes part in the TCF (TCF Policies, Appendix B, "initial layer").
fn partners(policy: &Policy, texts: &Texts<'_>) -> String {
    let Some(tcf) = &policy.tcf else { return String::new() };
    let text = texts.own(if tcf.vendor_count == 1 { "partner" } else { "partners" });
    let text = text.replace("{count}", &tcf.vendor_count.to_string());
    format!("<p class=\"message partners\" part=\"message partners\">{text}</p>")
}

/// What is said where the browser sends Global Privacy Control. The sheet shows it when the gate has honoured it.
fn signal(policy: &Policy, texts: &Texts<'_>) -> String {
    if !policy.asked().any(Purpose::heeds_gpc) {
        return String::new();
    }
    ["honoured", "conflict"]
        .map(|name| {
            let text = texts.own(name);
            format!("<p class=\"message {name}\" part=\"message {name}\">{text}</p>")
        })
        .concat()
}

/// What has changed since the version before. The sheet shows it to who decided under an earlier one.
fn changes(policy: &Policy, texts: &Texts<'_>) -> String {
    let changes = &policy.duties.changes;
    if changes.is_empty() {
        return String::new();
    }
    let facts = changes.iter().map(|fact| format!("<li>{}</li>", escape(fact))).collect::<Vec<_>>().concat();
    let lang = if policy.language == texts.words.language {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(&policy.language))
    };
    format!(
        "<div class=\"changes\" part=\"changes\"><p class=\"message\" part=\"message\">{}</p>\
         <ul class=\"facts\" part=\"facts\"{lang}>{facts}</ul></div>",
        texts.own("changed"),
    )
}

fn push_essential(html: &mut String, purpose: &Purpose, texts: &Texts<'_>) {
    let (name, about) = texts.purpose(purpose);
    push(
        html,
        format_args!(
            concat!(
                r#"<div class="purpose essential" part="purpose"><p class="name" part="name"{lang}>{name}</p>"#,
                r#"<p class="state" part="state">{always}</p><p class="about" part="about"{lang}>{about}</p></div>"#,
            ),
            lang = texts.lang,
            name = name,
            always = texts.own("always"),
            about = about,
        ),
    );
}

fn push_asked(html: &mut String, purpose: &Purpose, texts: &Texts<'_>) {
    let (name, about) = texts.purpose(purpose);
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
            lang = texts.lang,
            name = name,
            about = about,
        ),
    );
}

fn push(html: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String does not fail.
    let _ = html.write_fmt(arguments);
}
