//! The position refresher as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use lambda_runtime::{Error, run, service_fn};
use position_refresher::PositionRefresher;
use runtime::{Surroundings, or_exit};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let market = or_exit(market_data::chosen(&surroundings));
    let refresher = or_exit(PositionRefresher::new(&surroundings, market));
    run(service_fn(|event| async {
        Box::pin(refresher.answer(event)).await.map_err(Error::from)
    }))
    .await
}
