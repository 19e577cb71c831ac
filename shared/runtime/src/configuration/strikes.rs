//! What the environment says of the choice of contracts.

use domain::Percent;
use domain::settings::StrikeSelection;

use super::reader::Reader;

pub(super) fn selection(reader: &Reader<'_>) -> StrikeSelection {
    let default = StrikeSelection::default();
    let number = |name, or| reader.amount(name).unwrap_or(or);
    let whole = |name, or| reader.whole(name).unwrap_or(or);
    StrikeSelection {
        delta_target: number("STRIKE_DELTA_TARGET", default.delta_target),
        delta_min: number("STRIKE_DELTA_MIN", default.delta_min),
        delta_max: number("STRIKE_DELTA_MAX", default.delta_max),
        spread_max_percent: reader
            .amount("STRIKE_SPREAD_MAX_PCT")
            .map_or(default.spread_max_percent, Percent),
        open_interest_min: whole("STRIKE_OPEN_INTEREST_MIN", default.open_interest_min),
        open_interest_min_index_fund: whole(
            "STRIKE_OPEN_INTEREST_MIN_INDEX_FUND",
            default.open_interest_min_index_fund,
        ),
        volume_min: whole("STRIKE_VOLUME_MIN", default.volume_min),
        volume_min_early: whole("STRIKE_VOLUME_MIN_EARLY", default.volume_min_early),
        ..default
    }
}

#[cfg(test)]
mod tests {
    use domain::Settings;
    use rust_decimal::Decimal;

    use crate::Environment;
    use crate::configuration::Configuration;

    fn settings(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let named = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let environment: Environment = named.collect();
        let parsed = Configuration::parse(&environment);
        parsed
            .map(|it| it.settings)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_main_bounds_come_from_the_environment() {
        let found = settings(&[
            ("STRIKE_DELTA_TARGET", "0.5"),
            ("STRIKE_DELTA_MIN", "0.4"),
            ("STRIKE_SPREAD_MAX_PCT", "7.5"),
            ("STRIKE_OPEN_INTEREST_MIN", "250"),
            ("STRIKE_VOLUME_MIN_EARLY", "0"),
        ]);
        let rules = found.unwrap().strike_selection;
        assert_eq!(rules.delta_target, Decimal::new(5, 1));
        assert_eq!(rules.delta_min, Decimal::new(4, 1));
        assert_eq!(rules.spread_max_percent.0, Decimal::new(75, 1));
        assert_eq!((rules.open_interest_min, rules.volume_min_early), (250, 0));
    }

    #[test]
    fn bounds_that_do_not_fit_together_are_refused() {
        let refused = settings(&[("STRIKE_DELTA_TARGET", "0.7")]).unwrap_err();
        assert!(refused.contains("delta_target"), "{refused}");
        let refused = settings(&[("STRIKE_DELTA_MIN", "1.5")]).unwrap_err();
        assert!(refused.contains("STRIKE_DELTA_MIN"), "{refused}");
    }
}
