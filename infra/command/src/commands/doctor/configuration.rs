//! Whether the environment can be used: every problem is a line of its own.

use runtime::configuration::SECRET_LENGTH_MIN;
use runtime::{Configuration, Environment};

use super::finding::Finding;

const SUBJECT: &str = "configuration";

/// Reads the configuration.
pub(super) fn check(environment: &Environment) -> (Vec<Finding>, Option<Configuration>) {
    match Configuration::parse(environment) {
        Ok(configuration) => {
            let says = "every variable of this environment can be used";
            (vec![Finding::ok(SUBJECT, says)], Some(configuration))
        }
        Err(error) => {
            let problems = error.problems.iter().map(|problem| {
                let says = format!("{}: {}", problem.variable, problem.message);
                Finding::fail(SUBJECT, says, advice(&problem.variable))
            });
            (problems.collect(), None)
        }
    }
}

fn advice(variable: &str) -> String {
    match variable {
        "TRADINGVIEW_WEBHOOK_SECRET" => format!(
            "set a random text of {SECRET_LENGTH_MIN} characters or more, or unset it to have one \
             made"
        ),
        _ => "set it right or unset it; docs/configuration.md tells what is possible".to_owned(),
    }
}
