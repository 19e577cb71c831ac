//! Whatever happens in whatever order, reservations keep every limit, also where their bounds
//! were computed from an older book.

#[cfg(test)]
mod account;
#[cfg(test)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(test)]
mod events;
#[cfg(test)]
mod sequences;
