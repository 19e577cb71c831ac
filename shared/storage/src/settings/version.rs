//! A version of settings as an item, and what it makes of the values below it.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::NewVersion;
use crate::error::StorageError;
use crate::item::{Item, SCHEMA_VERSION, key_of, number, number_of, text, text_of, unreadable};
use crate::keys::Key;

/// The item of version `version`.
pub(super) fn item(new: &NewVersion<'_>, version: u32) -> Result<Item, StorageError> {
    let key = Key::new(new.kind.partition(), format!("V#{version:08}"));
    let values: serde_dynamo::AttributeValue = serde_dynamo::to_attribute_value(&new.values)
        .map_err(|source: serde_dynamo::Error| unreadable(&key, new.kind.name(), source))?;
    Ok([
        ("pk", text(key.pk)),
        ("sk", text(key.sk)),
        ("version", number(SCHEMA_VERSION)),
        ("number", number(version)),
        ("enabled", AttributeValue::Bool(new.enabled)),
        ("changed_by", text(new.changed_by)),
        ("changed_at", text(new.changed_at.to_rfc3339())),
        ("values", values.into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into())
}

/// `base` with a version's values laid over it, and the version's number.
pub(super) fn overlaid<T>(base: &T, version: Option<Item>) -> Result<(T, u32), StorageError>
where
    T: Serialize + DeserializeOwned + Clone,
{
    let Some(mut item) = version else {
        return Ok((base.clone(), 0));
    };
    let key = key_of(&item);
    let kind = text_of(&item, "pk").unwrap_or_default().to_owned();
    let wrong = |source: serde_json::Error| unreadable(&key, &kind, source);
    let number = number_of(&item, "number").unwrap_or(0);
    let values: Map<String, Value> = match item.remove("values") {
        Some(values) => {
            serde_dynamo::from_attribute_value(serde_dynamo::AttributeValue::from(values))
                .map_err(|source: serde_dynamo::Error| unreadable(&key, &kind, source))?
        }
        None => Map::new(),
    };
    let mut whole = serde_json::to_value(base).map_err(wrong)?;
    if let Some(object) = whole.as_object_mut() {
        object.extend(values);
    }
    Ok((serde_json::from_value(whole).map_err(wrong)?, number))
}
