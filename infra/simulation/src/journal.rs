//! What happened, line by line. The lines are only kept when somebody wants to read them; their
//! digest is always taken, so that two runs can be compared.

use std::fmt::Arguments;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::time::SimulatedClock;

/// The journal of a run.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    clock: SimulatedClock,
    pages: Arc<Mutex<Pages>>,
}

#[derive(Debug)]
struct Pages {
    digest: Sha256,
    kept: Option<Vec<String>>,
}

impl Journal {
    pub(crate) fn new(clock: SimulatedClock, keeps_lines: bool) -> Self {
        let pages = Pages {
            digest: Sha256::new(),
            kept: keeps_lines.then(Vec::new),
        };
        let pages = Arc::new(Mutex::new(pages));
        Self { clock, pages }
    }

    /// Adds a line, with the time before it.
    pub(crate) fn note(&self, what: Arguments<'_>) {
        let line = format!("{:>10.3} s  {what}", self.clock.elapsed().as_secs_f64());
        let mut pages = self.lock();
        pages.digest.update(line.as_bytes());
        if let Some(kept) = &mut pages.kept {
            kept.push(line);
        }
    }

    /// Adds a line that doesn't count for the digest.
    pub(crate) fn add_aside(&self, what: &str) {
        if let Some(kept) = &mut self.lock().kept {
            kept.push(format!("              {what}"));
        }
    }

    /// Whether lines are kept.
    pub(crate) fn keeps_lines(&self) -> bool {
        self.lock().kept.is_some()
    }

    /// The digest of all lines in hexadecimal, and the lines that were kept.
    pub(crate) fn close(&self) -> (String, Vec<String>) {
        let mut pages = self.lock();
        let digest = hex::encode(pages.digest.clone().finalize());
        (digest, pages.kept.take().unwrap_or_default())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds a line to a journal, formatted.
macro_rules! note {
    ($journal:expr, $($words:tt)*) => {
        $journal.note(format_args!($($words)*))
    };
}
pub(crate) use note;
