//! The mathematics of the platform: option pricing and what it rests on.
//!
//! `f64` in, `f64` out. Nothing here does I/O, is async, reads a clock, draws a random number
//! or knows the domain's types. Transcendental functions come from `libm`, so that every
//! processor computes the same bits.

pub mod black_scholes;
pub mod gamma_exposure;
pub mod indicators;
pub mod normal;

pub use black_scholes::{BlackScholesError, BlackScholesInputs, OptionValue, Right};
