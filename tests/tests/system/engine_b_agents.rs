//! Agents that fail, and agents that take too long: the decision goes on without them.

use std::time::Duration;

use aws_lambda_events::event::sqs::SqsEvent;
use decisions::agents::{Agent, COMMITTEE, NoEvidence};
use decisions::case::Case;
use domain::opinion::{Absence, Answer};
use domain::{AgentKind, AgentName, Engine, Opinion, SignalId, WorkKey};
use history::History;
use lambda_runtime::{Context, LambdaEvent};
use market_data::SimulatedMarket;
use runtime::queues::message_body;
use serde_json::json;
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::engine_b::EAGER;
use crate::support::{SEED, by_hand, wide};

/// A deadline of the invocation that is never reached: the year 2100, in epoch milliseconds.
const FAR_MS: u64 = 4_102_444_800_000;

/// It takes the place of the Gamma Flow specialist, late in the order: telling of a panic takes time.
struct Broken;

impl Agent for Broken {
    fn name(&self) -> AgentName {
        AgentName::of("gamma_flow")
    }
    fn kind(&self) -> AgentKind {
        AgentKind::Specialist
    }
    fn weight(&self) -> u32 {
        5
    }
    fn opinion(&self, _: &Case<'_>) -> Result<Opinion, NoEvidence> {
        panic!("an agent that fails")
    }
}

/// It takes the place of the Satyland sub-agent, which is heard last.
struct Slow;

impl Agent for Slow {
    fn name(&self) -> AgentName {
        AgentName::of("satyland")
    }
    fn kind(&self) -> AgentKind {
        AgentKind::Subagent
    }
    fn weight(&self) -> u32 {
        5
    }
    fn opinion(&self, _: &Case<'_>) -> Result<Opinion, NoEvidence> {
        std::thread::sleep(Duration::from_millis(600));
        Err(NoEvidence("it slept".into()))
    }
}

fn committee() -> &'static [&'static dyn Agent] {
    let agents = COMMITTEE.iter().map(|agent| match agent.name().as_str() {
        "gamma_flow" => &Broken as &'static dyn Agent,
        "satyland" => &Slow,
        _ => *agent,
    });
    Box::leak(agents.collect::<Vec<_>>().into_boxed_slice())
}

async fn decide(harness: &Harness, id: SignalId) {
    let market = SimulatedMarket::new(SEED, market_data::SimulatedHours::AlwaysOpen);
    let around = harness.stack.surroundings();
    let engine = engine_b::engine_b_of(committee(), around, std::sync::Arc::new(market)).unwrap();
    let work = WorkKey::entry(id, Engine::B);
    let event: SqsEvent = serde_json::from_value(json!({ "Records": [{
        "messageId": "by-hand", "body": message_body(&work), "eventSource": "aws:sqs",
    }] }))
    .unwrap();
    let mut context = Context::default();
    context.deadline = FAR_MS;
    let answered = engine.answer(LambdaEvent::new(event, context)).await;
    assert!(answered.unwrap().batch_item_failures.is_empty());
}

#[tokio::test]
async fn agents_that_fail_or_are_late_are_left_out_with_their_reasons() {
    let own = [("AGENTS_DEADLINE_MS", "500")];
    let variables: Vec<_> = EAGER.iter().chain(&own).copied().collect();
    let harness = Harness::with(Setup {
        environment: wide(&variables),
        template: Some(by_hand(&["EngineBQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    decide(&harness, id).await;
    let trace = harness.assignment_of(Engine::B, id, "ordered").await;
    let heard = &trace.opinions(Engine::B).unwrap().heard;
    let absence = |name: &str| {
        let one = heard.iter().find(|it| it.agent.as_str() == name).unwrap();
        match &one.answer {
            Answer::Given(_) => None,
            Answer::Absent { absence, .. } => Some(*absence),
        }
    };
    assert_eq!(absence("gamma_flow"), Some(Absence::Failed));
    assert_eq!(absence("satyland"), Some(Absence::OutOfTime));
    assert_eq!(absence("risk"), None);
    let vote = trace.decision(Engine::B).unwrap().vote.as_ref().unwrap();
    let voters: Vec<_> = vote
        .contributions
        .iter()
        .map(|it| it.agent.as_str())
        .collect();
    assert!(!voters.contains(&"gamma_flow") && !voters.contains(&"satyland"));
    // The accident is repeated, and everything else is decided again.
    let history = History::new(harness.stack.surroundings()).unwrap();
    let replays = history.replay(id).await.unwrap();
    let of_b = replays.iter().find(|it| it.engine == Engine::B).unwrap();
    assert_eq!(of_b.differences, []);
    harness.stop().await;
}
