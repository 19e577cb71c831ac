//! Engine B as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use lambda_runtime::{Error, run, service_fn};
use runtime::{Surroundings, or_exit};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let market = or_exit(market_data::chosen(&surroundings));
    let engine = or_exit(engine_b::engine_b(&surroundings, market));
    run(service_fn(|event| engine.answer(event))).await
}
