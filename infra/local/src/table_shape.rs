//! What of a table can't be changed once it exists, and so is compared: the keys of table and
//! indexes with their kinds, and what the indexes copy.

use std::collections::BTreeMap;
use std::fmt;

use crate::template::{AttributeKind, Key, Projection};

/// The unchangeable part of a table, written so that two can be compared and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    key: String,
    indexes: BTreeMap<String, String>,
}

impl Shape {
    /// How another shape differs from this declared one, each difference in words.
    pub fn differences(&self, present: &Self) -> Vec<String> {
        let mut found = Vec::new();
        if self.key != present.key {
            found.push(format!(
                "its key is {} instead of {}",
                present.key, self.key
            ));
        }
        for (name, index) in &self.indexes {
            match present.indexes.get(name) {
                None => found.push(format!("the index {name} is missing")),
                Some(other) if other != index => {
                    found.push(format!("the index {name} is {other} instead of {index}"));
                }
                Some(_) => {}
            }
        }
        let surplus = present.indexes.keys();
        let surplus = surplus.filter(|name| !self.indexes.contains_key(*name));
        found.extend(surplus.map(|name| format!("the index {name} is not declared")));
        found
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        self.indexes
            .iter()
            .try_for_each(|(name, index)| write!(f, ", {name} {index}"))
    }
}

fn write_key<'a>(key: &Key, kind: impl Fn(&str) -> &'a str) -> String {
    let parts = std::iter::once(&key.partition).chain(&key.sort);
    let parts: Vec<_> = parts.map(|name| format!("{name}:{}", kind(name))).collect();
    format!("({})", parts.join(", "))
}

fn write_projection(projection: &Projection) -> String {
    match projection {
        Projection::All => "all".to_owned(),
        Projection::KeysOnly => "keys only".to_owned(),
        Projection::Include(names) => format!("with {}", names.join(", ")),
    }
}

fn kind_code(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Text => "S",
        AttributeKind::Number => "N",
        AttributeKind::Bytes => "B",
    }
}

/// The shape that a template declares, and the request that creates it.
pub(crate) mod declared {
    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::error::BuildError;
    use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
    use aws_sdk_dynamodb::types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
        Projection as SdkProjection, ProjectionType, ScalarAttributeType,
    };

    use super::{Shape, kind_code, write_key, write_projection};
    use crate::template::{Index, Key, Projection, Table};

    pub(crate) fn shape(table: &Table) -> Shape {
        let kind = |name: &str| {
            table
                .attributes
                .get(name)
                .map_or("?", |kind| kind_code(*kind))
        };
        let indexes = table.indexes.iter().map(|index| {
            let key = write_key(&index.key, kind);
            (
                index.name.clone(),
                format!("{key} {}", write_projection(&index.projection)),
            )
        });
        Shape {
            key: write_key(&table.key, kind),
            indexes: indexes.collect(),
        }
    }

    pub(crate) fn creation(
        client: &Client,
        table: &Table,
    ) -> Result<CreateTableFluentBuilder, BuildError> {
        let mut request = client
            .create_table()
            .table_name(&table.name)
            .billing_mode(BillingMode::PayPerRequest);
        for (name, kind) in &table.attributes {
            let kind = ScalarAttributeType::from(kind_code(*kind));
            let attribute = AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(kind);
            request = request.attribute_definitions(attribute.build()?);
        }
        for index in &table.indexes {
            request = request.global_secondary_indexes(sdk_index(index)?);
        }
        Ok(request.set_key_schema(Some(sdk_key(&table.key)?)))
    }

    fn sdk_key(key: &Key) -> Result<Vec<KeySchemaElement>, BuildError> {
        let parts = std::iter::once((&key.partition, KeyType::Hash))
            .chain(key.sort.iter().map(|sort| (sort, KeyType::Range)));
        let parts = parts.map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()
        });
        parts.collect()
    }

    fn sdk_index(index: &Index) -> Result<GlobalSecondaryIndex, BuildError> {
        let projection = SdkProjection::builder();
        let projection = match &index.projection {
            Projection::All => projection.projection_type(ProjectionType::All),
            Projection::KeysOnly => projection.projection_type(ProjectionType::KeysOnly),
            Projection::Include(names) => projection
                .projection_type(ProjectionType::Include)
                .set_non_key_attributes(Some(names.clone())),
        };
        GlobalSecondaryIndex::builder()
            .index_name(&index.name)
            .set_key_schema(Some(sdk_key(&index.key)?))
            .projection(projection.build())
            .build()
    }
}

/// The shape that `DynamoDB` describes.
pub(crate) mod present {
    use aws_sdk_dynamodb::types::{
        KeySchemaElement, KeyType, Projection as SdkProjection, ProjectionType, TableDescription,
    };

    use super::{Shape, write_key, write_projection};
    use crate::template::{Key, Projection};

    pub(crate) fn shape(description: &TableDescription) -> Shape {
        let kind = |name: &str| {
            let mut attributes = description.attribute_definitions().iter();
            let attribute = attributes.find(|attribute| attribute.attribute_name() == name);
            attribute.map_or("?", |attribute| attribute.attribute_type().as_str())
        };
        let indexes = description.global_secondary_indexes().iter().map(|index| {
            let key = write_key(&own_key(index.key_schema()), kind);
            let projection = write_projection(&own_projection(index.projection()));
            (
                index.index_name().unwrap_or_default().to_owned(),
                format!("{key} {projection}"),
            )
        });
        Shape {
            key: write_key(&own_key(description.key_schema()), kind),
            indexes: indexes.collect(),
        }
    }

    fn own_key(parts: &[KeySchemaElement]) -> Key {
        let of = |kind: KeyType| {
            let part = parts.iter().find(|part| *part.key_type() == kind);
            part.map(|part| part.attribute_name().to_owned())
        };
        Key {
            partition: of(KeyType::Hash).unwrap_or_default(),
            sort: of(KeyType::Range),
        }
    }

    fn own_projection(projection: Option<&SdkProjection>) -> Projection {
        let kind = projection.and_then(SdkProjection::projection_type);
        match kind {
            Some(ProjectionType::KeysOnly) => Projection::KeysOnly,
            Some(ProjectionType::Include) => {
                let names = projection
                    .map(SdkProjection::non_key_attributes)
                    .unwrap_or_default();
                let mut names = names.to_vec();
                names.sort();
                Projection::Include(names)
            }
            _ => Projection::All,
        }
    }
}
