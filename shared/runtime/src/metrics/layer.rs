//! Writes what is told as lines of the embedded metric format, and turns errors that name an alarm
//! into a metric of their own.

use std::io::Write;
use std::sync::Mutex;

use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::{ALARM, Metric, TARGET, Unit};
use crate::clock::SharedClock;

const NAMESPACE: &str = "Parallax";
/// The field by which an error names its alarm.
const ALARM_FIELD: &str = "alarm";

/// Writes metrics of one stack.
pub struct MetricsLayer<W> {
    stack: String,
    clock: SharedClock,
    writer: Mutex<W>,
}

impl<W: Write> MetricsLayer<W> {
    /// A layer for this stack, over this writer.
    pub fn new(stack: impl Into<String>, clock: SharedClock, writer: W) -> Self {
        Self {
            stack: stack.into(),
            clock,
            writer: Mutex::new(writer),
        }
    }

    fn write(&self, told: &Told) {
        let line = told.line(&self.stack, self.clock.now().timestamp_millis());
        if let Ok(mut writer) = self.writer.lock() {
            // A metric that can't be written is lost, and nothing else.
            let _ = writeln!(writer, "{line}");
        }
    }
}

impl<S: Subscriber, W: Write + Send + 'static> Layer<S> for MetricsLayer<W> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        if event.metadata().target() == TARGET {
            self.write(&fields.told);
        } else if let Some(alarm) = fields.alarm {
            self.write(&Told::of(ALARM, alarm));
        }
    }
}

/// Whether an event is a metric, and no line for people.
pub(crate) fn is_metric(metadata: &tracing::Metadata<'_>) -> bool {
    metadata.target() == TARGET
}

/// A value as it was told.
#[derive(Default)]
struct Told {
    metric: String,
    unit: String,
    dimension: String,
    of: String,
    value: Value,
}

impl Told {
    fn of(metric: Metric, of: String) -> Self {
        Self {
            metric: metric.name.to_owned(),
            unit: Unit::name(metric.unit).to_owned(),
            dimension: metric.dimension.unwrap_or_default().to_owned(),
            of,
            value: json!(1),
        }
    }

    /// The line, by the specification of the embedded metric format.
    fn line(&self, stack: &str, at_ms: i64) -> Value {
        let mut dimensions = vec!["Stack"];
        let mut line = json!({ "Stack": stack });
        if !self.dimension.is_empty() {
            dimensions.push(&self.dimension);
            line[&self.dimension] = json!(self.of);
        }
        line[&self.metric] = self.value.clone();
        line["_aws"] = json!({
            "Timestamp": at_ms,
            "CloudWatchMetrics": [{
                "Namespace": NAMESPACE,
                "Dimensions": [dimensions],
                "Metrics": [{ "Name": self.metric, "Unit": self.unit }],
            }],
        });
        line
    }
}

#[derive(Default)]
struct Fields {
    told: Told,
    alarm: Option<String>,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        let told = &mut self.told;
        match field.name() {
            "metric" => value.clone_into(&mut told.metric),
            "unit" => value.clone_into(&mut told.unit),
            "dimension" => value.clone_into(&mut told.dimension),
            "of" => value.clone_into(&mut told.of),
            ALARM_FIELD => self.alarm = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "value" {
            self.told.value = json!(value);
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "value" {
            self.told.value = json!(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, PoisonError};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;
    use crate::clock::ManualClock;
    use crate::metrics::{OLDEST_MARK_AGE, PASS, READ_UNITS};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// One after the other: who listens to a place in the code is settled for the whole process.
    static ALONE: Mutex<()> = Mutex::new(());

    fn lines(tell: impl FnOnce()) -> Vec<Value> {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let (written, at) = (Lines::default(), "2026-07-30T14:00:00Z".parse().unwrap());
        let clock = Arc::new(ManualClock::at(at));
        let layer = MetricsLayer::new("parallax-dev", clock, written.clone());
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, tell);
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        text.lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect()
    }

    fn metric(dimensions: &[&str], name: &str, unit: &str) -> Value {
        json!({ "Timestamp": 1_785_420_000_000_i64, "CloudWatchMetrics": [{
            "Namespace": "Parallax", "Dimensions": [dimensions],
            "Metrics": [{ "Name": name, "Unit": unit }],
        }] })
    }

    #[test]
    fn a_value_is_a_line_of_the_embedded_metric_format() {
        let told = lines(|| {
            PASS.tell("sweeper", 1);
            OLDEST_MARK_AGE.tell("", 181_000);
            READ_UNITS.tell_amount("", 2.5);
        });
        let pass = json!({
            "_aws": metric(&["Stack", "Function"], "Pass", "Count"),
            "Stack": "parallax-dev", "Function": "sweeper", "Pass": 1,
        });
        let age = json!({
            "_aws": metric(&["Stack"], "OldestMarkAgeMs", "Milliseconds"),
            "Stack": "parallax-dev", "OldestMarkAgeMs": 181_000,
        });
        let units = json!({
            "_aws": metric(&["Stack"], "ReadUnits", "None"),
            "Stack": "parallax-dev", "ReadUnits": 2.5,
        });
        assert_eq!(told, [pass, age, units]);
    }

    #[test]
    fn an_error_that_names_an_alarm_is_one_and_other_lines_are_none() {
        let told = lines(|| {
            tracing::error!(alarm = "exit_stuck", "an exit failed again");
            tracing::error!("something else");
            tracing::info!(value = 3, "no metric");
        });
        let alarm = json!({
            "_aws": metric(&["Stack", "Alarm"], "AlarmRaised", "Count"),
            "Stack": "parallax-dev", "Alarm": "exit_stuck", "AlarmRaised": 1,
        });
        assert_eq!(told, [alarm]);
    }
}
