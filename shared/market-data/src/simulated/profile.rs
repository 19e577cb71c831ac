//! What is fixed about a simulated stock: its usual price, how much it moves, how its options
//! are listed. Known names get figures like their own; others get them by hash.

use domain::Price;
use rust_decimal::Decimal;

use crate::model::ticks::nearest_cent;
use crate::model::{Class, keyed_by_text, unit};

/// The factor from the base price, either way, within which strikes are quoted. The path's
/// bounds and the fifth around them stay within a factor of four, so no listed strike is out.
const BAND: u32 = 5;

/// The constants of one stock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Profile {
    /// The price around which the path swings, in dollars per share.
    pub(super) base_usd: f64,
    /// Volatility per year: 0.2 is 20 %.
    pub(super) volatility: f64,
    /// Dividends per year as a share of the price, paid continuously.
    pub(super) dividend_yield: f64,
    /// How much of the movement is the whole market's: 0 to 1.
    pub(super) correlation: f64,
    /// Shares traded on a usual day.
    pub(super) shares_per_day: f64,
    /// How its options are listed.
    pub(super) class: Class,
}

/// Root, base price, volatility, dividend yield, correlation, million shares a day.
type Known = (&'static str, f64, f64, f64, f64, f64);

const KNOWN: [Known; 10] = [
    ("SPY", 650.0, 0.16, 0.012, 0.95, 60.0),
    ("QQQ", 590.0, 0.20, 0.006, 0.90, 40.0),
    ("IWM", 235.0, 0.22, 0.011, 0.85, 30.0),
    ("AAPL", 255.0, 0.26, 0.004, 0.70, 50.0),
    ("MSFT", 510.0, 0.24, 0.007, 0.70, 20.0),
    ("NVDA", 180.0, 0.42, 0.000, 0.65, 180.0),
    ("AMZN", 225.0, 0.30, 0.000, 0.65, 40.0),
    ("META", 700.0, 0.28, 0.003, 0.60, 14.0),
    ("GOOGL", 250.0, 0.29, 0.003, 0.65, 28.0),
    ("TSLA", 400.0, 0.48, 0.000, 0.50, 90.0),
];

impl Profile {
    /// The constants of the stock whose options are listed under `root`.
    pub(super) fn of(seed: u64, root: &str) -> Self {
        KNOWN.iter().find(|known| known.0 == root).map_or_else(
            || Self::drawn(keyed_by_text(seed, root)),
            |&(_, base_usd, volatility, dividend_yield, correlation, millions)| Self {
                base_usd,
                volatility,
                dividend_yield,
                correlation,
                shares_per_day: millions * 1e6,
                class: Class::of(root),
            },
        )
    }

    /// A company with a price of $20 to $400 and a volatility of 20 % to 60 %.
    fn drawn(key: u64) -> Self {
        Self {
            base_usd: 20.0 * libm::pow(20.0, unit(key)),
            volatility: 0.2 + 0.4 * unit(key ^ 1),
            dividend_yield: 0.02 * unit(key ^ 2),
            correlation: 0.3 + 0.4 * unit(key ^ 3),
            shares_per_day: 1e6 + 2e7 * unit(key ^ 4),
            class: Class::Company,
        }
    }

    /// The distance between two strikes, in cents. It follows the base price, not the current
    /// one, so that a strike once listed stays on the grid.
    pub(super) fn strike_step_cents(&self) -> u32 {
        self.class.strike_step_cents(self.base_usd)
    }
    /// Whether options with this strike are quoted: on the grid, and not absurdly far away.
    pub(super) fn has_strike(&self, strike: Price) -> bool {
        let step = Price::cents(self.strike_step_cents()).decimal();
        let base = nearest_cent(self.base_usd).decimal();
        let (band, strike) = (Decimal::from(BAND), strike.decimal());
        (strike % step).is_zero() && strike * band >= base && strike <= base * band
    }
}
