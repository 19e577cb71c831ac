//! The price of a fill, what stands behind it, and which quotes support none.

#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod models;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod quotes;
