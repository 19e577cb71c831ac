//! Which contract an entry buys from a chain: filters, score, order, and what is told of it.

#![cfg(test)]

#[path = "../common/mod.rs"]
mod common;

mod dirty;
mod filters;
mod fresh;
mod properties;
mod refusals;
mod score;
mod world;
