//! Indicators: each takes one value or bar at a time, in constant time and without allocating,
//! and has no value before its first valid one.
//!
//! An indicator sees closed bars only; what becomes of a forming one is its caller's affair. A
//! window counts bars, not minutes: nothing is made up for a bar that is missing.

pub mod bar;

pub use bar::{Bar, BarError};

/// What takes inputs one at a time, and answers each.
pub trait Indicator {
    /// What it takes: a price, or a bar.
    type Input;
    /// What it says.
    type Output;

    /// Takes the next input. Absent before the first valid index, never zero.
    fn next(&mut self, input: Self::Input) -> Option<Self::Output>;

    /// The answers to all inputs in turn, one for each.
    fn batch(mut self, inputs: impl IntoIterator<Item = Self::Input>) -> Vec<Option<Self::Output>>
    where
        Self: Sized,
    {
        inputs.into_iter().map(|input| self.next(input)).collect()
    }
}
