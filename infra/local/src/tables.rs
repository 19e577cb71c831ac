//! Creates the tables of a template in any `DynamoDB`, and leaves alone those that are as
//! declared. A table that is otherwise isn't changed: what is in it may matter.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, SdkError};
use aws_sdk_dynamodb::types::{
    TableDescription, TableStatus, TimeToLiveSpecification, TimeToLiveStatus,
};

use crate::table_shape::{Shape, declared, present};
use crate::template::Table;

/// How often, and how far apart, a new table is looked at until it is active.
const LOOKS: u32 = 300;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Why the tables aren't all there.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// A table of this name exists, and isn't the declared one.
    #[error(
        "the table {table} exists with other keys or indexes: declared {declared}, present {present}"
    )]
    Different {
        /// Its name.
        table: String,
        /// What the template says.
        declared: Shape,
        /// What there is.
        present: Shape,
    },
    /// A new table didn't become active in 30 seconds.
    #[error("the table {0} doesn't become active")]
    NotActive(String),
    /// A request failed.
    #[error("the table {table}: {reason}")]
    Request {
        /// Its name.
        table: String,
        /// What `DynamoDB` said.
        reason: String,
    },
}

/// Creates what is missing of these tables, with their expiry.
pub async fn create_tables(client: &Client, tables: &[Table]) -> Result<(), TablesError> {
    for table in tables {
        match describe(client, table).await? {
            Some(description) => check(table, &description)?,
            None => create(client, table).await?,
        }
        set_expiry(client, table).await?;
    }
    Ok(())
}

fn failed<E: std::error::Error + 'static>(table: &Table, error: E) -> TablesError {
    let reason = DisplayErrorContext(&error).to_string();
    TablesError::Request {
        table: table.name.clone(),
        reason,
    }
}

async fn describe(client: &Client, table: &Table) -> Result<Option<TableDescription>, TablesError> {
    match client.describe_table().table_name(&table.name).send().await {
        Ok(output) => Ok(output.table),
        Err(SdkError::ServiceError(error)) if error.err().is_resource_not_found_exception() => {
            Ok(None)
        }
        Err(error) => Err(failed(table, error)),
    }
}

fn check(table: &Table, description: &TableDescription) -> Result<(), TablesError> {
    let (declared, present) = (declared::shape(table), present::shape(description));
    if declared == present {
        return Ok(());
    }
    Err(TablesError::Different {
        table: table.name.clone(),
        declared,
        present,
    })
}

async fn create(client: &Client, table: &Table) -> Result<(), TablesError> {
    let request = declared::creation(client, table).map_err(|error| failed(table, error))?;
    request.send().await.map_err(|error| failed(table, error))?;
    for _ in 0..LOOKS {
        let description = describe(client, table).await?;
        let status = description.and_then(|description| description.table_status);
        if status == Some(TableStatus::Active) {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Err(TablesError::NotActive(table.name.clone()))
}

/// How the table that is there differs from the declared one, each difference in words.
pub async fn differences(client: &Client, table: &Table) -> Result<Vec<String>, TablesError> {
    let Some(description) = describe(client, table).await? else {
        return Ok(vec!["it is missing".to_owned()]);
    };
    let mut found = declared::shape(table).differences(&present::shape(&description));
    let expiry = expiry_of(client, table).await?;
    if expiry != table.ttl_attribute {
        let shown = |attribute: Option<String>| attribute.unwrap_or_else(|| "never".to_owned());
        found.push(format!(
            "its items expire by {} instead of {}",
            shown(expiry),
            shown(table.ttl_attribute.clone())
        ));
    }
    Ok(found)
}

/// The attribute by which items expire, where they do.
async fn expiry_of(client: &Client, table: &Table) -> Result<Option<String>, TablesError> {
    let request = client.describe_time_to_live().table_name(&table.name);
    let answer = request.send().await.map_err(|error| failed(table, error))?;
    let enabled = answer.time_to_live_description.filter(|expiry| {
        matches!(
            expiry.time_to_live_status,
            Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)
        )
    });
    Ok(enabled.and_then(|expiry| expiry.attribute_name))
}

/// `DynamoDB` refuses to enable what is enabled, so it is asked first.
async fn set_expiry(client: &Client, table: &Table) -> Result<(), TablesError> {
    let Some(attribute) = &table.ttl_attribute else {
        return Ok(());
    };
    if expiry_of(client, table).await?.is_some() {
        return Ok(());
    }
    let expiry = TimeToLiveSpecification::builder()
        .attribute_name(attribute)
        .enabled(true);
    let expiry = expiry.build().map_err(|error| failed(table, error))?;
    let request = client.update_time_to_live().table_name(&table.name);
    let updated = request.time_to_live_specification(expiry).send().await;
    updated.map(drop).map_err(|error| failed(table, error))
}
