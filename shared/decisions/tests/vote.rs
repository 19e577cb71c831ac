//! The laws of the vote.
#![cfg(test)]

use decisions::vote::count;
use domain::opinion::{Absence, Heard, Points100};
use domain::settings::CommitteeRules;
use domain::vote::Contribution;
use domain::{
    Action, AgentKind, AgentName, Answer, Bias, Direction, Opinion, Rejection, RejectionReason,
    Vote,
};
use proptest::prelude::*;

/// What one agent is, and says.
#[derive(Debug, Clone)]
struct Member {
    weight: u32,
    says: Option<Said>,
}

/// An opinion's part in a vote.
#[derive(Debug, Clone)]
struct Said {
    bias: Bias,
    confidence: u32,
    risk_score: Option<u32>,
    blocks: bool,
}

fn said() -> impl Strategy<Value = Said> {
    let bias = prop_oneof![
        Just(Bias::Bullish),
        Just(Bias::Bearish),
        Just(Bias::Neutral)
    ];
    let risk_score = prop_oneof![3 => Just(None), 1 => (0_u32..=100).prop_map(Some)];
    (bias, 0_u32..=100, risk_score).prop_map(|(bias, confidence, risk_score)| Said {
        bias,
        confidence,
        risk_score,
        blocks: false,
    })
}

/// Committees of one to eight, some of whom are absent or weigh nothing.
fn committees() -> impl Strategy<Value = Vec<Member>> {
    let member = (0_u32..=1_000, proptest::option::weighted(0.8, said()))
        .prop_map(|(weight, says)| Member { weight, says });
    proptest::collection::vec(member, 1..=8)
}

fn directions() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::Long), Just(Direction::Short)]
}

fn name(place: usize) -> AgentName {
    AgentName::read(&format!("agent_{place}"))
}

fn answer(says: Option<&Said>) -> Answer {
    let Some(said) = says else {
        return Answer::absent(Absence::Off, "it is off");
    };
    let veto = || Rejection::new(RejectionReason::Vetoed, "too risky");
    Answer::Given(Opinion {
        bias: said.bias,
        confidence: Points100::at_most(said.confidence),
        risk_score: said.risk_score.map(Points100::at_most),
        block: said.blocks.then(veto),
        reasons: Vec::new(),
        missing: Vec::new(),
        metadata: [].into(),
    })
}

fn vote_at(committee: &[Member], direction: Direction, enter_at_points: u32) -> Vote {
    let heard: Vec<Heard> = committee
        .iter()
        .enumerate()
        .map(|(place, member)| Heard {
            agent: name(place),
            kind: AgentKind::Core,
            answer: answer(member.says.as_ref()),
        })
        .collect();
    let weights = committee.iter().enumerate();
    let rules = CommitteeRules {
        weights: weights
            .map(|(place, member)| (name(place), member.weight))
            .collect(),
        enter_at_points,
        ..CommitteeRules::default()
    };
    count(direction, &heard, &rules)
}

fn vote(committee: &[Member], direction: Direction) -> Vote {
    vote_at(committee, direction, 60)
}

/// Twice the support of each opinion, by the definition.
fn support_halves(said: &Said, direction: Direction) -> u32 {
    match (said.risk_score, said.bias, direction) {
        (Some(score), ..) => 2 * (100 - score),
        (None, Bias::Neutral, _) => 100,
        (None, Bias::Bullish, Direction::Long) | (None, Bias::Bearish, Direction::Short) => {
            100 + said.confidence
        }
        _ => 100 - said.confidence,
    }
}

proptest! {
    #[test]
    fn only_ratios_of_weights_count(
        committee in committees(), direction in directions(), times in 1_u32..=4_000,
    ) {
        let mut heavier = committee.clone();
        for member in &mut heavier {
            member.weight *= times;
        }
        let (one, other) = (vote(&committee, direction), vote(&heavier, direction));
        prop_assert_eq!(one.confidence, other.confidence);
        prop_assert_eq!(one.action, other.action);
    }

    #[test]
    fn contributions_add_up_exactly(committee in committees(), direction in directions()) {
        let vote = vote(&committee, direction);
        let present = committee.iter().filter_map(|it| Some((it.weight, it.says.as_ref()?)));
        let expected: Vec<_> = present
            .map(|(weight, said)| (weight, support_halves(said, direction)))
            .collect();
        let found: Vec<_> = vote
            .contributions
            .iter()
            .map(|it| (it.weight, it.support_halves))
            .collect();
        prop_assert_eq!(&found, &expected);
        let weight: u64 = expected.iter().map(|it| u64::from(it.0)).sum();
        let halves: u64 = expected.iter().map(|it| u64::from(it.0) * u64::from(it.1)).sum();
        let told = vote.confidence.map(|it| (it.halves, it.weight));
        prop_assert_eq!(told, (weight > 0).then_some((halves, weight)));
        let points = vote.confidence.map_or(50.0, domain::vote::Confidence::points);
        prop_assert!((0.0..=100.0).contains(&points));
    }

    #[test]
    fn who_is_absent_might_as_well_not_be_there(
        committee in committees(), direction in directions(),
    ) {
        let present: Vec<Member> =
            committee.iter().filter(|it| it.says.is_some()).cloned().collect();
        let (all, fewer) = (vote(&committee, direction), vote(&present, direction));
        prop_assert_eq!(all.confidence, fewer.confidence);
        prop_assert_eq!(all.action, fewer.action);
        prop_assert_eq!(all.contributions.len(), present.len());
    }

    #[test]
    fn more_support_never_lowers_the_confidence(
        committee in committees(), direction in directions(),
        place in any::<proptest::sample::Index>(), more in 1_u32..=100,
    ) {
        let before = vote(&committee, direction);
        let mut stronger = committee.clone();
        let place = place.index(stronger.len());
        let Some(said) = stronger[place].says.as_mut() else { return Ok(()) };
        let agrees = said.bias.agrees_with(direction);
        match (said.risk_score.as_mut(), agrees) {
            (Some(score), _) => *score = score.saturating_sub(more),
            (None, Some(false)) => said.confidence = said.confidence.saturating_sub(more),
            // A neutral one's confidence changes nothing.
            (None, _) => said.confidence = (said.confidence + more).min(100),
        }
        let after = vote(&stronger, direction);
        if agrees.is_none() && committee[place].says.as_ref().is_some_and(|it| it.risk_score.is_none()) {
            prop_assert_eq!(after.confidence, before.confidence);
        }
        prop_assert!(after.confidence >= before.confidence);
        prop_assert!(before.action != Action::Enter || after.action == Action::Enter);
    }

    #[test]
    fn a_veto_wins_whatever_the_weights(
        committee in committees(), direction in directions(),
        place in any::<proptest::sample::Index>(),
    ) {
        let mut vetoing = committee.clone();
        let place = place.index(vetoing.len());
        let Some(said) = vetoing[place].says.as_mut() else { return Ok(()) };
        said.blocks = true;
        let found = vote_at(&vetoing, direction, 0);
        prop_assert_eq!(found.action, Action::Reject);
        prop_assert_eq!(found.veto.map(|veto| veto.agent), Some(name(place)));
        prop_assert_eq!(found.confidence, vote(&committee, direction).confidence);
    }

    #[test]
    fn it_enters_from_the_threshold_on(
        committee in committees(), direction in directions(), enter_at in 0_u32..=100,
    ) {
        let found = vote_at(&committee, direction, enter_at);
        let reaches = found.confidence.is_some_and(|it| {
            u128::from(it.halves) >= 2 * u128::from(enter_at) * u128::from(it.weight)
        });
        let expected = if reaches { Action::Enter } else { Action::Skip };
        prop_assert_eq!(found.action, expected);
        prop_assert_eq!(found.enter_at_points, enter_at);
    }

    #[test]
    fn the_other_direction_turns_who_takes_a_side(committee in committees()) {
        let takes_sides: Vec<Member> = committee
            .into_iter()
            .filter(|it| it.says.as_ref().is_some_and(|said| said.risk_score.is_none()))
            .collect();
        let long = vote(&takes_sides, Direction::Long);
        let short = vote(&takes_sides, Direction::Short);
        for (long, short) in long.contributions.iter().zip(&short.contributions) {
            prop_assert_eq!(long.support_halves + short.support_halves, 200);
        }
    }
}

fn member(weight: u32, bias: Bias, confidence: u32, risk_score: Option<u32>) -> Member {
    let says = Some(Said {
        bias,
        confidence,
        risk_score,
        blocks: false,
    });
    Member { weight, says }
}

/// The example of the documentation.
#[test]
fn the_default_weights_by_hand() {
    let absent = |weight| Member { weight, says: None };
    let committee = [
        member(20, Bias::Bullish, 40, None),
        member(25, Bias::Bullish, 55, None),
        member(30, Bias::Neutral, 100, Some(27)),
        absent(10),
        absent(5),
        absent(5),
        member(5, Bias::Bearish, 30, None),
    ];
    let found = vote(&committee, Direction::Long);
    let contributions: Vec<_> = found
        .contributions
        .iter()
        .map(Contribution::halves)
        .collect();
    assert_eq!(contributions, [20 * 140, 25 * 155, 30 * 146, 5 * 70]);
    let confidence = found.confidence.unwrap();
    assert_eq!((confidence.halves, confidence.weight), (11_405, 80));
    assert_eq!(confidence.to_string(), "71.28");
    assert_eq!(found.action, Action::Enter);
    let short = vote(&committee, Direction::Short);
    assert_eq!(short.confidence.unwrap().to_string(), "45.97");
    assert_eq!(short.action, Action::Skip);
}

/// As the documentation says.
#[test]
fn among_neutral_ones_a_low_risk_is_enough() {
    for (score, action) in [(25, Action::Enter), (26, Action::Skip)] {
        let committee = [
            member(20, Bias::Neutral, 9, None),
            member(25, Bias::Neutral, 0, None),
            member(30, Bias::Neutral, 100, Some(score)),
        ];
        assert_eq!(vote(&committee, Direction::Long).action, action, "{score}");
    }
}

#[test]
fn exactly_the_threshold_is_enough() {
    for (confidence, action) in [(19, Action::Skip), (20, Action::Enter), (21, Action::Enter)] {
        let committee = [member(7, Bias::Bullish, confidence, None)];
        assert_eq!(vote(&committee, Direction::Long).action, action);
    }
    // 59.5 and 60.5 make 60.
    let halves = [
        member(333, Bias::Bullish, 19, None),
        member(333, Bias::Bullish, 21, None),
    ];
    assert_eq!(vote(&halves, Direction::Long).action, Action::Enter);
}

#[test]
fn nobody_s_vote_has_no_confidence() {
    for committee in [vec![], vec![member(0, Bias::Bullish, 100, None)]] {
        let found = vote_at(&committee, Direction::Long, 0);
        assert_eq!((found.confidence, found.action), (None, Action::Skip));
    }
}
