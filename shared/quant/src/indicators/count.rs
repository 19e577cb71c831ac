//! Lengths as numbers to calculate with.

/// A count of values as a number. Lengths are far below 2⁵³, up to which this is exact.
#[expect(
    clippy::cast_precision_loss,
    reason = "a window of 2⁵³ values doesn't fit into memory"
)]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}
