//! What recursive averages begin with: the plain mean of their first values.

use super::count::number;

/// The mean of the first `length` values, and of these only.
#[derive(Debug, Clone)]
pub(super) struct Seed {
    length: usize,
    taken: usize,
    /// Differences are taken from it, so that the mean of equal values is exactly that value.
    first: f64,
    sum: f64,
}

impl Seed {
    /// Of so many values; none counts as one.
    pub(super) fn new(length: usize) -> Self {
        Self {
            length: length.max(1),
            taken: 0,
            first: 0.0,
            sum: 0.0,
        }
    }

    /// Takes the next value; the mean, with the last of them.
    pub(super) fn next(&mut self, value: f64) -> Option<f64> {
        if self.taken == 0 {
            self.first = value;
        }
        self.taken += 1;
        self.sum += value - self.first;
        (self.taken == self.length).then(|| self.first + self.sum / number(self.length))
    }
}
