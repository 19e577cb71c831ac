//! The programs that Lambda runs: started as it starts them, asked as it asks them.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod bad_events;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod support;
#[cfg(test)]
mod telemetry;
