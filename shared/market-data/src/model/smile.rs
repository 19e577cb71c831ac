//! The volatility that option prices imply: a little above the stock's own, higher for strikes
//! far away and for low strikes, and slightly higher for distant expirations.

/// How much higher distant expirations are than the nearest ones.
const TERM: f64 = 0.06;
/// The years at which half of that is reached.
const TERM_HALF_YEARS: f64 = 0.25;
/// What a strike far away adds, for each squared deviation.
const CURVATURE: f64 = 0.02;
/// What a higher strike takes away, for each deviation.
const SKEW: f64 = 0.05;
/// The deviations beyond which the smile is flat, so that no far strike gets absurd.
const DEVIATIONS_MAX: f64 = 4.0;
/// The shortest time by which a deviation is measured: one day.
const YEARS_MIN: f64 = 1.0 / 365.0;

/// The implied volatility per year of a strike, from the stock's own.
pub(crate) fn implied_volatility(
    volatility: f64,
    spot_usd: f64,
    strike_usd: f64,
    years: f64,
) -> f64 {
    let at_the_money = volatility * (1.0 + TERM * years / (years + TERM_HALF_YEARS));
    let deviation = at_the_money * years.max(YEARS_MIN).sqrt();
    let distance = libm::log(strike_usd / spot_usd) / deviation;
    let moneyness = distance.clamp(-DEVIATIONS_MAX, DEVIATIONS_MAX);
    at_the_money * (1.0 + CURVATURE * moneyness * moneyness - SKEW * moneyness)
}
