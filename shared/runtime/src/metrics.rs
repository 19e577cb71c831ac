//! Metrics for those on call: counts and measures on their way to `CloudWatch`, as lines of its
//! embedded metric format among the logs. Whoever measures says so here; whether anybody listens
//! isn't its business. `infra/observability.yaml` has the alarms.

mod layer;
mod of_vitals;

pub use layer::MetricsLayer;
pub(crate) use layer::is_metric;
pub use of_vitals::tell_vitals;

/// What events about metrics are called, to be told from logs.
const TARGET: &str = "metrics";

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many.
    Count,
    /// So many milliseconds.
    Milliseconds,
    /// So much of what `CloudWatch` has no unit for.
    Amount,
}

impl Unit {
    /// As `CloudWatch` spells it.
    fn name(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
            Self::Amount => "None",
        }
    }
}

/// A metric: what it is called, and by what its values are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// As alarms and dashboards have it.
    pub name: &'static str,
    /// What its values are.
    pub unit: Unit,
    /// The dimension beside the stack, if it has one.
    pub dimension: Option<&'static str>,
}

const fn count(name: &'static str, dimension: Option<&'static str>) -> Metric {
    let unit = Unit::Count;
    Metric {
        name,
        unit,
        dimension,
    }
}

const fn duration(name: &'static str, dimension: Option<&'static str>) -> Metric {
    let unit = Unit::Milliseconds;
    Metric {
        name,
        unit,
        dimension,
    }
}

const fn amount(name: &'static str) -> Metric {
    let (unit, dimension) = (Unit::Amount, None);
    Metric {
        name,
        unit,
        dimension,
    }
}

/// Alerts, by what the webhook made of them.
pub const SIGNAL: Metric = count("Signal", Some("Outcome"));
/// Alerts that were answered with 503: nothing was written.
pub const SIGNAL_UNANSWERED: Metric = count("SignalUnanswered", None);
/// From an alert's receipt to the engine's stored decision.
pub const SIGNAL_TO_DECISION: Metric = duration("SignalToDecisionMs", Some("Engine"));
/// From an alert's receipt to the fill of its entry.
pub const SIGNAL_TO_FILL: Metric = duration("SignalToFillMs", Some("Engine"));
/// How long a message waited in its queue.
pub const MESSAGE_AGE: Metric = duration("MessageAgeMs", Some("Queue"));
/// Passes of a schedule that went well.
pub const PASS: Metric = count("Pass", Some("Function"));
/// Invocations in which something failed.
pub const INVOCATION_FAILED: Metric = count("InvocationFailed", Some("Function"));
/// The age of the oldest mark of what is held, in session.
pub const OLDEST_MARK_AGE: Metric = duration("OldestMarkAgeMs", None);
/// Errors that somebody has to look at, by their name in the logs.
pub const ALARM: Metric = count("AlarmRaised", Some("Alarm"));
/// Requests to a provider.
pub const PROVIDER_REQUEST: Metric = count("ProviderRequest", Some("Provider"));
/// Those that came to nothing.
pub const PROVIDER_FAILURE: Metric = count("ProviderFailure", Some("Provider"));
/// How long they took, together.
pub const PROVIDER_LATENCY: Metric = duration("ProviderLatencyMs", Some("Provider"));
/// Breakers that opened.
pub const BREAKER_OPENED: Metric = count("BreakerOpened", Some("Provider"));
/// Answers of the market that somebody had kept.
pub const CACHE_HIT: Metric = count("CacheHit", None);
/// Those that nobody had.
pub const CACHE_MISS: Metric = count("CacheMiss", None);
/// Work that the sweeper sent again.
pub const SWEEPER_SENT: Metric = count("SweeperSent", None);
/// Work that the sweeper ended.
pub const SWEEPER_ENDED: Metric = count("SweeperEnded", None);

/// Read units of the tables that an invocation consumed.
pub const READ_UNITS: Metric = amount("ReadUnits");
/// Its write units.
pub const WRITE_UNITS: Metric = amount("WriteUnits");

impl Metric {
    /// Tells a value; `of` is whose it is, where the metric has a dimension.
    pub fn tell(self, of: &str, value: u64) {
        self.say(of, value);
    }

    /// Tells a value that may have a fraction.
    pub fn tell_amount(self, of: &str, value: f64) {
        self.say(of, value);
    }

    fn say(self, of: &str, value: impl tracing::Value) {
        tracing::info!(
            target: TARGET,
            metric = self.name,
            unit = self.unit.name(),
            dimension = self.dimension.unwrap_or_default(),
            of,
            value,
        );
    }

    /// Tells how many milliseconds lie between two instants; what ended before it began took none.
    pub fn tell_between(
        self,
        of: &str,
        begin: chrono::DateTime<chrono::Utc>,
        end: chrono::DateTime<chrono::Utc>,
    ) {
        let took_ms = (end - begin).num_milliseconds();
        self.tell(of, u64::try_from(took_ms).unwrap_or_default());
    }
}
