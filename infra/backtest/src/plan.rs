//! What a backtest is made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::settings::SettingsProblem;
use domain::{Engine, Settings, Timeframe};
use market_data::ModelledMarket;

/// An alert, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentAlert {
    /// When it came in.
    pub at: DateTime<Utc>,
    /// Its body, as the webhook would get it.
    pub body: String,
    /// Where it stands in its file, counted from one; absent where it was read from none.
    pub line: Option<u64>,
}

/// Who decides for an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judge {
    /// Engine A's rules.
    Rules,
    /// Engine B's committee.
    Committee,
}

/// What a backtest is made of.
#[derive(Clone)]
pub struct Plan {
    /// The alerts, in any order.
    pub alerts: Vec<SentAlert>,
    /// Where prices come from.
    pub market: Arc<dyn ModelledMarket>,
    /// The settings in force, flags, routing and experiment included.
    pub settings: Settings,
    /// Who decides for each engine. Two copies of the same judge make an A/A test.
    pub judges: BTreeMap<Engine, Judge>,
    /// The first New York date; that of the first alert where absent.
    pub from: Option<NaiveDate>,
    /// The last New York date; where absent, the one on which nothing is held any more.
    pub to: Option<NaiveDate>,
    /// How far time advances between two looks at what is held: shorter than a day, and no
    /// shorter than the market's bars.
    pub step: Timeframe,
}

/// Why a plan can't be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Nothing to do.
    #[error("there are no alerts")]
    NoAlerts,
    /// A day holds one look, and then a stop can't come before a target.
    #[error("a step of {0} is too long; it must be shorter than a day, such as 1m or 5m")]
    StepTooLong(Timeframe),
    /// The last day lies before the first.
    #[error("{to} lies before {from}")]
    Backwards {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// The name of the experiment that it stands for.
    #[error("{0}")]
    Name(String),
    /// Settings that nobody could trade under.
    #[error("the settings are out of range: {}", listed(.0))]
    Settings(Vec<SettingsProblem>),
}

fn listed(problems: &[SettingsProblem]) -> String {
    let each = problems.iter();
    let each = each.map(ToString::to_string);
    each.collect::<Vec<_>>().join("; ")
}

impl Plan {
    /// Refuses what can't be run.
    pub(crate) fn check(&self) -> Result<(), PlanError> {
        if self.alerts.is_empty() {
            return Err(PlanError::NoAlerts);
        }
        if self.step.is_days_or_longer() {
            return Err(PlanError::StepTooLong(self.step));
        }
        if let Some((from, to)) = self.from.zip(self.to).filter(|(from, to)| to < from) {
            return Err(PlanError::Backwards { from, to });
        }
        let problems = self.settings.problems();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(PlanError::Settings(problems))
        }
    }

    /// Whether somebody reads all of the evidence.
    pub(crate) fn has_committee(&self) -> bool {
        self.judges.values().any(|judge| *judge == Judge::Committee)
    }
}
