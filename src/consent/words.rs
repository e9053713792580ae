//! The banner's own words, by language. What purposes mean is always said in the shop's words.
//!
//! One file a language under `words/banner`, from which the npm package's `locales/banner` is built too. A language that
//! nobody who speaks it has read and approved says `reviewed: false`; it is shown where the policy file says `unreviewed`.

use crate::codec::json::{self, Object, Value};

/// The texts of the banner and of what stands in for held content, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Words {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// Whether someone who speaks it has read and approved all of them.
    pub reviewed: bool,
    texts: Object,
}

impl Words {
    /// The words of this language, or of what it falls back to by cutting its tag from the end (RFC 4647 §3.4) and by its
    /// region's script; `None` where there are none.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::consent::words::Words;
    ///
    /// let words = Words::of("en-IE").expect("English is always there");
    /// assert_eq!((words.language.as_str(), words.text("accept")), ("en", "Accept all"));
    /// assert!(Words::of("tlh").is_none());
    /// ```
    pub fn of(language: &str) -> Option<Self> {
        let lower = language.to_ascii_lowercase();
        let lower = ALIASES.iter().find(|(from, _)| *from == lower).map_or(lower.as_str(), |(_, to)| *to);
        let mut tag = lower;
        loop {
            if let Some((_, text)) = FILES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)) {
                return Self::parse(text);
            }
            if let Some((_, to)) = ALIASES.iter().find(|(from, _)| *from == tag) {
                tag = to;
                continue;
            }
            tag = tag.rsplit_once('-')?.0;
        }
    }

    /// The words that are always there.
    pub fn english() -> Self {
        Self::of("en").unwrap_or_else(|| Self {
            language: "en".to_owned(),
            reviewed: true,
            texts: Object::new(),
        })
    }

    /// All languages, by their tags.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(language, _)| *language)
    }

    /// The text of this name; empty where there is none, which a test rules out.
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Names and texts, in the file's order.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().filter_map(|(name, value)| Some((name, value.as_str()?)))
    }

    fn parse(text: &str) -> Option<Self> {
        let value = json::parse(text).ok()?;
        let texts = value.as_object()?.clone();
        let language = texts.get("language")?.as_str()?.to_owned();
        Some(Self { language, reviewed: texts.get("reviewed")?.as_bool()?, texts })
    }
}

/// Tags that pages use for languages that are filed under another one.
const ALIASES: [(&str, &str); 11] = [
    ("no", "nb"),
    ("nn", "nb"),
    ("iw", "he"),
    ("in", "id"),
    ("tl", "fil"),
    ("pt", "pt-br"),
    ("zh", "zh-hans"),
    ("zh-cn", "zh-hans"),
    ("zh-tw", "zh-hant"),
    ("zh-hk", "zh-hant"),
    ("zh-mo", "zh-hant"),
];

macro_rules! files {
    ($($language:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($language, include_str!(concat!("words/banner/", $language, ".json"))),)*];
    };
}

files![
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fil", "fr", "ga", "gl", "he",
    "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "mt", "nb", "nl", "pl", "pt-BR",
    "pt-PT", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th", "tr", "uk", "ur", "vi", "zh-Hans",
    "zh-Hant",
];
