//! The exit monitor as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use exit_monitor::ExitMonitor;
use lambda_runtime::{Error, run, service_fn};
use runtime::{Surroundings, or_exit};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let market = or_exit(market_data::chosen(&surroundings));
    let monitor = or_exit(ExitMonitor::new(&surroundings, market));
    run(service_fn(|event| async {
        Box::pin(monitor.answer(event)).await.map_err(Error::from)
    }))
    .await
}
