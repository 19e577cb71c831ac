//! Factors each of which alone is reason enough to refuse an entry.

use std::collections::BTreeMap;

use domain::Studies;
use domain::opinion::Word;
use domain::studies::TechnicalStudy;

use super::share::used_percent;
use crate::case::Case;

/// From this percentage of the day's loss limit on.
const DAY_LOSS_PERCENT: f64 = 90.0;
/// Above this part of the price, the average range of bars within a session is critical.
const RANGE_SHARE: f64 = 0.05;
/// Above this part of the price, the distance of their Bollinger bands is.
const BANDWIDTH: f64 = 0.20;
/// Bars of a day and longer may reach so many times as far.
const LONG_BARS: f64 = 2.0;

/// A factor that refuses the entry.
pub(super) struct CriticalFactor {
    pub(super) name: &'static str,
    /// In words, for a rejection.
    pub(super) detail: String,
    figure: (&'static str, f64),
    limit: f64,
}

impl CriticalFactor {
    /// Its figure, and the limit beyond which it lies.
    pub(super) fn figures(&self) -> BTreeMap<Word, f64> {
        let (name, value) = self.figure;
        [(name.into(), value), ("limit".into(), self.limit)].into()
    }
}

/// All of them, and the names of those that couldn't be looked at.
pub(super) fn factors(case: &Case<'_>, missing: &mut Vec<Word>) -> Vec<CriticalFactor> {
    let studies = case.evidence.studies.as_ref();
    let limits = studies.map_or(1.0, longer);
    let range_share = studies.and_then(range_share);
    let bandwidth = studies.and_then(|studies| bandwidth(&studies.technical));
    let names = [("range", range_share), ("bandwidth", bandwidth)];
    let absent = names.into_iter().filter(|(_, value)| value.is_none());
    missing.extend(absent.map(|(name, _)| Word::from(name)));
    let of_range = || wild("range", "range_share", range_share?, limits * RANGE_SHARE);
    let of_bands = || wild("bandwidth", "bandwidth", bandwidth?, limits * BANDWIDTH);
    [day_loss(case), of_range(), of_bands()]
        .into_iter()
        .flatten()
        .collect()
}

fn longer(studies: &Studies) -> f64 {
    if studies.timeframe.is_days_or_longer() {
        LONG_BARS
    } else {
        1.0
    }
}

fn range_share(studies: &Studies) -> Option<f64> {
    let range = studies.technical.atr?.atr_14;
    (studies.close > 0.0).then(|| range / studies.close)
}

fn bandwidth(study: &TechnicalStudy) -> Option<f64> {
    study.bollinger?.bandwidth
}

fn day_loss(case: &Case<'_>) -> Option<CriticalFactor> {
    let limit = case.settings.risk_limits.max_daily_loss_usd;
    let percent = used_percent(-case.knowledge.day_result_usd, limit);
    (percent >= DAY_LOSS_PERCENT).then(|| CriticalFactor {
        name: "day_loss",
        detail: format!("{percent:.0} % of the day's loss limit of {limit} is used"),
        figure: ("used_percent", percent),
        limit: DAY_LOSS_PERCENT,
    })
}

fn wild(
    name: &'static str,
    figure: &'static str,
    value: f64,
    limit: f64,
) -> Option<CriticalFactor> {
    (value > limit).then(|| CriticalFactor {
        name,
        detail: format!(
            "the {name} of the bars is {:.1} % of the price; at most {:.0} % is allowed",
            100.0 * value,
            100.0 * limit
        ),
        figure: (figure, value),
        limit,
    })
}
