//! What the statistics say of one run, from the signals' net returns.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use decisions::experiment::{EngineOutcome, Fate, SignalOutcome};
use domain::Engine;
use quant::statistics::sequential::{AlwaysValidTest, PER_ARM_MIN};
use quant::statistics::welch;
use rust_decimal::prelude::ToPrimitive;

/// The sequential test begins to look after so many days.
pub const DAYS_MIN: usize = 20;

/// The net returns on premium of one arm's signals, by the signals' day; a signal without an
/// entry counts as zero, and one that is still open doesn't count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arm(BTreeMap<NaiveDate, Vec<f64>>);

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The always-valid p-value after the last day; one, while there was too little to look at.
    pub p_sequential: f64,
    /// Whether it was ever below the level.
    pub found_sequential: bool,
    /// Welch's p-value after the last day; absent where it can't be told.
    pub p_welch: Option<f64>,
}

impl Arm {
    /// The arm of an engine.
    pub fn of(engine: Engine, signals: &[SignalOutcome]) -> Self {
        let mut days: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
        for signal in signals {
            let outcome = signal.by_engine.get(&engine);
            if let Some(value) = outcome.and_then(net_return) {
                days.entry(signal.day).or_default().push(value);
            }
        }
        Self(days)
    }

    /// How many signals count.
    pub fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn up_to(&self, day: NaiveDate) -> Vec<f64> {
        let days = self.0.range(..=day);
        days.flat_map(|(_, values)| values.iter().copied())
            .collect()
    }
}

/// The net result by the premium paid; zero without an entry, and none while nobody knows.
fn net_return(outcome: &EngineOutcome) -> Option<f64> {
    match outcome.fate {
        Fate::Pending | Fate::Open => None,
        Fate::Rejected(_) => Some(0.0),
        Fate::Closed(trade) => {
            let share = trade.net_usd.0.checked_div(trade.premium_usd.0)?;
            share.to_f64()
        }
    }
}

/// Looks after each day, and once with a fixed sample at the end.
pub fn judged(control: &Arm, variant: &Arm, effect: f64, alpha: f64) -> Verdict {
    let (p_sequential, found_sequential) = sequential(control, variant, effect, alpha);
    let last = NaiveDate::MAX;
    let (all, others) = (control.up_to(last), variant.up_to(last));
    let of_welch = welch::welch(&all, &others, 1.0 - alpha);
    Verdict {
        p_sequential,
        found_sequential,
        p_welch: of_welch.ok().map(|found| found.p_two_sided),
    }
}

/// The always-valid p-value after the last day, and whether it was ever below the level.
fn sequential(control: &Arm, variant: &Arm, effect: f64, alpha: f64) -> (f64, bool) {
    let Ok(mut test) = AlwaysValidTest::new(effect, alpha, PER_ARM_MIN) else {
        return (1.0, false);
    };
    let days = control.0.keys().chain(variant.0.keys());
    let days: BTreeSet<NaiveDate> = days.copied().collect();
    let mut p = 1.0;
    for day in days.into_iter().skip(DAYS_MIN - 1) {
        // Too few observations leave the test as it is.
        if let Ok(look) = test.look(&control.up_to(day), &variant.up_to(day)) {
            p = look.p;
        }
    }
    (p, test.has_decided())
}
