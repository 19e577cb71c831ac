//! Small things that figures of a report are made of.

use quant::statistics::proportions::Proportion;
use quant::statistics::{Interval, StatisticsError};
use serde::Serialize;

/// A range of plausible values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Range {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl From<Interval> for Range {
    fn from(interval: Interval) -> Self {
        Self {
            low: interval.low,
            high: interval.high,
        }
    }
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Found<T> {
    /// The figure.
    Known(T),
    /// None.
    Absent {
        /// Why, in words.
        absent: String,
    },
}

impl<T> Found<T> {
    /// No figure.
    pub(super) fn absent(why: impl Into<String>) -> Self {
        Self::Absent { absent: why.into() }
    }

    /// The figure, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(figure) => Some(figure),
            Self::Absent { .. } => None,
        }
    }
}

impl<T> From<Result<T, StatisticsError>> for Found<T> {
    fn from(result: Result<T, StatisticsError>) -> Self {
        match result {
            Ok(figure) => Self::Known(figure),
            Err(error) => Self::absent(error.to_string()),
        }
    }
}

/// So many of so many, and within what the true share plausibly is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Share {
    /// How many count.
    pub hits: usize,
    /// Of how many.
    pub n: usize,
    /// The share, 0 to 1.
    pub share: f64,
    /// Wilson's interval around it.
    pub wilson: Range,
}

impl Share {
    /// Absent for nothing of nothing.
    pub(super) fn of(hits: usize, n: usize, confidence: f64) -> Option<Self> {
        let proportion = Proportion::new(hits, n).ok()?;
        Some(Self {
            hits,
            n,
            share: proportion.share(),
            wilson: proportion.wilson(confidence).ok()?.into(),
        })
    }
}

/// A count, for the arithmetic.
#[expect(clippy::cast_precision_loss, reason = "nothing is counted beyond 2^53")]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

/// The mean; absent for none.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / number(values.len()))
}

/// The whole number at or above; absent beyond a thousand million, for which nobody waits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the range of what is asked"
)]
pub(super) fn whole_above(value: f64) -> Option<u64> {
    (0.0..=1e9).contains(&value).then(|| value.ceil() as u64)
}
