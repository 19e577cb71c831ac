//! What a table is: its keys, its indexes, when its items expire.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::TemplateError;

/// A declared table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in the template.
    pub logical_id: String,
    /// Its name in `DynamoDB`.
    pub name: String,
    /// The kinds of all attributes that keys are made of.
    pub attributes: BTreeMap<String, AttributeKind>,
    /// Its primary key.
    pub key: Key,
    /// Its global secondary indexes.
    pub indexes: Vec<Index>,
    /// The attribute that holds when an item expires, in seconds since 1970.
    pub ttl_attribute: Option<String>,
}

/// What a key attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum AttributeKind {
    /// Text.
    #[serde(rename = "S")]
    Text,
    /// A number.
    #[serde(rename = "N")]
    Number,
    /// Bytes.
    #[serde(rename = "B")]
    Bytes,
}

/// The attributes that identify an item, in a table or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The partition key.
    pub partition: String,
    /// The sort key.
    pub sort: Option<String>,
}

/// A global secondary index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: Key,
    /// What it copies from the table.
    pub projection: Projection,
}

/// What an index copies from its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projection {
    /// Everything.
    All,
    /// The keys of table and index.
    KeysOnly,
    /// The keys and these attributes, sorted.
    Include(Vec<String>),
}

impl Table {
    /// `DynamoDB` wants exactly the attributes of keys to be defined.
    pub(super) fn check_attributes(&self, place: &str) -> Result<(), TemplateError> {
        let keys = std::iter::once(&self.key).chain(self.indexes.iter().map(|index| &index.key));
        let used: Vec<&String> = keys
            .flat_map(|key| std::iter::once(&key.partition).chain(&key.sort))
            .collect();
        let place = format!("{place}.AttributeDefinitions");
        if let Some(missing) = used
            .iter()
            .find(|name| !self.attributes.contains_key(**name))
        {
            return Err(TemplateError::shape(
                &place,
                format!("doesn't define {missing}"),
            ));
        }
        match self.attributes.keys().find(|name| !used.contains(name)) {
            Some(unused) => Err(TemplateError::shape(
                &place,
                format!("no key uses {unused}"),
            )),
            None => Ok(()),
        }
    }
}
