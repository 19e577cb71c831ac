//! What windows know of their values: sums, squares, a sum by age, the greatest, the least.

use super::window::Summary;

/// The sum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum(pub(super) f64);

impl Summary for Sum {
    const EMPTY: Self = Self(0.0);
    const OF_DIFFERENCES: bool = true;

    fn with_older(self, value: f64) -> Self {
        Self(self.0 + value)
    }

    fn with_newer(self, value: f64) -> Self {
        Self(self.0 + value)
    }

    fn followed_by(self, newer: Self) -> Self {
        Self(self.0 + newer.0)
    }
}

/// The sum, and the sum of the squares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Squares {
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl Squares {
    /// The population's standard deviation of `count` values. Their differences were taken from
    /// one of them, so that the subtraction loses little.
    pub(super) fn deviation(self, count: f64) -> f64 {
        let variance = (self.squares - self.sum * self.sum / count) / count;
        variance.max(0.0).sqrt()
    }
}

impl Summary for Squares {
    const EMPTY: Self = Self {
        sum: 0.0,
        squares: 0.0,
    };
    const OF_DIFFERENCES: bool = true;

    fn with_older(self, value: f64) -> Self {
        self.with_newer(value)
    }

    fn with_newer(self, value: f64) -> Self {
        Self {
            sum: self.sum + value,
            squares: self.squares + value * value,
        }
    }

    fn followed_by(self, newer: Self) -> Self {
        Self {
            sum: self.sum + newer.sum,
            squares: self.squares + newer.squares,
        }
    }
}

/// The sum, and the sum of each value times its age; the newest is of age 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ages {
    pub(super) count: f64,
    pub(super) sum: f64,
    pub(super) by_age: f64,
}

impl Summary for Ages {
    const EMPTY: Self = Self {
        count: 0.0,
        sum: 0.0,
        by_age: 0.0,
    };
    const OF_DIFFERENCES: bool = true;

    fn with_older(self, value: f64) -> Self {
        Self {
            count: self.count + 1.0,
            sum: self.sum + value,
            by_age: self.by_age + self.count * value,
        }
    }

    fn with_newer(self, value: f64) -> Self {
        Self {
            count: self.count + 1.0,
            sum: self.sum + value,
            by_age: self.by_age + self.sum,
        }
    }

    fn followed_by(self, newer: Self) -> Self {
        Self {
            count: self.count + newer.count,
            sum: self.sum + newer.sum,
            by_age: self.by_age + newer.count * self.sum + newer.by_age,
        }
    }
}

/// The greatest value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Greatest(pub(super) f64);

impl Summary for Greatest {
    const EMPTY: Self = Self(f64::NEG_INFINITY);
    const OF_DIFFERENCES: bool = false;

    fn with_older(self, value: f64) -> Self {
        Self(if value > self.0 { value } else { self.0 })
    }

    fn with_newer(self, value: f64) -> Self {
        self.with_older(value)
    }

    fn followed_by(self, newer: Self) -> Self {
        self.with_older(newer.0)
    }
}

/// The least value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Least(pub(super) f64);

impl Summary for Least {
    const EMPTY: Self = Self(f64::INFINITY);
    const OF_DIFFERENCES: bool = false;

    fn with_older(self, value: f64) -> Self {
        Self(if value < self.0 { value } else { self.0 })
    }

    fn with_newer(self, value: f64) -> Self {
        self.with_older(value)
    }

    fn followed_by(self, newer: Self) -> Self {
        self.with_older(newer.0)
    }
}
