//! The one way out of a position, for rules, alerts and people alike ([`WayOut`]), and what a
//! person can do by hand: close a position, close all of them, stop entries, let them go on
//! ([`Controls`]).
//!
//! Nothing here decides when a rule wants out, and nothing here fills: an exit that was begun is
//! an order, and the paper executor's work.

mod controls;
mod flatten;
mod way_out;

pub use controls::{ClosedByHand, ControlError, Controls};
pub use flatten::{Flattened, HeldPosition, Scope};
pub use way_out::{Met, Waiting, WayOut, Wish};
