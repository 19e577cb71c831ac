//! `DynamoDB` on a port of this machine, over `SQLite`. It blocks its thread while it works, so
//! it has one of its own, with a runtime of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;

use dynoxide::Database;
use tokio::sync::oneshot;

/// How long a request that runs at the end may go on.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

/// Why it couldn't be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum DynamoDbError {
    /// The database file can't be opened.
    #[error("DynamoDB's file can't be opened: {0}")]
    Open(String),
    /// No port or no thread.
    #[error("DynamoDB can't be served")]
    Serve(#[from] std::io::Error),
    /// Its thread ended by a panic.
    #[error("DynamoDB's thread panicked")]
    Panicked,
}

/// A running `DynamoDB`. Dropped, it stops too, but nobody waits for it.
#[derive(Debug)]
pub struct DynamoDb {
    url: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<std::io::Result<()>>,
}

impl DynamoDb {
    /// Serves the tables kept in this file, or in memory, on a free port of 127.0.0.1.
    pub fn start(file: Option<&Path>) -> Result<Self, DynamoDbError> {
        let database = match file {
            Some(file) => Database::new(&file.to_string_lossy()),
            None => Database::memory(),
        };
        let database = database.map_err(|error| DynamoDbError::Open(error.to_string()))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("dynamodb".to_owned())
            .spawn(move || serve(listener, database, stopped))?;
        Ok(Self { url, stop, thread })
    }

    /// Its endpoint: `http://127.0.0.1:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends it, and waits until its file is closed.
    pub async fn stop(self) -> Result<(), DynamoDbError> {
        let _ = self.stop.send(());
        let joined = tokio::task::spawn_blocking(move || self.thread.join()).await;
        match joined {
            Ok(Ok(served)) => Ok(served?),
            Ok(Err(_)) | Err(_) => Err(DynamoDbError::Panicked),
        }
    }
}

fn serve(
    listener: TcpListener,
    database: Database,
    stopped: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (told, mut farewell) = oneshot::channel::<()>();
        let server = dynoxide::server::serve_with_shutdown(listener, database, async {
            // An error means that the owner is gone, which ends it as well.
            let _ = stopped.await;
            drop(told);
        });
        tokio::select! {
            outcome = server => outcome.map_err(std::io::Error::other),
            () = async {
                let _ = (&mut farewell).await;
                tokio::time::sleep(LONGEST_FAREWELL).await;
            } => Ok(()),
        }
    })
}
