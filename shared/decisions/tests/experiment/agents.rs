//! How often agents were right, and whether what they called likely happened often.

use decisions::experiment::{AgentReport, EngineOutcome, Fate, Reading, Stance, agent_score};
use domain::opinion::{Absence, Points100};
use domain::signal::Direction;
use domain::vote::Confidence;
use domain::{AgentKind, AgentName, Answer, Bias, Heard, Mode, Opinion, RejectionReason, Usd};

use crate::world::{World, closed, day, declined, outcome, stopped, trade};

pub(crate) fn opinion(bias: Bias, confidence: u32, risk_score: Option<u32>) -> Answer {
    Answer::Given(Opinion {
        bias,
        confidence: Points100::at_most(confidence),
        risk_score: risk_score.map(Points100::at_most),
        block: None,
        reasons: Vec::new(),
        missing: Vec::new(),
        metadata: [].into(),
    })
}

pub(crate) fn heard(agent: &'static str, answer: Answer) -> Heard {
    Heard {
        agent: AgentName::of(agent),
        kind: AgentKind::Core,
        answer,
    }
}

#[test]
fn an_agent_is_right_by_what_it_stood_for() {
    // Bias, confidence, risk score; stance, support, right if it wins, right if it doesn't.
    for (bias, confidence, risk, stance, support, wins, loses) in [
        (
            Bias::Bullish,
            60,
            None,
            Stance::Supports,
            80.0,
            Some(true),
            Some(false),
        ),
        (
            Bias::Bearish,
            60,
            None,
            Stance::Opposes,
            20.0,
            Some(false),
            Some(true),
        ),
        (Bias::Neutral, 60, None, Stance::Neutral, 50.0, None, None),
        (Bias::Bullish, 0, None, Stance::Neutral, 50.0, None, None),
        (
            Bias::Neutral,
            90,
            Some(30),
            Stance::Supports,
            70.0,
            Some(true),
            Some(false),
        ),
        (
            Bias::Neutral,
            90,
            Some(75),
            Stance::Opposes,
            25.0,
            Some(false),
            Some(true),
        ),
    ] {
        let heard = heard("x", opinion(bias, confidence, risk));
        for (net, right) in [
            (Usd::cents(1), wins),
            (Usd::ZERO, loses),
            (Usd::cents(-1), loses),
        ] {
            let ours = agent_score(&heard, Direction::Long, net).unwrap();
            assert_eq!(
                (ours.stance, ours.is_right),
                (stance, right),
                "{bias} {net}"
            );
            assert_eq!(ours.support.to_bits(), f64::to_bits(support));
            assert_eq!(ours.confidence, confidence);
        }
    }
    let short = heard("x", opinion(Bias::Bearish, 60, None));
    let ours = agent_score(&short, Direction::Short, Usd::cents(1)).unwrap();
    assert_eq!((ours.stance, ours.is_right), (Stance::Supports, Some(true)));
    let absent = heard("x", Answer::absent(Absence::Off, "off"));
    assert_eq!(agent_score(&absent, Direction::Long, Usd::ZERO), None);
}

const DECLINED: Fate = Fate::Rejected(RejectionReason::LowConfidence);

fn won(net_cents: i64) -> Fate {
    Fate::Closed(trade(net_cents))
}

fn of_b(fate: Fate, answer: Answer, points: u64) -> EngineOutcome {
    EngineOutcome {
        confidence: Some(Confidence {
            halves: 2 * points,
            weight: 1,
        }),
        heard: vec![heard("technical", answer)],
        ..outcome(fate)
    }
}

fn reading(world: &World) -> Reading {
    world.report().comparison.reading().unwrap().clone()
}

/// For, for, against, for, neither, absent; what it brought is known of all but the open one.
fn paired() -> World {
    let mut world = World::of(stopped(Mode::Paired));
    let long = |confidence| opinion(Bias::Bullish, confidence, None);
    let against = opinion(Bias::Bearish, 90, None);
    world.pair(day(0), closed(100), of_b(won(300), long(60), 80));
    world.pair(day(0), closed(100), of_b(won(-300), long(80), 100));
    // B declined it, and A lost on it.
    world.pair(day(1), closed(-100), of_b(DECLINED, against, 5));
    // B declined it, and so did A: nobody knows.
    world.pair(day(1), declined(), of_b(DECLINED, long(10), 55));
    world.pair(day(1), closed(100), of_b(Fate::Open, long(20), 60));
    world.pair(
        day(2),
        closed(5),
        of_b(won(5), opinion(Bias::Neutral, 50, None), 60),
    );
    let absent = Answer::absent(Absence::NoEvidence, "no bars");
    world.pair(day(2), closed(5), of_b(won(5), absent, 60));
    world
}

fn technical(reading: &Reading) -> &AgentReport {
    &reading.agents[0]
}

#[test]
fn an_agent_s_report_is_what_a_hand_comes_to() {
    let reading = reading(&paired());
    let ours = technical(&reading);
    assert_eq!((ours.opinions, ours.absent), (6, 1));
    assert_eq!((ours.known, ours.neutral), (4, 1));
    let right = ours.right.unwrap();
    assert_eq!((right.hits, right.n), (2, 3));
    let average = (60.0 + 80.0 + 90.0 + 10.0 + 20.0 + 50.0) / 6.0;
    crate::world::assert_close(ours.average_confidence.unwrap(), average);
    // Support 5 lost, 50 won, 80 won and 90 lost.
    let winners = ours.calibration.bins.iter().map(|bin| {
        let winners = bin.winners.map(|it| (it.hits, it.n));
        (bin.from, winners)
    });
    let due = [
        (0, Some((0, 1))),
        (20, None),
        (40, Some((1, 1))),
        (60, None),
        (80, Some((1, 2))),
    ];
    assert_eq!(winners.collect::<Vec<_>>(), due);
}

#[test]
fn the_committee_s_confidence_is_held_against_what_came() {
    let reading = reading(&paired());
    // 80 won, 100 lost, 5 lost, 60 won twice.
    let bins = reading.committee.bins.iter();
    let winners = bins.map(|bin| bin.winners.map(|it| (it.hits, it.n)));
    let due = [Some((0, 1)), None, None, Some((2, 2)), Some((1, 2))];
    assert_eq!(winners.collect::<Vec<_>>(), due);
    assert_eq!(reading.committee.n(), 5);
}

#[test]
fn in_a_split_only_b_s_own_entries_are_known() {
    let mut world = World::of(stopped(Mode::Split));
    let long = || opinion(Bias::Bullish, 60, None);
    world.b(day(0), of_b(won(300), long(), 80));
    world.b(day(0), of_b(DECLINED, long(), 40));
    world.a(day(0), closed(300));
    let reading = reading(&world);
    assert_eq!(
        (technical(&reading).opinions, technical(&reading).known),
        (2, 1)
    );
    assert_eq!(reading.committee.n(), 1);
    let nobody = World::of(stopped(Mode::Split));
    assert_eq!(self::reading(&nobody).agents, []);
    assert!(!nobody.report().text().contains("AGENTS"));
}
