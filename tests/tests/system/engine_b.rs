//! Engine B in the whole system: it judges the same evidence as Engine A, trades under the same
//! law, and what it decided can be decided again.

use domain::opinion::Absence;
use domain::vote::Confidence;
use domain::{Action, AssignmentState, Engine, RejectionReason, SignalId, Verdict};
use history::History;
use serde_json::json;
use system_tests::Harness;

use crate::support::{by_hand, wide};

/// Engine B judges every signal beside Engine A, and enters whatever it doesn't veto.
pub(crate) const EAGER: [(&str, &str); 4] = [
    ("ENABLE_VARIANT_B", "true"),
    ("ENABLE_SHADOW_EXECUTION", "true"),
    ("EXPERIMENT_MODE", "paired"),
    ("ENTER_AT_CONFIDENCE", "0"),
];

/// A stack on which Engine B is eager, but for these variables.
pub(crate) async fn eager(own: &[(&'static str, &'static str)]) -> Harness {
    let over = own.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let kept = EAGER.iter().filter(|(name, _)| !over.contains(name));
    let variables: Vec<_> = kept.chain(own).copied().collect();
    Harness::with_environment(&wide(&variables)).await
}

#[tokio::test]
async fn both_engines_judge_the_same_evidence_and_trade_alike() {
    let harness = eager(&[]).await;
    let id = harness.enter("SPY", "long").await;
    let of_a = harness.position_of(Engine::A, id, "open").await;
    let of_b = harness.position_of(Engine::B, id, "open").await;
    assert_eq!(of_a.contract, of_b.contract);
    assert_eq!(of_a.entry_price, of_b.entry_price);
    assert_eq!(of_a.entry_fee_usd, of_b.entry_fee_usd);
    let trace = harness.trace(id).await;
    let hashes: Vec<_> = trace.decisions.iter().map(|it| &it.evidence).collect();
    assert_eq!(hashes.len(), 2);
    assert_eq!(hashes[0], hashes[1]);
    harness.stop().await;
}

#[tokio::test]
async fn the_vote_is_stored_with_every_opinion_and_adds_up() {
    let harness = eager(&[("ENABLE_STRAT_SPECIALIST", "true")]).await;
    let id = harness.enter("QQQ", "short").await;
    let trace = harness.assignment_of(Engine::B, id, "ordered").await;
    let decision = trace.decision(Engine::B).unwrap();
    let vote = decision.vote.as_ref().unwrap();
    assert_eq!(vote.action, Action::Enter);
    assert_eq!(Confidence::of(&vote.contributions), vote.confidence);
    let heard = &trace.opinions(Engine::B).unwrap().heard;
    let names: Vec<_> = heard.iter().map(|it| it.agent.as_str()).collect();
    assert_eq!(
        names,
        [
            "context",
            "technical",
            "risk",
            "orb",
            "strat",
            "ttm",
            "gamma_flow",
            "satyland"
        ]
    );
    for (agent, is_off) in [
        ("orb", true),
        ("strat", false),
        ("ttm", true),
        ("satyland", true),
    ] {
        let one = heard.iter().find(|it| it.agent.as_str() == agent).unwrap();
        let absent = matches!(
            one.answer,
            domain::Answer::Absent {
                absence: Absence::Off,
                ..
            }
        );
        assert_eq!(absent, is_off, "{agent}");
    }
    let voted = vote.contributions.len();
    let given = heard
        .iter()
        .filter(|it| it.answer.opinion().is_some())
        .count();
    assert_eq!(voted, given);
    assert!(trace.opinions(Engine::A).is_none() && trace.decision(Engine::A).is_some());
    harness.stop().await;
}

#[tokio::test]
async fn what_was_decided_is_decided_again_byte_for_byte() {
    let harness = eager(&[("ENABLE_TTM_SPECIALIST", "true")]).await;
    let first = harness.enter("SPY", "long").await;
    harness.position_of(Engine::B, first, "open").await;
    // What is held has its correlations in the next decision's knowledge.
    let second = harness.enter("QQQ", "long").await;
    let trace = harness.assignment_of(Engine::B, second, "ordered").await;
    harness.assignment(second, "ordered").await;
    let knowledge = trace.decision(Engine::B).unwrap().knowledge.as_ref();
    assert_eq!(knowledge.unwrap().correlations.len(), 1);
    let history = History::new(harness.stack.surroundings()).unwrap();
    for id in [first, second] {
        let replays = history.replay(id).await.unwrap();
        assert_eq!(replays.len(), 2);
        for replay in replays {
            assert_eq!(replay.differences, [], "{} on {id}", replay.engine);
        }
    }
    harness.stop().await;
}

#[tokio::test]
async fn without_shadow_execution_the_decision_is_recorded_and_ends_there() {
    let harness = eager(&[("ENABLE_SHADOW_EXECUTION", "false")]).await;
    let id = harness.enter("SPY", "long").await;
    harness.position_of(Engine::A, id, "open").await;
    let trace = harness.assignment_of(Engine::B, id, "rejected").await;
    assert_eq!(
        trace.decision(Engine::B).unwrap().verdict,
        Verdict::Approved
    );
    assert_eq!(reason(&trace, Engine::B), RejectionReason::ExecutionOff);
    assert!(trace.orders.iter().all(|order| order.engine == Engine::A));
    harness.stop().await;
}

fn reason(trace: &storage::ledger::Trace, engine: Engine) -> RejectionReason {
    match &trace.assignment(engine).unwrap().state {
        AssignmentState::Rejected { rejection } => rejection.reason,
        other => panic!("{}", other.name()),
    }
}

#[tokio::test]
async fn a_confidence_below_the_threshold_is_a_judgement_and_a_veto_is_told() {
    let harness = eager(&[("ENTER_AT_CONFIDENCE", "100"), ("MAX_OPEN_POSITIONS", "1")]).await;
    let first = harness.enter("SPY", "long").await;
    let trace = harness.assignment_of(Engine::B, first, "rejected").await;
    assert_eq!(reason(&trace, Engine::B), RejectionReason::LowConfidence);
    harness.stop().await;
    let harness = eager(&[("MAX_OPEN_POSITIONS", "1")]).await;
    let first = harness.enter("SPY", "long").await;
    harness.position_of(Engine::B, first, "open").await;
    let second = harness.enter("QQQ", "long").await;
    let trace = harness.assignment_of(Engine::B, second, "rejected").await;
    // A limit is nobody's judgement, though an agent vetoes by it.
    assert_eq!(
        reason(&trace, Engine::B),
        RejectionReason::OpenPositionLimit
    );
    let vote = trace.decision(Engine::B).unwrap().vote.as_ref().unwrap();
    assert_eq!(vote.action, Action::Reject);
    assert_eq!(vote.veto.as_ref().unwrap().agent.as_str(), "risk");
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_alert_closes_what_both_engines_hold() {
    let harness = eager(&[]).await;
    let id = harness.enter("SPY", "long").await;
    for engine in [Engine::A, Engine::B] {
        harness.position_of(engine, id, "open").await;
    }
    harness.advance(chrono::TimeDelta::minutes(1));
    let exit = harness.exit("SPY").await;
    for engine in [Engine::A, Engine::B] {
        harness.position_of(engine, id, "closed").await;
        harness.assignment_of(engine, exit, "ordered").await;
    }
    harness.stop().await;
}

#[tokio::test]
async fn a_message_that_comes_again_changes_nothing() {
    let variables = wide(&EAGER);
    let harness = Harness::with(system_tests::harness::Setup {
        environment: variables,
        template: Some(by_hand(&["EngineBQueue", "OrdersQueue"])),
        ..Default::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    deliver_to_b(&harness, id).await;
    let once = harness.assignment_of(Engine::B, id, "approved").await;
    let of_b = |trace: &storage::ledger::Trace| -> Vec<serde_json::Value> {
        let items = trace
            .items
            .iter()
            .filter(|item| item["engine"] == json!("B"));
        items.cloned().collect()
    };
    for _ in 0..2 {
        deliver_to_b(&harness, id).await;
        assert_eq!(of_b(&harness.trace(id).await), of_b(&once));
    }
    harness.stop().await;
}

/// Delivers Engine B's work on a signal by hand.
pub(crate) async fn deliver_to_b(harness: &Harness, id: SignalId) {
    let work = domain::WorkKey::entry(id, Engine::B);
    crate::support::deliver(harness, "engine-b", work).await;
}
