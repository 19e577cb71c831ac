//! The webhook as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use lambda_http::{Error, run, service_fn};
use runtime::{Surroundings, or_exit};
use webhook::Webhook;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let webhook = or_exit(Webhook::new(&surroundings));
    run(service_fn(|request| webhook.answer(request))).await
}
