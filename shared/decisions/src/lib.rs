//! Decisions as pure functions: evidence in, a decision with its reasons out.
//!
//! Nothing here does I/O, is async, reads a clock or draws a random number. What a decision
//! needs is passed in, so that it can be repeated from stored evidence.

pub mod contract_choice;
pub mod eligibility;
pub mod engine_a;
pub mod exit_alert;
pub mod exits;
pub mod fills;
pub mod indicators;
pub mod lifecycle;
pub mod positioning;
pub mod risk;
pub mod settlement;
pub mod ticks;
