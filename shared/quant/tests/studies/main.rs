//! The studies against their reference, against plain computations over whole series, and at
//! their edges.
#![cfg(test)]

mod continuity;
mod opening_range;
mod opening_range_edges;
mod phase;
mod ribbon;
mod saty_levels;
mod series;
mod squeeze;
mod squeeze_edges;
mod strat;
mod strat_edges;
mod study_set;
