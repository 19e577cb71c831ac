//! What an experiment's report says, and what it refuses to say.
#![cfg(test)]

mod activity;
mod agents;
mod checks;
mod difference;
mod numbers;
mod performance;
mod rules;
mod text;
mod verdicts;
mod world;
