//! A choice as the order creator records it, with as much in it as one can have.

use domain::selection::{
    ContractRejection, Figures, Points, RejectedContract, RunnerUp, Score, ScoredSelection,
};
use domain::{OptionContract, Order, Selection, SelectionBasis, Settings};

use super::at;

const SCORE: Score = Score {
    spread: Points(3_117),
    delta: Points(2_466),
    open_interest: Points(1_500),
    volume: Points(998),
    theta: Points(0),
    volatility: Points(375),
};

fn strike(usd: u32) -> OptionContract {
    OptionContract::parse(&format!("SPY260821C{:08}", usd * 1_000)).unwrap()
}

/// The record of how this order's contract was chosen.
pub(crate) fn selection(order: &Order) -> Selection {
    let runner_up = |usd| RunnerUp {
        contract: strike(usd),
        score: SCORE,
    };
    let rejected = |usd| RejectedContract {
        contract: strike(usd),
        reason: ContractRejection::Spread,
        reading: "12.345 % of the mid, at most 10 %".to_owned(),
    };
    let reasons = ScoredSelection {
        score: SCORE,
        figures: Figures {
            delta: 0.4512,
            modelled: true,
            theta: -0.25,
            implied_volatility: 0.2,
            open_interest: 12_345,
            volume: 0,
        },
        runners_up: [601, 602, 603].map(runner_up).into(),
        considered: 260,
        rejected: [
            (ContractRejection::Delta, 200),
            (ContractRejection::Spread, 20),
            (ContractRejection::UnknownOpenInterest, 10),
        ]
        .into(),
        nearest_rejected: [604, 605, 606, 607, 608].map(rejected).into(),
        chain_from: "alpaca".to_owned(),
        chain_at: at(0),
    };
    let basis = SelectionBasis::Scored(reasons);
    decisions::lifecycle::selection(order, basis, &Settings::default())
}
