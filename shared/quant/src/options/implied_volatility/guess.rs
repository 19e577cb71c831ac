//! Where to begin: a deviation that is right to some parts in a thousand near the money.
//!
//! Close to the money an option is priced as if the underlying moved by a normal amount. That
//! model's deviation `v` solves `price = v (n(k) - k N(-k))` with `k = width / v`, an equation in
//! one unknown, whose inverse is fitted here once and for all. The rest is turning `v` back.

use super::normalised::Normalised;

/// sqrt(2 pi).
const SQRT_TAU: f64 = 2.506_628_274_631_000_2;
const PI: f64 = core::f64::consts::PI;

/// An approximation of the deviation, above zero.
pub(super) fn deviation(normalised: &Normalised) -> f64 {
    let width = 1.0 / normalised.price_max - normalised.price_max;
    let normal = normal_deviation(width, normalised.price);
    let narrowing = if width > 0.0 {
        normalised.distance / width
    } else {
        1.0
    };
    lognormal_deviation(normal * narrowing)
}

/// The deviation of a normal amount at which an option that is `width` out of the money is worth
/// `price`: `k^2 / l^2` as a rational function of `l = ln(1 + width / price)`, right to 1e-4 for
/// all `k` to 38, which is as far as prices go.
fn normal_deviation(width: f64, price: f64) -> f64 {
    let ratio = width / price;
    let l = libm::log1p(ratio);
    if l <= 1e-6 {
        return SQRT_TAU * price;
    }
    let above = 0.159_162_541 + l * (0.028_816_59 + l * (0.003_942_967_7 + l * 1.884_855_8e-5));
    let below = 1.0
        + l * (0.182_098_545 + l * (0.030_927_628_6 + l * (0.002_087_753_87 + l * 9.433_735_3e-6)));
    width / (l * (above / below).sqrt())
}

/// The deviation of the logarithm at which an option at the money is worth as much as at the
/// deviation `normal` of a normal amount: the inverse of `sqrt(2 pi) erf(s / sqrt 8)`, by its
/// series, and farther out by S. Winitzki's approximation.
fn lognormal_deviation(normal: f64) -> f64 {
    if normal < 1.0 {
        let square = normal * normal;
        return normal * (1.0 + square * (1.0 / 24.0 + square * (7.0 / 1920.0)));
    }
    let probability = (normal / SQRT_TAU).min(1.0 - 1e-12);
    let a = 0.147;
    let ln = libm::log(1.0 - probability * probability);
    let middle = 2.0 / (PI * a) + 0.5 * ln;
    (8.0 * ((middle * middle - ln / a).sqrt() - middle)).sqrt()
}
