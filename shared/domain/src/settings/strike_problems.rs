//! The ranges of what a strike selection may be told.

use rust_decimal::Decimal;

use super::problems::{Checked, SettingsProblem, range, range_of};
use super::strike_selection::StrikeSelection;

/// What the six weights add up to.
const WEIGHTS_SUM: u64 = 100;
/// Contracts held or traded that may be asked for.
const CONTRACTS_MOST: i64 = 1_000_000;

impl StrikeSelection {
    pub(super) fn check(&self, found: &mut Checked) {
        self.check_deltas(found);
        self.check_prices(found);
        self.check_liquidity(found);
        self.check_volatility(found);
        self.check_score(found);
    }

    fn check_deltas(&self, found: &mut Checked) {
        let (low, target, high) = (self.delta_min, self.delta_target, self.delta_max);
        range(found, "delta_min", low, 0, 1);
        range(found, "delta_max", high, 0, 1);
        range_of(
            found,
            "delta_band",
            self.delta_band,
            percent(1),
            Decimal::ONE,
        );
        if low >= high {
            problem(
                found,
                "delta_min",
                format!("must be below delta_max ({high})"),
            );
        }
        if target < low || target > high {
            let message = format!("is {target}; it may be {low} to {high}, the deltas bought");
            problem(found, "delta_target", message);
        }
    }

    fn check_prices(&self, found: &mut Checked) {
        let (least, most) = (Decimal::new(1, 1), Decimal::from(200));
        range(found, "bid_min_usd", self.bid_min_usd.0, 0, 100);
        let spread = self.spread_max_percent.0;
        range_of(found, "spread_max_percent", spread, least, most);
        range(found, "cheap_below_usd", self.cheap_below_usd.0, 0, 100);
        let cheap = self.cheap_spread_max_usd.0;
        range(found, "cheap_spread_max_usd", cheap, 0, 100);
        let age = self.fresh_quote_age_ms_max.into();
        range(found, "fresh_quote_age_ms_max", age, 1_000, 300_000);
    }

    fn check_liquidity(&self, found: &mut Checked) {
        for (field, value) in [
            ("open_interest_min", self.open_interest_min),
            (
                "open_interest_min_index_fund",
                self.open_interest_min_index_fund,
            ),
            ("volume_min", self.volume_min),
            ("volume_min_early", self.volume_min_early),
        ] {
            range(found, field, value.into(), 0, CONTRACTS_MOST);
        }
        range(found, "early_minutes", self.early_minutes.into(), 0, 390);
    }

    fn check_volatility(&self, found: &mut Checked) {
        let (low, high) = (self.volatility_min, self.volatility_max);
        range(found, "volatility_min", low, 0, 10);
        range(found, "volatility_max", high, 0, 10);
        if low >= high {
            let message = format!("must be below volatility_max ({high})");
            problem(found, "volatility_min", message);
        }
    }

    fn check_score(&self, found: &mut Checked) {
        let sum: u64 = self
            .weights()
            .iter()
            .map(|(_, weight)| u64::from(*weight))
            .sum();
        if sum != WEIGHTS_SUM {
            let message = format!("and the five other weights add up to {sum}; it must be 100");
            problem(found, "spread_weight", message);
        }
        for (field, value) in [
            ("open_interest_enough", self.open_interest_enough),
            ("volume_enough", self.volume_enough),
        ] {
            range(found, field, value.into(), 1, 10 * CONTRACTS_MOST);
        }
        let theta = self.theta_max_percent.0;
        range_of(
            found,
            "theta_max_percent",
            theta,
            Decimal::new(1, 1),
            Decimal::ONE_HUNDRED,
        );
    }
}

fn percent(percent: i64) -> Decimal {
    Decimal::new(percent, 2)
}

fn problem(found: &mut Checked, field: &'static str, message: String) {
    found.push(SettingsProblem { field, message });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::money::Percent;

    fn fields(change: impl FnOnce(&mut StrikeSelection)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        change(&mut settings.strike_selection);
        settings.problems().into_iter().map(|p| p.field).collect()
    }

    #[test]
    fn deltas_have_to_fit_together() {
        assert_eq!(fields(|s| s.delta_target = percent(60)), Vec::<&str>::new());
        assert_eq!(fields(|s| s.delta_target = percent(61)), ["delta_target"]);
        assert_eq!(
            fields(|s| (s.delta_min, s.delta_target) = (percent(60), percent(60))),
            ["delta_min"]
        );
        assert_eq!(fields(|s| s.delta_max = percent(101)), ["delta_max"]);
        assert_eq!(fields(|s| s.delta_band = Decimal::ZERO), ["delta_band"]);
    }

    #[test]
    fn weights_add_up_to_a_hundred() {
        assert_eq!(fields(|s| s.delta_weight = 24), ["spread_weight"]);
        let moved = fields(|s| (s.spread_weight, s.delta_weight) = (60, 0));
        assert_eq!(moved, Vec::<&str>::new());
    }

    #[test]
    fn nothing_that_is_divided_by_may_be_zero() {
        assert_eq!(
            fields(|s| s.spread_max_percent = Percent::whole(0)),
            ["spread_max_percent"]
        );
        assert_eq!(
            fields(|s| s.theta_max_percent = Percent::whole(0)),
            ["theta_max_percent"]
        );
        assert_eq!(fields(|s| s.volume_enough = 0), ["volume_enough"]);
        assert_eq!(
            fields(|s| s.volatility_max = s.volatility_min),
            ["volatility_min"]
        );
    }
}
