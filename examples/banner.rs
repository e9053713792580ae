//! Prints the consent banner of a policy file, for a shop that renders its pages at build time:
//!
//! ```sh
//! cargo run --example banner -- privacy.json /styles/banner.css > banner.html
//! ```

use std::{env, fs, process::ExitCode};

use storefront_privacy::consent::{BannerOptions, Policy, render};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, stylesheet_href] = arguments.as_slice() else {
        eprintln!("usage: banner POLICY STYLESHEET");
        return ExitCode::from(2);
    };
    let policy = fs::read_to_string(file)
        .map_err(|error| format!("{file}: {error}"))
        .and_then(|text| Policy::parse(&text).map_err(|error| format!("{file}: {error}")));
    match policy {
        Ok(policy) => {
            let options = BannerOptions { stylesheet_href, ..BannerOptions::default() };
            println!("{}", render(&policy, &options));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
