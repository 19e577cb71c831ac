//! The report for people: the verdict first, then what it stands on. Rounded, and nothing is
//! computed here.

mod agents;
mod checks;
mod difference;
mod engines;
mod headline;
mod numbers;
mod rules;
mod table;

use std::fmt;

use super::comparison::Reading;
use super::report::Report;

impl Report {
    /// The whole report as plain text, without a line end.
    pub fn text(&self) -> String {
        let mut sections = vec![
            headline::study(self),
            headline::verdict(self),
            checks::section(&self.checks),
            engines::activity(&self.activity),
        ];
        if let Some(reading) = self.comparison.reading() {
            sections.extend(self.readings(reading));
        }
        sections.retain(|section| !section.is_empty());
        sections.join("\n\n")
    }

    /// The verdict in one sentence, with what it stands on.
    pub fn sentence(&self) -> String {
        headline::sentence(self)
    }

    fn readings(&self, reading: &Reading) -> Vec<String> {
        vec![
            engines::performance(&reading.performance),
            difference::primary(&reading.primary, self.study.confidence),
            difference::outlook(reading, &self.study),
            difference::secondary(&reading.secondary),
            rules::guardrails(&reading.guardrails),
            rules::promotion(&reading.promotion),
            agents::scores(&reading.agents),
            agents::calibration(reading),
            "A dash is a number that doesn't exist yet: too few observations, or nothing to divide by."
                .to_owned(),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
