//! Static files: what the pages' build left in `dist/`.

use std::path::{Path, PathBuf};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use storefront_service::{Problem, random};

use crate::Shop;

/// Names in `assets/` carry a digest of their content, so they never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Serves a file of `dist/`, or says that there is nothing.
///
/// # Errors
///
/// `server.not-found` when there is no such file.
pub async fn serve(State(shop): State<Shop>, request: Request) -> Result<Response, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::not_found());
    }
    let path = request.uri().path();
    let file = locate(&shop.config.pages.join("dist"), path).ok_or_else(Problem::not_found)?;
    let bytes = tokio::fs::read(&file).await.map_err(|_| Problem::not_found())?;
    let media_type = HeaderValue::from_static(media_type(&file));
    if path.starts_with("/assets/") {
        // The card's frame has no origin: what it loads is read from everywhere, as it may be.
        let headers = [
            (header::CONTENT_TYPE, media_type),
            (header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        ];
        return Ok((headers, bytes).into_response());
    }
    let tag = format!("\"{}\"", random::hexadecimal(Sha256::digest(&bytes).get(..16).unwrap_or_default()));
    let unchanged = knows(request.headers(), &tag);
    let tag = HeaderValue::try_from(tag).map_err(|error| Problem::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (header::ETAG, tag),
    ];
    Ok(if unchanged {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, bytes).into_response()
    })
}

fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}

/// The file of a path. Every segment is plain, so that no path leaves the directory or reaches hidden files.
fn locate(directory: &Path, path: &str) -> Option<PathBuf> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let mut file = directory.to_owned();
    for segment in path.strip_prefix('/')?.split('/') {
        if segment.is_empty() || segment.starts_with('.') || !segment.bytes().all(plain) {
            return None;
        }
        file.push(segment);
    }
    Some(file)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What the build made of the pages' sources: Vite's manifest.
#[derive(Debug, Default, Clone)]
pub struct Manifest(Value);

impl Manifest {
    /// Reads `dist/.vite/manifest.json`. Without one, addresses are made from the names as they are.
    pub fn read(pages: &Path) -> Self {
        let file = pages.join("dist/.vite/manifest.json");
        let manifest = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if manifest.is_none() {
            tracing::warn!(file = %file.display(), "there is no manifest: build the pages first");
        }
        Self(manifest.unwrap_or_default())
    }

    /// The address of the built file of a source.
    pub fn asset(&self, source: &str) -> String {
        let built = self.0.get(source).and_then(|entry| entry.get("file")).and_then(Value::as_str);
        format!("/{}", built.unwrap_or(source))
    }

    /// The addresses of the style sheets that a script needs, those of the scripts it imports included.
    pub fn styles(&self, source: &str) -> Vec<String> {
        let mut seen = Vec::new();
        let mut styles = Vec::new();
        self.collect(source, &mut seen, &mut styles);
        styles
    }

    fn collect(&self, source: &str, seen: &mut Vec<String>, styles: &mut Vec<String>) {
        if seen.iter().any(|known| known == source) {
            return;
        }
        seen.push(source.to_owned());
        let Some(entry) = self.0.get(source) else { return };
        let list = |name: &str| {
            entry.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        };
        for import in list("imports") {
            self.collect(import, seen, styles);
        }
        for style in list("css") {
            let address = format!("/{style}");
            if !styles.contains(&address) {
                styles.push(address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use serde_json::json;

    use super::{Manifest, locate};

    #[test]
    fn paths_stay_inside_and_out_of_hidden_files() {
        let dist = Path::new("dist");
        assert_eq!(locate(dist, "/assets/a-1.js"), Some(PathBuf::from("dist/assets/a-1.js")));
        for path in ["/../secret", "/assets/%2e%2e/x", "/.vite/manifest.json", "//etc/passwd", "/", "/a\\b"] {
            assert_eq!(locate(dist, path), None, "{path}");
        }
    }

    #[test]
    fn the_manifest_gives_scripts_and_the_styles_of_their_imports() {
        let manifest = Manifest(json!({
            "src/shop.ts": { "file": "assets/shop-1.js", "css": ["assets/shop-1.css"], "imports": ["_base.js"] },
            "_base.js": { "file": "assets/base-1.js", "css": ["assets/base-1.css"], "imports": ["src/shop.ts"] },
        }));
        assert_eq!(manifest.asset("src/shop.ts"), "/assets/shop-1.js");
        assert_eq!(manifest.asset("images/none.svg"), "/images/none.svg");
        assert_eq!(manifest.styles("src/shop.ts"), ["/assets/base-1.css", "/assets/shop-1.css"]);
    }
}
