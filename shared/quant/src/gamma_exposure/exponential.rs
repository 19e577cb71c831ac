//! `exp` of numbers at or below zero, without a branch, so that a loop over it is vectorised.
//!
//! Additions and multiplications only, each rounded by itself: the same bits on every processor.

use core::f64::consts::LOG2_E;

/// Below it the result is zero: the true one is too small for a normal number, at 1e-307.
pub(super) const LOWEST: f64 = -707.0;
/// Added to a number below 2^51 it leaves the nearest integer in the lowest bits.
const TO_INTEGER: f64 = 6_755_399_441_055_744.0;
/// The logarithm of two in two parts; multiplied by an exponent, the first one stays exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// `1 / k!` from 12 down to 0: on half of ln 2 the rest of the series is below 2e-16.
const TAYLOR: [f64; 13] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];
const EXPONENT_BIAS: u64 = 1_023;
const MANTISSA_BITS: u32 = 52;

/// `exp(x)` for `x <= 0`, to two units in the last place; zero below [`LOWEST`].
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "only inside a loop can it be vectorised"
)]
pub(super) fn exp_of_negative(x: f64) -> f64 {
    let shifted = x * LOG2_E + TO_INTEGER;
    let whole = shifted - TO_INTEGER;
    let rest = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let mut series = TAYLOR[0];
    for coefficient in &TAYLOR[1..] {
        series = series * rest + coefficient;
    }
    let exponent = shifted.to_bits().wrapping_add(EXPONENT_BIAS) << MANTISSA_BITS;
    let value = series * f64::from_bits(exponent);
    if x >= LOWEST { value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_close(x: f64) -> bool {
        let expected = libm::exp(x);
        (exp_of_negative(x) / expected - 1.0).abs() <= 4.5e-16
    }

    #[test]
    fn is_one_at_nothing_and_nothing_far_below() {
        assert_eq!(exp_of_negative(0.0).to_bits(), 1.0_f64.to_bits());
        assert!(is_close(LOWEST));
        for x in [LOWEST - 1e-9, -1e6, -1e300, f64::NEG_INFINITY] {
            assert_eq!(exp_of_negative(x).to_bits(), 0.0_f64.to_bits(), "{x}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn agrees_with_the_library(x in -707.0_f64..0.0, small in -1.0_f64..0.0) {
            prop_assert!(is_close(x), "{x}");
            prop_assert!(is_close(small), "{small}");
        }
    }
}
