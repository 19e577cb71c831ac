//! The dashboard's API as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use dashboard_api::dashboard_api;
use lambda_http::{Error, run};
use runtime::{Surroundings, or_exit};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let market = or_exit(market_data::chosen(&surroundings));
    run(or_exit(dashboard_api(&surroundings, market))).await
}
