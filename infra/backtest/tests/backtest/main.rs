//! Backtests as their users see them: alerts and bars in, outcomes and accounts out.

mod alerts;
mod alerts_files;
mod bars;
mod ends;
mod engines;
mod money;
mod same_engines;
mod world;
