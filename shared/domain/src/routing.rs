//! Which variant of an experiment a unit gets: a pure function of both names, so that it stays
//! the same for ever, on every machine. It stores nothing.
//!
//! The experiment's name salts the hash: else the same units would meet in the same arm of every
//! experiment.

use sha2::{Digest, Sha256};

/// Buckets of equal size; a weight is a number of them.
pub const BUCKETS: u64 = 100;

/// Weights that leave no variant, or don't make a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the weights must be at least one, and make 100 together")]
pub struct WeightsError;

/// The shares of an experiment's variants, in per cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights(Vec<u8>);

impl Weights {
    /// Shares in the order of the variants; a variant of 0 gets nothing.
    pub fn new(percents: &[u8]) -> Result<Self, WeightsError> {
        let whole: u64 = percents.iter().copied().map(u64::from).sum();
        if percents.is_empty() || whole != BUCKETS {
            return Err(WeightsError);
        }
        Ok(Self(percents.to_vec()))
    }

    /// The place of the variant that a bucket below [`BUCKETS`] belongs to.
    fn variant_of(&self, bucket: u64) -> usize {
        let mut end = 0;
        let ends = self.0.iter().map(|percent| {
            end += u64::from(*percent);
            end
        });
        ends.take_while(|end| *end <= bucket).count()
    }
}

/// The place of the variant that a unit, such as a signal's identity, gets in an experiment.
///
/// ```
/// use domain::routing::{Weights, variant};
/// let weights = Weights::new(&[50, 50]).unwrap();
/// assert_eq!(variant("exp-5", "913946302687", &weights), 1);
/// ```
pub fn variant(experiment_id: &str, unit_id: &str, weights: &Weights) -> usize {
    weights.variant_of(bucket(&format!("{experiment_id}:{unit_id}")))
}

/// The bucket of a key `experiment:unit`: 0 to 99.
pub fn bucket(key: &str) -> u64 {
    hash(key) % BUCKETS
}

/// The first eight bytes of a key's SHA-256, big-endian.
pub fn hash(key: &str) -> u64 {
    let digest = Sha256::digest(key.as_bytes());
    let first = digest.iter().take(8);
    first.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A key's FNV-1a hash of 64 bits, for comparing with systems that route by it. Ours goes by
/// SHA-256.
pub fn fnv1a_64(key: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    key.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests;
