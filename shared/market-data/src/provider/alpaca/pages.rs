//! Answers in pages: the next is asked for with a token of the one before, up to the last.

use std::collections::BTreeSet;

use reqwest::Url;

use super::{Alpaca, ask};
use crate::provider::answer::Answer;
use crate::provider::query::url;
use crate::provider::{Capability, ProviderName, malformed};
use crate::{Asked, MarketError};

/// More pages than any answer has.
const PAGES_MAX: usize = 50;

/// A page, and the token of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub rows: T,
    /// The token of the next page; none on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of this token, of which an empty text is none.
    pub(super) fn new(rows: T, next: Option<String>) -> Self {
        Self {
            rows,
            next: next.filter(|token| !token.is_empty()),
        }
    }
}

/// A question whose answer comes in pages.
pub(super) struct Paged<'a> {
    pub(super) capability: Capability,
    pub(super) base: &'a Url,
    pub(super) path: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
}

impl Paged<'_> {
    fn url(&self, token: Option<&str>) -> Url {
        let mut query = self.query.to_vec();
        query.extend(token.map(|token| ("page_token", token)));
        url(self.base, self.path, &query)
    }
}

impl Alpaca {
    /// All pages of an answer.
    pub(super) async fn pages<T>(
        &self,
        paged: &Paged<'_>,
        asked: Asked,
        read: impl Fn(&Answer) -> Result<Page<T>, MarketError>,
    ) -> Result<Vec<T>, MarketError> {
        let mut pages = Vec::new();
        let mut tokens = BTreeSet::new();
        let mut token: Option<String> = None;
        while pages.len() < PAGES_MAX {
            let question = ask(paged.capability, paged.url(token.as_deref()));
            let page = self.line.get(&question, asked, &read).await?;
            pages.push(page.rows);
            let Some(next) = page.next else {
                return Ok(pages);
            };
            if !tokens.insert(next.clone()) {
                return Err(malformed(ProviderName::Alpaca, "its pages have no end"));
            }
            token = Some(next);
        }
        Err(malformed(ProviderName::Alpaca, "it has too many pages"))
    }
}
