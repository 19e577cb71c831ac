//! The `parallax` command.

mod commands;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    commands::run().await
}
