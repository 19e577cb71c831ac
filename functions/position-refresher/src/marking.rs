//! One new mark for each distinct contract that is held.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::quote::Mark;
use domain::{OptionContract, Position};
use market_data::marking::{NewMarks, new_marks};
use market_data::{Asked, MarketError};
use runtime::telemetry::chain;
use storage::{StorageError, Versioned};

use crate::PositionRefresher;

/// The marks that hold now, and how they came about.
pub(crate) struct Marking {
    /// The newest mark of each contract that has one.
    pub(crate) marks: BTreeMap<OptionContract, Mark>,
    /// Distinct contracts.
    pub(crate) contracts: usize,
    /// Those with a new mark.
    pub(crate) marked: usize,
    /// Why nobody gave any quote, if so.
    pub(crate) failure: Option<MarketError>,
}

impl PositionRefresher {
    /// Marks what is held. A provider's failure leaves the old marks, with their age.
    pub(crate) async fn mark(
        &self,
        held: &[Versioned<Position>],
        now: DateTime<Utc>,
    ) -> Result<Marking, StorageError> {
        let contracts: BTreeSet<_> = held.iter().map(|it| it.contract.clone()).collect();
        let contracts: Vec<OptionContract> = contracts.into_iter().collect();
        let mut marks = self.marks.marks(&contracts, now).await?;
        let asked = Asked::at(now).anew();
        let (new, failure) = match new_marks(self.market.as_ref(), &contracts, &marks, asked).await
        {
            Ok(new) => (new, None),
            Err(error) => (NewMarks::default(), Some(error)),
        };
        for (contract, why) in &new.failed {
            tracing::warn!(%contract, why = chain(why), "no quote");
        }
        self.marks.put_marks(&new.marks).await?;
        let marked = new.marks.len();
        let new = new.marks.into_iter();
        marks.extend(new.map(|mark| (mark.quote.contract.clone(), mark)));
        Ok(Marking {
            marks,
            contracts: contracts.len(),
            marked,
            failure,
        })
    }
}
