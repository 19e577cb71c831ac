//! Engine B's agents and committee.

use super::numbers::{or_dash, share};
use super::table::Table;
use crate::experiment::agents::AgentReport;
use crate::experiment::calibration::Calibration;
use crate::experiment::comparison::Reading;

/// How often each agent was right; nothing where none was heard.
pub(super) fn scores(agents: &[AgentReport]) -> String {
    if agents.is_empty() {
        return String::new();
    }
    let heading = [
        "",
        "opinions",
        "absent",
        "confidence",
        "known",
        "neutral",
        "judged",
        "right",
    ];
    let rows = agents.iter().map(|one| {
        vec![
            one.agent.to_string(),
            one.opinions.to_string(),
            one.absent.to_string(),
            or_dash(one.average_confidence, |it| format!("{it:.0}")),
            one.known.to_string(),
            one.neutral.to_string(),
            (one.known - one.neutral).to_string(),
            or_dash(one.right, share),
        ]
    });
    let title = "ENGINE B'S AGENTS (judged where it is known what the entry brought)";
    Table::headed(&heading).rows(rows).under(title)
}

/// Winners by what was said beforehand; nothing where nothing is known.
pub(super) fn calibration(reading: &Reading) -> String {
    let committee = ("committee".to_owned(), &reading.committee);
    let agents = reading.agents.iter();
    let each = agents.map(|one| (one.agent.to_string(), &one.calibration));
    let rows: Vec<Vec<String>> = std::iter::once(committee)
        .chain(each)
        .filter(|(_, calibration)| calibration.n() > 0)
        .map(|(name, calibration)| row(name, calibration))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let heading = ["", "0-20", "20-40", "40-60", "60-80", "80-100"];
    let title = "CALIBRATION: winners among entries, by the confidence or support beforehand";
    Table::headed(&heading).rows(rows).under(title)
}

fn row(name: String, calibration: &Calibration) -> Vec<String> {
    let bins = calibration.bins.iter().map(|bin| {
        or_dash(bin.winners, |it| {
            format!("{:.0} % of {}", it.share * 100.0, it.n)
        })
    });
    std::iter::once(name).chain(bins).collect()
}
