//! Bars of a simulated stock: prices from its path, volume by hash.

use domain::calendar::session_at;
use domain::quote::Candle;

use super::path::{PricePath, seconds};
use crate::model::ticks::nearest_cent;
use crate::model::{Period, keyed, unit};

/// Into how many parts a bar is cut to find its highest and lowest price.
const SAMPLES: i64 = 9;
/// Seconds in a regular session.
const SESSION_S: f64 = 23_400.0;
/// What trades outside the exchange's session, as part of its usual pace.
const QUIET: f64 = 0.05;

/// The bar of a period.
pub(super) fn candle(path: &PricePath, period: &Period) -> Candle {
    let (from_s, to_s) = (period.opens.timestamp(), period.closes.timestamp());
    let price = |part: i64| path.price_usd(from_s + (to_s - from_s) * part / SAMPLES);
    let prices: Vec<f64> = (0..=SAMPLES).map(price).collect();
    Candle {
        start: period.start,
        open: nearest_cent(path.price_usd(from_s)),
        high: nearest_cent(prices.iter().copied().fold(f64::MIN, f64::max)),
        low: nearest_cent(prices.iter().copied().fold(f64::MAX, f64::min)),
        close: nearest_cent(path.price_usd(to_s)),
        volume: volume(path, period),
    }
}

/// Whole shares: more where the session begins and ends, and more or less by hash.
fn volume(path: &PricePath, period: &Period) -> f64 {
    let per_second = path.profile().shares_per_day / SESSION_S;
    let from = period.start.timestamp().cast_unsigned();
    let key = keyed(
        keyed(path.volume_key(), from),
        period.trading_s.cast_unsigned(),
    );
    let luck = 0.6 + 0.8 * unit(key);
    (per_second * seconds(period.trading_s) * pace(period) * luck).floor()
}

/// How fast shares trade, as part of the session's usual pace: a U over the session with a mean
/// of one.
fn pace(period: &Period) -> f64 {
    if (period.closes - period.opens).num_seconds() != period.trading_s {
        return 1.0;
    }
    let middle = period.opens + (period.closes - period.opens) / 2;
    session_at(middle).map_or(QUIET, |session| {
        let length_s = seconds((session.close - session.open).num_seconds());
        if seconds(period.trading_s) >= length_s {
            return 1.0;
        }
        let from_noon = 2.0 * seconds((middle - session.open).num_seconds()) / length_s - 1.0;
        0.6 + 1.2 * from_noon * from_noon
    })
}
