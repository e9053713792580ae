//! What the module `tools` exports of a policy file. It runs in Node, behind the `npx` commands.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{SiteOptions, build, changes};
use crate::codec::json::{self, Object, Value};
use crate::consent::banner::BannerOptions;
use crate::consent::lint::lint;
use crate::consent::policy::Policy;
use crate::{Code, Error};

/// Everything that is wrong with a policy file, as a JSON array of `path`, `reason` and `rule`: its form first (`form`),
/// then, where that is right, what a lint finds.
///
/// # Errors
///
/// None; the signature is that of its neighbours.
#[wasm_bindgen(js_name = checkPolicy)]
pub fn check_policy(text: &str) -> Result<String, Error> {
    let entry = |path: &str, reason: &str, rule: &str| {
        Value::from(Object::new().with("path", path).with("reason", reason).with("rule", rule))
    };
    let found: Vec<Value> = match Policy::parse(text) {
        Ok(policy) => lint(&policy)
            .iter()
            .map(|finding| entry(&finding.path, &finding.reason, finding.rule.as_str()))
            .collect(),
        Err(problems) => {
            problems.iter().map(|problem| entry(&problem.path, &problem.reason, "form")).collect()
        }
    };
    Value::from(found).to_canonical()
}

/// Everything that follows from a policy file, as JSON ([`super::Site::to_json`] and `changes`). `options` has the
/// members of [`SiteOptions`] in camel case, each of them a string but for `inline`.
///
/// # Errors
///
/// `consent.policy-invalid` for either policy, `input.invalid` for options that are not an object.
#[wasm_bindgen(js_name = buildSite)]
pub fn build_site(policy: &str, options: &str, previous: Option<String>) -> Result<String, Error> {
    let mut policy = Policy::parse(policy).map_err(Error::from)?;
    if let Some(previous) = previous {
        let before = Policy::parse(&previous).map_err(Error::from)?;
        if policy.duties.changes.is_empty() {
            policy.duties.changes = changes(&before, &policy);
        }
    }
    let options = json::parse(options)?;
    if options.as_object().is_none() {
        return Err(Error::new(Code::InputInvalid, "tools: expected an object as options".to_owned()));
    }
    let text = |name: &str| options.get(name).and_then(Value::as_str).unwrap_or_default();
    let usual = BannerOptions::default();
    let or = |name: &'static str, usual: &'static str| {
        options.get(name).and_then(Value::as_str).unwrap_or(usual).to_owned()
    };
    let (stylesheet, policy_href) =
        (or("stylesheetHref", usual.stylesheet_href), or("policyHref", usual.policy_href));
    let site = build(
        &policy,
        &SiteOptions {
            gate_href: text("gateHref"),
            gate_source: text("gateSource"),
            style_source: text("styleSource"),
            inline: options.get("inline").and_then(Value::as_bool).unwrap_or_default(),
            banner: BannerOptions {
                stylesheet_href: &stylesheet,
                policy_href: &policy_href,
                record_href: text("recordHref"),
                settings_href: text("settingsHref"),
                ..usual
            },
            banner_script_href: text("bannerScriptHref"),
            today: text("today"),
        },
    );
    let mut json = site.to_json();
    // The site's JSON is an object: its last character closes it.
    json.pop();
    json.push_str(",\"changes\":");
    json::push_strings(&mut json, &policy.duties.changes);
    json.push('}');
    Ok(json)
}
