//! What exit alerts and reversals close, and which entries they cancel.

#[cfg(test)]
mod common;

use common::{position, signal, utc};
use decisions::exit_alert::{cancels_until, is_still_to_tell, means};
use decisions::exit_wish;
use domain::{ExitReason, Position, PositionState, Signal};

const EXIT: &str = r#""action":"exit""#;
const EXIT_OF_ORB: &str = r#""action":"exit","strategy":"orb""#;
const REVERSE_TO_SHORT: &str =
    r#""action":"sell","market_position":"short","prev_market_position":"long""#;
const ENTRY: &str = r#""action":"sell""#;

fn held(contract: &str, strategy: Option<&str>) -> Position {
    Position {
        strategy: strategy.map(str::to_owned),
        ..position(contract)
    }
}

#[test]
fn an_alert_means_the_positions_of_its_symbol_strategy_and_side() {
    let (call, put) = ("SPY260702C00600000", "SPY260702P00600000");
    for (alert, contract, strategy, meant) in [
        (EXIT, call, None, true),
        (EXIT, put, Some("orb"), true),
        (EXIT, "QQQ260702C00600000", None, false),
        (EXIT_OF_ORB, call, Some("orb"), true),
        (EXIT_OF_ORB, call, Some("squeeze"), false),
        (EXIT_OF_ORB, call, None, false),
        (REVERSE_TO_SHORT, call, None, true),
        (REVERSE_TO_SHORT, put, None, false),
        (ENTRY, call, None, false),
    ] {
        let found = means(&signal(alert), &held(contract, strategy));
        assert_eq!(found, meant, "{alert} of {contract} by {strategy:?}");
    }
}

#[test]
fn a_reversal_never_closes_what_it_opened_itself() {
    let reversal: Signal = signal(REVERSE_TO_SHORT);
    let own = Position {
        signal_id: reversal.signal_id,
        entry_received_at: reversal.received_at,
        ..position("SPY260702C00600000")
    };
    assert!(!means(&reversal, &own));
}

#[test]
fn an_alert_leaves_positions_of_later_entries_alone() {
    let exit = signal(EXIT);
    for (late_ms, meant) in [(-1, true), (0, true), (1, false)] {
        let position = Position {
            entry_received_at: exit.received_at + chrono::TimeDelta::milliseconds(late_ms),
            ..position("SPY260702C00600000")
        };
        assert_eq!(means(&exit, &position), meant, "entered {late_ms} ms later");
    }
}

#[test]
fn an_exit_cancels_entries_up_to_itself_and_a_reversal_those_before() {
    let received_at = utc(common::RECEIVED_AT);
    for (alert, until) in [
        (EXIT, received_at),
        (REVERSE_TO_SHORT, utc("2026-06-24T14:15:03.999Z")),
    ] {
        assert_eq!(cancels_until(&signal(alert)), until, "{alert}");
    }
}

#[test]
fn a_position_is_told_once_also_on_its_way_out() {
    let exit = signal(EXIT);
    let closing = PositionState::Closing {
        exit_reason: ExitReason::StopLoss,
    };
    for (state, told, expected) in [
        (PositionState::Open, false, true),
        (PositionState::Open, true, true),
        (closing.clone(), false, true),
        (closing, true, false),
    ] {
        let untold = Position {
            state,
            ..position("SPY260702C00600000")
        };
        let position = if told {
            exit_wish::asked_to_close(&untold, &exit_wish::of_alert(&exit))
        } else {
            untold
        };
        let name = position.state.name();
        assert_eq!(
            is_still_to_tell(&exit, &position),
            expected,
            "{name}, told: {told}"
        );
    }
}
