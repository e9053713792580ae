//! Signals as JSON, for pages.

use super::{Signal, Signals};
use crate::codec::json;

impl Signals {
    /// All of them as JSON: each string, or `null` with its reason under `withheld`.
    ///
    /// ```json
    /// {
    ///   "region": "US-CA", "decided": true, "gpc": false, "takenBack": [],
    ///   "tc": null, "additionalConsent": null, "gpp": "DBABj…", "usPrivacy": "1YNN", "applicableSections": [6, 8],
    ///   "consentMode": {"ad_storage": "granted", …},
    ///   "withheld": {"tc": {"code": null, "because": "…"}, …}
    /// }
    /// ```
    pub fn to_json(&self) -> String {
        let mut text = String::from("{\"region\":");
        json::push_string(&mut text, &self.region.to_string());
        let flag = |truth| if truth { "true" } else { "false" };
        text.extend([",\"decided\":", flag(self.decided), ",\"gpc\":", flag(self.gpc), ",\"takenBack\":"]);
        json::push_strings(&mut text, &self.taken_back);
        let signals = [
            ("tc", &self.tc),
            ("additionalConsent", &self.additional_consent),
            ("gpp", &self.gpp),
            ("usPrivacy", &self.us_privacy),
        ];
        for (name, signal) in signals {
            text.extend([",\"", name, "\":"]);
            match signal.text() {
                Some(sent) => json::push_string(&mut text, sent),
                None => text.push_str("null"),
            }
        }
        let sections: Vec<_> = self.applicable_sections.iter().map(i32::to_string).collect();
        text.extend([",\"applicableSections\":[", &sections.join(","), "],\"consentMode\":"]);
        match &self.consent_mode {
            None => text.push_str("null"),
            Some(keys) => {
                let word = |granted| if granted { "granted" } else { "denied" };
                let pair = |(key, granted): &(super::ConsentMode, bool)| {
                    format!("\"{}\":\"{}\"", key.as_str(), word(*granted))
                };
                text.extend(["{", &keys.iter().map(pair).collect::<Vec<_>>().join(","), "}"]);
            }
        }
        text.push_str(",\"withheld\":{");
        let withheld = signals.into_iter().filter_map(|(name, signal)| match signal {
            Signal::Sent(_) => None,
            Signal::Withheld { code, because } => Some((name, code, because)),
        });
        for (position, (name, code, because)) in withheld.enumerate() {
            let code = code.map_or_else(|| "null".to_owned(), |code| format!("\"{code}\""));
            text.extend([
                if position == 0 { "\"" } else { ",\"" },
                name,
                "\":{\"code\":",
                &code,
                ",\"because\":",
            ]);
            json::push_string(&mut text, because);
            text.push('}');
        }
        text.push_str("}}");
        text
    }
}
