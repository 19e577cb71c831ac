//! What a chain tells of how others stand: the records, and where there are none.
#![cfg(test)]

#[path = "../common/mod.rs"]
mod common;

mod chains;
mod exposure;
mod flow;
