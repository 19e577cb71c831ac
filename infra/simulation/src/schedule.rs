//! The schedules: each function once in its period, some seconds late, and now and then twice.

use std::sync::Arc;
use std::time::Duration;

use local_stack::template::Function;
use runtime::Clock;
use serde_json::json;

use crate::chance::Chance;
use crate::fleet::Shared;
use crate::invariants::Violation;
use crate::invocation::Ended;

/// The scheduler is precise to so much.
const LATE: Duration = Duration::from_secs(20);
/// How likely it is that a schedule invokes its function twice.
const TWICE: f64 = 0.03;

/// One function's schedule.
pub(crate) struct Schedule {
    pub(crate) shared: Arc<Shared>,
    pub(crate) function: Function,
    pub(crate) every: Duration,
    pub(crate) chance: Chance,
}

impl Schedule {
    /// Invokes the function as long as the run lasts.
    pub(crate) async fn run(self) {
        loop {
            let times = if self.chance.happens(TWICE) { 2 } else { 1 };
            if !self.shared.is_paused() {
                for _ in 0..times {
                    tokio::spawn(self.invocation(self.chance.up_to(LATE)));
                }
            }
            tokio::time::sleep(self.every).await;
        }
    }

    fn invocation(&self, late: Duration) -> impl Future<Output = ()> + use<> {
        let (shared, binary) = (Arc::clone(&self.shared), self.function.binary.clone());
        let timeout = Duration::from_secs(self.function.timeout_s.into());
        async move {
            tokio::time::sleep(late).await;
            let invocation = shared.begin_invocation();
            let event = json!({ "time": shared.clock.now() });
            let ended = shared.invoke(&invocation, &binary, event, timeout).await;
            // Without it a function that fails every minute goes unnoticed: the next one may help.
            if invocation.faults() == 0 && !matches!(ended, Ended::Responded(_)) {
                let detail = format!("{binary} failed without a fault: {ended:?}");
                shared.violated(Violation::new("schedules", detail));
            }
        }
    }
}
