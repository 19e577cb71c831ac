//! A stack in which nothing happens by itself: no queue hands a message to anybody, and no
//! schedule runs. Its clock shows this machine's time, by which the programs of functions go too.

use std::sync::Arc;

use runtime::clock::{ManualClock, system};

use crate::Harness;
use crate::harness::{Setup, TEMPLATE};
use crate::samples::SECRET;

/// Starts one that knows the sample alert's secret.
pub async fn at_rest() -> Harness {
    Harness::with(Setup {
        environment: vec![("TRADINGVIEW_WEBHOOK_SECRET", SECRET)],
        clock: Some(Arc::new(ManualClock::at(system().now()))),
        template: Some(without_deliveries()),
        ..Setup::default()
    })
    .await
}

/// The deployed template, with every event source of a queue turned off.
pub fn without_deliveries() -> String {
    let lines = TEMPLATE.lines().map(|line| {
        let is_source = line.trim_start().starts_with("Queue: !GetAtt ");
        let off = if is_source {
            "\n            Enabled: false"
        } else {
            ""
        };
        format!("{line}{off}\n")
    });
    lines.collect()
}
