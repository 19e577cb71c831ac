//! `AWS::DynamoDB::Table`, as the template writes it.

use serde::Deserialize;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Kind, Resource};
use super::tables::{AttributeKind, Index, Key, Projection, Table};

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
