//! Telling what happened, each thing until the bus has it. Whoever ends something leaves a marker
//! with it; the marker goes once it is told, so an event may be told twice and is never lost. What
//! can't be read can't be told, and is an alarm of its own: an order waits for its position, and a
//! task is counted all the same.

use std::collections::BTreeMap;

use domain::{
    Assignment, AssignmentState, Intent, Order, OrderState, Position, PositionKey, PositionState,
    Rejection, SignalId,
};
use market_data::health::openings;
use runtime::Happening;
use storage::StorageError;
use storage::ledger::Finished;

use crate::{Sweeper, domain_event};

/// Orders that one pass tells of.
const ORDERS_MAX: usize = 100;

impl Sweeper {
    /// Tells of filled entries, failed orders and providers that are left alone; how many.
    pub(crate) async fn tell(&self) -> Result<usize, StorageError> {
        Ok(self.tell_of_orders().await? + self.tell_of_breakers().await?)
    }

    /// Tells of what is over and about to be counted, and says of each whether it may be: what the
    /// bus didn't take waits for the next pass.
    pub(crate) async fn tell_of<'a>(
        &self,
        finished: impl Iterator<Item = &'a Finished>,
    ) -> Result<Vec<bool>, StorageError> {
        let finished: Vec<&Finished> = finished.collect();
        let rejected = finished.iter().filter_map(|it| rejected(it));
        let signals: Vec<SignalId> = rejected.map(|(task, _)| task.signal_id).collect();
        let intents = self.ledger.intents_of(&distinct(signals)).await?;
        let events = finished.iter().map(|it| event_of(it, &intents));
        Ok(self.told(events.collect()).await)
    }

    async fn tell_of_orders(&self) -> Result<usize, StorageError> {
        let orders = self.ledger.untold_orders(ORDERS_MAX).await?;
        let positions = self.entered(&orders).await?;
        let events = orders
            .iter()
            .filter_map(|order| Some((order, event_of_order(order, &positions)?)));
        let (orders, events): (Vec<&Order>, Vec<Happening>) = events.unzip();
        let told = orders.into_iter().zip(self.bus.tell(&events).await);
        let mut count = 0;
        for (order, _) in told.filter(|(_, is_told)| *is_told) {
            self.ledger.note_told(order).await?;
            count += 1;
        }
        Ok(count)
    }

    /// The positions of those orders that are filled entries.
    async fn entered(
        &self,
        orders: &[Order],
    ) -> Result<BTreeMap<PositionKey, Position>, StorageError> {
        let filled = orders.iter().filter(|it| it.state == OrderState::Filled);
        let keys: Vec<PositionKey> = filled.map(position_key).collect();
        let positions = self.ledger.positions_of(&keys).await?.into_iter();
        Ok(positions.map(|it| (it.key(), it.record)).collect())
    }

    async fn tell_of_breakers(&self) -> Result<usize, StorageError> {
        let untold = openings::untold(&self.market).await?;
        let events = untold.into_iter().filter_map(|it| {
            let event = domain_event::breaker_opened(it.provider, &it.opening)?;
            Some((it, event))
        });
        let (untold, events): (Vec<_>, Vec<Happening>) = events.unzip();
        let told = untold.into_iter().zip(self.bus.tell(&events).await);
        let mut count = 0;
        for (opening, _) in told.filter(|(_, is_told)| *is_told) {
            openings::note_told(&self.market, opening, self.clock.now()).await?;
            count += 1;
        }
        Ok(count)
    }

    /// Of each whether it is told now. Of what there is nothing to say, that is so already.
    async fn told(&self, events: Vec<Option<Happening>>) -> Vec<bool> {
        let is_event: Vec<bool> = events.iter().map(Option::is_some).collect();
        let events: Vec<Happening> = events.into_iter().flatten().collect();
        let mut taken = self.bus.tell(&events).await.into_iter();
        let told = is_event.into_iter();
        told.map(|is_event| !is_event || taken.next().unwrap_or(false))
            .collect()
    }
}

fn rejected(finished: &Finished) -> Option<(&Assignment, &Rejection)> {
    match finished {
        Finished::Task(task) => match &task.state {
            AssignmentState::Rejected { rejection } => Some((task, rejection)),
            _ => None,
        },
        Finished::Position(_) => None,
    }
}

fn event_of(finished: &Finished, intents: &BTreeMap<SignalId, Intent>) -> Option<Happening> {
    if let Finished::Position(position) = finished {
        return match &position.state {
            PositionState::Closed(outcome) => domain_event::position_closed(position, outcome),
            _ => None,
        };
    }
    let (task, rejection) = rejected(finished)?;
    let intent = *intents.get(&task.signal_id)?;
    domain_event::signal_rejected(task, rejection, intent)
}

fn event_of_order(order: &Order, positions: &BTreeMap<PositionKey, Position>) -> Option<Happening> {
    match &order.state {
        OrderState::Failed { failure } => domain_event::order_failed(order, failure),
        _ => domain_event::position_opened(positions.get(&position_key(order))?),
    }
}

fn position_key(order: &Order) -> PositionKey {
    PositionKey {
        signal_id: order.signal_id,
        engine: order.engine,
    }
}

fn distinct(mut signals: Vec<SignalId>) -> Vec<SignalId> {
    signals.sort_unstable();
    signals.dedup();
    signals
}
