//! Everything that follows from a policy file, made at build time: the banner, the gate's tag, the link to the settings,
//! `gpc.json`, the content security policy and the digests.
//!
//! The `npx storefront-privacy policy build` command writes it to files; a Rust program calls [`build`].

mod changes;
mod choices;
mod security;
#[cfg(all(feature = "tools", feature = "web", target_arch = "wasm32"))]
pub mod web;

use sha2::{Digest as _, Sha256, Sha384};

use super::banner::{BannerOptions, render};
use super::gate;
use super::html::escape;
use super::policy::Policy;
use super::words::Words;
use crate::codec::base64url;
use crate::codec::json::{Object, Value};

pub use changes::changes;
pub use choices::choices_link;

/// What a build needs beyond the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteOptions<'a> {
    /// Where the shop serves the gate.
    pub gate_href: &'a str,
    /// The gate's source, for its digests, and for the tag when `inline`.
    pub gate_source: &'a str,
    /// The text of the package's `styles/banner.css`, likewise.
    pub style_source: &'a str,
    /// Whether gate and style stand in the page, allowed by their hashes, rather than beside it.
    pub inline: bool,
    /// The banner's options.
    pub banner: BannerOptions<'a>,
    /// Where the shop serves the banner's script, for the gate to load it where there is something to ask; empty where the
    /// page loads it itself.
    pub banner_script_href: &'a str,
    /// The day, as `2026-11-27`: `lastUpdate` of `gpc.json`.
    pub today: &'a str,
}

/// What [`build`] makes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The banner's HTML by language: the policy's own first, then that of each translation.
    pub banners: Vec<(String, String)>,
    /// What stands first in the page's head: the banner's sheet and the gate.
    pub head: String,
    /// The link "Your Privacy Choices" with its icon, for the foot of every page (11 CCR §7015); empty without settings.
    pub choices: String,
    /// The gate's attributes, by name.
    pub gate: Vec<(&'static str, String)>,
    /// `/.well-known/gpc.json` (Global Privacy Control, "Well-known resource").
    pub gpc: String,
    /// A `Content-Security-Policy` under which all of it works.
    pub csp: String,
    /// Subresource Integrity: the gate's and the sheet's.
    pub integrity: [(&'static str, String); 2],
}

/// Makes everything.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::site::{SiteOptions, build};
/// use storefront_privacy::consent::{BannerOptions, Policy};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let site = build(&policy, &SiteOptions {
///     gate_href: "/gate.js",
///     gate_source: "/* the gate */",
///     style_source: "/* the sheet */",
///     inline: false,
///     banner: BannerOptions::default(),
///     banner_script_href: "",
///     today: "2026-11-27",
/// });
/// assert_eq!(site.gpc, r#"{"gpc":true,"lastUpdate":"2026-11-27"}"#);
/// assert!(site.head.starts_with(r#"<link rel="stylesheet" href="/banner.css" integrity="sha384-"#));
/// assert!(site.csp.contains("script-src 'self' 'wasm-unsafe-eval' https://footfall.example"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn build(policy: &Policy, options: &SiteOptions<'_>) -> Site {
    let languages = policy.duties.translations.iter().map(|translation| translation.language.as_str());
    let banners = std::iter::once(policy.language.as_str()).chain(languages).map(|language| {
        let mut html = render(policy, &BannerOptions { language, ..options.banner });
        if options.inline {
            let link =
                format!("<link rel=\"stylesheet\" href=\"{}\">", escape(options.banner.stylesheet_href));
            html = html.replacen(&link, &format!("<style>{}</style>", options.style_source), 1);
        }
        (language.to_owned(), html)
    });
    let integrity = [("gate", sri(options.gate_source)), ("style", sri(options.style_source))];
    Site {
        banners: banners.collect(),
        head: head(policy, options, &integrity),
        choices: choices_link(options.banner.settings_href),
        gate: attributes(policy, options),
        gpc: format!(r#"{{"gpc":true,"lastUpdate":"{}"}}"#, options.today),
        csp: security::policy(policy, options),
        integrity,
    }
}

fn attributes(policy: &Policy, options: &SiteOptions<'_>) -> Vec<(&'static str, String)> {
    let mut attributes = gate::attributes(policy);
    if !options.banner_script_href.is_empty() {
        attributes.push(("data-banner", options.banner_script_href.to_owned()));
    }
    attributes
}

fn head(policy: &Policy, options: &SiteOptions<'_>, integrity: &[(&str, String); 2]) -> String {
    let [(_, gate), (_, style)] = integrity;
    let attributes = gate::markup(&attributes(policy, options));
    if options.inline {
        // In the page the sheet hides the banner from who has decided; in the banner it is the banner's look.
        let (style, script) = (options.style_source, options.gate_source);
        return format!("<style>{style}</style>\n<script{attributes}>{script}</script>\n");
    }
    format!(
        "<link rel=\"stylesheet\" href=\"{}\" integrity=\"{style}\">\n<script src=\"{}\" integrity=\"{gate}\"{attributes}></script>\n",
        escape(options.banner.stylesheet_href),
        escape(options.gate_href),
    )
}

/// Subresource Integrity (W3C SRI §3.1), as an attribute's value.
fn sri(source: &str) -> String {
    format!("sha384-{}", base64(&Sha384::digest(source.as_bytes())))
}

/// A hash source (CSP Level 3 §2.3.1) without its quotes.
fn hash(source: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(source.as_bytes())))
}

/// Base64 with padding (RFC 4648 §4), from the URL's alphabet.
fn base64(bytes: &[u8]) -> String {
    let mut text = base64url::encode(bytes).replace('-', "+").replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

impl Site {
    /// The same as JSON, for programs in other languages.
    pub fn to_json(&self) -> String {
        let mut banners = Object::new();
        for (language, html) in &self.banners {
            banners.insert(language, html.as_str());
        }
        let mut attributes = Object::new();
        for (name, value) in &self.gate {
            attributes.insert(name, value.as_str());
        }
        let [(_, gate), (_, style)] = &self.integrity;
        let object = Object::new()
            .with("banners", banners)
            .with("head", self.head.as_str())
            .with("choices", self.choices.as_str())
            .with("gate", attributes)
            .with("gpc", self.gpc.as_str())
            .with("csp", self.csp.as_str())
            .with("integrity", Object::new().with("gate", gate.as_str()).with("style", style.as_str()));
        Value::from(object).to_canonical().unwrap_or_default()
    }
}

/// The languages that a policy speaks and we have words in, with whether those are reviewed.
pub fn languages(policy: &Policy) -> Vec<(String, bool)> {
    let translations = policy.duties.translations.iter().map(|translation| translation.language.as_str());
    let all = std::iter::once(policy.language.as_str()).chain(translations);
    all.filter_map(Words::of).map(|words| (words.language, words.reviewed)).collect()
}
