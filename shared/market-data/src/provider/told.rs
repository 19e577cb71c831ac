//! What providers tell of a contract, where a zero may say that there is nothing to tell.

use domain::Greeks;
use domain::quote::BidAsk;

use super::number::Number;

/// The sides, unless both are zero: then there is no quote.
pub fn quoted(sides: BidAsk) -> Option<BidAsk> {
    (!(sides.bid.is_zero() && sides.ask.is_zero())).then_some(sides)
}

/// The number, unless it is zero: nothing real has no volatility.
pub fn not_zero(number: Number) -> Option<f64> {
    let value = number.get();
    (value.abs() > 0.0).then_some(value)
}

/// Delta, gamma, theta and vega as Greeks, if all are told and not all are zero, which says that
/// there are none.
pub fn greeks(told: [Option<Number>; 4], rho: Option<Number>) -> Option<Greeks> {
    let [delta, gamma, theta, vega] = told;
    let values = [delta?, gamma?, theta?, vega?].map(Number::get);
    let [delta, gamma, theta, vega] = values;
    values
        .iter()
        .any(|value| value.abs() > 0.0)
        .then(|| Greeks {
            delta,
            gamma,
            theta,
            vega,
            rho: rho.map(Number::get),
        })
}
