//! What cold starts are compared with: a Rust function that does nothing, and Node.js, with and
//! without the AWS SDK.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use local_stack::aws::AwsEndpoints;
use local_stack::template::Function;
use serde_json::json;
use system_tests::Harness;
use system_tests::function_binary::{FunctionBinary, endpoints, path};

use super::{STARTS, Starts, timed};
use crate::{AnyError, progress};

/// The program that does nothing.
pub(super) const HELLO: &str = "hello-function";
/// Where the functions in Node.js are.
const NODE_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node");
const MAY_TAKE: Duration = Duration::from_secs(20);

/// Starts each of them as often as the functions; what isn't there is left out, and said.
pub(super) async fn measure(
    stack: &Harness,
    functions: &[Function],
) -> Result<Vec<(&'static str, Starts)>, AnyError> {
    let mut measured = vec![(HELLO, starts(|| Ok(Command::new(path(HELLO)))).await?)];
    let Some(node) = found_in_path("node") else {
        progress("cold-start: there is no Node.js to compare with");
        return Ok(measured);
    };
    let bare = starts(|| Ok(script(&node, "bare.mjs"))).await?;
    measured.push(("Node.js, nothing else", bare));
    if !Path::new(NODE_DIR).join("node_modules/@aws-sdk").is_dir() {
        progress(
            "cold-start: the SDK for Node.js isn't installed, so only the bare loop is compared",
        );
        return Ok(measured);
    }
    let webhook = functions.iter().find(|it| it.binary == "webhook");
    let webhook = webhook.ok_or("no webhook")?;
    let aws = stack.stack.aws().endpoints();
    let with_sdk = starts(|| Ok(with_sdk(&node, webhook, aws))).await?;
    measured.push(("Node.js, SDK, the webhook's calls", with_sdk));
    Ok(measured)
}

async fn starts(command: impl Fn() -> Result<Command, AnyError>) -> Result<Starts, AnyError> {
    let mut starts = Starts::default();
    for _ in 0..STARTS {
        let program = FunctionBinary::run("compared", command()?, MAY_TAKE).await;
        timed(program, &json!({}), &mut starts).await?;
    }
    Ok(starts)
}

fn script(node: &Path, name: &str) -> Command {
    let mut command = Command::new(node);
    command.arg(Path::new(NODE_DIR).join(name));
    command
}

/// With the environment that the template gives the webhook.
fn with_sdk(node: &Path, webhook: &Function, aws: &AwsEndpoints) -> Command {
    let mut command = script(node, "with_sdk.mjs");
    command.envs(webhook.environment.clone());
    command.envs(endpoints(aws));
    command
}

/// A program of this machine.
fn found_in_path(name: &str) -> Option<PathBuf> {
    let environment = runtime::Environment::ambient();
    let directories = environment.get("PATH")?.split(':').map(Path::new);
    let mut files = directories.map(|directory| directory.join(name));
    files.find(|file| file.is_file())
}
