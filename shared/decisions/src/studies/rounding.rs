//! The figures of studies, as they are kept: with so few digits that their written form stays
//! short, and the last bits of their computation don't matter.

/// Digits that are kept: a price in the hundreds of thousands still has its cents.
const DIGITS: usize = 8;
/// What is smaller beside a price than this is what rounding left of nothing.
const NOTHING: f64 = 1e-9;

/// A figure with eight significant digits; absent if it isn't a finite number.
pub(super) fn rounded(figure: f64) -> Option<f64> {
    if !figure.is_finite() {
        return None;
    }
    // The nearest number of so many decimal digits, which no arithmetic on powers of ten gives.
    format!("{figure:.*e}", DIGITS - 1).parse().ok()
}

/// A difference of prices: exactly zero if it is nothing beside the price.
pub(super) fn or_nothing(difference: f64, price: f64) -> f64 {
    if difference.abs() <= NOTHING * price.abs() {
        0.0
    } else {
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_are_kept_and_no_more() {
        for (figure, expected) in [
            (0.0, Some(0.0)),
            (621.531_234_56, Some(621.531_23)),
            (-621.531_235_01, Some(-621.531_24)),
            (123_456.78, Some(123_456.78)),
            (1e-12 / 3.0, Some(3.333_333_3e-13)),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(rounded(figure), expected, "{figure}");
        }
    }

    #[test]
    fn what_is_nothing_beside_the_price_is_zero() {
        for (difference, expected) in [(-6e-14, 0.0), (0.01, 0.01), (-0.01, -0.01)] {
            let found = or_nothing(difference, 600.0);
            assert!((found - expected).abs() < 1e-15, "{difference}: {found}");
        }
        assert!(or_nothing(f64::NAN, 600.0).is_nan());
    }
}
