//! Logs: one line of JSON for each event in the cloud, readable text on a terminal.
//! An error is logged once, at the edge, with its whole chain of causes.

use std::error::Error;
use std::fmt::Write;

use tracing_subscriber::EnvFilter;

use crate::environment::Environment;

/// Starts logging for a deployed function. The level is `LOG_LEVEL`, by default `info`.
pub fn start_json(environment: &Environment) {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .without_time()
        .with_env_filter(filter(environment));
    // A second start (tests in one process) finds the first one's subscriber and keeps it.
    let _ = subscriber.try_init();
}

/// Starts logging for people: to standard error, in words.
pub fn start_text(environment: &Environment) {
    let subscriber = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_env_filter(filter(environment));
    let _ = subscriber.try_init();
}

fn filter(environment: &Environment) -> EnvFilter {
    let level = environment.get("LOG_LEVEL").unwrap_or("info");
    // The local DynamoDB warns of every condition that doesn't hold; to us those are answers.
    let quiet = format!("dynoxide=error,{level}");
    EnvFilter::try_new(quiet).unwrap_or_else(|_| EnvFilter::new("info"))
}

/// An error with all its causes, in one line.
///
/// ```
/// let missing = std::io::Error::other("no such table");
/// assert_eq!(runtime::telemetry::chain(&missing), "no such table");
/// ```
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let _ = write!(text, ": {source}");
        cause = source.source();
    }
    text
}
