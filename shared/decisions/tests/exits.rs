//! When a position is closed: each rule at its limit, and their order.

#[cfg(test)]
mod common;

use chrono::{DateTime, TimeDelta, Utc};
use common::{mark, position, sides, utc};
use decisions::exits::{Circumstances, ExitReading, Trigger, due, evaluate};
use domain::position::ExitRequest;
use domain::quote::{BidAsk, Mark};
use domain::settings::ExitRules;
use domain::{ExitReason, Percent, Position, Price, SignalId};

/// Ends on the Thursday before a Friday that is closed.
const CONTRACT: &str = "SPY260702C00600000";

/// A position with its mark at a moment; owned, so that a case can change one thing.
struct World {
    position: Position,
    mark: Option<Mark>,
    rules: ExitRules,
    now: DateTime<Utc>,
}

impl World {
    /// An hour after an entry at $2.00, marked where it was bought a second ago.
    fn quiet() -> Self {
        let world = Self {
            position: position(CONTRACT),
            mark: None,
            rules: ExitRules::default(),
            now: utc("2026-06-24T15:15:04Z"),
        };
        world.marked(sides(195, 205))
    }

    fn marked(self, sides: BidAsk) -> Self {
        let at = self.now - TimeDelta::seconds(1);
        Self {
            mark: Some(mark(&self.position, sides, at)),
            ..self
        }
    }

    fn at(self, now: &str) -> Self {
        let moved = Self {
            now: utc(now),
            ..self
        };
        moved.marked(sides(195, 205))
    }

    fn holding(self, contract: &str) -> Self {
        Self {
            position: position(contract),
            ..self
        }
    }

    fn without_max_hold(mut self) -> Self {
        self.rules.max_hold_hours = 2_400;
        self
    }

    fn asked_to_close(mut self) -> Self {
        self.position.exit_request = Some(ExitRequest {
            signal_id: SignalId::of("exit"),
            requested_at: self.now,
        });
        self
    }

    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            position: &self.position,
            mark: self.mark.as_ref(),
            rules: &self.rules,
            now: self.now,
        }
    }

    fn reason(&self) -> Option<ExitReason> {
        due(&self.circumstances()).map(|trigger| trigger.reason)
    }

    fn reading(&self, reason: ExitReason) -> ExitReading {
        let readings = evaluate(&self.circumstances()).into_iter();
        let mut of_rule = readings.filter(|reading| reading.reason == reason);
        of_rule.next().unwrap_or_else(|| panic!("no rule {reason}"))
    }
}

#[test]
fn price_rules_trigger_on_the_mid_at_their_limit() {
    use ExitReason::{ProfitTarget, StopLoss};
    for (bid, ask, expected) in [
        (195, 205, None),
        (101, 101, None),
        (100, 101, None),
        (100, 100, Some(StopLoss)),
        (95, 105, Some(StopLoss)),
        (1, 2, Some(StopLoss)),
        // Nobody bids, but the ask is known: nearly worthless.
        (0, 5, Some(StopLoss)),
        (299, 300, None),
        (300, 300, Some(ProfitTarget)),
        (290, 310, Some(ProfitTarget)),
        (900, 910, Some(ProfitTarget)),
    ] {
        let world = World::quiet().marked(sides(bid, ask));
        assert_eq!(world.reason(), expected, "{bid} / {ask}");
    }
}

#[test]
fn price_rules_follow_the_settings() {
    let mut world = World::quiet().marked(sides(150, 150));
    assert_eq!(world.reason(), None);
    world.rules.stop_loss_percent = Percent::whole(25);
    assert_eq!(world.reason(), Some(ExitReason::StopLoss));
    let mut world = World::quiet().marked(sides(250, 250));
    world.rules.profit_target_percent = Percent::whole(25);
    assert_eq!(world.reason(), Some(ExitReason::ProfitTarget));
}

#[test]
fn time_held_counts_to_the_second() {
    for (now, expected) in [
        ("2026-06-29T14:15:03.999Z", None),
        ("2026-06-29T14:15:04Z", Some(ExitReason::MaxHoldTime)),
        ("2026-06-30T14:15:04Z", Some(ExitReason::MaxHoldTime)),
    ] {
        assert_eq!(World::quiet().at(now).reason(), expected, "{now}");
    }
}

#[test]
fn contracts_near_their_end_are_closed_in_the_last_half_hour() {
    let (early, monday) = ("SPY261224C00600000", "SPY260629C00600000");
    for (contract, now, is_due) in [
        // The day before: from 15:30 Eastern time.
        (CONTRACT, "2026-07-01T19:29:59Z", false),
        (CONTRACT, "2026-07-01T19:30:00Z", true),
        (CONTRACT, "2026-07-01T19:59:59Z", true),
        // Two days before: not at all.
        (CONTRACT, "2026-06-30T19:45:00Z", false),
        // The last day, if it was missed.
        (CONTRACT, "2026-07-02T14:00:00Z", false),
        (CONTRACT, "2026-07-02T19:30:00Z", true),
        // Christmas is a Friday, so this one ends on the early close of the day before.
        (early, "2026-12-23T20:29:59Z", false),
        (early, "2026-12-23T20:30:00Z", true),
        (early, "2026-12-24T17:29:59Z", false),
        (early, "2026-12-24T17:30:00Z", true),
        // Over a weekend three days are left on Friday; a simulated market may be open on Sunday.
        (monday, "2026-06-26T19:45:00Z", false),
        (monday, "2026-06-27T19:45:00Z", false),
        (monday, "2026-06-28T19:29:59Z", false),
        (monday, "2026-06-28T19:30:00Z", true),
        (monday, "2026-06-29T19:30:00Z", true),
    ] {
        let world = World::quiet().without_max_hold();
        let mut world = world.holding(contract).at(now);
        world.position.opened_at = world.now - TimeDelta::hours(1);
        let expected = is_due.then_some(ExitReason::MinDteExit);
        assert_eq!(world.reason(), expected, "{contract} at {now}");
    }
}

#[test]
fn days_to_expiration_are_counted_from_midnight_in_new_york() {
    for (now, days) in [
        ("2026-07-01T03:59:59Z", "2 days left"),
        ("2026-07-01T04:00:00Z", "1 days left"),
        ("2026-07-02T03:59:59Z", "1 days left"),
        ("2026-07-02T04:00:00Z", "0 days left"),
    ] {
        let world = World::quiet().at(now);
        assert_eq!(world.reading(ExitReason::MinDteExit).reading, days, "{now}");
    }
}

#[test]
fn the_first_rule_in_the_order_gives_the_reason() {
    use ExitReason::{ExitAlert, MaxHoldTime, MinDteExit, ProfitTarget, StopLoss};
    let late = || World::quiet().at("2026-07-01T19:45:00Z");
    let (lost, won) = (sides(90, 90), sides(310, 310));
    for (world, expected) in [
        (late().marked(lost).asked_to_close(), ExitAlert),
        (late().marked(lost), StopLoss),
        (late().marked(won), MinDteExit),
        (late(), MinDteExit),
        (
            World::quiet().at("2026-06-30T14:15:04Z").marked(won),
            MaxHoldTime,
        ),
        (World::quiet().marked(won).asked_to_close(), ExitAlert),
        (World::quiet().marked(won), ProfitTarget),
    ] {
        assert_eq!(world.reason(), Some(expected));
    }
    let order = [ExitAlert, StopLoss, MinDteExit, MaxHoldTime, ProfitTarget];
    let readings = evaluate(&World::quiet().circumstances());
    let reasons: Vec<_> = readings.iter().map(|reading| reading.reason).collect();
    assert_eq!(reasons, order);
}

#[test]
fn a_mark_that_cannot_be_trusted_sets_off_no_price_rule() {
    let now = World::quiet().now;
    let aged = |ms| now - TimeDelta::milliseconds(ms);
    for (bid, ask, at, expected) in [
        (90, 90, aged(60_000), Some(ExitReason::StopLoss)),
        (90, 90, aged(60_001), None),
        (310, 310, aged(60_001), None),
        (91, 90, now, None),
        (0, 0, now, None),
        (90, 0, now, None),
    ] {
        let mut world = World::quiet();
        world.mark = Some(mark(&world.position, sides(bid, ask), at));
        assert_eq!(world.reason(), expected, "{bid} / {ask} at {at}");
    }
}

#[test]
fn rules_of_time_need_no_mark() {
    let stale = |world: World| {
        let at = world.now - TimeDelta::minutes(5);
        let mark = mark(&world.position, sides(90, 90), at);
        World {
            mark: Some(mark),
            ..world
        }
    };
    let absent = |world| World {
        mark: None,
        ..world
    };
    for (world, reason) in [
        (
            World::quiet().at("2026-07-01T19:30:00Z"),
            ExitReason::MinDteExit,
        ),
        (
            World::quiet().at("2026-06-30T14:15:04Z"),
            ExitReason::MaxHoldTime,
        ),
        (World::quiet().asked_to_close(), ExitReason::ExitAlert),
    ] {
        let world = stale(world);
        let expected = Some(Trigger {
            reason,
            price: None,
        });
        assert_eq!(due(&world.circumstances()), expected);
        assert_eq!(due(&absent(world).circumstances()), expected);
    }
}

#[test]
fn a_trigger_holds_the_mid_that_was_read() {
    let world = World::quiet().marked(sides(95, 100));
    let trigger = due(&world.circumstances()).unwrap();
    assert_eq!(trigger.reason, ExitReason::StopLoss);
    assert_eq!(trigger.price.map(Price::to_f64), Some(0.975));
}

#[test]
fn every_rule_leaves_its_reading_and_limit() {
    let world = World::quiet().marked(sides(230, 230));
    let shown: Vec<_> = evaluate(&world.circumstances())
        .into_iter()
        .map(|r| (r.reason, r.triggered, r.reading, r.limit))
        .collect();
    let expect =
        |reason, reading: &str, limit: &str| (reason, false, reading.to_owned(), limit.to_owned());
    let dte_limit = "more than 1 days, from 2026-06-24 15:30:00 EDT on";
    assert_eq!(
        shown,
        [
            expect(ExitReason::ExitAlert, "none", "none"),
            expect(ExitReason::StopLoss, "15.00%", "above -50.00%"),
            expect(ExitReason::MinDteExit, "8 days left", dte_limit),
            expect(ExitReason::MaxHoldTime, "1 h 0 min", "under 120 h"),
            expect(ExitReason::ProfitTarget, "15.00%", "below 50.00%"),
        ]
    );
    let unmarked = World {
        mark: None,
        ..world
    };
    let reading = unmarked.reading(ExitReason::StopLoss).reading;
    assert_eq!(reading, "no fresh mark");
}
