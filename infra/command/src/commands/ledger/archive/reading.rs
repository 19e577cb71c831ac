//! Reads an export: once as a whole, to see that nothing is missing or altered, and then item by
//! item.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use storage::Item;
use zstd::stream::read::Decoder;

use super::super::attributes::item;
use super::{ArchiveError, Counts, FORMAT, FORMAT_VERSION, Footer, Header, Line};

/// The lines of a file, as bytes, with their numbers.
struct Lines {
    file: PathBuf,
    from: BufReader<Decoder<'static, BufReader<File>>>,
    number: u64,
}

impl Lines {
    fn of(file: &Path) -> Result<Self, ArchiveError> {
        let io = |source| ArchiveError::Io {
            file: file.to_owned(),
            source,
        };
        let opened = File::open(file).map_err(io)?;
        let from = Decoder::new(opened).map_err(io)?;
        Ok(Self {
            file: file.to_owned(),
            from: BufReader::new(from),
            number: 0,
        })
    }

    /// The next line with its end; none at the end of the file.
    fn next(&mut self) -> Result<Option<Vec<u8>>, ArchiveError> {
        let mut line = Vec::new();
        let read = self.from.read_until(b'\n', &mut line);
        let read = read.map_err(|error| self.unreadable(error))?;
        self.number += 1;
        match (read, line.last()) {
            (0, _) => Ok(None),
            (_, Some(b'\n')) => Ok(Some(line)),
            _ => Err(self.cut()),
        }
    }

    fn parsed(&self, line: &[u8]) -> Result<Line, ArchiveError> {
        serde_json::from_slice(line).map_err(|error| self.at_line(error))
    }

    /// What the decompressor says at the end of a file that was cut is told as that.
    fn unreadable(&self, error: std::io::Error) -> ArchiveError {
        let file = self.file.clone();
        match error.kind() {
            _ if self.number == 0 => ArchiveError::NoExport { file },
            std::io::ErrorKind::UnexpectedEof => self.cut(),
            _ => self.at_line(error),
        }
    }

    fn at_line(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ArchiveError {
        ArchiveError::Line {
            file: self.file.clone(),
            line: self.number,
            source: source.into(),
        }
    }

    fn cut(&self) -> ArchiveError {
        let file = self.file.clone();
        ArchiveError::Cut { file }
    }

    fn altered(&self, what: &'static str) -> ArchiveError {
        let file = self.file.clone();
        ArchiveError::Altered { file, what }
    }
}

/// Reads the whole file, and returns its header if everything is as it was written.
pub(in super::super) fn check(file: &Path) -> Result<Header, ArchiveError> {
    let mut lines = Lines::of(file)?;
    let (mut sum, mut counts) = (Sha256::new(), Counts::new());
    let first = lines.next()?.ok_or_else(|| lines.cut())?;
    let header = header(file, lines.parsed(&first).ok())?;
    sum.update(&first);
    loop {
        let line = lines.next()?.ok_or_else(|| lines.cut())?;
        match lines.parsed(&line)? {
            Line::Item { table, .. } => *counts.entry(table).or_default() += 1,
            Line::Header(_) => return Err(lines.altered("a second header is in it")),
            Line::Footer(footer) => {
                let sum = hex::encode(sum.finalize());
                held(&lines, &header, &counts, &footer, &sum)?;
                break;
            }
        }
        sum.update(&line);
    }
    match lines.next()? {
        None => Ok(header),
        Some(_) => Err(lines.altered("something follows its footer")),
    }
}

fn header(file: &Path, first: Option<Line>) -> Result<Header, ArchiveError> {
    let file = file.to_owned();
    let Some(Line::Header(header)) = first else {
        return Err(ArchiveError::NoExport { file });
    };
    if header.format != FORMAT {
        return Err(ArchiveError::NoExport { file });
    }
    let versions = [
        ("format version", header.format_version, FORMAT_VERSION),
        (
            "schema version",
            header.schema_version,
            storage::upgrades::current_version(),
        ),
    ];
    match versions.into_iter().find(|(_, found, known)| found > known) {
        None => Ok(header),
        Some((what, found, known)) => Err(ArchiveError::Newer {
            file,
            what,
            found,
            known,
        }),
    }
}

/// Whether header, items and footer say the same.
fn held(
    lines: &Lines,
    header: &Header,
    counts: &Counts,
    footer: &Footer,
    sum: &str,
) -> Result<(), ArchiveError> {
    let (mut told, mut found) = (header.items.clone(), counts.clone());
    told.retain(|_, count| *count > 0);
    found.retain(|_, count| *count > 0);
    if told != found || header.items != footer.items {
        return Err(lines.altered("it doesn't hold as many items as it says"));
    }
    if footer.sha256 != sum {
        return Err(lines.altered("its SHA-256 isn't the one that its footer tells"));
    }
    Ok(())
}

/// The items of a file that was checked, each with its table, in the order in which they were
/// written.
pub(in super::super) fn items(
    file: &Path,
) -> Result<impl Iterator<Item = Result<(String, Item), ArchiveError>>, ArchiveError> {
    let mut lines = Lines::of(file)?;
    Ok(std::iter::from_fn(move || {
        next_item(&mut lines).transpose()
    }))
}

fn next_item(lines: &mut Lines) -> Result<Option<(String, Item)>, ArchiveError> {
    while let Some(line) = lines.next()? {
        match lines.parsed(&line)? {
            Line::Header(_) => {}
            Line::Item { table, item: typed } => return Ok(Some((table, item(typed)?))),
            Line::Footer(_) => break,
        }
    }
    Ok(None)
}
