//! Pages: an answer may name the address of the next one. It is followed only to Massive's own
//! hosts, and then asked of the address that was configured, so that our key goes nowhere else.

use std::collections::BTreeSet;

use reqwest::Url;

use super::super::answer::Answer;
use super::super::line::{Ask, Line};
use super::super::{ProviderName, malformed};
use crate::{Asked, MarketError};

/// The most pages that are read of one answer.
const PAGES_MAX: usize = 60;
/// Massive's hosts beside the one that was configured.
const HOSTS: [&str; 2] = ["api.massive.com", "api.polygon.io"];

/// One page, and where the next one is.
#[derive(Debug, Clone, PartialEq)]
pub struct Paged<T> {
    /// What stands on it.
    pub content: T,
    /// The address of the next one, as it was given.
    pub next_url: Option<String>,
}

/// All pages, from the first on.
pub(super) async fn pages<T>(
    line: &Line,
    base: &Url,
    mut ask: Ask,
    asked: Asked,
    read: impl Fn(&Answer) -> Result<Paged<T>, MarketError>,
) -> Result<Vec<T>, MarketError> {
    let mut seen = BTreeSet::new();
    let mut contents = Vec::new();
    while contents.len() < PAGES_MAX {
        seen.insert(ask.url.clone());
        let read_on = |answer: &Answer| {
            let page = read(answer)?;
            let next = page.next_url.map(|next| followed(base, &next, &seen));
            Ok((page.content, next.transpose()?))
        };
        let (content, next) = line.get(&ask, asked, read_on).await?;
        contents.push(content);
        match next {
            Some(next) => ask.url = next,
            None => return Ok(contents),
        }
    }
    Err(fault(format!("it has more than {PAGES_MAX} pages")))
}

/// The next page's address at our own base.
fn followed(base: &Url, next: &str, seen: &BTreeSet<Url>) -> Result<Url, MarketError> {
    let next = Url::parse(next).map_err(|_| fault("its next page is no address"))?;
    let host = next.host_str().unwrap_or_default();
    let is_web = matches!(next.scheme(), "http" | "https");
    if !is_web || !(HOSTS.contains(&host) || base.host_str() == Some(host)) {
        return Err(fault("its next page lies at a foreign address"));
    }
    let prefix = base.path().trim_end_matches('/');
    let path = next.path().strip_prefix(prefix).unwrap_or(next.path());
    let mut ours = base.clone();
    ours.set_path(&format!("{prefix}{path}"));
    ours.set_query(next.query());
    if seen.contains(&ours) {
        return Err(fault("its next page is one that was read already"));
    }
    Ok(ours)
}

fn fault(detail: impl std::fmt::Display) -> MarketError {
    malformed(ProviderName::Massive, detail)
}
