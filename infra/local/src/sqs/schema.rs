//! The tables of the queue file.

use rusqlite::Connection;

use super::error::SqsError;

/// Raised with every change of the tables. A file of another version is refused.
const VERSION: i64 = 1;

/// A message is delayed while it was never received and is hidden, in flight while it was
/// received and is hidden. `receipt` is the one of its latest receive.
const TABLES: &str = "
CREATE TABLE queue (
    name TEXT PRIMARY KEY,
    created_ms INTEGER NOT NULL,
    attributes TEXT NOT NULL
) STRICT;
CREATE TABLE message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL REFERENCES queue (name) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sent_ms INTEGER NOT NULL,
    visible_ms INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_ms INTEGER,
    receipt TEXT,
    dead_letter_source TEXT
) STRICT;
CREATE INDEX message_by_visibility ON message (queue, visible_ms, sequence);
CREATE INDEX message_by_age ON message (queue, sent_ms);
";

/// Prepares a connection, and creates the tables in a new file.
pub(super) fn prepare(connection: &Connection) -> Result<(), SqsError> {
    // FULL: the log is on the disk before a commit returns, and so before an answer is sent.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match version {
        0 => Ok(connection.execute_batch(&format!(
            "BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
        ))?),
        VERSION => Ok(()),
        _ => Err(SqsError::Internal(format!(
            "the file has version {version}, not {VERSION}"
        ))),
    }
}
