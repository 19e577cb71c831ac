//! The specialists of Engine B's committee, each on bars that were made to show one thing.
#![cfg(test)]

#[path = "../common/mod.rs"]
mod common;

mod bars;
mod world;

mod committee;
mod continuity;
mod extremes;
mod gamma_flow;
mod golden_gate;
mod opening_range;
mod opening_range_times;
mod satyland;
mod squeeze;
mod strat;
