//! `parallax doctor`: looks at everything that a stack needs, and says what is wrong and what to
//! do about it. It repairs nothing, and it makes no data directory.

mod clock;
mod configuration;
mod data_dir;
mod finding;
mod halts;
mod http_api;
mod market;
mod providers;
mod queues;
mod secrets;
mod tables;

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Parser;
use runtime::configuration::{Form, VARIABLES};
use runtime::telemetry::chain;
use runtime::{Configuration, Environment};
use serde_json::json;

use super::{DataDirArgument, Outcome, TEMPLATE};
use data_dir::Found;
use finding::Finding;
use local_stack::aws::{AwsChoice, AwsEndpoints, LocalAws, LocalAwsError};
use local_stack::data_dir::{DataDir, Running};
use local_stack::stack::read_template;
use local_stack::template::Template;

/// Options of `doctor`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Print the findings as one JSON document.
    #[arg(long)]
    json: bool,
    /// Ask each provider of market data to which there is a key for one quote and one chain, and
    /// nothing else.
    #[arg(long)]
    providers: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    if arguments.providers {
        return ask_providers(arguments.json).await;
    }
    let findings = examine(&arguments.data_dir.data_dir).await;
    let is_fine = !findings.iter().any(Finding::is_failure);
    if arguments.json {
        let checks: Vec<_> = findings.iter().map(Finding::json).collect();
        let report = json!({ "ok": is_fine, "checks": checks });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        for finding in &findings {
            println!("{}", finding.line());
        }
    }
    Ok(if is_fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Succeeds if any provider gave something.
async fn ask_providers(as_json: bool) -> Outcome {
    let configuration = Configuration::parse(&Environment::ambient())?;
    let rows = providers::ask(&configuration).await?;
    if as_json {
        let rows: Vec<_> = rows.iter().map(providers::Row::json).collect();
        let report = json!({ "providers": rows });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{}", providers::table(&rows));
    }
    Ok(if rows.iter().any(providers::Row::is_of_use) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn examine(dir: &Path) -> Vec<Finding> {
    let environment = Environment::ambient();
    let (mut findings, configuration) = configuration::check(&environment);
    let (finding, found) = data_dir::check(dir);
    findings.push(finding);
    findings.extend(match found {
        Found::Nothing => Vec::new(),
        Found::Missing => timed(dir, configuration.as_ref(), None).await,
        Found::Running(running) => on_running(dir, running).await,
        Found::Stopped(taken) => on_stopped(&taken, &environment, configuration.as_ref()).await,
    });
    findings
}

/// Asks a running stack. What it was started with matters, not what this command finds around
/// itself.
async fn on_running(dir: &Path, running: Running) -> Vec<Finding> {
    let (finding, now) = http_api::check(running.port).await;
    let mut findings = vec![finding];
    let aws = running.aws();
    let environment: Environment = running.variables.into_iter().collect();
    let environment = environment.with(keys_around(&Environment::ambient()));
    let configuration = Configuration::parse(&environment).ok();
    match template(&environment) {
        Ok(template) => {
            findings.extend(secrets::check(
                dir,
                &template.secrets,
                configuration.as_ref(),
            ));
            findings.extend(stored(&template, &aws).await);
        }
        Err(finding) => findings.push(finding),
    }
    findings.extend(timed(dir, configuration.as_ref(), now).await);
    findings
}

/// The secrets of this command's own environment: a running stack writes down none of its own.
pub(super) fn keys_around(environment: &Environment) -> Vec<(String, String)> {
    let secret = VARIABLES.iter().filter(|it| it.form == Form::Secret);
    let names = secret.flat_map(|it| std::iter::once(it.name).chain(it.alias));
    let present = names.filter_map(|name| Some((name, environment.get(name)?)));
    present
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Looks at what a stopped stack has kept.
async fn on_stopped(
    taken: &DataDir,
    environment: &Environment,
    configuration: Option<&Configuration>,
) -> Vec<Finding> {
    let (dir, mut findings) = (taken.path(), Vec::new());
    match template(environment) {
        Ok(template) => {
            findings.extend(secrets::check(dir, &template.secrets, configuration));
            findings.extend(served(dir, &template).await);
        }
        Err(finding) => findings.push(finding),
    }
    findings.extend(timed(dir, configuration, None).await);
    findings
}

/// What is declared. Where the queues are served makes no difference to what they are.
fn template(environment: &Environment) -> Result<Template, Finding> {
    read_template(TEMPLATE, environment, &AwsEndpoints::nowhere()).map_err(|error| {
        let advice = "set the variables right that it takes as parameters";
        Finding::fail("template", chain(&error), advice)
    })
}

/// Tables and queues of a directory, served for as long as they are looked at.
async fn served(dir: &Path, template: &Template) -> Vec<Finding> {
    const SUBJECT: &str = "tables";
    if !dir.join("dynamodb.sqlite").exists() {
        let says = format!("{} holds no ledger yet", dir.display());
        return vec![Finding::warn(SUBJECT, says, "scripts/up makes one")];
    }
    let failed = |error: LocalAwsError| {
        let advice = "put the directory back from a copy, or start with a new --data-dir";
        Finding::fail(SUBJECT, chain(&error), advice)
    };
    let aws = match LocalAws::start(&AwsChoice::over(dir)).await {
        Ok(aws) => aws,
        Err(error) => return vec![failed(error)],
    };
    let mut findings = stored(template, aws.endpoints()).await;
    findings.extend(aws.stop().await.err().map(failed));
    findings
}

/// Tables and queues that answer there.
async fn stored(template: &Template, aws: &AwsEndpoints) -> Vec<Finding> {
    let mut findings = tables::check(&aws.dynamodb_client(), &template.tables).await;
    findings.extend(queues::check(&aws.sqs_client(), &template.queues).await);
    findings.extend(halts::check(aws).await);
    findings
}

/// The clock, and the market at the time that it shows.
async fn timed(
    dir: &Path,
    configuration: Option<&Configuration>,
    told: Option<DateTime<Utc>>,
) -> Vec<Finding> {
    let (finding, time) = clock::check(dir, told);
    let mut findings = vec![finding];
    if let Some(configuration) = configuration {
        findings.extend(market::check(configuration, time).await);
    }
    findings
}
