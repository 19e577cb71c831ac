//! Queues as rows of the database.

use rusqlite::{Connection, OptionalExtension, params};

use super::attributes::{Attributes, Configuration};
use super::error::SqsError;
use crate::account::AccountId;
use crate::template::queue_arn;

/// Whether a queue may have this name.
pub(super) fn check_name(name: &str) -> Result<(), SqsError> {
    let is_allowed =
        |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if (1..=80).contains(&name.len()) && name.chars().all(is_allowed) {
        return Ok(());
    }
    let reason =
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
    Err(SqsError::InvalidParameterValue(reason.to_owned()))
}

/// Adds a queue, unless it is there with these attributes.
pub(super) fn create(
    connection: &Connection,
    name: &str,
    attributes: &Attributes,
    now_ms: i64,
) -> Result<(), SqsError> {
    match Configuration::of(connection, name) {
        Ok(existing) => same(&existing, attributes),
        Err(SqsError::QueueDoesNotExist) => {
            let mut configuration = Configuration::default();
            configuration.set(attributes)?;
            connection.execute(
                "INSERT INTO queue (name, created_ms, attributes) VALUES (?1, ?2, '')",
                params![name, now_ms],
            )?;
            store(connection, name, &configuration)
        }
        Err(error) => Err(error),
    }
}

fn same(existing: &Configuration, attributes: &Attributes) -> Result<(), SqsError> {
    let mut wanted = existing.clone();
    wanted.set(attributes)?;
    let (existing, wanted) = (existing.written(), wanted.written());
    match wanted
        .into_iter()
        .find(|(name, value)| existing.get(name) != Some(value))
    {
        Some((name, _)) => Err(SqsError::QueueNameExists(name)),
        None => Ok(()),
    }
}

/// Keeps what a queue is configured with; its dead-letter queue must exist.
pub(super) fn store(
    connection: &Connection,
    name: &str,
    configuration: &Configuration,
) -> Result<(), SqsError> {
    if let Some(redrive) = &configuration.redrive {
        let target = Configuration::of(connection, redrive.target());
        target.map_err(|_| SqsError::InvalidParameterValue(format!(
            "Value {} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.",
            redrive.dead_letter_target_arn
        )))?;
    }
    connection.execute(
        "UPDATE queue SET attributes = ?2 WHERE name = ?1",
        params![name, configuration.stored()?],
    )?;
    Ok(())
}

/// Removes a queue with its messages.
pub(super) fn delete(connection: &Connection, name: &str) -> Result<(), SqsError> {
    match connection.execute("DELETE FROM queue WHERE name = ?1", params![name])? {
        0 => Err(SqsError::QueueDoesNotExist),
        _ => Ok(()),
    }
}

/// The names of all queues.
pub(super) fn names(connection: &Connection) -> Result<Vec<String>, SqsError> {
    let mut statement = connection.prepare_cached("SELECT name FROM queue ORDER BY name")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// All attributes of a queue, with the counts of its messages.
pub(super) fn described(
    connection: &Connection,
    name: &str,
    now_ms: i64,
) -> Result<Attributes, SqsError> {
    let mut attributes = Configuration::of(connection, name)?.written();
    attributes.insert("QueueArn".to_owned(), queue_arn(name, AccountId::EMBEDDED));
    let counts: Option<[i64; 3]> = connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE visible_ms <= ?2),
                    count(*) FILTER (WHERE visible_ms > ?2 AND receive_count > 0),
                    count(*) FILTER (WHERE visible_ms > ?2 AND receive_count = 0)
             FROM message WHERE queue = ?1",
        )?
        .query_row(params![name, now_ms], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?])
        })
        .optional()?;
    let [visible, in_flight, delayed] = counts.unwrap_or_default();
    let counted = [
        ("", visible),
        ("NotVisible", in_flight),
        ("Delayed", delayed),
    ];
    for (suffix, count) in counted {
        attributes.insert(
            format!("ApproximateNumberOfMessages{suffix}"),
            count.to_string(),
        );
    }
    Ok(attributes)
}
