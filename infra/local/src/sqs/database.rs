//! One thread that owns the connection. Work that arrives together is committed together, so
//! that many senders share one flush of the disk; nobody is answered before that.

use std::path::PathBuf;
use std::sync::Mutex;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::error::SqsError;
use super::schema;

/// The most pieces of work in one commit.
const LARGEST_COMMIT: usize = 128;

/// Tells the one who waits, once it is known whether the commit came through.
type Reply = Box<dyn FnOnce(Result<(), SqsError>) + Send>;
type Work = Box<dyn FnOnce(&Connection) -> Reply + Send>;

/// The queue file.
#[derive(Debug)]
pub(super) struct Database {
    work: Mutex<Option<mpsc::UnboundedSender<Work>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Database {
    /// Opens the file, or a database in memory, and starts its thread.
    pub(super) async fn open(file: Option<PathBuf>) -> Result<Self, SqsError> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let (opened, outcome) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("sqs".to_owned())
            .spawn(move || run(file, opened, receiver))
            .map_err(|error| SqsError::Internal(error.to_string()))?;
        outcome.await.unwrap_or_else(|_| Err(closed()))?;
        Ok(Self {
            work: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Does this work, all of it or nothing, and returns once it is on the disk.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, SqsError> + Send + 'static,
    ) -> Result<T, SqsError> {
        let (sender, outcome) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let result = all_or_nothing(connection, work);
            Box::new(move |committed| {
                // Whoever asked may have gone away meanwhile.
                let _ = sender.send(committed.and(result));
            })
        });
        self.submit(work)?;
        outcome.await.unwrap_or_else(|_| Err(closed()))
    }

    fn submit(&self, work: Work) -> Result<(), SqsError> {
        let sender = self.work.lock().map_err(|_| closed())?;
        let sender = sender.as_ref().ok_or_else(closed)?;
        sender.send(work).map_err(|_| closed())
    }

    /// Finishes what was submitted, and closes the file.
    pub(super) async fn close(&self) {
        if let Ok(mut work) = self.work.lock() {
            work.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn closed() -> SqsError {
    SqsError::Internal("the queue file is closed".to_owned())
}

fn run(
    file: Option<PathBuf>,
    opened: oneshot::Sender<Result<(), SqsError>>,
    mut receiver: mpsc::UnboundedReceiver<Work>,
) {
    let connection = match connect(file) {
        Ok(connection) => connection,
        Err(error) => {
            let _ = opened.send(Err(error));
            return;
        }
    };
    let _ = opened.send(Ok(()));
    let mut waiting = Vec::new();
    while receiver.blocking_recv_many(&mut waiting, LARGEST_COMMIT) > 0 {
        commit_together(&connection, waiting.drain(..));
    }
}

fn connect(file: Option<PathBuf>) -> Result<Connection, SqsError> {
    let connection = match file {
        Some(file) => Connection::open(file)?,
        None => Connection::open_in_memory()?,
    };
    schema::prepare(&connection)?;
    Ok(connection)
}

fn commit_together(connection: &Connection, waiting: impl Iterator<Item = Work>) {
    let begun = connection.execute_batch("BEGIN IMMEDIATE");
    let replies: Vec<Reply> = waiting.map(|work| work(connection)).collect();
    let committed = begun.and_then(|()| connection.execute_batch("COMMIT"));
    if committed.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    let committed = committed.map_err(SqsError::from);
    for reply in replies {
        reply(committed.clone());
    }
}

fn all_or_nothing<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, SqsError>,
) -> Result<T, SqsError> {
    connection.execute_batch("SAVEPOINT work")?;
    let result = work(connection);
    if result.is_err() {
        connection.execute_batch("ROLLBACK TO work")?;
    }
    connection.execute_batch("RELEASE work")?;
    result
}
