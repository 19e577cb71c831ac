//! The committee as a whole: who sits in it, what they weigh, and that they say the same again.

use decisions::agents::{COMMITTEE, hear, unknown_weights, weight_of};
use domain::opinion::Opinions;
use domain::settings::CommitteeRules;
use domain::{AgentKind, AgentName, Answer, Engine};

use crate::series::{closing_at, days, five_minutes, steps};
use crate::world::World;

fn full() -> World {
    let bars = five_minutes(&closing_at(steps(&[0.5, -0.3], 200)));
    let daily = days(&closing_at(steps(&[2.0, -1.0], 250)));
    World::bare().with_candles(&bars, Some(&daily))
}

#[test]
fn the_core_sits_first_with_its_weights() {
    let core: Vec<_> = COMMITTEE
        .iter()
        .take(3)
        .map(|agent| (agent.name().to_string(), agent.kind(), agent.weight()))
        .collect();
    let expected = [("context", 20), ("technical", 25), ("risk", 30)];
    let expected = expected.map(|(name, weight)| (name.to_owned(), AgentKind::Core, weight));
    assert_eq!(core, expected);
}

#[test]
fn every_name_is_its_own() {
    let names: std::collections::BTreeSet<_> = COMMITTEE.iter().map(|agent| agent.name()).collect();
    assert_eq!(names.len(), COMMITTEE.len());
}

#[test]
fn a_weight_that_is_set_goes_before_the_agent_s_own() {
    let mut rules = CommitteeRules::default();
    let technical = AgentName::of("technical");
    assert_eq!(weight_of(&technical, &rules), 25);
    rules.weights.insert(technical.clone(), 0);
    assert_eq!(weight_of(&technical, &rules), 0);
    assert_eq!(weight_of(&AgentName::of("nobody"), &rules), 0);
    assert_eq!(unknown_weights(&rules), []);
    rules.weights.insert(AgentName::of("nobody"), 5);
    let found = unknown_weights(&rules);
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .message
            .starts_with("nobody is no agent; there are context, technical, risk")
    );
}

/// Whatever is stored of what was said is read as it was, so that a replay can compare it.
#[test]
fn what_is_said_survives_its_form_and_is_said_again() {
    let mut heavy = full();
    heavy.book().open_count = 10;
    heavy.hold("TSLA", 300, None);
    for world in [full(), heavy, World::bare()] {
        let opinions = Opinions {
            signal_id: world.signal.signal_id,
            engine: Engine::B,
            heard: world.heard(),
        };
        let json = serde_json::to_string(&opinions).unwrap();
        assert_eq!(serde_json::from_str::<Opinions>(&json).unwrap(), opinions);
        assert_eq!(world.heard(), opinions.heard);
        let again = serde_json::to_string(&serde_json::from_str::<Opinions>(&json).unwrap());
        assert_eq!(again.unwrap(), json);
    }
}

#[test]
fn evidence_that_was_stored_gives_the_same_opinions() {
    let world = full();
    let stored = serde_json::to_string(&world.evidence).unwrap();
    let read = World {
        evidence: serde_json::from_str(&stored).unwrap(),
        ..full()
    };
    assert_eq!(read.evidence, world.evidence);
    assert_eq!(read.heard(), world.heard());
}

/// Agents read studies, and never the bars: these aren't in the evidence here.
#[test]
fn the_core_needs_no_flag_and_no_bars() {
    let world = full();
    assert!(world.evidence.candles.is_none() && world.evidence.daily.is_none());
    for agent in COMMITTEE.iter().take(3) {
        assert_eq!(agent.flag(), None);
        let heard = hear(*agent, &world.case());
        assert!(matches!(heard.answer, Answer::Given(_)), "{heard:?}");
    }
}
