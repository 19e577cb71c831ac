//! What Engine B decides: whom it asks, and what it makes of what they say.

use decisions::case::Case;
use decisions::engine_b;
use domain::opinion::{Absence, Heard, Points100};
use domain::{
    Action, AgentKind, AgentName, Answer, Bias, Decision, Engine, Halt, Opinion, Rejection,
    RejectionClass, RejectionReason, Signal, Verdict,
};

use crate::common::{halt, signal};
use crate::series::{closing_at, days, five_minutes, steps};
use crate::world::World;

/// The decision after these were heard.
fn decide(case: &Case<'_>, heard: &[Heard]) -> Decision {
    engine_b::decide(case, || heard.to_vec()).0
}

/// Whether the committee was asked.
fn is_to_be_heard(case: &Case<'_>) -> bool {
    engine_b::decide(case, Vec::new).1.is_some()
}

fn said(agent: &'static str, answer: Answer) -> Heard {
    Heard {
        agent: AgentName::of(agent),
        kind: AgentKind::Core,
        answer,
    }
}

fn opinion(bias: Bias, confidence: u32) -> Opinion {
    Opinion {
        bias,
        confidence: Points100::at_most(confidence),
        risk_score: None,
        block: None,
        reasons: Vec::new(),
        missing: Vec::new(),
        metadata: [].into(),
    }
}

/// One agent that is for it by so many points.
fn bullish(confidence: u32) -> Vec<Heard> {
    vec![said(
        "technical",
        Answer::Given(opinion(Bias::Bullish, confidence)),
    )]
}

fn risk(score: u32, block: Option<Rejection>) -> Heard {
    let neutral = opinion(Bias::Neutral, 100);
    said(
        "risk",
        Answer::Given(Opinion {
            risk_score: Some(Points100::at_most(score)),
            block,
            ..neutral
        }),
    )
}

fn rejection(world: &World, heard: &[Heard]) -> Option<Rejection> {
    match decide(&world.case(), heard).verdict {
        Verdict::Approved => None,
        Verdict::Rejected { rejection } => Some(rejection),
    }
}

#[test]
fn the_committee_s_action_is_the_verdict() {
    let limit = Rejection::new(RejectionReason::OpenPositionLimit, "10 open or pending");
    let veto = Rejection::new(
        RejectionReason::Vetoed,
        "a risk of 95; at most 80 is allowed",
    );
    let with = |mut heard: Vec<Heard>, more: Heard| {
        heard.push(more);
        heard
    };
    for (name, heard, action, expected) in [
        ("just enough", bullish(20), Action::Enter, None),
        (
            "a point too little",
            bullish(19),
            Action::Skip,
            Some((RejectionReason::LowConfidence, RejectionClass::Judgement)),
        ),
        (
            "vetoed, whatever the others say",
            with(bullish(100), risk(95, Some(veto))),
            Action::Reject,
            Some((RejectionReason::Vetoed, RejectionClass::Judgement)),
        ),
        (
            "no room in the book",
            with(bullish(100), risk(10, Some(limit))),
            Action::Reject,
            Some((RejectionReason::OpenPositionLimit, RejectionClass::Capacity)),
        ),
        (
            "nobody heard",
            Vec::new(),
            Action::Skip,
            Some((RejectionReason::NoOpinions, RejectionClass::Capacity)),
        ),
        (
            "nobody said anything",
            vec![said(
                "technical",
                Answer::absent(Absence::Failed, "it panicked"),
            )],
            Action::Skip,
            Some((RejectionReason::NoOpinions, RejectionClass::Capacity)),
        ),
    ] {
        let world = World::bare();
        let decision = decide(&world.case(), &heard);
        assert_eq!(decision.vote.as_ref().unwrap().action, action, "{name}");
        let found = rejection(&world, &heard).map(|it| (it.reason, it.class));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_rejection_says_by_whom_or_by_how_much() {
    let world = World::bare();
    let low = rejection(&world, &bullish(11)).unwrap();
    assert_eq!(low.detail, "55.50 of 60 points");
    let veto = Rejection::new(RejectionReason::Vetoed, "a risk of 95");
    let vetoed = rejection(&world, &[risk(95, Some(veto))]).unwrap();
    assert_eq!(vetoed.detail, "risk vetoes: a risk of 95");
}

#[test]
fn who_isn_t_eligible_is_rejected_without_a_vote() {
    type Change = fn(&mut World);
    let cases: [(&str, Change, RejectionReason); 6] = [
        (
            "halted",
            |world| world.book().halt = Some(Halt { ..halt() }),
            RejectionReason::TradingHalted,
        ),
        (
            "no clock",
            |world| world.evidence.clock = None,
            RejectionReason::MarketClosed,
        ),
        (
            "no quote",
            |world| world.evidence.quote = None,
            RejectionReason::NoMarketData,
        ),
        (
            "a symbol that isn't allowed",
            |world| world.settings.trading_rules.allowed_symbols.clear(),
            RejectionReason::SymbolNotAllowed,
        ),
        (
            "an exit",
            |world| world.signal = signal(r#""action":"exit""#),
            RejectionReason::PyramidingOff,
        ),
        (
            "too late",
            |world| world.signal.received_at -= chrono::TimeDelta::seconds(301),
            RejectionReason::TooLate,
        ),
    ];
    for (name, change, expected) in cases {
        let mut world = World::bare();
        change(&mut world);
        assert!(!is_to_be_heard(&world.case()), "{name}");
        let decision = decide(&world.case(), &bullish(100));
        assert_eq!(decision.vote, None, "{name}");
        let found = rejection(&world, &bullish(100)).map(|it| it.reason);
        assert_eq!(found, Some(expected), "{name}");
    }
}

fn short_entry() -> Signal {
    signal(r#""action":"sell","sentiment":"bearish""#)
}

#[test]
fn a_short_signal_counts_the_other_way_round() {
    let mut world = World::bare();
    world.signal = short_entry();
    assert!(is_to_be_heard(&world.case()));
    let found = rejection(&world, &bullish(100)).map(|it| it.reason);
    assert_eq!(found, Some(RejectionReason::LowConfidence));
    let bearish = vec![said(
        "technical",
        Answer::Given(opinion(Bias::Bearish, 100)),
    )];
    assert_eq!(rejection(&world, &bearish), None);
}

#[test]
fn a_decision_keeps_what_it_was_made_on() {
    let world = World::bare();
    let decision = decide(&world.case(), &bullish(100));
    assert_eq!(decision.engine, Engine::B);
    assert_eq!(decision.knowledge.as_ref(), Some(&world.knowledge));
    assert_eq!(decision.evidence, "hash");
    assert_eq!(decision.decided_at, world.now);
    assert!(decision.entry_rules.is_empty());
    assert!(decision.eligibility.iter().all(|reading| reading.passed));
}

/// The whole way from bars to the verdict.
#[test]
fn a_rise_is_entered_and_a_fall_is_skipped() {
    for (step, expected) in [(0.1, None), (-0.1, Some(RejectionReason::LowConfidence))] {
        let bars = five_minutes(&closing_at(steps(&[step], 220)));
        let daily = days(&closing_at(steps(&[20.0 * step], 100)));
        let world = World::bare().with_candles(&bars, Some(&daily));
        let found = rejection(&world, &world.heard()).map(|it| it.reason);
        assert_eq!(found, expected, "{step}");
    }
}
