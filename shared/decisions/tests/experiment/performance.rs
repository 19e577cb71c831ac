//! What trades and accounts come to, by hand.

use chrono::TimeDelta;
use decisions::experiment::{ClosedTrade, Fate, Found, Performance};
use domain::{Engine, ExitReason, Mode, Usd};

use crate::world::{
    World, assert_close, closed, day, declined, experiment, kept_away, outcome, trade,
};

fn of_a(world: &World) -> Performance {
    world.report().comparison.reading().unwrap().performance[&Engine::A].clone()
}

#[test]
fn five_trades_are_what_a_hand_comes_to() {
    let mut world = World::of(experiment(Mode::Split));
    for (net_cents, minutes, reason) in [
        (3_000, 10, ExitReason::ProfitTarget),
        (5_000, 20, ExitReason::ProfitTarget),
        (-2_000, 30, ExitReason::StopLoss),
        (-4_000, 40, ExitReason::StopLoss),
        (0, 100, ExitReason::MaxHoldTime),
    ] {
        let good = trade(net_cents);
        world.a(
            day(0),
            outcome(Fate::Closed(ClosedTrade {
                closed_at: good.opened_at + TimeDelta::minutes(minutes),
                exit_reason: reason,
                ..good
            })),
        );
    }
    world.a(day(0), declined());
    world.a(day(0), kept_away());
    world.a(day(0), outcome(Fate::Open));
    let ours = of_a(&world);
    let win_rate = ours.win_rate.unwrap();
    assert_eq!((ours.trades, win_rate.hits, win_rate.n), (5, 2, 5));
    assert_close(win_rate.share, 0.4);
    // Wilson's interval of 2 of 5.
    assert!((win_rate.wilson.low - 0.117_620_77).abs() < 1e-7);
    assert!((win_rate.wilson.high - 0.769_275_72).abs() < 1e-7);
    assert_eq!(ours.net_usd, Usd::dollars(20));
    assert_eq!(ours.fees_usd, Usd::cents(5 * 130));
    assert_eq!(ours.gross_usd, Usd::cents(2_000 + 5 * 130));
    assert_close(ours.expectancy_usd.unwrap(), 4.0);
    assert_close(ours.profit_factor.unwrap(), 80.0 / 60.0);
    assert_close(ours.payoff.unwrap(), 40.0 / 30.0);
    // Squares around 4: 676 + 2116 + 576 + 1936 + 16 = 5320, by 4.
    assert_close(ours.quality.unwrap(), 5_f64.sqrt() * 4.0 / 1_330_f64.sqrt());
    let holding = ours.holding.unwrap();
    assert_close(holding.median_minutes, 30.0);
    assert_close(holding.mean_minutes, 40.0);
    let exits = [
        (ExitReason::StopLoss, 2),
        (ExitReason::MaxHoldTime, 1),
        (ExitReason::ProfitTarget, 2),
    ];
    assert_eq!(ours.exit_reasons, exits.into());
    // Five trades and two rejections; the open one isn't finished.
    assert_eq!(ours.per_signal.n, 7);
    assert_close(ours.per_signal.net_return.unwrap(), 0.2 / 7.0);
    assert_close(ours.per_signal.net_usd.unwrap(), 20.0 / 7.0);
}

#[test]
fn ratios_that_don_t_exist_are_absent() {
    let mut world = World::of(experiment(Mode::Split));
    let nothing = of_a(&world);
    assert_eq!((nothing.win_rate, nothing.expectancy_usd), (None, None));
    assert_eq!(
        (nothing.holding, nothing.per_signal.net_return),
        (None, None)
    );
    world.a(day(0), closed(100));
    let one_win = of_a(&world);
    assert_eq!((one_win.profit_factor, one_win.payoff), (None, None));
    assert_eq!(one_win.quality, None);
    assert_close(one_win.win_rate.unwrap().share, 1.0);
}

#[test]
fn an_account_s_ratios_begin_with_twenty_days() {
    let mut world = World::of(experiment(Mode::Split));
    world.account(Engine::A, &[51_000, 49_980, 50_490]);
    let short = of_a(&world).equity;
    let short = short.known().unwrap();
    assert_eq!((short.days, short.sharpe, short.calmar), (3, None, None));
    assert_close(short.drawdown_max_share, 1_020.0 / 51_000.0);
    assert_close(short.drawdown_max_usd, 1_020.0);
    // Up by a tenth of the start and back, ten times.
    let equity = [55_000, 50_000].repeat(10);
    world.account(Engine::A, &equity);
    let ours = of_a(&world).equity;
    let ours = ours.known().unwrap();
    let (up, down) = (0.1, 50.0 / 55.0 - 1.0);
    let mean = f64::midpoint(up, down);
    let deviation = ((up - down) / 2.0) * (20.0_f64 / 19.0).sqrt();
    assert!((ours.sharpe.unwrap() - mean / deviation * 252_f64.sqrt()).abs() < 1e-9);
    let shortfall = (down * down / 2.0).sqrt();
    assert!((ours.sortino.unwrap() - mean / shortfall * 252_f64.sqrt()).abs() < 1e-9);
    assert!(ours.calmar.unwrap().abs() < 1e-9);
}

#[test]
fn an_account_that_can_t_be_measured_says_why() {
    let mut world = World::of(experiment(Mode::Split));
    let why = |world: &World| match of_a(world).equity {
        Found::Absent { absent } => absent,
        Found::Known(figures) => panic!("{figures:?}"),
    };
    assert!(why(&world).contains("no account"));
    world.account(Engine::A, &[0, 0]);
    assert!(why(&world).contains("nothing left"));
    world.account(Engine::A, &[-5]);
    assert!(why(&world).contains("nothing left"));
    world.account(Engine::A, &[]);
    assert!(why(&world).contains("0 of at least 1"));
}
