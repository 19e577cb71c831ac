//! What an experiment shows: from the outcome of each signal to a report that says which engine is
//! better, and how sure one can be.
//!
//! The checks come first. If a signal didn't go where its bucket says, or the engines have other
//! shares than they should, the comparison is withheld, and [`Comparison`] has no place for a
//! number then. Otherwise it is a difference with its tests, or that there isn't enough data, and
//! what it would take.
//!
//! **Units.** A return is a share of the premium paid: 0.05 is five cents on the dollar. Nothing
//! is rounded here, except by [`Report::text`] for people.
//!
//! **Which test is believed.** Signals of one day see one market, so they are no independent
//! observations: a test that takes them for such finds differences that aren't there (with strong
//! days, in a third of the experiments instead of one in twenty). The verdict is therefore that of
//! the sequential test over trading days ([`sequential_over_days`]): each day is one cluster of
//! both engines' sums and counts, the variance is estimated from days, and there is one look after
//! each complete day, from the twentieth on. Its p-value never rises, so that it may be read at
//! any time. Welch's test, which takes signals for independent, and the bootstrap by days stand
//! beside it for the end that was planned.
//!
//! Nothing here promotes anything, or changes an experiment.

mod activity;
mod agents;
mod calibration;
mod checks;
mod comparison;
mod difference;
mod exposure;
mod figures;
mod guardrails;
mod lacks;
mod options;
mod outcome;
mod outlook;
mod performance;
mod promotion;
mod report;
mod samples;
mod secondary;
mod sequential;
mod standing;
mod text;

pub use quant::statistics::by_day::{Day, DaySum, sequential_over_days};

pub use activity::{Activity, Latency, Rejections};
pub use agents::{AgentReport, AgentScore, Stance, agent_score, by_agent};
pub use calibration::{Bin, Calibration};
pub use checks::{Checks, SampleRatioCheck};
pub use comparison::{Comparison, Reading, Verdict, Withholding};
pub use difference::{Arm, Bootstrap, Difference, TTest};
pub use exposure::{Exposure, Violation, ViolationKind};
pub use figures::{Found, Range, Share};
pub use guardrails::{Guardrail, GuardrailName, Outcome as GuardrailOutcome};
pub use lacks::Lack;
pub use options::{OptionsError, ReportOptions};
pub use outcome::{Account, ClosedTrade, EngineOutcome, Fate, Observed, SignalOutcome};
pub use outlook::Outlook;
pub use performance::{EquityFigures, Holding, PerSignal, Performance};
pub use promotion::{InTheWay, Promotion};
pub use report::{Report, Study, report};
pub use samples::{Metric, Samples};
pub use secondary::Secondary;
pub use sequential::{CoursePoint, Decided, Sequential, SequentialFigures};
pub use standing::Flaw;
