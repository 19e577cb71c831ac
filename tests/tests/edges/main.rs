//! The edges of the system: what may come in by HTTP and as events, and what may not.

#[cfg(test)]
mod access;
#[cfg(test)]
mod duplicates;
#[cfg(test)]
mod old_messages;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod requests_noted;
#[cfg(test)]
mod sample_events;
#[cfg(test)]
mod secrecy;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod support;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod templates_told;
