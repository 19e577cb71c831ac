//! How large programs are, and how large in a package for Lambda, which is a zip file.

use std::fs::File;
use std::io::{self, Read};

use flate2::Compression;
use flate2::read::DeflateEncoder;
use system_tests::function_binary::path;

use crate::AnyError;
use crate::report::Table;

/// Sizes of these programs.
pub(super) fn table<'a>(programs: impl Iterator<Item = &'a str>) -> Result<Table, AnyError> {
    let mut table = Table::new("Sizes, in MB", &["program", "as it is", "deflated"]);
    for program in programs {
        let file = path(program);
        let bytes = file.metadata()?.len();
        // The unoptimised deflater takes minutes for what is of no use.
        let deflated = if cfg!(debug_assertions) {
            "-".to_owned()
        } else {
            megabytes(deflated(File::open(&file)?)?)
        };
        table.row([program.to_owned(), megabytes(bytes), deflated]);
    }
    Ok(table)
}

fn deflated(from: impl Read) -> io::Result<u64> {
    let mut encoder = DeflateEncoder::new(from, Compression::default());
    io::copy(&mut encoder, &mut io::sink())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.2}", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_takes_little_and_what_does_not_takes_its_size() {
        let alike = deflated(&vec![7; 100_000][..]).unwrap();
        assert!((50..500).contains(&alike), "{alike}");
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .take(100_000)
        .collect();
        let noise = deflated(&noise[..]).unwrap();
        assert!((99_000..101_000).contains(&noise), "{noise}");
    }
}
