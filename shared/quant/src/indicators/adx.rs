//! Wilder's directional movement: which way bars reach beyond the ones before them, and how
//! one-sidedly they do so.

use super::count::number;
use super::true_range::TrueRange;
use super::wilder::Wilder;
use super::{Bar, Indicator};

/// Directional indicators and their average, as TA-Lib computes them. The indicators begin at index
/// `length`, the average at `2 · length - 1`.
#[derive(Debug, Clone)]
pub struct Adx {
    length: f64,
    /// How many bars the sums still take before they begin to fade.
    still_plain: usize,
    before: Option<Bar>,
    true_range: TrueRange,
    sums: Sums,
    dx: f64,
    average: Wilder,
}

/// What directional movement says; all from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DirectionalMovement {
    /// +DI: upward movement in parts of the range; 0 without any range.
    pub plus_di: f64,
    /// -DI: downward movement in parts of the range; 0 without any range.
    pub minus_di: f64,
    /// DX: how one-sided the movement is; without any it stays what it was, and is 0 at first.
    pub dx: f64,
    /// ADX: Wilder's average of DX, which bars without any movement leave as it is (those before
    /// its first value count as 0). Absent before its own first valid index.
    pub adx: Option<f64>,
}

/// Movements up and down, and true ranges, summed by Wilder.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    up: f64,
    down: f64,
    range: f64,
}

impl Sums {
    /// Each plus the newest.
    fn plus(self, newest: Self) -> Self {
        Self {
            up: self.up + newest.up,
            down: self.down + newest.down,
            range: self.range + newest.range,
        }
    }

    /// Each less its `length`-th part.
    fn faded(self, length: f64) -> Self {
        Self {
            up: self.up - self.up / length,
            down: self.down - self.down / length,
            range: self.range - self.range / length,
        }
    }

    /// A sum in percent of that of the ranges.
    fn percent(self, sum: f64) -> f64 {
        if self.range > 0.0 {
            100.0 * (sum / self.range)
        } else {
            0.0
        }
    }
}

impl Adx {
    /// Over so many bars; none counts as one.
    pub fn new(length: usize) -> Self {
        let length = length.max(1);
        Self {
            length: number(length),
            still_plain: length - 1,
            before: None,
            true_range: TrueRange::new(),
            sums: Sums::default(),
            dx: 0.0,
            average: Wilder::new(length),
        }
    }
}

impl Indicator for Adx {
    type Input = Bar;
    type Output = DirectionalMovement;

    #[inline]
    fn next(&mut self, bar: Bar) -> Option<DirectionalMovement> {
        let range = self.true_range.next(bar);
        let (up, down) = movement(&self.before.replace(bar)?, &bar);
        let newest = Sums {
            up,
            down,
            range: range?,
        };
        if self.still_plain > 0 {
            self.still_plain -= 1;
            self.sums = self.sums.plus(newest);
            return None;
        }
        self.sums = self.sums.faded(self.length).plus(newest);
        Some(self.answer())
    }
}

impl Adx {
    fn answer(&mut self) -> DirectionalMovement {
        let plus_di = self.sums.percent(self.sums.up);
        let minus_di = self.sums.percent(self.sums.down);
        let total = plus_di + minus_di;
        let dx = (total > 0.0).then(|| 100.0 * ((plus_di - minus_di).abs() / total));
        self.dx = dx.unwrap_or(self.dx);
        DirectionalMovement {
            plus_di,
            minus_di,
            dx: self.dx,
            adx: self.average.next_or_keep(dx),
        }
    }
}

/// How far a bar reaches above and below the one before; the lesser of the two counts as nothing,
/// and so do both when they are equal.
fn movement(before: &Bar, bar: &Bar) -> (f64, f64) {
    let up = bar.high - before.high;
    let down = before.low - bar.low;
    if up > down && up > 0.0 {
        (up, 0.0)
    } else if down > up && down > 0.0 {
        (0.0, down)
    } else {
        (0.0, 0.0)
    }
}
