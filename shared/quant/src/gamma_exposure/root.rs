//! A root between two points at which a function has different signs.
//!
//! I. F. D. Oliveira and R. H. C. Takahashi, "An Enhancement of the Bisection Method Average
//! Performance Preserving Minmax Optimality" (2020): interpolates, truncates and projects. It
//! needs a few steps where the function is smooth, and never more than one beyond bisection.

/// How far the interpolated point is moved towards the middle: this by the first width, times the
/// square of the present one.
const TRUNCATION: f64 = 0.2;

/// Two points around the root: the one where the function is below zero, and the other.
struct Bracket {
    below: (f64, f64),
    above: (f64, f64),
}

/// The root, narrowed to less than `narrow`. The points are given with the function's values,
/// which have different signs.
pub(super) fn root_between(
    from: (f64, f64),
    to: (f64, f64),
    narrow: f64,
    function: impl Fn(f64) -> f64,
) -> f64 {
    let mut bracket = Bracket::of(from, to);
    let first_width = bracket.width();
    let mut reach = first_reach(first_width, narrow);
    while bracket.width() > narrow {
        let point = bracket.next_point(TRUNCATION / first_width, reach);
        let value = function(point);
        if value == 0.0 {
            return point;
        }
        bracket.narrow_to(point, value);
        reach *= 0.5;
    }
    bracket.middle()
}

impl Bracket {
    fn of(from: (f64, f64), to: (f64, f64)) -> Self {
        let (below, above) = if from.1 < 0.0 { (from, to) } else { (to, from) };
        Self { below, above }
    }

    fn width(&self) -> f64 {
        (self.above.0 - self.below.0).abs()
    }

    fn middle(&self) -> f64 {
        0.5 * (self.above.0 + self.below.0)
    }

    /// Interpolated, moved towards the middle, and not further from it than `reach` allows.
    fn next_point(&self, truncation: f64, reach: f64) -> f64 {
        let middle = self.middle();
        let interpolated = self.interpolated();
        let to_middle = middle - interpolated;
        let moved = (truncation * self.width() * self.width()).min(to_middle.abs());
        let moved = interpolated + moved.copysign(to_middle);
        let most = (reach - 0.5 * self.width()).max(0.0);
        middle + (moved - middle).clamp(-most, most)
    }

    fn interpolated(&self) -> f64 {
        let ((below, lower), (above, upper)) = (self.below, self.above);
        (upper * below - lower * above) / (upper - lower)
    }

    fn narrow_to(&mut self, point: f64, value: f64) {
        if value < 0.0 {
            self.below = (point, value);
        } else {
            self.above = (point, value);
        }
    }
}

/// The width from which halving would end at `narrow`: from it follows that no more steps are taken
/// than halving would, and one.
fn first_reach(width: f64, narrow: f64) -> f64 {
    let mut reach = narrow;
    while reach < width {
        reach *= 2.0;
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn finds_roots_in_few_steps() {
        type Function = fn(f64) -> f64;
        let cases: [(&str, Function, f64); 4] = [
            ("a line", |x| x - 0.3, 0.3),
            ("a falling curve", |x| 0.09 - x * x, 0.3),
            ("a flat one", |x| (x - 0.3) * (x - 0.3) * (x - 0.3), 0.3),
            ("a step", |x| if x < 0.3 { -1e-9 } else { 1e9 }, 0.3),
        ];
        for (name, function, expected) in cases {
            let steps = Cell::new(0);
            let counted = |x: f64| {
                steps.set(steps.get() + 1);
                function(x)
            };
            let root = root_between((0.0, function(0.0)), (1.0, function(1.0)), 1e-10, counted);
            assert!((root - expected).abs() < 1e-10, "{name}: {root}");
            assert!(steps.get() <= 36, "{name}: {} steps", steps.get());
        }
    }
}
