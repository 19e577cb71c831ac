//! Reference fills: bid, ask, side, model and class of ticks give one price, or no fill;
//! and the price, with the number of contracts, gives fees and cash.

#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod fills;
