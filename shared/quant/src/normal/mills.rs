//! Mills' ratio: the upper tail over the density. It is what tail probabilities are made of here.
//!
//! It falls slowly and smoothly, from sqrt(pi / 2) at zero towards 1 / x, where the tail itself
//! falls through three hundred powers of ten; so one rational function serves for every `x`, and
//! differences of two ratios keep the precision that differences of two tails would lose.

/// The numerator's coefficients, lowest power first.
const ABOVE: [f64; 11] = [
    1.253_314_137_315_500_3,
    2.072_992_256_194_588,
    1.699_869_995_559_845_7,
    0.892_869_055_232_765_9,
    0.329_567_808_691_587_6,
    0.088_914_867_603_566_8,
    0.017_732_812_398_294_218,
    0.002_584_563_540_878_551,
    0.000_264_465_368_541_455_9,
    1.727_564_907_638_026e-5,
    5.537_476_689_581_241e-7,
];

/// The denominator's coefficients, lowest power first.
const BELOW: [f64; 12] = [
    1.0,
    2.451_893_076_684_425,
    2.812_627_655_455_169,
    1.996_573_597_489_204_3,
    0.976_787_696_716_277_2,
    0.346_777_220_397_197_16,
    0.091_464_880_147_065_41,
    0.017_996_170_262_208_157,
    0.002_601_839_190_164_699,
    0.000_265_019_116_207_173_1,
    1.727_564_907_641_067_8e-5,
    5.537_476_689_579_941e-7,
];

/// `(1 - N(x)) / n(x)` for `x` from zero to 1e25.
///
/// A rational function of degrees 10 and 11, fitted to 80 digits for a relative error that is
/// nowhere on 0 to 40 above 1.3e-18; beyond, it runs into 1 / x. All coefficients are positive,
/// so nothing cancels and the result is good to a few units in the last place. Even and odd
/// powers are summed apart, which a processor does at the same time.
pub fn mills_ratio(x: f64) -> f64 {
    let square = x * x;
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10] = ABOVE;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11] = BELOW;
    let above_even = horner(square, [a0, a2, a4, a6, a8, a10]);
    let above_odd = horner(square, [a1, a3, a5, a7, a9, 0.0]);
    let below_even = horner(square, [b0, b2, b4, b6, b8, b10]);
    let below_odd = horner(square, [b1, b3, b5, b7, b9, b11]);
    (above_even + x * above_odd) / (below_even + x * below_odd)
}

#[inline]
fn horner(x: f64, [c0, c1, c2, c3, c4, c5]: [f64; 6]) -> f64 {
    c0 + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of 60 digits, rounded.
    #[test]
    fn agrees_with_sixty_digits() {
        for (x, expected) in [
            (0.0, 1.253_314_137_315_500_3),
            (1e-09, 1.253_314_136_315_500_3),
            (0.1, 1.159_262_399_618_736_3),
            (0.5, 0.876_364_456_453_692_3),
            (1.0, 0.655_679_542_418_798_4),
            (2.0, 0.421_369_229_288_054_5),
            (3.5, 0.266_567_768_968_223_76),
            (6.0, 0.162_377_660_896_867_45),
            (10.0, 0.099_028_596_471_731_93),
            (20.0, 0.049_875_925_981_836_79),
            (37.5, 0.026_647_744_014_898_55),
        ] {
            let error = mills_ratio(x) / expected - 1.0;
            assert!(error.abs() < 1e-15, "at {x}: off by {error:e}");
        }
    }

    #[test]
    fn runs_into_the_inverse_far_out() {
        for x in [1e3, 1e6, 1e12, 1e25] {
            let expected = (1.0 - 1.0 / (x * x)) / x;
            assert!((mills_ratio(x) / expected - 1.0).abs() < 1e-11, "at {x}");
        }
    }
}
