//! Logs: one line of JSON for each event in the cloud, readable text on a terminal.
//! An error is logged once, at the edge, with its whole chain of causes.

use std::error::Error;
use std::fmt::Write;
use std::io::IsTerminal;
use std::str::FromStr;
use std::sync::Arc;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterFn, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::clock::SystemClock;
use crate::environment::Environment;
use crate::metrics::{MetricsLayer, is_metric};

/// Starts logging for a deployed function. The level is `LOG_LEVEL`, by default `info`.
/// Metrics go out beside the logs, whatever the level.
pub fn start_json(environment: &Environment) {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .without_time()
        .with_filter(lines_for_people())
        .with_filter(filter(environment));
    let stack = environment.get("STACK_NAME").unwrap_or("parallax");
    let metrics = MetricsLayer::new(stack, Arc::new(SystemClock), std::io::stdout());
    // Spans and what is below information concern no metric.
    let metrics = metrics.with_filter(LevelFilter::INFO);
    let subscriber = tracing_subscriber::registry().with(lines).with(metrics);
    // A second start (tests in one process) finds the first one's subscriber and keeps it.
    let _ = subscriber.try_init();
}

/// Starts logging for people: to standard error, in words.
pub fn start_text(environment: &Environment) {
    let subscriber = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .with_env_filter(filter(environment))
        .finish();
    let _ = subscriber.with(lines_for_people()).try_init();
}

/// Metrics aren't lines for people.
fn lines_for_people() -> FilterFn {
    filter_fn(|metadata| !is_metric(metadata))
}

/// Whether `LOG_LEVEL` may have this value. To the filter any single word is a module's name,
/// so that a misspelt level would silence everything.
pub(crate) fn is_log_level(text: &str) -> bool {
    let is_level = |part: &str| !part.is_empty() && LevelFilter::from_str(part).is_ok();
    let known = |part: &str| is_level(part) || part.contains('=');
    text.split(',').map(str::trim).all(known) && EnvFilter::try_new(text).is_ok()
}

fn filter(environment: &Environment) -> EnvFilter {
    let level = environment.get("LOG_LEVEL").unwrap_or("info");
    // The local DynamoDB warns of every condition that doesn't hold; to us those are answers.
    let quiet = format!("dynoxide=error,{level}");
    EnvFilter::try_new(quiet).unwrap_or_else(|_| EnvFilter::new("dynoxide=error,info"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_known_word_or_a_filter() {
        for good in [
            "info",
            "DEBUG",
            "off",
            "info,storage=debug",
            "webhook=trace",
        ] {
            assert!(is_log_level(good), "{good}");
        }
        for bad in [
            "loud",
            "info;debug",
            "storage",
            "loud==",
            "info,",
            "storage=loud",
        ] {
            assert!(!is_log_level(bad), "{bad}");
        }
    }
}
