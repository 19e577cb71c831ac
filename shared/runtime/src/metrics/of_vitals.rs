//! What functions count of themselves, as metrics.

use super::{
    CACHE_HIT, CACHE_MISS, INVOCATION_FAILED, Metric, PASS, PROVIDER_FAILURE, PROVIDER_LATENCY,
    PROVIDER_REQUEST, SWEEPER_ENDED, SWEEPER_SENT,
};
use crate::vitals::{Counted, names};

/// Tells what this function, or its market, counted.
pub fn tell_vitals(function: &str, counted: &Counted) {
    if counted.passed {
        PASS.tell(function, 1);
    }
    for (name, &value) in &counted.counts {
        if let Some((metric, of)) = metric_of(function, name) {
            metric.tell(of, value);
        }
    }
}

/// The metric of a count, and whose it is; most counts are for the monitoring page alone.
fn metric_of<'a>(function: &'a str, name: &'a str) -> Option<(Metric, &'a str)> {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        _ if name == names::FAILED => Some((INVOCATION_FAILED, function)),
        [names::SWEEPER, names::SENT, ..] => Some((SWEEPER_SENT, "")),
        [names::SWEEPER, names::ENDED, ..] => Some((SWEEPER_ENDED, "")),
        [names::PROVIDER, provider, what, ..] => of_provider(provider, what),
        [names::CACHE, _, names::MISSED] => Some((CACHE_MISS, "")),
        [names::CACHE, _, _] => Some((CACHE_HIT, "")),
        _ => None,
    }
}

fn of_provider<'a>(provider: &'a str, what: &str) -> Option<(Metric, &'a str)> {
    let metric = match what {
        names::CALLS => PROVIDER_REQUEST,
        names::LATENCY_MS => PROVIDER_LATENCY,
        names::FAILURE => PROVIDER_FAILURE,
        _ => return None,
    };
    Some((metric, provider))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_the_metrics_that_alarms_and_dashboards_know() {
        for (name, expected) in [
            (names::FAILED, Some((INVOCATION_FAILED, "sweeper"))),
            ("sweeper.sent.order", Some((SWEEPER_SENT, ""))),
            ("sweeper.ended.order.too_late", Some((SWEEPER_ENDED, ""))),
            ("provider.alpaca.calls", Some((PROVIDER_REQUEST, "alpaca"))),
            (
                "provider.alpaca.latency_ms",
                Some((PROVIDER_LATENCY, "alpaca")),
            ),
            (
                "provider.alpaca.failure.timeout",
                Some((PROVIDER_FAILURE, "alpaca")),
            ),
            ("provider.alpaca.refused.limited", None),
            ("cache.quotes.missed", Some((CACHE_MISS, ""))),
            ("cache.quotes.in_table", Some((CACHE_HIT, ""))),
            ("error.panicked", None),
        ] {
            assert_eq!(metric_of("sweeper", name), expected, "{name}");
        }
    }
}
