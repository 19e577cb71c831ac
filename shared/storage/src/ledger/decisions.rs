//! Writing a decision together with the assignment's new state.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use domain::signal::Signal;
use domain::{Assignment, Decision, Engine, EntryBar, Opinions, SignalId};

use super::{Ledger, Written};
use crate::error::StorageError;
use crate::item::{Item, SCHEMA_VERSION, Versioned, number, text, text_of};
use crate::keys::Key;
use crate::opinions::StoredOpinions;
use crate::transact::Transaction;

/// How long a bar stays taken after it was; well beyond any entry's validity.
const CLAIM_KEPT: TimeDelta = TimeDelta::days(45);

/// A bar of a strategy on which an engine enters once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarClaim {
    key: String,
    signal_id: SignalId,
    expires_at: DateTime<Utc>,
}

impl BarClaim {
    /// The claim of `engine` to the bar of this signal; none for a signal without a direction.
    pub fn of(signal: &Signal, engine: Engine) -> Option<Self> {
        let EntryBar {
            symbol,
            direction,
            timeframe,
            bar_start,
            strategy,
        } = EntryBar::of(signal)?;
        let (from_s, strategy) = (bar_start.timestamp(), strategy.as_deref().unwrap_or("-"));
        let key = format!("BAR#{engine}#{symbol}#{direction}#{timeframe}#{from_s}#{strategy}");
        let expires_at = signal.received_at + CLAIM_KEPT;
        Some(Self {
            key,
            signal_id: signal.signal_id,
            expires_at,
        })
    }

    fn item(&self) -> Item {
        let key = Key::new(self.key.clone(), "CLAIM");
        [
            ("pk", text(key.pk)),
            ("sk", text(key.sk)),
            ("kind", text("BAR")),
            ("version", number(SCHEMA_VERSION)),
            ("signal_id", text(self.signal_id.to_string())),
            ("expires_at", number(self.expires_at.timestamp())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// What became of a decision's write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Decided {
    /// It stands.
    Written,
    /// Another signal took the bar in between: decide again.
    BarTaken,
    /// Somebody else decided in between.
    Changed,
}

impl Ledger {
    /// Writes the decision, what the committee said, the assignment's new state and, for an
    /// approval, the bar's claim: all or none.
    pub async fn decide(
        &self,
        assignment: &Versioned<Assignment>,
        (decision, opinions): (&Decision, Option<&Opinions>),
        claim: Option<&BarClaim>,
    ) -> Result<Decided, StorageError> {
        let writes = self.transaction().replace(assignment).put_new(decision);
        let writes = match claim {
            Some(claim) => writes.claim(claim.item(), "signal_id"),
            None => writes,
        };
        let opinions = opinions.map(StoredOpinions::of).transpose()?;
        let writes = opinions.iter().fold(writes, Transaction::put_new);
        Ok(match self.commit(writes).await? {
            Ok(()) => Decided::Written,
            Err(refused) if claim.is_some() && refused.at(2) && refused.0.len() == 1 => {
                Decided::BarTaken
            }
            Err(_) => Decided::Changed,
        })
    }

    /// Writes an assignment's new state alone.
    pub async fn move_assignment(
        &self,
        assignment: &Versioned<Assignment>,
    ) -> Result<Written, StorageError> {
        self.commit_unchanged(self.transaction().replace(assignment))
            .await
    }

    /// The signal for which the bar is already taken.
    pub async fn bar_taken_by(&self, claim: &BarClaim) -> Result<Option<SignalId>, StorageError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(claim.key.clone()))
            .key("sk", text("CLAIM"))
            .consistent_read(true)
            .send()
            .await
            .map_err(StorageError::aws("GetItem"))?;
        let owner = answer
            .item
            .as_ref()
            .and_then(|item| text_of(item, "signal_id"));
        Ok(owner.and_then(|id| id.parse().ok()))
    }
}
