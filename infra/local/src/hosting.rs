//! What `infra/dashboard.yaml`, the stack that hosts the pages in the cloud, says of answers: the
//! headers that protect them, and how long files are kept. The local stack serves the same.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use yaml_serde::Value;

/// Why the description of the hosting can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HostingError {
    /// The text isn't YAML.
    #[error("infra/dashboard.yaml isn't valid YAML")]
    Yaml(#[source] yaml_serde::Error),
    /// Something isn't in it.
    #[error("infra/dashboard.yaml: {place} is missing")]
    Missing {
        /// What.
        place: &'static str,
    },
    /// Something in it isn't as expected.
    #[error("infra/dashboard.yaml: {place}")]
    Shape {
        /// Where.
        place: &'static str,
        /// What is wrong there.
        #[source]
        source: yaml_serde::Error,
    },
    /// A header that can't be sent.
    #[error("infra/dashboard.yaml: {name} can't be a header with the value {value:?}")]
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
}

/// The headers of all answers, and the caching of files.
#[derive(Debug, Clone)]
pub struct Hosting {
    headers: Vec<(HeaderName, HeaderValue)>,
    caching: Vec<Caching>,
}

/// How long files whose path begins so are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Caching {
    prefix: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    custom_headers_config: CustomHeaders,
    security_headers_config: SecurityHeaders,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CustomHeaders {
    items: Vec<CustomHeader>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CustomHeader {
    header: String,
    value: String,
}

/// Those that `CloudFront` has fields for. Strict-Transport-Security means nothing without TLS, so it
/// has no part here.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SecurityHeaders {
    content_security_policy: ContentSecurityPolicy,
    /// It has one value only, and no field for it.
    content_type_options: Option<Value>,
    frame_options: FrameOptions,
    referrer_policy: ReferrerPolicy,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContentSecurityPolicy {
    content_security_policy: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FrameOptions {
    frame_option: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReferrerPolicy {
    referrer_policy: String,
}

impl Hosting {
    /// Reads the text of `infra/dashboard.yaml`.
    pub fn parse(text: &str) -> Result<Self, HostingError> {
        let root: Value = yaml_serde::from_str(text).map_err(HostingError::Yaml)?;
        let policy: Policy = read(
            &root,
            "Resources.SecurityHeaders.Properties.ResponseHeadersPolicyConfig",
        )?;
        let mut headers = Vec::new();
        for (name, value) in policy.pairs() {
            headers.push(header(name, value)?);
        }
        let caching = read(&root, "Resources.Files.Metadata.CacheControl")?;
        Ok(Self { headers, caching })
    }

    /// Gives an answer the headers that protect it, in place of its own.
    pub(crate) fn protect(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
    }

    /// How long a file of the site may be kept: by the first prefix that its path has.
    pub(crate) fn cache_control(&self, path: &str) -> Option<HeaderValue> {
        let caching = self
            .caching
            .iter()
            .find(|caching| path.starts_with(&caching.prefix));
        HeaderValue::try_from(&caching?.value).ok()
    }
}

impl Policy {
    fn pairs(&self) -> Vec<(&str, &str)> {
        let security = &self.security_headers_config;
        let csp = &security.content_security_policy.content_security_policy;
        let custom = self.custom_headers_config.items.iter();
        let mut pairs = vec![
            ("content-security-policy", csp.as_str()),
            ("x-frame-options", &security.frame_options.frame_option),
            ("referrer-policy", &security.referrer_policy.referrer_policy),
        ];
        let nosniff = security.content_type_options.as_ref();
        pairs.extend(nosniff.map(|_| ("x-content-type-options", "nosniff")));
        pairs.extend(custom.map(|it| (it.header.as_str(), it.value.as_str())));
        pairs
    }
}

/// What stands at this place.
fn read<T: DeserializeOwned>(root: &Value, place: &'static str) -> Result<T, HostingError> {
    let mut found = root;
    for name in place.split('.') {
        found = found.get(name).ok_or(HostingError::Missing { place })?;
    }
    yaml_serde::from_value(found.clone()).map_err(|source| HostingError::Shape { place, source })
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), HostingError> {
    let sendable = HeaderName::try_from(name)
        .ok()
        .zip(HeaderValue::try_from(value).ok());
    sendable.ok_or_else(|| HostingError::Header {
        name: name.to_owned(),
        value: value.to_owned(),
    })
}
