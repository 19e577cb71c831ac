//! Pages of lists, and the cursors that lead from one to the next.
//!
//! A cursor holds the name of its list and the place after which the next page begins. Which
//! partition a list reads is the list's own affair: a cursor can only say where in it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::StorageError;

/// A longer text is no cursor.
const TEXT_LENGTH_MAX: usize = 512;
/// Between a list's name and the parts of a place; only the last part may have it too. No list's
/// name has it.
const SEPARATOR: char = '|';

/// How many items a page may have: 1 to 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit(u32);

impl PageLimit {
    /// As many as a page can have.
    pub const MAX: Self = Self(200);

    /// The limit, if it is one.
    pub fn new(items: u32) -> Option<Self> {
        (1..=Self::MAX.0).contains(&items).then_some(Self(items))
    }

    /// The limit nearest to so many items.
    pub const fn near(items: u32) -> Self {
        match items {
            0 => Self(1),
            items if items > Self::MAX.0 => Self::MAX,
            items => Self(items),
        }
    }

    /// As a number.
    pub fn get(self) -> u32 {
        self.0
    }

    pub(crate) fn count(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        Self(50)
    }
}

/// Where a page begins: opaque text, safe in an address. It is checked by the list that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Cursor {
    /// The cursor to what comes after this place in `list`.
    pub(crate) fn after<const N: usize>(list: &str, place: [&str; N]) -> Self {
        let mut text = list.to_owned();
        for part in place {
            text.push(SEPARATOR);
            text.push_str(part);
        }
        Self(URL_SAFE_NO_PAD.encode(text))
    }

    /// The place that it names, if it is a cursor of `list`.
    pub(crate) fn place_in<const N: usize>(&self, list: &str) -> Result<[String; N], StorageError> {
        self.parts(list).ok_or(StorageError::InvalidCursor)
    }

    fn parts<const N: usize>(&self, list: &str) -> Option<[String; N]> {
        if self.0.len() > TEXT_LENGTH_MAX {
            return None;
        }
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&self.0).ok()?).ok()?;
        let place = text.strip_prefix(list)?.strip_prefix(SEPARATOR)?;
        let parts: Vec<_> = place.splitn(N, SEPARATOR).map(str::to_owned).collect();
        parts.try_into().ok()
    }
}

/// What is asked of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// How many items at most.
    pub limit: PageLimit,
    /// Where the page begins; absent for the first.
    pub after: Option<Cursor>,
}

impl PageRequest {
    /// The first page, of this length.
    pub fn first(limit: PageLimit) -> Self {
        Self { limit, after: None }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// To the next page, if there may be more.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page of something else, with what can't be made into that left out.
    pub fn filter_map<U>(self, into: impl FnMut(T) -> Option<U>) -> Page<U> {
        Page {
            items: self.items.into_iter().filter_map(into).collect(),
            next: self.next,
        }
    }
}

impl<T> Page<T> {
    /// A page of a list that was read whole: `items` are in the order of their names.
    pub fn of_whole(
        list: &str,
        items: Vec<T>,
        name: impl Fn(&T) -> &str,
        request: &PageRequest,
    ) -> Result<Self, StorageError> {
        let after = request.after.as_ref();
        let after = after.map(|cursor| cursor.place_in::<1>(list)).transpose()?;
        let follows = |item: &T| {
            after
                .as_ref()
                .is_none_or(|[last]| name(item) > last.as_str())
        };
        let mut items: Vec<T> = items.into_iter().filter(|item| follows(item)).collect();
        let count = request.limit.count();
        let more = items.len() > count;
        items.truncate(count);
        let last = items.last().filter(|_| more);
        let next = last.map(|last| Cursor::after(list, [name(last)]));
        Ok(Self { items, next })
    }
}

/// A list that is read up to a bound, without pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounded<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// Whether the bound cut it off.
    pub more: bool,
}

impl<T> Bounded<T> {
    /// The first `most` of what was read.
    pub(crate) fn cut(mut items: Vec<T>, most: usize) -> Self {
        let more = items.len() > most;
        items.truncate(most);
        Self { items, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_from_1_to_200() {
        let limits = [0, 1, 50, 200, 201].map(|n| PageLimit::new(n).map(PageLimit::get));
        assert_eq!(limits, [None, Some(1), Some(50), Some(200), None]);
        assert_eq!(PageLimit::default().get(), 50);
    }

    #[test]
    fn pages_of_a_whole_list_are_the_list() {
        let names = ["amy", "ann", "ben", "cid", "dot"];
        for limit in 1..=6 {
            let (mut seen, mut request) = (Vec::new(), PageRequest::first(PageLimit(limit)));
            loop {
                let page = Page::of_whole("users", names.to_vec(), |it| it, &request).unwrap();
                assert!(page.items.len() <= request.limit.count());
                seen.extend(page.items);
                match page.next {
                    Some(next) => request.after = Some(next),
                    None => break,
                }
            }
            assert_eq!(seen, names, "{limit} at a time");
        }
        let elsewhere = Cursor::after("alerts", ["amy"]);
        let request = PageRequest {
            after: Some(elsewhere),
            ..PageRequest::default()
        };
        let refused = Page::of_whole("users", names.to_vec(), |it| it, &request);
        assert!(matches!(refused, Err(StorageError::InvalidCursor)));
    }

    #[test]
    fn a_cursor_leads_back_to_its_place_in_its_list_alone() {
        let cursor = Cursor::after("alerts", ["2026-07-30", "a|b"]);
        let sent: Cursor = cursor.to_string().into();
        let place = ["2026-07-30", "a|b"].map(str::to_owned);
        assert_eq!(sent.place_in("alerts").unwrap(), place);
        for other in ["alert", "orders", ""] {
            let refused = sent.place_in::<2>(other);
            assert!(
                matches!(refused, Err(StorageError::InvalidCursor)),
                "{other}"
            );
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let long = "A".repeat(TEXT_LENGTH_MAX + 4);
        for text in ["", "alerts|1", "YWxlcnRz", "YWxlcnRzfDE=", "!", "_w", &long] {
            let cursor = Cursor::from(text.to_owned());
            let refused = cursor.place_in::<1>("alerts");
            assert!(
                matches!(refused, Err(StorageError::InvalidCursor)),
                "{text}"
            );
        }
    }
}
