//! The dashboard's pages: the files of a directory, as the cloud serves them from its bucket. Every
//! path that names no file is the page's own affair, and gets `index.html`.

use std::path::PathBuf;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower_http::services::ServeDir;

use crate::hosting::{Hosting, HostingError};

/// What is the API's, and never a page.
const NO_PAGES: [&str; 3] = ["api", "webhook", "health"];
/// The page that all paths without a file mean.
const INDEX: &str = "index.html";
/// No file of a site is larger.
const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What a browser sees while there are no pages.
const NOT_BUILT: &str = "The dashboard isn't built yet; its API is there all the same.\n\n\
    scripts/up builds it before it starts the stack, if Node.js is installed (20.19 or newer).\n\
    By hand: npm ci && npm run build, in dashboard/, then load this page again.\n";

/// Where the pages are, and what is said of their hosting.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// The directory with `index.html`; it may come to be later.
    pub directory: PathBuf,
    /// The text of `infra/dashboard.yaml`.
    pub hosting: String,
}

/// A directory that is served.
#[derive(Debug, Clone)]
pub struct Site {
    directory: PathBuf,
    hosting: Hosting,
}

impl Site {
    /// Reads what is said of the hosting; the directory is read at each request.
    pub fn open(options: &SiteOptions) -> Result<Self, HostingError> {
        Ok(Self {
            directory: options.directory.clone(),
            hosting: Hosting::parse(&options.hosting)?,
        })
    }

    /// What is said of their hosting.
    pub(crate) fn hosting(&self) -> &Hosting {
        &self.hosting
    }

    /// The page or file that a request means, if it may mean one.
    pub(crate) async fn page(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Option<Response> {
        if method != Method::GET && method != Method::HEAD {
            return None;
        }
        let key = key(uri.path())?;
        match self.file(&key).await {
            Some(file) => Some(self.unless_known(&key, file, headers)),
            None if key == INDEX => Some((StatusCode::NOT_FOUND, NOT_BUILT).into_response()),
            None => None,
        }
    }

    /// A file's content and type. The directory is read at each request, so that a new build shows.
    async fn file(&self, key: &str) -> Option<(Bytes, HeaderValue)> {
        let request = Request::get(format!("/{key}")).body(Body::empty()).ok()?;
        let files = ServeDir::new(&self.directory).append_index_html_on_directories(false);
        let found = files.clone().try_call(request).await.ok()?;
        if found.status() != StatusCode::OK {
            return None;
        }
        let content_type = found.headers().get(CONTENT_TYPE)?.clone();
        let content = to_bytes(Body::new(found.into_body()), FILE_BYTES_MAX).await;
        Some((content.ok()?, with_charset(content_type)))
    }

    /// The file, or 304 to who has it already.
    fn unless_known(&self, key: &str, file: (Bytes, HeaderValue), asked: &HeaderMap) -> Response {
        let (content, content_type) = file;
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&content)[..16]));
        let mut response = if knows(asked, &etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(CONTENT_TYPE, content_type)], content).into_response()
        };
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(ETAG, etag);
        }
        if let Some(caching) = self.hosting.cache_control(key) {
            headers.insert(CACHE_CONTROL, caching);
        }
        response
    }
}

/// The file that a path means. The function `Pages` of `infra/dashboard.yaml` chooses alike, and
/// the browser tests compare the two.
fn key(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let first = path.split('/').next().unwrap_or_default();
    if NO_PAGES.contains(&first) {
        return None;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    Some(if last.contains('.') { path } else { INDEX }.to_owned())
}

/// A weak tag is as good as the strong one: the content is the same.
fn knows(asked: &HeaderMap, etag: &str) -> bool {
    let tags = asked.get_all(IF_NONE_MATCH).iter();
    tags.filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*")
}

/// All texts of a site are UTF-8.
fn with_charset(content_type: HeaderValue) -> HeaderValue {
    let text = content_type.to_str().unwrap_or_default();
    if text.starts_with("text/") && !text.contains("charset") {
        let whole = HeaderValue::try_from(format!("{text}; charset=utf-8"));
        return whole.unwrap_or(content_type);
    }
    content_type
}
