//! Whether the data directory is there and can be written, and who has it.

use std::fs;
use std::io;
use std::path::Path;

use local_stack::data_dir::{self, DataDir, DataDirError, Running};
use runtime::telemetry::chain;

use super::finding::Finding;

const SUBJECT: &str = "data directory";

/// What is to be looked at.
pub(super) enum Found {
    /// A directory that can't be used.
    Nothing,
    /// No directory yet.
    Missing,
    /// A stack runs on it, and is asked.
    Running(Running),
    /// No stack runs on it; this command has it to itself meanwhile.
    Stopped(DataDir),
}

/// Looks for the directory. It never makes one.
pub(super) fn check(dir: &Path) -> (Finding, Found) {
    let shown = dir.display();
    if !dir.is_dir() {
        let says = format!("there is no directory {shown}, so no stack has run on it");
        let advice = "start one with scripts/up, or name another with --data-dir";
        return (Finding::warn(SUBJECT, says, advice), Found::Missing);
    }
    if let Err(error) = probe(dir) {
        let says = format!("{shown} can't be written: {error}");
        let advice = "give its owner back the right to write, or free some space";
        return (Finding::fail(SUBJECT, says, advice), Found::Nothing);
    }
    if let Some(running) = data_dir::running(dir) {
        let says = format!("{shown}: a stack runs on it, on port {}", running.port);
        return (Finding::ok(SUBJECT, says), Found::Running(running));
    }
    match DataDir::take(dir) {
        Ok(taken) => {
            let says = format!("{shown}: no stack runs on it");
            (Finding::ok(SUBJECT, says), Found::Stopped(taken))
        }
        Err(error @ DataDirError::Taken { .. }) => {
            let advice = "another command has it, or a stack is just starting; try again";
            (
                Finding::fail(SUBJECT, error.to_string(), advice),
                Found::Nothing,
            )
        }
        Err(error) => {
            let advice = "see that it is yours to write";
            (
                Finding::fail(SUBJECT, chain(&error), advice),
                Found::Nothing,
            )
        }
    }
}

/// Writes a file and takes it away again.
fn probe(dir: &Path) -> io::Result<()> {
    let file = dir.join("doctor.probe");
    fs::write(&file, "written by `parallax doctor`")?;
    fs::remove_file(file)
}
