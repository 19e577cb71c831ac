//! Items as typed JSON, the way `DynamoDB` itself writes it: every digit of a number, every byte,
//! and the same text for the same item.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use storage::Item;

/// A value with its type. Sets are sorted, since they have no order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Typed {
    S(String),
    N(String),
    B(String),
    #[serde(rename = "BOOL")]
    Bool(bool),
    #[serde(rename = "NULL")]
    Null(bool),
    L(Vec<Self>),
    M(BTreeMap<String, Self>),
    #[serde(rename = "SS")]
    Ss(Vec<String>),
    #[serde(rename = "NS")]
    Ns(Vec<String>),
    #[serde(rename = "BS")]
    Bs(Vec<String>),
}

/// An item, its attributes in the order of their names.
pub(super) type TypedItem = BTreeMap<String, Typed>;

/// A value that can't be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum AttributeError {
    #[error("an attribute is of a type that this program doesn't know")]
    UnknownType,
    #[error("bytes aren't in base64")]
    NoBase64,
}

/// An item as it is written.
pub(super) fn typed_item(item: &Item) -> Result<TypedItem, AttributeError> {
    typed_map(item)
}

/// An item as it was.
pub(super) fn item(typed: TypedItem) -> Result<Item, AttributeError> {
    map(typed)
}

fn typed_map(of: &HashMap<String, AttributeValue>) -> Result<TypedItem, AttributeError> {
    of.iter()
        .map(|(name, value)| Ok((name.clone(), typed(value)?)))
        .collect()
}

fn map(of: TypedItem) -> Result<HashMap<String, AttributeValue>, AttributeError> {
    of.into_iter()
        .map(|(name, value)| Ok((name, untyped(value)?)))
        .collect()
}

fn typed(value: &AttributeValue) -> Result<Typed, AttributeError> {
    Ok(match value {
        AttributeValue::S(text) => Typed::S(text.clone()),
        AttributeValue::N(digits) => Typed::N(digits.clone()),
        AttributeValue::B(bytes) => Typed::B(base64_of(bytes)),
        AttributeValue::Bool(is) => Typed::Bool(*is),
        AttributeValue::Null(is) => Typed::Null(*is),
        AttributeValue::L(list) => Typed::L(list.iter().map(typed).collect::<Result<_, _>>()?),
        AttributeValue::M(fields) => Typed::M(typed_map(fields)?),
        AttributeValue::Ss(set) => Typed::Ss(sorted(set.clone())),
        AttributeValue::Ns(set) => Typed::Ns(sorted(set.clone())),
        AttributeValue::Bs(set) => Typed::Bs(sorted(set.iter().map(base64_of).collect())),
        _ => return Err(AttributeError::UnknownType),
    })
}

fn untyped(value: Typed) -> Result<AttributeValue, AttributeError> {
    Ok(match value {
        Typed::S(text) => AttributeValue::S(text),
        Typed::N(digits) => AttributeValue::N(digits),
        Typed::B(base64) => AttributeValue::B(bytes_of(&base64)?),
        Typed::Bool(is) => AttributeValue::Bool(is),
        Typed::Null(is) => AttributeValue::Null(is),
        Typed::L(list) => {
            let list = list.into_iter().map(untyped);
            AttributeValue::L(list.collect::<Result<_, _>>()?)
        }
        Typed::M(fields) => AttributeValue::M(map(fields)?),
        Typed::Ss(set) => AttributeValue::Ss(set),
        Typed::Ns(set) => AttributeValue::Ns(set),
        Typed::Bs(set) => {
            let set = set.iter().map(|base64| bytes_of(base64));
            AttributeValue::Bs(set.collect::<Result<_, _>>()?)
        }
    })
}

fn base64_of(bytes: &Blob) -> String {
    BASE64_STANDARD.encode(bytes.as_ref())
}

fn bytes_of(base64: &str) -> Result<Blob, AttributeError> {
    let bytes = BASE64_STANDARD.decode(base64);
    bytes.map(Blob::new).map_err(|_| AttributeError::NoBase64)
}

fn sorted(mut set: Vec<String>) -> Vec<String> {
    set.sort();
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_type() -> Item {
        let digits = "-1234567890.1234567890123456789012345678";
        let bytes = Blob::new([0, 159, 146, 150, 255]);
        let list = AttributeValue::L(vec![
            AttributeValue::Null(true),
            AttributeValue::N("1E-130".to_owned()),
        ]);
        let inner = HashMap::from([("list".to_owned(), list)]);
        [
            ("text", AttributeValue::S("Ä \u{0}\u{1f600} \"".to_owned())),
            ("empty", AttributeValue::S(String::new())),
            ("number", AttributeValue::N(digits.to_owned())),
            ("bytes", AttributeValue::B(bytes.clone())),
            ("flag", AttributeValue::Bool(false)),
            ("map", AttributeValue::M(inner)),
            (
                "texts",
                AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]),
            ),
            (
                "numbers",
                AttributeValue::Ns(vec!["1".to_owned(), "2".to_owned()]),
            ),
            ("many", AttributeValue::Bs(vec![bytes])),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    #[test]
    fn every_type_comes_back_to_the_digit_and_the_byte() {
        let written = serde_json::to_string(&typed_item(&every_type()).unwrap()).unwrap();
        let read: TypedItem = serde_json::from_str(&written).unwrap();
        assert_eq!(item(read).unwrap(), every_type());
        assert!(
            written.contains(r#"{"N":"-1234567890.1234567890123456789012345678"}"#),
            "{written}"
        );
    }

    #[test]
    fn sets_that_are_equal_are_written_alike() {
        let set = |texts: [&str; 2]| {
            let texts = texts.map(str::to_owned).to_vec();
            typed_item(&HashMap::from([(
                "set".to_owned(),
                AttributeValue::Ss(texts),
            )]))
            .unwrap()
        };
        assert_eq!(set(["a", "b"]), set(["b", "a"]));
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        let bad = BTreeMap::from([("b".to_owned(), Typed::B("*".to_owned()))]);
        assert_eq!(item(bad), Err(AttributeError::NoBase64));
    }
}
