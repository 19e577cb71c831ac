//! Lists: a page at a time, the newest first.

use serde::{Deserialize, Serialize};
use storage::page::{Cursor, Page, PageLimit, PageRequest};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// A longer text is no cursor.
const CURSOR_LENGTH_MAX: usize = 512;

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// Items on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// Where the page before ended, as it told.
    #[param(max_length = 512)]
    cursor: Option<String>,
}

impl PageQuery {
    /// The page that is asked for.
    pub(crate) fn request(&self) -> Result<PageRequest, Problem> {
        page_request(self.limit, self.cursor.as_deref())
    }
}

/// The page that these parameters ask for.
pub(crate) fn page_request(
    limit: Option<u32>,
    cursor: Option<&str>,
) -> Result<PageRequest, Problem> {
    let limit = limit.map_or_else(|| Some(PageLimit::default()), PageLimit::new);
    let limit = limit.ok_or_else(|| Problem::field("limit", "must be 1 to 200"))?;
    if cursor.is_some_and(|text| text.chars().count() > CURSOR_LENGTH_MAX) {
        let message = format!("may have {CURSOR_LENGTH_MAX} characters at most");
        return Err(Problem::field("cursor", message));
    }
    let after = cursor.map(|text| Cursor::from(text.to_owned()));
    Ok(PageRequest { limit, after })
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// The newest first.
    pub(crate) items: Vec<T>,
    /// What to ask the next page with; none at the end.
    #[schema(required)]
    pub(crate) next_cursor: Option<String>,
}

impl<T> Listed<T> {
    /// A page of storage, each item as it is shown.
    pub(crate) fn of<S>(page: Page<S>, shown: impl FnMut(S) -> T) -> Self {
        Self {
            items: page.items.into_iter().map(shown).collect(),
            next_cursor: page.next.map(|cursor| cursor.to_string()),
        }
    }
}
