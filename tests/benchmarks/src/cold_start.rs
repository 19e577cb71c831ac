//! Cold starts: each function's program, from its start to the first question for an event and to
//! the first answer, beside one that does nothing and beside Node.js. And how large they are.

mod comparison;
mod sizes;

use std::time::Duration;

use chrono::TimeDelta;
use domain::SignalId;
use local_stack::template::Function;
use runtime::clock::system;
use serde_json::Value as Json;
use system_tests::Harness;
use system_tests::at_rest::at_rest;
use system_tests::function_binary::{FunctionBinary, declared};
use system_tests::runtime_api::Outcome;
use system_tests::samples::{DASHBOARD, MESSAGES, SCHEDULED, Sample, WEBHOOK, parsed};

use crate::figures::Durations;
use crate::report::{Report, Table};
use crate::{AnyError, progress};

/// Starts of each program.
const STARTS: i64 = 20;

const NOTES: [&str; 4] = [
    "To the first question: from the start of the program until it asks the Runtime API for an event. \
     To the first answer: until it has answered the first one, with its first connections to AWS, \
     which is on the loopback.",
    "Each start has an alert of its own, taken through all functions. After the first the engines \
     turn it down, since there is a position already: most functions have little to do.",
    "Lambda adds what it takes to get the package and start a sandbox, which nothing here measures.",
    "Deflated is what a zip file of the program has, but for a hundred bytes or two.",
];

/// What starting a program again and again came to.
#[derive(Default)]
struct Starts {
    asked: Durations,
    answered: Durations,
}

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let stack = at_rest().await;
    let functions = declared(stack.stack.aws().endpoints());
    let mut starts: Vec<Starts> = functions.iter().map(|_| Starts::default()).collect();
    for number in 0..STARTS {
        progress(&format!(
            "cold-start: {number} of {STARTS} starts of each function"
        ));
        for (sample, event) in events(&stack, number).await? {
            let place = functions.iter().position(|it| it.binary == sample.binary());
            let place = place.ok_or_else(|| format!("no function {}", sample.binary()))?;
            let (Some(function), Some(starts)) = (functions.get(place), starts.get_mut(place))
            else {
                continue;
            };
            start(&stack, function, &event, starts).await?;
        }
    }
    let mut table = times();
    for (function, starts) in functions.iter().zip(&starts) {
        add(&mut table, &function.binary, starts);
    }
    for (name, starts) in comparison::measure(&stack, &functions).await? {
        add(&mut table, name, &starts);
    }
    stack.stop().await;
    let binaries = functions.iter().map(|function| function.binary.as_str());
    let sizes = sizes::table(binaries.chain([comparison::HELLO]))?;
    Ok(Report::new("cold-start", vec![table, sizes], &NOTES))
}

fn times() -> Table {
    let columns = [
        "program", "starts", "p50", "p99", "longest", "p50", "p99", "longest",
    ];
    let title = "ms to the first question (left) and to the first answer (right)";
    Table::new(title, &columns)
}

fn add(table: &mut Table, name: &str, starts: &Starts) {
    let count = starts.asked.count().to_string();
    let cells = [name.to_owned(), count].into_iter();
    let cells = cells.chain(starts.asked.cells());
    table.row(cells.chain(starts.answered.cells()));
}

/// One event for each function, about a new alert. The alert is taken in here, so that its
/// signal's id is known.
async fn events(stack: &Harness, number: i64) -> Result<Vec<(Sample, Json)>, AnyError> {
    // Two alerts of the same second would be the same one.
    let fired_at = system().now() - TimeDelta::seconds(2 * number);
    let alert = WEBHOOK.fired_at(fired_at);
    let known = WEBHOOK.fired_at(fired_at - TimeDelta::seconds(1));
    stack.clock.set(system().now());
    let webhook = stack.stack.function("webhook").ok_or("no webhook")?;
    let answer = webhook(known).await?;
    let body = parsed(answer["body"].as_str().unwrap_or("{}"));
    let signal: SignalId = body["signal_id"].as_str().unwrap_or_default().parse()?;
    let messages = MESSAGES.iter().filter(|it| it.binary() == it.name);
    let mut events = vec![(WEBHOOK, alert), (DASHBOARD, DASHBOARD.event())];
    events.extend(messages.map(|sample| (*sample, sample.naming(signal))));
    events.extend(SCHEDULED.map(|sample| (sample, sample.event())));
    Ok(events)
}

async fn start(
    stack: &Harness,
    function: &Function,
    event: &Json,
    starts: &mut Starts,
) -> Result<(), AnyError> {
    let aws = stack.stack.aws().endpoints();
    let program = FunctionBinary::start(function, aws, &[]).await;
    timed(program, event, starts).await
}

/// Times a program that was just started.
async fn timed(
    mut program: FunctionBinary,
    event: &Json,
    starts: &mut Starts,
) -> Result<(), AnyError> {
    let asked: Duration = program.time_to_first_question().await;
    let outcome = program.invoke(event).await;
    let answered = program.started.elapsed();
    match outcome {
        Outcome::Answered(answer) if answer["statusCode"].as_u64() >= Some(500) => {
            Err(format!("{answer}: {}", program.said()).into())
        }
        Outcome::Answered(_) => {
            starts.asked.add(asked);
            starts.answered.add(answered);
            Ok(())
        }
        Outcome::Failed { said, .. } => Err(format!("{said}: {}", program.said()).into()),
    }
}
