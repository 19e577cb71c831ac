//! `AWS::DynamoDB::Table`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Kind, Resource};

/// Properties that change nothing for one who uses the table.
const WITHOUT_LOCAL_PART: &[&str] = &[
    "TableName",
    "BillingMode",
    "ContributorInsightsSpecification",
    "DeletionProtectionEnabled",
    "OnDemandThroughput",
    "PointInTimeRecoverySpecification",
    "ProvisionedThroughput",
    "SSESpecification",
    "TableClass",
    "Tags",
    "WarmThroughput",
];

/// A declared table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in the template.
    pub logical_id: String,
    /// Its name in DynamoDB.
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

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Declared {
    attribute_definitions: Vec<DeclaredAttribute>,
    key_schema: Vec<KeyPart>,
    #[serde(default)]
    global_secondary_indexes: Vec<DeclaredIndex>,
    time_to_live_specification: Option<TimeToLive>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeclaredAttribute {
    attribute_name: String,
    attribute_type: AttributeKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct KeyPart {
    attribute_name: String,
    key_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeclaredIndex {
    index_name: String,
    key_schema: Vec<KeyPart>,
    projection: DeclaredProjection,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeclaredProjection {
    projection_type: String,
    #[serde(default)]
    non_key_attributes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct TimeToLive {
    attribute_name: String,
    enabled: bool,
}

/// The tables among these resources.
pub(super) fn read(
    resolver: &Resolver<'_>,
    resources: &[Resource],
) -> Result<Vec<Table>, TemplateError> {
    let tables = resources
        .iter()
        .filter(|resource| resource.kind == Kind::Table);
    tables
        .map(|resource| read_one(resolver, resource))
        .collect()
}

fn read_one(resolver: &Resolver<'_>, resource: &Resource) -> Result<Table, TemplateError> {
    let declared: Declared = resource.typed(resolver, WITHOUT_LOCAL_PART)?;
    let place = resource.place();
    let attributes = declared.attribute_definitions.into_iter();
    let indexes = declared.global_secondary_indexes.into_iter();
    let table = Table {
        logical_id: resource.logical_id.clone(),
        name: resolver.name_of(resource)?,
        attributes: attributes
            .map(|each| (each.attribute_name, each.attribute_type))
            .collect(),
        key: key(declared.key_schema, &format!("{place}.KeySchema"))?,
        indexes: indexes
            .map(|each| index(each, &place))
            .collect::<Result<_, _>>()?,
        ttl_attribute: declared
            .time_to_live_specification
            .filter(|ttl| ttl.enabled)
            .map(|ttl| ttl.attribute_name),
    };
    table.check_attributes(&place)?;
    Ok(table)
}

fn index(declared: DeclaredIndex, place: &str) -> Result<Index, TemplateError> {
    let place = format!("{place}.GlobalSecondaryIndexes.{}", declared.index_name);
    let mut named = declared.projection.non_key_attributes;
    named.sort();
    let projection = match declared.projection.projection_type.as_str() {
        "ALL" => Projection::All,
        "KEYS_ONLY" => Projection::KeysOnly,
        "INCLUDE" => Projection::Include(named),
        other => {
            return Err(TemplateError::shape(
                &place,
                format!("unknown projection {other}"),
            ));
        }
    };
    Ok(Index {
        key: key(declared.key_schema, &place)?,
        name: declared.index_name,
        projection,
    })
}

fn key(parts: Vec<KeyPart>, place: &str) -> Result<Key, TemplateError> {
    let (mut partition, mut sort) = (None, None);
    for part in parts {
        let slot = match part.key_type.as_str() {
            "HASH" => &mut partition,
            "RANGE" => &mut sort,
            other => {
                return Err(TemplateError::shape(
                    place,
                    format!("unknown key type {other}"),
                ));
            }
        };
        if slot.replace(part.attribute_name).is_some() {
            return Err(TemplateError::shape(
                place,
                format!("two keys of type {}", part.key_type),
            ));
        }
    }
    let partition = partition.ok_or_else(|| TemplateError::shape(place, "has no HASH key"))?;
    Ok(Key { partition, sort })
}

impl Table {
    /// DynamoDB wants exactly the attributes of keys to be defined.
    fn check_attributes(&self, place: &str) -> Result<(), TemplateError> {
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
