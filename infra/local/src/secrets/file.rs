//! The file of secrets: replaced as a whole, readable by its owner alone.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::{ByName, SecretsError};

/// Read and write for the owner, nothing for others.
const OWNER_ONLY: u32 = 0o600;

/// The secrets in this file; none if it doesn't exist.
pub(super) fn read(file: &Path) -> Result<ByName, SecretsError> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ByName::new()),
        Err(source) => {
            return Err(SecretsError::File {
                file: file.to_owned(),
                source,
            });
        }
    };
    serde_json::from_slice(&text).map_err(|error| SecretsError::Content {
        file: file.to_owned(),
        line: error.line(),
    })
}

/// Puts these secrets into the file, all or none of them.
pub(super) fn write(file: &Path, secrets: &ByName) -> Result<(), SecretsError> {
    replace(file, secrets).map_err(|source| SecretsError::File {
        file: file.to_owned(),
        source,
    })
}

fn replace(file: &Path, secrets: &ByName) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(secrets)?;
    let beside = file.with_extension("new");
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(OWNER_ONLY);
    let mut written = options.open(&beside)?;
    // A file left over from before may have other permissions.
    written.set_permissions(Permissions::from_mode(OWNER_ONLY))?;
    written.write_all(&text)?;
    written.sync_all()?;
    std::fs::rename(&beside, file)?;
    match file.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => File::open(directory)?.sync_all(),
        _ => Ok(()),
    }
}
