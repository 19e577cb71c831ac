//! Backtests: the engines over alerts and bars, on simulated time, in memory.
//!
//! Everything is decided by the functions of `decisions`, in the order in which the stack calls
//! them, on books that are kept here instead of in the ledger. Nothing here is a rule of trading;
//! what is here is time, and what stands between two bars. There are no queues, so nothing comes
//! late or twice, and a fill is made at the instant at which it is ordered.
//!
//! The same plan gives the same result. `docs/backtest.md` tells what is modelled and what isn't.

mod account;
pub mod alerts_file;
mod bars;
mod counts;
mod entering;
mod experiment;
mod generated;
mod intake;
mod leaving;
mod living;
mod outcomes;
mod plan;
mod run;
pub mod same_engines;
mod stage;
mod walk;

pub use counts::{Counts, Progress, RefusedAlert};
pub use experiment::experiment;
pub use generated::Generated;
pub use outcomes::Backtest;
pub use plan::{Judge, Plan, PlanError, SentAlert};
pub use run::run;
