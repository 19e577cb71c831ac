//! The price of a simulated stock at any second, past or future, without any state.
//!
//! The logarithm of the price is a sum of smooth noises ("octaves"), each twice as slow as the
//! one before and larger by the root of two. Over times between the fastest and the slowest
//! octave its variance then grows in proportion to time, as that of a random walk does, while
//! the sum stays bounded: no price ever reaches zero or runs away.

use super::profile::Profile;
use crate::model::{keyed, keyed_by_text, unit};

/// The period of the fastest octave, in seconds.
const FASTEST_S: i64 = 16;
/// How many octaves there are; the slowest lasts 97 days.
const OCTAVES: u32 = 20;
/// Seconds in the year by which volatility is quoted.
const SECONDS_PER_YEAR: f64 = 365.0 * 86_400.0;
/// What a sum of octaves with amplitudes `sqrt(period)` has as variance for each second of a
/// day's lag: the expected squared difference of the noise, summed over the octaves.
const VARIANCE_PER_SECOND: f64 = 5.41 / 3.0;

/// One stock's path.
#[derive(Debug, Clone, Copy)]
pub(super) struct PricePath {
    profile: Profile,
    own_key: u64,
    market_key: u64,
}

impl PricePath {
    /// The path of the stock whose options are listed under `root`, in the market of `seed`.
    pub(super) fn of(seed: u64, root: &str) -> Self {
        Self {
            profile: Profile::of(seed, root),
            own_key: keyed_by_text(keyed(seed, 1), root),
            market_key: keyed(seed, 2),
        }
    }

    /// The stock's constants.
    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What the volume is drawn by.
    pub(super) fn volume_key(&self) -> u64 {
        keyed(self.own_key, 3)
    }

    /// The price at a Unix time, in dollars per share, not rounded.
    pub(super) fn price_usd(&self, unix_s: i64) -> f64 {
        let shared = self.profile.correlation;
        let own = (1.0 - shared * shared).sqrt();
        let moves = shared * walk(self.market_key, unix_s) + own * walk(self.own_key, unix_s);
        self.profile.base_usd * libm::exp(self.profile.volatility * moves)
    }
}

/// The sum of the octaves, with a variance of one per year.
fn walk(key: u64, unix_s: i64) -> f64 {
    let sum: f64 = (0..OCTAVES)
        .map(|octave| {
            let period_s = FASTEST_S << octave;
            seconds(period_s).sqrt() * noise(keyed(key, u64::from(octave)), unix_s, period_s)
        })
        .sum();
    sum / (VARIANCE_PER_SECOND * SECONDS_PER_YEAR).sqrt()
}

/// Smooth noise between -1 and 1: a value by hash at each multiple of the period, and between
/// them a curve whose slope and curvature don't jump.
fn noise(key: u64, unix_s: i64, period_s: i64) -> f64 {
    // A phase of its own keeps the octaves from turning at the same instants.
    let phase_s = seconds(period_s) * unit(key);
    let position = seconds(unix_s.rem_euclid(period_s)) + phase_s;
    let wrapped = position >= seconds(period_s);
    let cell = unix_s.div_euclid(period_s) + i64::from(wrapped);
    let within = position / seconds(period_s) - f64::from(u8::from(wrapped));
    let (before, after) = (lattice(key, cell), lattice(key, cell + 1));
    before + (after - before) * eased(within)
}

/// The noise's value at the start of a cell, between -1 and 1.
fn lattice(key: u64, cell: i64) -> f64 {
    2.0 * unit(keyed(key, cell.cast_unsigned())) - 1.0
}

/// From 0 to 1 with flat ends: `6 x^5 - 15 x^4 + 10 x^3`.
fn eased(x: f64) -> f64 {
    x * x * x * (x * (x * 6.0 - 15.0) + 10.0)
}

/// Whole seconds on the mathematics' side.
#[expect(
    clippy::cast_precision_loss,
    reason = "periods and instants lie far below 2^53 seconds"
)]
pub(super) fn seconds(whole: i64) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START_S: i64 = 1_767_225_600;
    const NAMES: [&str; 12] = [
        "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA", "F", "KO",
    ];

    /// The volatility per year that 250 daily closes show, weekends counted as time.
    fn realized_volatility(path: &PricePath, days: i64) -> f64 {
        let log = |day: i64| libm::log(path.price_usd(START_S + day * 86_400));
        let squares: f64 = (0..days).map(|day| (log(day + 1) - log(day)).powi(2)).sum();
        (squares / seconds(days) * 365.0).sqrt()
    }

    #[test]
    fn moves_as_much_as_its_volatility_says() {
        for seed in [1, 42] {
            for name in NAMES {
                let path = PricePath::of(seed, name);
                let ratio = realized_volatility(&path, 250) / path.profile().volatility;
                assert!(
                    (0.8..1.2).contains(&ratio),
                    "{name} of seed {seed}: {ratio}"
                );
            }
        }
    }

    #[test]
    fn moves_within_the_day_too() {
        for name in NAMES {
            let path = PricePath::of(3, name);
            let hour = |n: i64| libm::log(path.price_usd(START_S + n * 3_600));
            let squares: f64 = (0..2_000).map(|n| (hour(n + 1) - hour(n)).powi(2)).sum();
            let yearly = (squares / 2_000.0 * 365.0 * 24.0).sqrt();
            let ratio = yearly / path.profile().volatility;
            assert!((0.85..1.15).contains(&ratio), "{name}: {ratio}");
        }
    }

    proptest! {
        #[test]
        fn prices_stay_positive_and_near_their_base(
            seed: u64,
            name in "[A-Z]{1,5}",
            unix_s in 0_i64..4_000_000_000,
        ) {
            let path = PricePath::of(seed, &name);
            let ratio = path.price_usd(unix_s) / path.profile().base_usd;
            prop_assert!((0.3..3.3).contains(&ratio), "{}", ratio);
        }

        #[test]
        fn no_second_moves_the_price_by_more_than_a_twentieth_of_a_percent(
            seed: u64,
            index in 0..NAMES.len(),
            unix_s in 0_i64..4_000_000_000,
        ) {
            let path = PricePath::of(seed, NAMES[index]);
            let step = path.price_usd(unix_s + 1) / path.price_usd(unix_s) - 1.0;
            prop_assert!(step.abs() < 0.0005, "{}", step);
        }
    }

    #[test]
    fn has_no_jump_where_a_cell_ends() {
        let path = PricePath::of(9, "SPY");
        for second in START_S..START_S + 5_000 {
            let step = path.price_usd(second + 1) / path.price_usd(second) - 1.0;
            assert!(step.abs() < 0.0003, "{step} at {second}");
        }
    }
}
