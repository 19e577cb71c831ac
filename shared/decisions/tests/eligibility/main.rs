//! The law that both engines live under, rule by rule.

#[cfg(test)]
mod bounds;
#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod session;
#[cfg(test)]
mod world;
