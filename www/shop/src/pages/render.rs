//! The template engine.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use minijinja::{Environment, ErrorKind};
use serde_json::Value;
use storefront_privacy::consent::site::choices_link;
use storefront_privacy::consent::{BannerOptions, Policy, gate, render};
use storefront_service::Problem;

use crate::assets::Manifest;

/// The templates of the shop, with what is the same on every page.
#[derive(Debug)]
pub struct Templates(Environment<'static>);

impl Templates {
    /// The templates of `directory`, read when they are first needed.
    pub fn new(
        directory: &Path,
        manifest: &Manifest,
        shop_name: &str,
        policy: &Policy,
        tracker: Option<&str>,
    ) -> Self {
        let mut environment = Environment::new();
        let directory = directory.to_owned();
        environment.set_loader(move |name| load(&directory, name));
        let banner = render(
            policy,
            &BannerOptions {
                stylesheet_href: &manifest.asset("styles/banner.css"),
                language: &policy.language,
                record_href: "/api/consent-records",
                settings_href: "/privacy",
                ..BannerOptions::default()
            },
        );
        environment.add_global("shop_name", shop_name.to_owned());
        environment.add_global("tracker", tracker.unwrap_or_default().to_owned());
        environment.add_global("banner", minijinja::Value::from_safe_string(banner));
        environment.add_global(
            "policy",
            minijinja::context! {
                gate => minijinja::Value::from_safe_string(gate::script_tag(policy, "/gate.js")),
                choices => minijinja::Value::from_safe_string(choices_link("/privacy")),
                tells_partners => policy.tcf.is_some() || policy.gpp.is_some(),
            },
        );
        let files = manifest.clone();
        environment.add_function("asset", move |source: &str| files.asset(source));
        let files = manifest.clone();
        environment.add_function("styles", move |source: &str| files.styles(source));
        Self(environment)
    }

    /// Renders a template.
    ///
    /// # Errors
    ///
    /// `server.template-missing`, which names the template, or `server.template-failed`.
    pub fn render(&self, name: &str, context: &Value) -> Result<String, Problem> {
        let rendered =
            self.0.get_template(name).and_then(|template| template.render(minijinja::value::Serde(context)));
        rendered.map_err(|error| {
            if error.kind() == ErrorKind::TemplateNotFound {
                tracing::error!(cause = %error, "template missing");
                return Problem::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "server.template-missing",
                    "A page's template is missing",
                )
                .detail(error.detail().unwrap_or(name).to_owned());
            }
            tracing::error!(template = name, cause = %error, "template failed");
            Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "server.template-failed",
                "This page could not be made",
            )
        })
    }
}

fn load(directory: &Path, name: &str) -> Result<Option<String>, minijinja::Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if name.starts_with('.') || !name.bytes().all(plain) {
        return Ok(None);
    }
    let file: PathBuf = directory.join(name);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(minijinja::Error::new(ErrorKind::InvalidOperation, "a template cannot be read")
            .with_source(error)),
    }
}
