//! Backtests as their users see them: alerts and bars in, outcomes and accounts out.

#[cfg(test)]
mod alerts;
#[cfg(test)]
mod alerts_files;
#[cfg(test)]
mod bars;
#[cfg(test)]
mod ends;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod money;
#[cfg(test)]
mod same_engines;
#[cfg(test)]
mod world;
