//! The mathematics of the platform: indicators, option pricing, gamma exposure, statistics, and
//! what they rest on.
//!
//! `f64` in, `f64` out. Nothing here does I/O, is async, reads a clock, draws a random number
//! or knows the domain's types. Transcendental functions come from `libm`, so that every
//! processor computes the same bits.

pub mod gamma_exposure;
pub mod indicators;
pub mod normal;
pub mod options;
pub mod statistics;

pub use options::{BlackScholesError, BlackScholesInputs, OptionValue, Right};
