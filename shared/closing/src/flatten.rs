//! Closing everything. It cancels nothing: an entry that is pending may still fill behind it,
//! unless the engine is halted first.

use std::collections::BTreeMap;

use domain::{ByHand, Engine, OptionContract, Position, SignalId, Symbol};
use futures::stream::{self, StreamExt as _};
use storage::ledger::{DueWork, WorkState};
use storage::{StorageError, Versioned};

use crate::controls::{ClosedByHand, ControlError, Controls};

/// Positions that are closed at the same time.
const AT_ONCE_MAX: usize = 8;

/// Which positions are meant; all of them unless something is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Those of this engine only.
    pub engine: Option<Engine>,
    /// Those in this symbol only.
    pub symbol: Option<Symbol>,
}

impl Scope {
    fn has(&self, engine: Engine, symbol: &Symbol) -> bool {
        self.engine.is_none_or(|only| only == engine)
            && self.symbol.as_ref().is_none_or(|only| only == symbol)
    }

    /// The engines that it names.
    pub fn engines(&self) -> impl Iterator<Item = Engine> {
        let only = self.engine;
        let named = Engine::ALL.into_iter();
        named.filter(move |engine| only.is_none_or(|only| only == *engine))
    }
}

/// A position that was meant, and what became of it.
#[derive(Debug)]
pub struct HeldPosition {
    /// The signal of its entry.
    pub signal_id: SignalId,
    /// Whose it is.
    pub engine: Engine,
    /// What is held.
    pub contract: OptionContract,
    /// What became of it; one that could not be told doesn't keep the others.
    pub closed: Result<ClosedByHand, ControlError>,
}

/// What flattening came to.
#[derive(Debug, Default)]
pub struct Flattened {
    /// Every position that was found, by signal and engine.
    pub positions: Vec<HeldPosition>,
    /// Entries that were pending: a halt ends them, nothing else here does.
    pub pending_entries: usize,
    /// What the books count beyond these: it opened a moment ago, and the lists don't show it
    /// yet. Flattening again in a moment finds it.
    pub not_listed_yet: usize,
}

type Held = BTreeMap<(SignalId, Engine), Position>;

impl Controls {
    /// Closes every position of the scope; `by` is who wants it.
    pub async fn flatten(&self, scope: &Scope, by: &str) -> Result<Flattened, ControlError> {
        let conditions = self.conditions().await?;
        let pending_entries = self.pending_entries(scope).await?;
        // After what is pending: an entry that fills in between is seen twice rather than not.
        let held = self.held(scope).await?;
        let counted = self.counted(scope).await?;
        let not_listed_yet = counted.saturating_sub(held.len() + pending_entries);
        let closing = stream::iter(held).map(|(key, position)| async move {
            HeldPosition {
                signal_id: position.signal_id,
                engine: position.engine,
                contract: position.contract,
                closed: self.close(key, ByHand::Flatten, by, conditions).await,
            }
        });
        Ok(Flattened {
            positions: closing.buffered(AT_ONCE_MAX).collect().await,
            pending_entries,
            not_listed_yet,
        })
    }

    /// Open and closing positions of the scope, by an index that may lag.
    async fn held(&self, scope: &Scope) -> Result<Held, StorageError> {
        let open = self.ledger.open_positions().await?;
        // After the open ones: what moves on in between is seen twice rather than not at all.
        let closing = self.ledger.closing_positions().await?;
        let all = open.into_iter().chain(closing);
        let meant = all.filter(|it: &Versioned<Position>| scope.has(it.engine, &it.symbol));
        Ok(meant
            .map(|it| ((it.signal_id, it.engine), it.record))
            .collect())
    }

    async fn pending_entries(&self, scope: &Scope) -> Result<usize, StorageError> {
        let pending = self.ledger.all_work(WorkState::OrderPending).await?;
        let is_meant = |work: &&DueWork| match work {
            DueWork::Order(order) => !order.leg.is_exit() && scope.has(order.engine, &order.symbol),
            DueWork::Assignment(_) => false,
        };
        Ok(pending.iter().filter(is_meant).count())
    }

    /// Open and pending positions of the scope, by the books, which don't lag.
    async fn counted(&self, scope: &Scope) -> Result<usize, StorageError> {
        let mut counted = 0;
        for engine in scope.engines() {
            let Some(book) = self.ledger.book_if_any(engine).await? else {
                continue;
            };
            counted += match &scope.symbol {
                Some(symbol) => book.count_in(symbol) as usize,
                None => book.open_count as usize,
            };
        }
        Ok(counted)
    }
}
