//! The real market through its edges: four stand-ins for providers, the shared tables, and
//! several instances that know of each other only by those.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod hour;
mod instances;
mod kept;
mod model;
mod positioning;
mod selection;
mod support;
mod trading;
