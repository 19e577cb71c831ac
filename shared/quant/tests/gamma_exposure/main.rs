//! Gamma exposure: against an independent reference, and the laws that hold between its parts.
#![cfg(test)]

mod chains;
mod laws;
mod oracle;
mod rules;
