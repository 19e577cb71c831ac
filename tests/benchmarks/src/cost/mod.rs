//! What a signal uses of AWS: calls, capacity, requests, invocations; and what a million of them
//! cost. Messages are carried by hand, one at a time, so the counts are the same at every run.

mod bill;
mod items;
mod prices;
mod scenario;

use bill::Bill;
use scenario::{Scenario, Used};

use crate::report::{Report, Table};
use crate::stage::{PAIRED, SPLIT};
use crate::{AnyError, progress};

/// Signals that each figure is the mean of.
const SIGNALS: usize = 40;

const NOTES: [&str; 6] = [
    "Every function is warm; a first call also reads the webhook's secret and the settings.",
    "A message is one send, one receipt and one deletion, and an invocation of its own: batches cost less.",
    "Functions: 256 MB on arm64, the time on this machine and 5 ms more for each call to AWS.",
    "The roll-ups' share is that of batches as full as 40 signals make them.",
    "Up to ten positions are open; reads grow with them.",
    "Not in it: the passes of each minute (below), logs, storage, data transfer, the free tiers.",
];

pub(crate) async fn measure() -> Result<Report, AnyError> {
    progress("cost: 40 signals opened, and closed by alerts");
    let by_alert = Box::pin(scenario::rounds(&[])).await?;
    progress("cost: the same with both engines, split and paired");
    let split = Box::pin(scenario::rounds(&SPLIT)).await?;
    let paired = Box::pin(scenario::rounds(&PAIRED)).await?;
    progress("cost: 40 signals rolled up");
    let rolled_up = Box::pin(scenario::roll_ups()).await?;
    progress("cost: 10 signals closed by the exit monitor");
    let by_monitor = Box::pin(scenario::monitor()).await?;
    let (open, closed) = sums(&by_alert, &rolled_up);
    let monitored = monitored(&by_alert, &rolled_up, &by_monitor);
    let mut tables = vec![
        open.table("Alert to open, for one signal", SIGNALS),
        by_alert
            .closing
            .table("Open to closed by an exit alert, for one signal", SIGNALS),
        by_monitor.table(
            "Open to closed by the exit monitor, for one signal",
            scenario::MONITORED,
        ),
        summary(&[
            ("alert to open", &open, SIGNALS),
            ("alert to closed, by an exit alert", &closed, SIGNALS),
            ("alert to closed, by the exit monitor", &monitored, SIGNALS),
            (
                "split: alert to open, without roll-ups",
                &split.opening,
                SIGNALS,
            ),
            (
                "paired: alert to two open, without roll-ups",
                &paired.opening,
                SIGNALS,
            ),
            ("Engine A alone: the same", &by_alert.opening, SIGNALS),
        ]),
        items::table(&by_alert.items),
    ];
    tables.push(Box::pin(scenario::idle_minute()).await?);
    Ok(Report::new("cost", tables, &NOTES))
}

/// From the alert to the open position, and to the closed one.
fn sums(by_alert: &Used, rolled_up: &Scenario) -> (Bill, Bill) {
    let mut open = by_alert.opening.clone();
    open.call(rolled_up.opened.clone());
    let mut closed = by_alert.opening.clone();
    closed.add(&by_alert.closing);
    closed.call(rolled_up.closed_by_alert.clone());
    (open, closed)
}

/// The same, where the exit monitor closes it: the first part is that of a signal closed by alert.
fn monitored(by_alert: &Used, rolled_up: &Scenario, by_monitor: &Bill) -> Bill {
    let mut bill = by_alert.opening.clone();
    for _ in 0..SIGNALS / scenario::MONITORED {
        bill.add(by_monitor);
    }
    bill.call(rolled_up.closed_by_monitor.clone());
    bill
}

fn summary(bills: &[(&str, &Bill, usize)]) -> Table {
    let columns = [
        "one signal",
        "AWS calls",
        "write units",
        "read units",
        "SQS requests",
        "invocations",
        "$ writes",
        "$ reads",
        "$ SQS",
        "$ Lambda",
        "$ HTTP API",
        "$ a million",
    ];
    let mut table = Table::new("What a signal costs, in dollars for a million", &columns);
    for (name, bill, signals) in bills {
        let (sum, dollars) = (bill.sum(), bill.dollars(*signals));
        let signals = crate::figures::figure(*signals);
        let figures = [
            sum.calls as f64 / signals,
            sum.write_units / signals,
            sum.read_units / signals,
            bill.queue_requests() / signals,
            bill.invocations() / signals,
            dollars.writes,
            dollars.reads,
            dollars.queues,
            dollars.functions,
            dollars.http,
            dollars.total(),
        ];
        let cells = figures.iter().map(|figure| format!("{figure:.2}"));
        table.row(std::iter::once((*name).to_owned()).chain(cells));
    }
    table
}
