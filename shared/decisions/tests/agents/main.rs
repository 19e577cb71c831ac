//! The committee's core agents, each branch on bars and evidence that were made to show it; and
//! what Engine B makes of what they say.
#![cfg(test)]

#[path = "../common/mod.rs"]
mod common;

mod committee;
mod context;
mod decisions_made;
mod risk;
mod risk_refusals;
mod series;
mod technical;
mod technical_parts;
mod world;
