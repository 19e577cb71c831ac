//! The record of a choice: small, and the same after it was stored.

use super::*;

fn contract(strike: u32) -> OptionContract {
    OptionContract::parse(&format!("GOOGL260702C{:08}", strike * 1_000)).unwrap()
}

fn score(points: u32) -> Score {
    Score {
        spread: Points(3_500 - points),
        delta: Points(2_500 - points),
        open_interest: Points(1_500 - points),
        volume: Points(1_000 - points),
        theta: Points(1_000 - points),
        volatility: Points(500 - points),
    }
}

/// A record with as much in it as one can have.
fn full() -> Selection {
    let reading = "12.3456 % of the mid (at most 10 %)".to_owned();
    let rejected_as = |strike| RejectedContract {
        contract: contract(strike),
        reason: ContractRejection::UnknownOpenInterest,
        reading: reading.clone(),
    };
    let runner_up = |strike| RunnerUp {
        contract: contract(strike),
        score: score(strike % 100),
    };
    Selection {
        signal_id: SignalId::of("a signal"),
        engine: Engine::B,
        contract: contract(450),
        settings_version: 12,
        chosen_at: "2026-06-24T14:15:06.123456789Z".parse().unwrap(),
        basis: SelectionBasis::Scored(ScoredSelection {
            score: score(7),
            figures: Figures {
                delta: 0.4512,
                modelled: true,
                theta: -0.3312,
                implied_volatility: 0.3312,
                open_interest: 123_456,
                volume: 123_456,
            },
            runners_up: (451..454).map(runner_up).collect(),
            considered: 400,
            rejected: [
                (ContractRejection::Delta, 300),
                (ContractRejection::Spread, 20),
                (ContractRejection::UnknownOpenInterest, 20),
                (ContractRejection::OpenInterest, 20),
                (ContractRejection::Unaffordable, 20),
            ]
            .into(),
            nearest_rejected: (460..465).map(rejected_as).collect(),
            chain_from: "recorded (modelled options)".to_owned(),
            chain_at: "2026-06-24T14:15:06.123Z".parse().unwrap(),
        }),
    }
}

#[test]
fn a_full_record_stays_small_and_comes_back_as_it_was() {
    let text = serde_json::to_string(&full()).unwrap();
    assert!(text.len() <= 2_000, "{} bytes: {text}", text.len());
    assert_eq!(serde_json::from_str::<Selection>(&text).unwrap(), full());
}

#[test]
fn every_rejection_is_stored_by_its_name() {
    use ContractRejection as R;
    for reason in [
        R::Adjusted,
        R::Duplicate,
        R::NoQuote,
        R::OneSided,
        R::Crossed,
        R::Locked,
        R::StaleQuote,
        R::UnknownDelta,
        R::Delta,
        R::Bid,
        R::Spread,
        R::UnknownOpenInterest,
        R::OpenInterest,
        R::UnknownVolume,
        R::Volume,
        R::UnknownVolatility,
        R::Volatility,
        R::Unaffordable,
    ] {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.to_string());
    }
}

#[test]
fn points_are_shown_with_their_hundredths() {
    for (points, shown) in [
        (0, "0.00"),
        (5, "0.05"),
        (3_507, "35.07"),
        (10_000, "100.00"),
    ] {
        assert_eq!(Points(points).to_string(), shown);
    }
    assert_eq!(score(0).total(), Points(10_000));
}
