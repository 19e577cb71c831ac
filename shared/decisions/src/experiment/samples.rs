//! The observations of a metric: by engine, by trading day, and by pair.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{Engine, Mode, RejectionClass};
use quant::statistics::by_day::Day;
use serde::Serialize;

use super::outcome::SignalOutcome;
use super::standing::Standing;

/// What is compared, beside the primary metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Net result by premium for each signal; no entry counts as zero. The primary metric.
    NetReturnPerSignal,
    /// The same with signals left out that circumstances rejected: limits, lateness, no data.
    NetReturnWithoutCapacity,
    /// Net dollars for each signal; no entry counts as zero.
    NetUsdPerSignal,
    /// Net dollars for each closed trade.
    NetUsdPerTrade,
    /// The share of closed trades above zero.
    WinRate,
    /// The share of signals that became a trade.
    EntryRate,
}

impl Metric {
    /// What a signal that came so far counts; absent where it doesn't.
    fn value(self, standing: &Standing) -> Option<f64> {
        match (self, standing) {
            (_, Standing::NotFinal | Standing::Unusable(_))
            | (Self::NetReturnWithoutCapacity, Standing::Refused(RejectionClass::Capacity))
            | (Self::NetUsdPerTrade | Self::WinRate, Standing::Refused(_)) => None,
            (_, Standing::Refused(_)) => Some(0.0),
            (
                Self::NetReturnPerSignal | Self::NetReturnWithoutCapacity,
                Standing::Traded { return_share, .. },
            ) => Some(*return_share),
            (Self::NetUsdPerSignal | Self::NetUsdPerTrade, Standing::Traded { net_usd, .. }) => {
                Some(*net_usd)
            }
            (Self::WinRate, Standing::Traded { net_usd, .. }) => {
                Some(f64::from(u8::from(*net_usd > 0.0)))
            }
            (Self::EntryRate, Standing::Traded { .. }) => Some(1.0),
        }
    }

    /// Whether a signal that both engines judged is a pair of observations: not where one of
    /// them may have no trade to speak of.
    fn is_of_signals(self) -> bool {
        !matches!(self, Self::NetUsdPerTrade | Self::WinRate)
    }
}

/// A metric's observations, in the order of their signals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Samples {
    /// Engine A's.
    pub control: Vec<f64>,
    /// Engine B's.
    pub variant: Vec<f64>,
    /// What B's exceed A's by, signal by signal; in a paired experiment alone.
    pub pairs: Option<Vec<f64>>,
    /// Sums by trading day: of the pairs, where there are pairs.
    pub days: BTreeMap<NaiveDate, Day>,
}

impl Samples {
    /// Of these signals, which are in their order.
    pub fn of(signals: &[&SignalOutcome], metric: Metric, mode: Mode) -> Self {
        let is_paired = mode == Mode::Paired && metric.is_of_signals();
        let mut samples = Self {
            pairs: is_paired.then(Vec::new),
            ..Self::default()
        };
        for signal in signals {
            samples.take(signal, metric);
        }
        samples
    }

    /// How many each engine has; in pairs, how many pairs.
    pub fn compared(&self) -> [usize; 2] {
        match &self.pairs {
            Some(pairs) => [pairs.len(); 2],
            None => [self.control.len(), self.variant.len()],
        }
    }

    /// The days alone, in their order.
    pub fn day_sums(&self) -> Vec<Day> {
        self.days.values().copied().collect()
    }

    fn take(&mut self, signal: &SignalOutcome, metric: Metric) {
        let [control, variant] = Engine::ALL.map(|engine| {
            let outcome = signal.by_engine.get(&engine)?;
            metric.value(&Standing::of(outcome))
        });
        self.control.extend(control);
        self.variant.extend(variant);
        let both = control.zip(variant);
        if let Some(pairs) = &mut self.pairs {
            pairs.extend(both.map(|(a, b)| b - a));
        }
        if self.pairs.is_some() && both.is_none() || control.or(variant).is_none() {
            return;
        }
        let day = self.days.entry(signal.day).or_default();
        for (arm, value) in [(&mut day.control, control), (&mut day.variant, variant)] {
            arm.extend(value);
        }
    }
}
