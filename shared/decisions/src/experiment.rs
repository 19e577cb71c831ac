//! What an experiment shows: from the outcome of each signal to a report that says which engine is
//! better, and how sure one can be.

mod outcome;

pub use outcome::{Account, ClosedTrade, EngineOutcome, Fate, Observed, SignalOutcome};
