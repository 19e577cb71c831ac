//! A stack in which nothing happens by itself: no queue hands a message to anybody, and no
//! schedule runs. Its clock shows this machine's time, by which the programs of functions go too.

use std::sync::Arc;

use runtime::clock::{ManualClock, system};

use crate::harness::Setup;
use crate::samples::SECRET;
use crate::{Harness, deliveries};

/// Starts one that knows the sample alert's secret.
pub async fn at_rest() -> Harness {
    Harness::with(Setup {
        environment: vec![("TRADINGVIEW_WEBHOOK_SECRET", SECRET)],
        clock: Some(Arc::new(ManualClock::at(system().now()))),
        template: Some(deliveries::none()),
        ..Setup::default()
    })
    .await
}
