//! Rows that a provider gives under names: an object of which one bad value costs itself only,
//! and which borrows what it holds from the answer's body.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{malformed, unknown};
use crate::provider::answer::Answer;
use crate::{Batch, MarketError};

/// An object's values, unread, with their names; none where it is null.
#[derive(Debug, Default)]
pub struct Rows<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

/// A name that is copied only where it has escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowsVisitor)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Rows<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or null")
    }

    fn visit_unit<E>(self) -> Result<Rows<'de>, E> {
        Ok(Rows::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows<'de>, A::Error> {
        let mut rows = Vec::with_capacity(map.size_hint().unwrap_or(0));
        while let Some((Name(name), row)) = map.next_entry()? {
            rows.push((name, row));
        }
        Ok(Rows(rows))
    }
}

impl<'a> Rows<'a> {
    /// What the rows say of each wanted key, found by the name under which it was asked for. A
    /// key without a row, or whose row is null, is unknown.
    pub fn batch<K: Ord + Clone, V>(
        &self,
        answer: &Answer,
        wanted: &BTreeMap<String, K>,
        read: impl Fn(&K, &'a RawValue) -> Result<V, MarketError>,
    ) -> Batch<K, V> {
        let rows: BTreeMap<&str, &'a RawValue> =
            self.0.iter().map(|(name, row)| (&**name, *row)).collect();
        let outcome = |(name, key): (&String, &K)| match rows.get(name.as_str()) {
            Some(row) if row.get() != "null" => (key.clone(), read(key, row)),
            _ => (key.clone(), Err(unknown(answer.provider, name))),
        };
        wanted.iter().map(outcome).collect()
    }
}

/// A list that may be null, but may not be absent.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads one row.
pub fn row<'a, T: Deserialize<'a>>(answer: &Answer, row: &'a RawValue) -> Result<T, MarketError> {
    serde_json::from_str(row.get())
        .map_err(|_| malformed(answer.provider, "a row has another shape than it should"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::ProviderName;

    #[test]
    fn rows_are_found_by_name_and_each_fails_by_itself() {
        let text = r#"{"b":2,"a":"one","\u0063":3,"d":null,"b":4,"unasked":5}"#;
        let now = chrono::DateTime::UNIX_EPOCH;
        let headers = reqwest::header::HeaderMap::new();
        let answer = Answer::new(ProviderName::Alpaca, 200, headers, text.into(), now);
        let rows: Rows<'_> = answer.json().unwrap();
        let names = ["a", "b", "c", "d", "e"];
        let wanted = names.map(|name| (name.to_owned(), name));
        let read = |_: &&str, raw: &RawValue| row::<u32>(&answer, raw);
        let batch = rows.batch(&answer, &BTreeMap::from(wanted), read);
        assert_eq!(batch.found, BTreeMap::from([("b", 4), ("c", 3)]));
        let unknown = |name| matches!(batch.failed[name], MarketError::UnknownSymbol { .. });
        assert!(unknown("d") && unknown("e") && !unknown("a"));
        assert_eq!(batch.failed.len(), 3);
    }

    #[test]
    fn null_has_no_rows_and_a_list_is_none() {
        let none: Rows<'_> = serde_json::from_str("null").unwrap();
        assert!(none.0.is_empty());
        assert!(serde_json::from_str::<Rows<'_>>("[]").is_err());
        assert!(serde_json::from_str::<Rows<'_>>("7").is_err());
    }
}
