//! When a position is closed: each rule at its limit, and their order.

#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod order;
#[cfg(test)]
mod price;
#[cfg(test)]
mod time;
#[cfg(test)]
mod world;
