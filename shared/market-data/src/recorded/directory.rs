//! The files of a recording, and whose bars each of them holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::{Symbol, Timeframe};

use super::error::RecordingError;
use super::file;
use super::series::Series;

/// The most files of a recording.
const FILES_MAX: usize = 200;

/// Reads every CSV file of a directory. A file is named for its symbol and, where its bars don't
/// tell, their length: `AAPL.csv`, `AAPL-1m.csv`. Files with other names are those of `others`.
pub(super) fn read(
    dir: &Path,
    others: Option<&Symbol>,
) -> Result<BTreeMap<Symbol, Vec<Series>>, RecordingError> {
    let mut found: BTreeMap<Symbol, Vec<Series>> = BTreeMap::new();
    for file in csv_files(dir)? {
        let (symbol, named) = named(&file)
            .or_else(|| others.map(|symbol| (symbol.clone(), None)))
            .ok_or_else(|| RecordingError::Nameless { file: file.clone() })?;
        let series = file::read(&file, named)?;
        let timeframe = series.timeframe;
        let of_symbol = found.entry(symbol.clone()).or_default();
        if of_symbol.iter().any(|other| other.timeframe == timeframe) {
            return Err(RecordingError::Twice {
                file,
                symbol,
                timeframe,
            });
        }
        of_symbol.push(series);
    }
    Ok(found)
}

fn csv_files(dir: &Path) -> Result<Vec<PathBuf>, RecordingError> {
    let failed = |source| RecordingError::Directory {
        dir: dir.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            files.push(path);
        }
    }
    let dir = dir.to_owned();
    match files.len() {
        0 => return Err(RecordingError::Empty { dir }),
        count if count > FILES_MAX => {
            let files_max = FILES_MAX;
            return Err(RecordingError::TooManyFiles { dir, files_max });
        }
        _ => files.sort(),
    }
    Ok(files)
}

/// What a file's name tells. Symbols are written in capitals there, so that `hourly.csv` isn't
/// taken for one.
fn named(file: &Path) -> Option<(Symbol, Option<Timeframe>)> {
    let stem = file.file_stem()?.to_str()?;
    let symbol = |text: &str| {
        let symbol = Symbol::parse(text).ok();
        symbol.filter(|symbol| symbol.as_str() == text)
    };
    let with_length = stem
        .rsplit_once(['-', '_'])
        .and_then(|(name, length)| Some((symbol(name)?, Some(Timeframe::parse(length).ok()?))));
    with_length.or_else(|| Some((symbol(stem)?, None)))
}
