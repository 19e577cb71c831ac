//! What the agents said of the newest signals: which way, and how sure.

use std::collections::BTreeMap;

use domain::opinion::{Answer, Bias, Heard};
use domain::{AgentName, SignalId};
use storage::page::{PageLimit, PageRequest};

use super::AgentVoice;
use crate::problem::Problem;
use crate::sources::Shared;

/// Signals whose opinions are read: the newest.
const SIGNALS: PageLimit = PageLimit::near(50);

/// Each agent's voice.
pub(super) async fn read(sources: &Shared) -> Result<Vec<AgentVoice>, Problem> {
    let newest = sources
        .ledger
        .newest_signals(&PageRequest::first(SIGNALS))
        .await?;
    let ids: Vec<SignalId> = newest.items.iter().map(|it| it.signal_id).collect();
    let opinions = sources.ledger.opinions_of(&ids).await?;
    let mut voices: BTreeMap<AgentName, Voice> = BTreeMap::new();
    for heard in opinions.into_iter().flat_map(|it| it.heard) {
        voices.entry(heard.agent.clone()).or_default().add(&heard);
    }
    Ok(voices
        .into_iter()
        .map(|(agent, voice)| voice.shown(agent))
        .collect())
}

#[derive(Default)]
struct Voice {
    bullish: u64,
    bearish: u64,
    neutral: u64,
    absent: u64,
    confidences: Vec<f64>,
}

impl Voice {
    fn add(&mut self, heard: &Heard) {
        let Answer::Given(opinion) = &heard.answer else {
            self.absent += 1;
            return;
        };
        match opinion.bias {
            Bias::Bullish => self.bullish += 1,
            Bias::Bearish => self.bearish += 1,
            Bias::Neutral => self.neutral += 1,
        }
        self.confidences.push(f64::from(opinion.confidence.get()));
    }

    fn shown(self, agent: AgentName) -> AgentVoice {
        #[expect(clippy::cast_precision_loss, reason = "a count of a few signals")]
        let count = self.confidences.len() as f64;
        let sum: f64 = self.confidences.iter().sum();
        AgentVoice {
            agent,
            bullish: self.bullish,
            bearish: self.bearish,
            neutral: self.neutral,
            absent: self.absent,
            average_confidence: (count > 0.0).then(|| sum / count),
        }
    }
}
