//! When a position is closed: each rule at its limit, and their order.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod decisions_made;
#[cfg(test)]
mod greeks;
#[cfg(test)]
mod hard_fail;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod order;
#[cfg(test)]
mod pairs;
#[cfg(test)]
mod price;
#[cfg(test)]
mod price_gone;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod time;
#[cfg(test)]
mod trailing;
#[cfg(test)]
mod world;
