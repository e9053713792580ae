//! The content security policy that a policy file leads to (CSP Level 3).

use super::{SiteOptions, hash};
use crate::consent::policy::{Policy, matches_origin, origin_of};

/// One header's value. Scripts come from where services' scripts are; everything else from the origins that are named.
/// What no service names is refused by the browser itself, whoever asks for it, workers among them.
pub(super) fn policy(policy: &Policy, options: &SiteOptions<'_>) -> String {
    let mut scripts: Vec<String> = vec!["'self'".into(), "'wasm-unsafe-eval'".into()];
    let mut styles: Vec<String> = vec!["'self'".into()];
    if options.inline {
        scripts.push(format!("'{}'", hash(options.gate_source)));
        styles.push(format!("'{}'", hash(options.style_source)));
    }
    let services = policy.services.iter().flat_map(|service| service.scripts.iter());
    for origin in services.filter_map(|script| origin_of(script)) {
        add(&mut scripts, origin);
    }
    let essential = policy.duties.essential_origins.iter().flatten().map(|entry| entry.origin.as_str());
    let services = policy.services.iter().flat_map(|service| service.origins.iter().map(String::as_str));
    let mut others: Vec<String> = vec!["'self'".into()];
    for origin in essential.chain(services) {
        add(&mut others, origin);
    }
    let sockets: Vec<String> = others
        .iter()
        .filter_map(|origin| Some(format!("wss://{}", origin.strip_prefix("https://")?)))
        .collect();
    let (scripts, styles, others, sockets) =
        (scripts.join(" "), styles.join(" "), others.join(" "), sockets.join(" "));
    let connect = if sockets.is_empty() { others.clone() } else { format!("{others} {sockets}") };
    format!(
        "default-src 'none'; script-src {scripts}; style-src {styles}; connect-src {connect}; img-src {others}; \
         frame-src {others}; media-src {others}; font-src 'self'; worker-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; \
         trusted-types storefront-privacy"
    )
}

fn add(origins: &mut Vec<String>, origin: &str) {
    if !origins.iter().any(|known| matches_origin(known, origin)) {
        origins.push(origin.to_owned());
    }
}
