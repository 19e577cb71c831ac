//! Handing out messages: what is visible is hidden and given; what is too old goes; what was
//! received too often is moved to the dead-letter queue.

use std::collections::BTreeMap;
use std::time::Duration;

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::attributes::Configuration;
use super::error::SqsError;
use super::message::md5_hex;
use super::message_attributes::{self, MessageAttributes};
use super::queue_name;
use super::receipts::Receipt;
use super::receive::ReceiveRequest;
use crate::account::AccountId;
use crate::template::queue_arn;

/// A message as it is handed out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Handed {
    message_id: String,
    receipt_handle: String,
    #[serde(rename = "MD5OfBody")]
    md5_of_body: String,
    body: String,
    attributes: BTreeMap<&'static str, String>,
    #[serde(
        rename = "MD5OfMessageAttributes",
        skip_serializing_if = "Option::is_none"
    )]
    md5_of_attributes: Option<String>,
    #[serde(skip_serializing_if = "MessageAttributes::is_empty")]
    message_attributes: MessageAttributes,
}

/// What one look at a queue gave.
pub(super) struct Look {
    pub(super) messages: Vec<Handed>,
    /// Where messages were moved to that had been received too often.
    pub(super) dead_letter_queue: Option<String>,
    /// How long the receiver waits if there is nothing.
    pub(super) wait: Duration,
    /// When the next hidden message becomes visible.
    pub(super) next_visible: Option<Duration>,
}

/// Takes what is visible and asked for.
pub(super) fn look(
    connection: &Connection,
    asked: &ReceiveRequest,
    now_ms: i64,
) -> Result<Look, SqsError> {
    let queue = queue_name(&asked.queue_url);
    let configuration = Configuration::of(connection, &queue)?;
    drop_expired(connection, &queue, &configuration, now_ms)?;
    let dead_letter_queue = move_to_dead_letters(connection, &queue, &configuration, now_ms)?;
    let messages = take(connection, &queue, asked, &configuration, now_ms)?;
    Ok(Look {
        messages,
        dead_letter_queue,
        wait: Duration::from_secs(
            asked
                .wait_time_seconds
                .unwrap_or(configuration.wait_s)
                .into(),
        ),
        next_visible: next_visible(connection, &queue, now_ms)?,
    })
}

fn drop_expired(
    connection: &Connection,
    queue: &str,
    configuration: &Configuration,
    now_ms: i64,
) -> Result<(), SqsError> {
    let oldest_ms = now_ms - i64::from(configuration.retention_s) * 1000;
    connection
        .prepare_cached("DELETE FROM message WHERE queue = ?1 AND sent_ms <= ?2")?
        .execute(params![queue, oldest_ms])?;
    Ok(())
}

/// The next receive of such a message would be one too many. It keeps its id and its age.
fn move_to_dead_letters(
    connection: &Connection,
    queue: &str,
    configuration: &Configuration,
    now_ms: i64,
) -> Result<Option<String>, SqsError> {
    let Some(redrive) = &configuration.redrive else {
        return Ok(None);
    };
    let moved = connection
        .prepare_cached(
            "UPDATE message SET queue = ?2, visible_ms = ?3, receive_count = 0, receipt = NULL,
                    first_received_ms = NULL, dead_letter_source = ?4
             WHERE queue = ?1 AND visible_ms <= ?3 AND receive_count >= ?5",
        )?
        .execute(params![
            queue,
            redrive.target(),
            now_ms,
            queue_arn(queue, AccountId::EMBEDDED),
            redrive.max_receive_count
        ])?;
    Ok((moved > 0).then(|| redrive.target().to_owned()))
}

fn take(
    connection: &Connection,
    queue: &str,
    asked: &ReceiveRequest,
    configuration: &Configuration,
    now_ms: i64,
) -> Result<Vec<Handed>, SqsError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence FROM message WHERE queue = ?1 AND visible_ms <= ?2
         ORDER BY visible_ms, sequence LIMIT ?3",
    )?;
    let most = asked.max_number_of_messages.unwrap_or(1);
    let sequences = statement.query_map(params![queue, now_ms, most], |row| row.get(0))?;
    let sequences: Vec<i64> = sequences.collect::<Result<_, _>>()?;
    let hidden_s = asked
        .visibility_timeout
        .unwrap_or(configuration.visibility_s);
    let visible_ms = now_ms + i64::from(hidden_s) * 1000;
    let messages = sequences.into_iter().map(|sequence| {
        let receipt = Receipt::new(queue, sequence);
        hand_out(connection, asked, &receipt, now_ms, visible_ms)
    });
    messages.collect()
}

fn hand_out(
    connection: &Connection,
    asked: &ReceiveRequest,
    receipt: &Receipt,
    now_ms: i64,
    visible_ms: i64,
) -> Result<Handed, SqsError> {
    let mut statement = connection.prepare_cached(
        "UPDATE message SET visible_ms = ?3, receipt = ?4, receive_count = receive_count + 1,
                first_received_ms = coalesce(first_received_ms, ?2)
         WHERE sequence = ?1
         RETURNING message_id, body, attributes, receive_count, sent_ms, first_received_ms,
                   dead_letter_source",
    )?;
    let values = params![receipt.sequence, now_ms, visible_ms, receipt.nonce];
    Ok(statement.query_row(values, |row| message(row, asked, receipt))?)
}

fn message(row: &Row<'_>, asked: &ReceiveRequest, receipt: &Receipt) -> rusqlite::Result<Handed> {
    let body: String = row.get("body")?;
    let own: String = row.get("attributes")?;
    let own: MessageAttributes = serde_json::from_str(&own).unwrap_or_default();
    let own = message_attributes::asked_for(own, &asked.message_attribute_names);
    Ok(Handed {
        message_id: row.get("message_id")?,
        receipt_handle: receipt.receipt_handle(),
        md5_of_body: md5_hex(&body),
        body,
        attributes: system_attributes(row, asked)?,
        md5_of_attributes: message_attributes::md5_hex(&own),
        message_attributes: own,
    })
}

fn system_attributes(
    row: &Row<'_>,
    asked: &ReceiveRequest,
) -> rusqlite::Result<BTreeMap<&'static str, String>> {
    let number = |column: &str| row.get::<_, i64>(column).map(|number| number.to_string());
    let mut attributes = BTreeMap::from([
        ("ApproximateReceiveCount", number("receive_count")?),
        ("SentTimestamp", number("sent_ms")?),
        (
            "ApproximateFirstReceiveTimestamp",
            number("first_received_ms")?,
        ),
        ("SenderId", AccountId::EMBEDDED.to_string()),
    ]);
    let source: Option<String> = row.get("dead_letter_source")?;
    attributes.extend(source.map(|source| ("DeadLetterQueueSourceArn", source)));
    attributes.retain(|name, _| asked.wants(name));
    Ok(attributes)
}

fn next_visible(
    connection: &Connection,
    queue: &str,
    now_ms: i64,
) -> Result<Option<Duration>, SqsError> {
    let next_ms: Option<i64> = connection
        .prepare_cached("SELECT min(visible_ms) FROM message WHERE queue = ?1 AND visible_ms > ?2")?
        .query_row(params![queue, now_ms], |row| row.get(0))?;
    let left_ms = next_ms.and_then(|next_ms| u64::try_from(next_ms - now_ms).ok());
    Ok(left_ms.map(Duration::from_millis))
}
