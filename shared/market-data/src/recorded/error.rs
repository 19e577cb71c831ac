//! What can be wrong with a recording, told so that whoever made it knows where to look.

use std::path::PathBuf;

use domain::{Symbol, Timeframe};

/// Why a directory can't be played.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// The directory can't be listed.
    #[error(
        "the recording {} can't be read; name a directory of CSV files, as in \
         `--market recorded:DIR`",
        dir.display()
    )]
    Directory {
        /// The directory.
        dir: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// No CSV file in it.
    #[error(
        "the recording {} has no CSV file; put one there for each symbol, such as AAPL.csv, with \
         the header `datetime,open,high,low,close,volume`",
        dir.display()
    )]
    Empty {
        /// The directory.
        dir: PathBuf,
    },
    /// More files than anyone means to play.
    #[error("the recording {} has more than {files_max} CSV files", dir.display())]
    TooManyFiles {
        /// The directory.
        dir: PathBuf,
        /// How many may be there.
        files_max: usize,
    },
    /// The name of a file doesn't tell whose bars are in it.
    #[error(
        "{}: the name tells no symbol; call it AAPL.csv or AAPL-1m.csv (in capitals), or say \
         whose bars such files hold: `recorded:AAPL=DIR`",
        file.display()
    )]
    Nameless {
        /// The file.
        file: PathBuf,
    },
    /// Two files for the same bars.
    #[error("{}: another file has {timeframe} bars of {symbol} already", file.display())]
    Twice {
        /// The second file.
        file: PathBuf,
        /// Whose.
        symbol: Symbol,
        /// How long its bars are.
        timeframe: Timeframe,
    },
    /// A file can't be read.
    #[error("{} can't be read", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line that can't be a bar.
    #[error("{}, line {line}: {fault}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// Which line; the header is the first.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// The file as a whole.
    #[error("{}: {fault}", file.display())]
    Whole {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}
