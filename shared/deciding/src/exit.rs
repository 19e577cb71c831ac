//! Carrying out an exit alert: entries before it are cancelled, open positions that it means are
//! closed, or asked to close at the next open.

use closing::{Met, Wish};
use decisions::{exit_alert, exit_wish};
use domain::signal::Signal;
use domain::{Engine, ExitScope, OrderState, PositionState, Settings, SignalId};
use storage::ledger::{DueWork, Trace, WorkState};

use crate::judge::Judge;
use crate::{DecidingEngine, EngineError};

/// How far an exit alert has been carried out.
pub(crate) struct ExitProgress {
    /// Positions and pending entries that this pass ended, or told to end.
    pub(crate) newly_ended: u32,
    /// Positions and pending entries that the alert means and that haven't ended yet.
    pub(crate) still_held: u32,
    /// Whether this pass saw everything that the book counts.
    pub(crate) is_complete: bool,
    /// Whether the alert hadn't been looked at before.
    pub(crate) is_first_look: bool,
}

impl<J: Judge> DecidingEngine<J> {
    /// Cancels what the alert means, and begins to close what is open.
    pub(crate) async fn carry_out(&self, signal: &Signal) -> Result<ExitProgress, EngineError> {
        let settings = self.settings.current().await?;
        let capital = settings.trading_rules.starting_capital_usd;
        let scope = ExitScope::of(&signal.symbol, signal.strategy.as_deref());
        // First the mark in the book: whatever fills after it isn't an entry from before it.
        let (book, until) = (
            self.ledger.book(J::ENGINE, capital).await?,
            exit_alert::cancels_until(signal),
        );
        let noted = book.exit_alerts.get(&scope);
        let is_first_look = noted.is_none_or(|noted| *noted < until);
        self.ledger.note_exit_alert(&book, &scope, until).await?;
        let book = self.ledger.book(J::ENGINE, capital).await?;
        let wish = self.wish(signal, &settings).await;
        let mut progress = ExitProgress {
            newly_ended: 0,
            still_held: 0,
            is_complete: true,
            is_first_look,
        };
        let mut seen = 0;
        for trace in self.open_work_in(signal).await? {
            seen += u32::from(is_counted(&trace, J::ENGINE));
            self.end(signal, &trace, &wish, &mut progress).await?;
        }
        progress.is_complete &= seen >= book.count_in(&signal.symbol);
        Ok(progress)
    }

    async fn wish(&self, signal: &Signal, settings: &Settings) -> Wish {
        let now = self.clock.now();
        let clock = self.market.clock(now.into()).await;
        Wish {
            request: exit_wish::of_alert(signal),
            market_is_open: clock.is_ok_and(|clock| clock.is_open),
            exit_rules_version: settings.versions.exit_rules,
            now,
        }
    }

    /// The traces of everything in the symbol that is open or pending, each read consistently.
    async fn open_work_in(&self, signal: &Signal) -> Result<Vec<Trace>, EngineError> {
        let (open, closing, orders, approved, pending) = futures::try_join!(
            self.ledger.open_positions(),
            self.ledger.closing_positions(),
            self.ledger.all_work(WorkState::OrderPending),
            self.ledger.all_work(WorkState::AssignmentApproved),
            self.ledger.all_work(WorkState::AssignmentPending),
        )?;
        let of_positions = open
            .iter()
            .chain(&closing)
            .map(|p| (p.engine, &p.symbol, p.signal_id));
        let of_work = orders
            .iter()
            .chain(&approved)
            .chain(&pending)
            .map(|work| match work {
                DueWork::Order(order) => (order.engine, &order.symbol, order.signal_id),
                DueWork::Assignment(assignment) => {
                    (assignment.engine, &assignment.symbol, assignment.signal_id)
                }
            });
        let mut ids: Vec<SignalId> = of_positions
            .chain(of_work)
            .filter(|(engine, symbol, _)| *engine == J::ENGINE && **symbol == signal.symbol)
            .map(|(_, _, id)| id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let reads = ids.into_iter().map(|id| self.ledger.trace(id));
        Ok(futures::future::try_join_all(reads).await?)
    }

    async fn end(
        &self,
        signal: &Signal,
        trace: &Trace,
        wish: &Wish,
        progress: &mut ExitProgress,
    ) -> Result<(), EngineError> {
        let Some(position) = trace.position(J::ENGINE) else {
            let cancelled = cancels(signal, trace, J::ENGINE);
            // Later looks find it again, until it has failed.
            progress.newly_ended += u32::from(cancelled && progress.is_first_look);
            // It keeps its place in the book until it has failed.
            progress.still_held += u32::from(cancelled && is_counted(trace, J::ENGINE));
            return Ok(());
        };
        let is_held = !matches!(position.state, PositionState::Closed(_));
        progress.still_held += u32::from(is_held && exit_alert::means(signal, position));
        if !exit_alert::is_still_to_tell(signal, position) {
            return Ok(());
        }
        let was_told = position.exit_request.is_some();
        match self.way_out.meet(position, wish).await? {
            Met::Changed => progress.is_complete = false,
            _ => progress.newly_ended += u32::from(!was_told),
        }
        Ok(())
    }
}

/// Whether the book counts what this trace holds as open or pending.
fn is_counted(trace: &Trace, engine: Engine) -> bool {
    let held = trace
        .position(engine)
        .is_some_and(|position| !matches!(position.state, PositionState::Closed(_)));
    let pending = trace
        .order(engine, domain::Leg::Entry)
        .is_some_and(|order| order.state == OrderState::PendingExecution);
    held || pending
}

/// Whether the mark in the book cancels an entry that is still on its way; it ends on its own.
fn cancels(signal: &Signal, trace: &Trace, engine: Engine) -> bool {
    let entry = &trace.signal;
    let names = |name| entry.strategy.as_deref() == Some(name);
    let meant = entry.symbol == signal.symbol && signal.strategy.as_deref().is_none_or(names);
    meant
        && entry.signal_id != signal.signal_id
        && entry.intent.buys()
        && entry.received_at <= exit_alert::cancels_until(signal)
        && is_on_its_way(trace, engine)
}

/// Whether an entry is neither filled nor ended.
fn is_on_its_way(trace: &Trace, engine: Engine) -> bool {
    let undecided = trace
        .assignment(engine)
        .is_some_and(|assignment| !assignment.state.is_terminal());
    undecided || is_counted(trace, engine)
}
