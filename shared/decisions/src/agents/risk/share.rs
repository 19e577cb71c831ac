//! How much of a limit is used.

use domain::{Percent, Usd};
use rust_decimal::Decimal;

/// In percent, from 0 to 100. A limit of nothing is used up.
pub(super) fn used_percent(used: Usd, limit: Usd) -> f64 {
    let share = used.0.checked_div(limit.0).filter(|_| limit > Usd::ZERO);
    let percent = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    let within = percent.map(|percent| percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED));
    100.0 * Percent(within.unwrap_or(Decimal::ONE_HUNDRED)).share()
}

/// The same of a count.
pub(super) fn used_count_percent(used: u32, limit: u32) -> f64 {
    if used >= limit {
        return 100.0;
    }
    100.0 * f64::from(used) / f64::from(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_used_from_nothing_to_all() {
        for (used, limit, expected) in [
            (0, 10_000, 0.0),
            (2_500, 10_000, 25.0),
            (10_000, 10_000, 100.0),
            (30_000, 10_000, 100.0),
            (-5, 10_000, 0.0),
            (0, 0, 100.0),
            (5, -1, 100.0),
        ] {
            let found = used_percent(Usd::dollars(used), Usd::dollars(limit));
            assert!(
                (found - expected).abs() < 1e-12,
                "{used} of {limit}: {found}"
            );
        }
        let huge = used_percent(Usd(Decimal::MAX), Usd::cents(1));
        assert!((huge - 100.0).abs() < 1e-12);
    }

    #[test]
    fn counts_are_used_likewise() {
        for (used, limit, expected) in [(0, 10, 0.0), (3, 10, 30.0), (11, 10, 100.0), (0, 0, 100.0)]
        {
            let found = used_count_percent(used, limit);
            assert!(
                (found - expected).abs() < 1e-12,
                "{used} of {limit}: {found}"
            );
        }
    }
}
