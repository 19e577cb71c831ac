//! Whole-system tests live in `tests/`; this is what they share: a stack in memory, its clock in
//! the test's hand, and words for sending alerts and reading what became of them.
#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

pub mod at_rest;
pub mod back_end;
pub mod deliveries;
pub mod fault_proxy;
pub mod function_binary;
pub mod harness;
pub mod market;
pub mod market_instances;
pub mod needs;
pub mod provider_double;
pub mod runtime_api;
pub mod samples;

pub use harness::Harness;
