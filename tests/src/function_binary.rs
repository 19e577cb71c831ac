//! The binary of a function, run as Lambda runs it: a program of its own with the environment
//! that the template gives it, which asks a Runtime API for events. What it speaks to is an AWS
//! on this machine.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use local_stack::aws::AwsEndpoints;
use local_stack::stack::read_template;
use local_stack::template::{Function, REGION};
use runtime::Environment;
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::harness::TEMPLATE;
use crate::runtime_api::{Outcome, RuntimeApi};

/// The variable that names the directory with the functions' binaries.
pub const VARIABLE: &str = "PARALLAX_FUNCTIONS_DIR";
/// How long a binary may take to start, to answer or to end.
const PATIENCE: Duration = Duration::from_mins(1);

/// A binary that runs; it is killed with its owner.
pub struct FunctionBinary {
    name: String,
    child: Child,
    api: RuntimeApi,
    said: NamedTempFile,
    may_take: Duration,
    /// When it was started.
    pub started: Instant,
}

/// Where the binaries are: the directory that a variable names, or else the one that cargo built
/// this program into.
pub fn directory() -> PathBuf {
    if let Some(named) = Environment::ambient().get(VARIABLE) {
        return PathBuf::from(named);
    }
    let own = std::env::current_exe().expect("this program is a file");
    let directory = own.parent().expect("a file is in a directory");
    // Tests are one deeper than programs.
    match directory.parent() {
        Some(parent) if directory.ends_with("deps") => parent.to_owned(),
        _ => directory.to_owned(),
    }
}

/// The file of the function that is built from this binary.
pub fn path(binary: &str) -> PathBuf {
    let path = directory().join(binary);
    assert!(
        path.is_file(),
        "{} isn't there: `cargo build --workspace --bins` builds it, or {VARIABLE} names where it is",
        path.display()
    );
    path
}

/// The functions of the template, for an AWS that answers there.
pub fn declared(aws: &AwsEndpoints) -> Vec<Function> {
    let template = read_template(TEMPLATE, &Environment::default(), aws);
    template.expect("the template is good").functions
}

impl FunctionBinary {
    /// Starts the binary of a function that the template declares, with these variables over
    /// those that it would have in the cloud.
    pub async fn start(function: &Function, aws: &AwsEndpoints, own: &[(&str, &str)]) -> Self {
        let own = own.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let mut command = Command::new(path(&function.binary));
        let memory_mib = function.memory_mib.to_string();
        command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory_mib);
        command.envs(function.environment.clone());
        command.envs(endpoints(aws)).envs(own);
        let may_take = Duration::from_secs(function.timeout_s.into());
        Self::run(&function.binary, command, may_take).await
    }

    /// Starts a program that speaks to a Runtime API and needs nothing else but what it is given.
    /// It has nothing else of this machine's environment.
    pub async fn run(name: &str, mut command: Command, may_take: Duration) -> Self {
        let api = RuntimeApi::start().await;
        let given: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        let said = NamedTempFile::new().expect("a file for what it says");
        command.env_clear().envs(platform(name)).envs(given);
        command.env("AWS_LAMBDA_RUNTIME_API", api.address());
        command.stdin(Stdio::null());
        command.stdout(end_of(&said)).stderr(end_of(&said));
        let started = Instant::now();
        let child = command.spawn();
        Self {
            name: name.to_owned(),
            child: child.unwrap_or_else(|error| panic!("{name} can't be run: {error}")),
            api,
            said,
            may_take,
            started,
        }
    }

    /// Gives it an event, and waits for what comes of it.
    pub async fn invoke(&mut self, event: &Value) -> Outcome {
        self.invoke_with(event.to_string()).await
    }

    /// The same with any text.
    pub async fn invoke_with(&mut self, event: String) -> Outcome {
        let answer = self.api.invoke(event, self.may_take);
        let answer = tokio::time::timeout(PATIENCE, answer).await;
        answer.unwrap_or_else(|_| panic!("{} doesn't answer: {}", self.name, self.said()))
    }

    /// How long it took from its start until it asked for an event.
    pub async fn time_to_first_question(&mut self) -> Duration {
        let asked = tokio::time::timeout(PATIENCE, self.api.first_asked()).await;
        let asked =
            asked.unwrap_or_else(|_| panic!("{} asks for nothing: {}", self.name, self.said()));
        asked.duration_since(self.started)
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.ended().is_none()
    }

    /// Waits until it has ended by itself.
    pub async fn end(&mut self) -> ExitStatus {
        while self.started.elapsed() < PATIENCE {
            if let Some(status) = self.ended() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} doesn't end: {}", self.name, self.said());
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("the program can be asked for")
    }

    /// What it told the Runtime API when it couldn't start, if it did.
    pub fn not_started(&self) -> Option<Value> {
        self.api.not_started()
    }

    /// Everything that it wrote so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.said.path()).expect("what it wrote is text")
    }
}

impl Drop for FunctionBinary {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A way to write to the end of a file.
fn end_of(file: &NamedTempFile) -> File {
    let opened = File::options().append(true).open(file.path());
    opened.expect("the file can be written")
}

/// What Lambda itself sets.
fn platform(name: &str) -> [(&'static str, String); 7] {
    [
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_LAMBDA_FUNCTION_NAME", name.to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}")),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "a-stream".to_owned()),
        ("TZ", ":UTC".to_owned()),
    ]
}

/// The SDK's own variables for where services answer, and keys that open nothing.
pub fn endpoints(aws: &AwsEndpoints) -> [(&'static str, String); 6] {
    [
        ("AWS_ENDPOINT_URL_DYNAMODB", aws.dynamodb_url.clone()),
        ("AWS_ENDPOINT_URL_SQS", aws.gateway_url.clone()),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.gateway_url.clone()),
        ("AWS_ENDPOINT_URL_EVENTBRIDGE", aws.gateway_url.clone()),
        ("AWS_ACCESS_KEY_ID", aws.account.to_string()),
        ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
    ]
}
