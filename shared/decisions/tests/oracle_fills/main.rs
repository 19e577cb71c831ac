//! Reference fills: bid, ask, side, model and class of ticks give one price, or no fill.

#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod fills;
