//! Writes an export. The header says how many items follow, which is known last: so items go to a
//! file of their own first, and the whole is put together at the end. Until then there is no file
//! of the wanted name.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zstd::stream::write::Encoder;

use super::super::attributes::typed_item;
use super::{ArchiveError, Counts, Footer, Header, Line};
use storage::Item;

/// How hard it is compressed: zstd's own default.
const LEVEL: i32 = 3;
/// Only its owner reads an export: there may be users in it.
const MODE: u32 = 0o600;

/// An export under way.
pub(in super::super) struct Writing {
    file: PathBuf,
    items: PathBuf,
    to: Encoder<'static, File>,
    counts: Counts,
}

impl Writing {
    /// Begins one. A file that is there already isn't replaced.
    pub(in super::super) fn begin(file: &Path) -> Result<Self, ArchiveError> {
        if file.exists() {
            let file = file.to_owned();
            return Err(ArchiveError::Exists { file });
        }
        let items = beside(file, "items");
        let to = create(&items).and_then(|to| Encoder::new(to, LEVEL));
        Ok(Self {
            to: to.map_err(|source| failed(&items, source))?,
            file: file.to_owned(),
            items,
            counts: Counts::new(),
        })
    }

    /// Adds the items of a table; none is something to tell, too.
    pub(in super::super) fn add(
        &mut self,
        table: &str,
        items: &[Item],
    ) -> Result<(), ArchiveError> {
        for item in items {
            let line = Line::Item {
                table: table.to_owned(),
                item: typed_item(item)?,
            };
            let written = self.to.write_all(text(&line).as_bytes());
            written.map_err(|source| failed(&self.items, source))?;
        }
        *self.counts.entry(table.to_owned()).or_default() += items.len() as u64;
        Ok(())
    }

    /// Puts the file together and gives it its name; returns the header.
    pub(in super::super) fn finish(self, header: Header) -> Result<Header, ArchiveError> {
        let Self {
            file,
            items,
            to,
            counts,
        } = self;
        to.finish().map_err(|source| failed(&items, source))?;
        let header = Header {
            items: counts,
            ..header
        };
        let part = beside(&file, "part");
        assemble(&part, &header, &items).map_err(|source| failed(&part, source))?;
        std::fs::rename(&part, &file).map_err(|source| failed(&file, source))?;
        std::fs::remove_file(&items).map_err(|source| failed(&items, source))?;
        Ok(header)
    }
}

fn assemble(part: &Path, header: &Header, items: &Path) -> io::Result<()> {
    let mut to = Summed {
        to: Encoder::new(create(part)?, LEVEL)?,
        sum: Sha256::new(),
    };
    to.write_all(text(&Line::Header(header.clone())).as_bytes())?;
    io::copy(
        &mut zstd::stream::read::Decoder::new(File::open(items)?)?,
        &mut to,
    )?;
    let footer = Line::Footer(Footer {
        items: header.items.clone(),
        sha256: hex::encode(to.sum.finalize()),
    });
    to.to.write_all(text(&footer).as_bytes())?;
    to.to.finish()?.sync_all()
}

/// Passes on what is written, and sums it up.
struct Summed<W> {
    to: W,
    sum: Sha256,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn create(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(MODE);
    options.open(file)
}

/// A file of another ending in the same directory.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A line with its end. Everything in it is text, numbers and maps by text, which JSON can hold.
fn text(line: &Line) -> String {
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

fn failed(file: &Path, source: io::Error) -> ArchiveError {
    let file = file.to_owned();
    ArchiveError::Io { file, source }
}
