//! Decisions as pure functions: evidence in, a decision with its reasons out.
//!
//! Nothing here does I/O, is async, reads a clock or draws a random number. What a decision
//! needs is passed in, so that it can be repeated from stored evidence. (A report of an experiment
//! resamples, by the seed that it is given.)

pub mod after_decision;
pub mod agents;
pub mod assumptions;
pub mod bookkeeping;
pub mod case;
pub mod contract_choice;
pub mod correlation;
pub mod eligibility;
pub mod engine_a;
pub mod engine_b;
pub mod entry_fill;
pub mod entry_limits;
pub mod equity;
pub mod exit_alert;
pub mod exit_wish;
pub mod exits;
pub mod experiment;
pub mod fills;
pub mod indicators;
pub mod lifecycle;
pub mod marking;
pub mod positioning;
pub mod replay;
pub mod risk;
pub mod routing;
pub mod settlement;
mod sizing;
pub mod strike_selection;
pub mod studies;
pub mod ticks;
pub mod vote;
