//! Signals on their way through the stack, in small companies, each step on its own bill.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use chrono::TimeDelta;
use local_stack::wire::{Meter, Tally};
use runtime::Clock;
use runtime::clock::ManualClock;

use super::SIGNALS;
use super::bill::Bill;
use super::items::{self, Sizes};
use crate::AnyError;
use crate::alerts::{SYMBOLS, entry, exit};
use crate::courier::{Courier, QUEUES};
use crate::report::Table;
use crate::stage::{Setting, Stage, in_session};

/// Signals that the exit monitor closes.
pub(super) const MONITORED: usize = SYMBOLS.len();
const STRATEGY: &str = "opening-range";
const BAR: TimeDelta = TimeDelta::minutes(5);
/// Longer than a position is held.
const HELD: TimeDelta = TimeDelta::days(6);
const MINUTES_A_MONTH: f64 = 60.0 * 24.0 * 30.0;

/// Variables of a stack.
type Variables = &'static [(&'static str, &'static str)];

/// What signals used, from one state to the next.
pub(super) struct Used {
    pub(super) opening: Bill,
    pub(super) closing: Bill,
    pub(super) items: Sizes,
}

/// What the roll-ups of signals used.
pub(super) struct Scenario {
    pub(super) opened: BTreeMap<String, Tally>,
    pub(super) closed_by_alert: BTreeMap<String, Tally>,
    pub(super) closed_by_monitor: BTreeMap<String, Tally>,
}

/// A stage whose messages are carried by hand, and whose calls are counted.
struct Counted {
    stage: Stage,
    clock: Arc<ManualClock>,
    meter: Meter,
    courier: Courier,
}

/// Opens 40 positions and closes them by alerts, ten at a time.
pub(super) async fn rounds(variables: Variables) -> Result<Used, AnyError> {
    let counted = Counted::start(variables).await?;
    let (mut opening, mut closing) = (Bill::default(), Bill::default());
    for _ in 0..SIGNALS / SYMBOLS.len() {
        for symbol in SYMBOLS {
            counted.send(entry, symbol, &mut opening).await?;
        }
        counted.clock.advance(TimeDelta::minutes(1));
        for symbol in SYMBOLS {
            counted.send(exit, symbol, &mut closing).await?;
        }
        counted.clock.advance(BAR);
    }
    let items = items::sizes(&counted.stage).await?;
    let positions = items.get("POSITION").map_or(0, Vec::len);
    let held = counted.stage.ledger.open_positions().await?.len();
    counted.stage.strike().await?;
    // The first was the warm-up's; of a pair each engine has its own.
    if positions % (SIGNALS + 1) != 0 || positions == 0 || held != 0 {
        return Err(format!("{positions} positions, {held} of them still held").into());
    }
    Ok(Used {
        opening,
        closing,
        items,
    })
}

/// What the sweeper adds for 40 opened signals, for 40 that alerts closed, and for 40 that the
/// exit monitor closed.
pub(super) async fn roll_ups() -> Result<Scenario, AnyError> {
    Ok(Scenario {
        opened: Box::pin(rolled_up(Ending::None)).await?,
        closed_by_alert: Box::pin(rolled_up(Ending::Alert)).await?,
        closed_by_monitor: Box::pin(rolled_up(Ending::Monitor)).await?,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Ending {
    None,
    Alert,
    Monitor,
}

async fn rolled_up(ending: Ending) -> Result<BTreeMap<String, Tally>, AnyError> {
    let counted = Counted::start(&[]).await?;
    let mut unread = Bill::default();
    for _ in 0..SIGNALS / SYMBOLS.len() {
        for symbol in SYMBOLS {
            counted.send(entry, symbol, &mut unread).await?;
        }
        counted.clock.advance(BAR);
    }
    match ending {
        Ending::None => {}
        Ending::Alert => {
            for symbol in SYMBOLS {
                counted.send(exit, symbol, &mut unread).await?;
            }
            // One exit alert closes all four of its symbol; a signal's own would be one each.
            for second in 1..SIGNALS / SYMBOLS.len() {
                counted
                    .clock
                    .advance(TimeDelta::seconds(i64::try_from(second)?));
                for symbol in SYMBOLS {
                    counted.send(exit, symbol, &mut unread).await?;
                }
            }
        }
        Ending::Monitor => counted.close_by_monitor(&mut unread).await?,
    }
    counted.meter.take();
    let swept = counted.stage.run("sweeper").await?;
    let used = counted.meter.take();
    counted.stage.strike().await?;
    let wanted = match ending {
        Ending::None => SIGNALS,
        Ending::Alert => 3 * SIGNALS,
        Ending::Monitor => 2 * SIGNALS,
    };
    if swept["rolled_up"] != wanted {
        return Err(format!("{} events instead of {wanted}", swept["rolled_up"]).into());
    }
    Ok(used)
}

/// Opens ten positions, and lets the exit monitor close them.
pub(super) async fn monitor() -> Result<Bill, AnyError> {
    let counted = Counted::start(&[]).await?;
    for symbol in SYMBOLS {
        counted.send(entry, symbol, &mut Bill::default()).await?;
    }
    let mut bill = Bill::default();
    counted.close_by_monitor(&mut bill).await?;
    counted.stage.strike().await?;
    Ok(bill)
}

/// What the three schedules use in a minute in which nothing happens.
pub(super) async fn idle_minute() -> Result<Table, AnyError> {
    let counted = Counted::start(&[]).await?;
    counted.stage.run("exit-monitor").await?;
    counted.meter.take();
    let started = Instant::now();
    let mut bill = Bill::default();
    for binary in ["position-refresher", "exit-monitor", "sweeper"] {
        counted.stage.run(binary).await?;
    }
    bill.busy_s = started.elapsed().as_secs_f64();
    bill.call(counted.meter.take());
    bill.from_http = 3;
    counted.stage.strike().await?;
    let (sum, dollars) = (bill.sum(), bill.dollars(1));
    // The three are invoked by schedules, which nobody charges for at this number.
    let a_month = (dollars.total() - dollars.http) * MINUTES_A_MONTH / 1e6;
    let columns = [
        "every minute",
        "AWS calls",
        "read units",
        "invocations",
        "$ a month",
    ];
    let mut table = Table::new("A minute in which nothing happens", &columns);
    table.row([
        "refresher, exit monitor, sweeper".to_owned(),
        sum.calls.to_string(),
        format!("{:.1}", sum.read_units),
        "3".to_owned(),
        format!("{a_month:.2}"),
    ]);
    Ok(table)
}

impl Counted {
    async fn start(variables: Variables) -> Result<Self, AnyError> {
        let start = in_session();
        let clock = Arc::new(ManualClock::at(start));
        let (meter, courier) = (Meter::default(), Courier::default());
        let (counting, carrying) = (meter.clone(), courier.clone());
        let stage = Stage::set(Setting {
            clock: clock.clone(),
            interposer: Some(Arc::new(move |wire| carrying.before(counting.before(wire)))),
            market: None,
            by_hand: &QUEUES,
            variables,
        })
        .await?;
        let counted = Self {
            stage,
            clock,
            meter,
            courier,
        };
        counted.warm_up().await?;
        Ok(counted)
    }

    /// A round trip that isn't counted: secrets, settings and the book are read and there.
    async fn warm_up(&self) -> Result<(), AnyError> {
        let mut unread = Bill::default();
        self.send(entry, SYMBOLS[0], &mut unread).await?;
        self.clock.advance(TimeDelta::minutes(1));
        self.send(exit, SYMBOLS[0], &mut unread).await?;
        self.clock.advance(BAR);
        self.stage.run("sweeper").await?;
        self.meter.take();
        Ok(())
    }

    /// Sends an alert, lets everything come of it that comes of it, and puts it on the bill.
    async fn send(
        &self,
        alert: fn(&str, &str, chrono::DateTime<chrono::Utc>) -> String,
        symbol: &str,
        bill: &mut Bill,
    ) -> Result<(), AnyError> {
        let body = alert(symbol, STRATEGY, self.clock.now());
        let started = Instant::now();
        self.stage.sender.send(body).await?;
        bill.busy_s += started.elapsed().as_secs_f64();
        bill.from_http += 1;
        self.settle(bill).await
    }

    async fn close_by_monitor(&self, bill: &mut Bill) -> Result<(), AnyError> {
        self.clock.advance(HELD);
        self.meter.take();
        let started = Instant::now();
        self.stage.run("exit-monitor").await?;
        bill.busy_s += started.elapsed().as_secs_f64();
        self.settle(bill).await
    }

    async fn settle(&self, bill: &mut Bill) -> Result<(), AnyError> {
        bill.invoked(&self.courier.deliver(&self.stage).await?);
        bill.call(self.meter.take());
        Ok(())
    }
}
