//! What each engine is worth at this minute.

use std::collections::BTreeMap;

use domain::quote::Mark;
use domain::{Engine, OptionContract, Position};
use storage::holdings::all_held;
use storage::{StorageError, Versioned};

use crate::PositionRefresher;

/// How often the positions are listed again, where something was filled in between.
const LISTINGS_MAX: usize = 3;

type Marks = BTreeMap<OptionContract, Mark>;

impl PositionRefresher {
    /// Writes a point for each engine that has a book; how many were written. A book and
    /// positions that aren't of the same moment make no point: the next minute has one.
    pub(crate) async fn note_equity(
        &self,
        held: &[Versioned<Position>],
        marks: &Marks,
    ) -> Result<usize, StorageError> {
        let capital = self
            .settings
            .current()
            .await?
            .trading_rules
            .starting_capital_usd;
        let mut written = 0;
        for engine in Engine::ALL {
            let mut own = own_marked(engine, held, marks);
            for _ in 0..LISTINGS_MAX {
                let Some(book) = self.ledger.book_if_any(engine).await? else {
                    break;
                };
                match decisions::equity::point(&book, &own, capital, self.clock.now()) {
                    Ok(point) => {
                        self.ledger.put_equity(&point).await?;
                        written += 1;
                        break;
                    }
                    Err(error) => tracing::debug!(%engine, %error, "listed again"),
                }
                own = own_marked(engine, &all_held(&self.ledger).await?, marks);
            }
        }
        Ok(written)
    }
}

fn own_marked(
    engine: Engine,
    held: &[Versioned<Position>],
    marks: &Marks,
) -> Vec<(Position, Option<Mark>)> {
    let own = held.iter().filter(|position| position.engine == engine);
    own.map(|position| {
        let mark = marks.get(&position.contract).cloned();
        (position.record.clone(), mark)
    })
    .collect()
}
