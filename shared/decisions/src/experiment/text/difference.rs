//! The difference by every test, what could be seen, and the secondary metrics.

use super::numbers::{
    counted, name, of_metric, or_dash, percent_range, probability, signed_percent,
};
use super::table::Table;
use crate::experiment::comparison::Reading;
use crate::experiment::difference::{Difference, TTest};
use crate::experiment::figures::Found;
use crate::experiment::report::Study;
use crate::experiment::secondary::Secondary;

/// The primary metric, B less A.
pub(super) fn primary(difference: &Difference, confidence: f64) -> String {
    let interval = format!("{:.0} % interval", confidence * 100.0);
    let mut table = Table::headed(&["", "B - A", &interval, "p", "t", "df"]);
    table.row(sequential(difference));
    table.row(bootstrap(difference));
    table.row(t_test("t test by trading days", &difference.by_day));
    if let Some(paired) = &difference.paired {
        table.row(t_test("t test of pairs", paired));
    }
    table.row(t_test("Welch, signal by signal", &difference.welch));
    let title = format!("DIFFERENCE in {}, B less A", name(difference.metric));
    let mut section = vec![table.under(&title), note(difference)];
    section.extend(absences(difference));
    section.join("\n")
}

fn sequential(difference: &Difference) -> Vec<String> {
    let label = "sequential, by trading days";
    match difference.sequential.figures.known() {
        None => absent(label),
        Some(it) => vec![
            label.to_owned(),
            signed_percent(it.difference),
            percent_range(it.interval),
            probability(it.p),
        ],
    }
}

fn bootstrap(difference: &Difference) -> Vec<String> {
    let label = "bootstrap of trading days (BCa)";
    match difference.bootstrap.known() {
        None => absent(label),
        Some(it) => vec![
            label.to_owned(),
            signed_percent(it.difference),
            percent_range(it.interval),
        ],
    }
}

fn t_test(label: &str, test: &Found<TTest>) -> Vec<String> {
    match test.known() {
        None => absent(label),
        Some(it) => vec![
            label.to_owned(),
            signed_percent(it.difference),
            percent_range(it.interval),
            probability(it.p),
            format!("{:.2}", it.t),
            format!("{:.1}", it.df),
        ],
    }
}

fn absent(label: &str) -> Vec<String> {
    vec![label.to_owned(), super::numbers::ABSENT.to_owned()]
}

fn note(difference: &Difference) -> String {
    let sequential = &difference.sequential;
    let waits = sequential.waits_for.map_or_else(String::new, |day| {
        format!(" and waits for {day}, which isn't complete")
    });
    let [a, b] = difference.compared;
    let compared = match difference.paired {
        Some(_) => counted(a, "pair"),
        None => format!("{a} signals of A and {b} of B"),
    };
    format!(
        "  {compared} are compared. The sequential test has looked at {}{waits};\n  it may be read at any time. The others are for one reading, at the planned end.",
        counted(sequential.days, "complete day")
    )
}

fn absences(difference: &Difference) -> Vec<String> {
    let why = |label: &str, why: Option<&str>| why.map(|why| format!("  no {label}: {why}"));
    [
        why("sequential test", reason(&difference.sequential.figures)),
        why("bootstrap", reason(&difference.bootstrap)),
        why("t test by days", reason(&difference.by_day)),
        why(
            "t test of pairs",
            difference.paired.as_ref().and_then(reason),
        ),
        why("Welch test", reason(&difference.welch)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn reason<T>(found: &Found<T>) -> Option<&str> {
    match found {
        Found::Known(_) => None,
        Found::Absent { absent } => Some(absent),
    }
}

/// What can be seen, in numbers.
pub(super) fn outlook(reading: &Reading, study: &Study) -> String {
    let outlook = &reading.outlook;
    let planned = |of: fn(&domain::experiment::PlannedSample) -> u32| {
        or_dash(study.planned.as_ref(), |it| of(it).to_string())
    };
    let more = |count: Option<u64>| or_dash(count, |it| it.to_string());
    let mut table = Table::headed(&["", "now", "planned", "still needed, about"]);
    table.row([
        "signals per engine".to_owned(),
        reading.primary.fewest().to_string(),
        planned(|it| it.signals_per_engine),
        more(outlook.more_signals_per_engine),
    ]);
    table.row([
        "trading days".to_owned(),
        study.sessions.to_string(),
        planned(|it| it.sessions),
        more(outlook.more_sessions),
    ]);
    let effect = |effect: Option<f64>| or_dash(effect, signed_percent).replace('+', "");
    format!(
        "{}\n  detectable now {}, expected {}, standard error {}",
        table.under("SAMPLE"),
        effect(outlook.detectable),
        effect(outlook.expected_effect),
        effect(outlook.standard_error)
    )
}

/// The secondary metrics.
pub(super) fn secondary(all: &[Secondary]) -> String {
    let heading = ["", "A", "B", "B - A", "p", "p (Holm)"];
    let rows = all.iter().map(|one| {
        let value = |value: Option<f64>| or_dash(value, |it| of_metric(one.metric, it));
        let test = one.by_day.known();
        vec![
            name(one.metric).to_owned(),
            value(one.a),
            value(one.b),
            value(test.map(|it| it.difference)),
            or_dash(test.map(|it| it.p), probability),
            or_dash(one.p_adjusted, probability),
        ]
    });
    let title = "SECONDARY (t tests by trading days; none of them decides)";
    Table::headed(&heading).rows(rows).under(title)
}
