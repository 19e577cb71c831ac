//! The sweeper as a Lambda function: wiring only.
#![recursion_limit = "256"] // The layout of all that one invocation may do goes deep.

use lambda_runtime::{Error, run, service_fn};
use runtime::{Surroundings, or_exit};
use sweeper::Sweeper;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let surroundings = Surroundings::ambient().await;
    let sweeper = or_exit(Sweeper::new(&surroundings));
    run(service_fn(|event| async {
        Box::pin(sweeper.answer(event)).await.map_err(Error::from)
    }))
    .await
}
