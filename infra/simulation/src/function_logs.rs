//! The functions' own log lines, put into the journal between the calls that led to them.

use std::io::Write;

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::EnvFilter;

use crate::journal::Journal;

/// Logs go to this journal until the guard is dropped. They aren't part of its digest: some tell
/// real time.
pub(crate) fn into_journal(journal: &Journal) -> DefaultGuard {
    let journal = journal.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_target(false)
        .with_env_filter(EnvFilter::new("dynoxide=off,aws=off,info"))
        .with_writer(move || Lines(journal.clone()))
        .finish();
    tracing::subscriber::set_default(subscriber)
}

/// Takes one log line at a time.
struct Lines(Journal);

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        self.0.add_aside(text.trim_end());
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
