//! How evidence is stored: compressed, and cut into chunks that fit into items. Its name is the
//! hash of what it says, so another version of the compression doesn't rename it.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// An item may have 400 KB; a chunk leaves room for its key and its other attributes.
pub(crate) const CHUNK_BYTES: usize = 350 * 1024;
/// What the chunks are, for whoever reads them.
pub(super) const ENCODING: &str = "zstd";
/// On columns of numbers the fastest level also writes less than those up to 6; the highest save
/// another sixth, and take longer than a function should.
const LEVEL: i32 = 1;
/// Much more than any chain takes, and few enough that a function has room for it.
const BYTES_MAX: usize = 32 * 1024 * 1024;
/// The binary logarithm of the same: how far back a frame may refer.
const WINDOW_LOG_MAX: u32 = 25;

/// Bytes as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    name: String,
    compressed: Vec<u8>,
}

/// Why bytes can't be stored, or can't be what was stored.
#[derive(Debug, thiserror::Error)]
pub enum PackingError {
    /// More than anybody should have to read.
    #[error("it has more than {BYTES_MAX} bytes")]
    TooLarge,
    /// They are not compressed, or only in part.
    #[error("its compression is broken")]
    Compression(#[from] io::Error),
    /// They are not those that were named so.
    #[error("its chunks are not all there, or not its own")]
    NotItsName,
}

impl Packed {
    /// Packs the bytes.
    pub fn of(bytes: &[u8]) -> Result<Self, PackingError> {
        Ok(Self {
            name: name_of(bytes),
            compressed: compressed(bytes)?,
        })
    }

    /// What was stored under this name, from its chunks put together.
    pub fn stored(name: &str, compressed: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            compressed,
        }
    }

    /// SHA-256 of the bytes before they were compressed, in hexadecimal.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The compressed bytes, in parts that fit into an item.
    pub fn chunks(&self) -> Vec<&[u8]> {
        self.compressed.chunks(CHUNK_BYTES).collect()
    }

    /// The bytes again, if they are those that were named so.
    pub fn unpack(&self) -> Result<Vec<u8>, PackingError> {
        let bytes = decompressed(&self.compressed)?;
        if name_of(&bytes) != self.name {
            return Err(PackingError::NotItsName);
        }
        Ok(bytes)
    }
}

/// The bytes, compressed; the same bytes always give the same.
pub(crate) fn compressed(bytes: &[u8]) -> Result<Vec<u8>, PackingError> {
    if bytes.len() > BYTES_MAX {
        return Err(PackingError::TooLarge);
    }
    Ok(zstd::bulk::compress(bytes, LEVEL)?)
}

/// The bytes again, if they are no more than anybody should have to read.
pub(crate) fn decompressed(compressed: &[u8]) -> Result<Vec<u8>, PackingError> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(compressed)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    let mut bytes = Vec::new();
    let readable = BYTES_MAX as u64 + 1;
    decoder.take(readable).read_to_end(&mut bytes)?;
    if bytes.len() > BYTES_MAX {
        return Err(PackingError::TooLarge);
    }
    Ok(bytes)
}

fn name_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_repeats_itself_and_comes_back() {
        for bytes in [vec![], b"SPY".to_vec(), b"SPY,".repeat(100_000)] {
            let packed = Packed::of(&bytes).unwrap();
            assert_eq!(packed, Packed::of(&bytes).unwrap());
            assert_eq!(packed.unpack().unwrap(), bytes);
        }
        let hash_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Packed::of(&[]).unwrap().name(), hash_of_nothing);
    }

    #[test]
    fn a_name_is_that_of_the_bytes_however_they_are_compressed() {
        let bytes = b"SPY,".repeat(1_000);
        let packed = Packed::of(&bytes).unwrap();
        let harder = Packed::stored(packed.name(), zstd::bulk::compress(&bytes, 19).unwrap());
        assert_eq!(harder.unpack().unwrap(), bytes);
    }

    #[test]
    fn more_than_the_bound_is_neither_stored_nor_read() {
        let bytes = vec![0; BYTES_MAX + 1];
        assert!(matches!(Packed::of(&bytes), Err(PackingError::TooLarge)));
        let small = zstd::bulk::compress(&bytes, LEVEL).unwrap();
        assert!(small.len() < 10_000, "{}", small.len());
        let bomb = Packed::stored(&name_of(&bytes), small);
        assert!(matches!(bomb.unpack(), Err(PackingError::TooLarge)));
        let most = Packed::of(&bytes[1..]).unwrap();
        assert_eq!(most.unpack().unwrap().len(), BYTES_MAX);
    }

    #[test]
    fn what_was_changed_or_cut_is_refused() {
        let packed = Packed::of(&b"SPY,QQQ,IWM".repeat(50)).unwrap();
        let whole = &packed.compressed;
        let mut changed = whole.clone();
        changed[20] ^= 1;
        let cut = whole[..whole.len() - 1].to_vec();
        let other = zstd::bulk::compress(b"QQQ", LEVEL).unwrap();
        for compressed in [changed, cut, other, b"SPY".to_vec(), Vec::new()] {
            let stored = Packed::stored(packed.name(), compressed);
            assert!(stored.unpack().is_err(), "{stored:?}");
        }
    }
}
