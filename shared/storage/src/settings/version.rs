//! A version of settings as an item, and what it makes of the values below it.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{NewVersion, SettingsKind};
use crate::error::StorageError;
use crate::item::{
    Item, SCHEMA_VERSION, key_of, number, number_of, refuse_unknown_version, text, text_of,
    unreadable,
};
use crate::keys::Key;

/// A version of settings, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingsVersion {
    /// Counts from 1 within its kind.
    pub number: u32,
    /// Whether it was put in force.
    pub enabled: bool,
    /// Who wrote it.
    pub changed_by: String,
    /// When, as RFC 3339.
    pub changed_at: String,
    /// The values that it sets.
    pub values: Map<String, Value>,
}

/// Where version `version` of a kind stands.
pub(super) fn key(kind: SettingsKind, version: u32) -> Key {
    Key::new(kind.partition(), format!("V#{version:08}"))
}

/// A value in the form in which its setting stands now: amounts are text in the table, so a number
/// that is given for one becomes that.
pub fn in_form_of(current: &Value, value: Value) -> Value {
    match (current, &value) {
        (Value::String(_), Value::Number(number)) => Value::String(number.to_string()),
        _ => value,
    }
}

/// The item of version `version`.
pub(super) fn item(new: &NewVersion<'_>, version: u32) -> Result<Item, StorageError> {
    let key = key(new.kind, version);
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
    let Some(item) = version else {
        return Ok((base.clone(), 0));
    };
    let (key, kind) = (key_of(&item), kind_of(&item));
    let wrong = |source: serde_json::Error| unreadable(&key, &kind, source);
    let version = read(item)?;
    let mut whole = serde_json::to_value(base).map_err(wrong)?;
    if let Some(object) = whole.as_object_mut() {
        object.extend(version.values);
    }
    Ok((
        serde_json::from_value(whole).map_err(wrong)?,
        version.number,
    ))
}

/// A version that is a whole record, and its number.
pub(super) fn whole<T: DeserializeOwned>(
    version: Option<Item>,
) -> Result<(Option<T>, u32), StorageError> {
    let Some(item) = version else {
        return Ok((None, 0));
    };
    let (key, kind) = (key_of(&item), kind_of(&item));
    let version = read(item)?;
    let record = serde_json::from_value(Value::Object(version.values))
        .map_err(|source| unreadable(&key, &kind, source))?;
    Ok((Some(record), version.number))
}

/// An item as the version that it is.
pub(super) fn read(mut item: Item) -> Result<SettingsVersion, StorageError> {
    let (key, kind) = (key_of(&item), kind_of(&item));
    refuse_unknown_version(&item, &key)?;
    let values = match item.remove("values") {
        Some(values) => {
            serde_dynamo::from_attribute_value(serde_dynamo::AttributeValue::from(values))
                .map_err(|source: serde_dynamo::Error| unreadable(&key, &kind, source))?
        }
        None => Map::new(),
    };
    let told = |name| text_of(&item, name).unwrap_or_default().to_owned();
    let enabled = item.get("enabled").and_then(|value| value.as_bool().ok());
    Ok(SettingsVersion {
        number: number_of(&item, "number").unwrap_or(0),
        enabled: enabled.copied().unwrap_or(false),
        changed_by: told("changed_by"),
        changed_at: told("changed_at"),
        values,
    })
}

fn kind_of(item: &Item) -> String {
    let key = key_of(item);
    let kind = key.pk.strip_prefix("SETTINGS#").unwrap_or(&key.pk);
    if kind == "IN_FORCE" {
        key.sk
    } else {
        kind.to_owned()
    }
}
