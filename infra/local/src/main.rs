//! The `parallax` command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    parallax::cli::run().await
}
