//! Writing vitals: at the end of an invocation, if there is something to say.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::capacity::Capacity;
use runtime::environment::MissingVariable;
use runtime::metrics::tell_vitals;
use runtime::telemetry::chain;
use runtime::vitals::{Counted, Keeper, Tally};
use runtime::{SharedClock, Surroundings};

use super::{KEPT, KIND, LAST_PASS, MARKET, key};
use crate::error::StorageError;
use crate::item::{SCHEMA_VERSION, number, text};
use crate::marks::MarketTable;

/// An invocation waits no longer than this for its counts to be written: less than what is left
/// of it when its work has run out of time.
const PATIENCE: Duration = Duration::from_millis(300);
/// What happens all the time, and passes, are written once a minute: schedules aren't punctual
/// to the second.
const EVERY: TimeDelta = TimeDelta::seconds(50);

/// Keeps the vitals of one instance of a function in the market table.
pub struct VitalsKeeper {
    table: MarketTable,
    capacity: Capacity,
    clock: SharedClock,
    function: &'static str,
    own: Tally,
    passes: Pace,
    market: Option<Tally>,
    market_pace: Pace,
}

impl VitalsKeeper {
    /// A keeper for this function.
    pub fn new(
        surroundings: &Surroundings,
        function: &'static str,
    ) -> Result<Self, MissingVariable> {
        let table = MarketTable::new(&surroundings.aws, &surroundings.environment)?;
        Ok(Self {
            table,
            capacity: surroundings.aws.capacity.clone(),
            clock: surroundings.clock.clone(),
            function,
            own: Tally::default(),
            passes: Pace::default(),
            market: None,
            market_pace: Pace::default(),
        })
    }

    /// It also writes what the function's market counts.
    #[must_use]
    pub fn with_market(self, market: Option<Tally>) -> Self {
        Self { market, ..self }
    }

    /// What the function has to say: errors at once, and that it passed once a minute.
    fn own_words(&self, now: DateTime<Utc>) -> Option<Counted> {
        let seen = self.own.seen();
        let is_pass = seen.passed && self.passes.allows(now);
        (is_pass || !seen.counts.is_empty()).then(|| self.own.take())
    }

    /// What its market has to say once a minute.
    fn market_words(&self, now: DateTime<Utc>) -> Option<Counted> {
        let market = self.market.as_ref()?;
        let is_due = !market.seen().counts.is_empty() && self.market_pace.allows(now);
        is_due.then(|| market.take())
    }
}

impl Keeper for VitalsKeeper {
    fn tally(&self) -> &Tally {
        &self.own
    }

    async fn keep(&self) {
        let now = self.clock.now();
        let (own, market) = (self.own_words(now), self.market_words(now));
        for (function, said) in [(self.function, &own), (MARKET, &market)] {
            if let Some(said) = said {
                tell_vitals(function, said);
            }
        }
        let own = self.table.try_add_vitals(self.function, own, now);
        let market = self.table.try_add_vitals(MARKET, market, now);
        futures::join!(own, market);
        self.capacity.tell();
    }
}

/// Lets through once in a while.
#[derive(Debug, Default)]
struct Pace(Mutex<Option<DateTime<Utc>>>);

impl Pace {
    fn allows(&self, now: DateTime<Utc>) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = last.is_none_or(|last| now - last >= EVERY);
        if is_due {
            *last = Some(now);
        }
        is_due
    }
}

impl MarketTable {
    async fn try_add_vitals(&self, function: &str, said: Option<Counted>, now: DateTime<Utc>) {
        let Some(said) = said else { return };
        let adding = self.add_vitals(function, &said, now);
        match tokio::time::timeout(PATIENCE, adding).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(function, error = chain(&error), "vitals were not written");
            }
            Err(_) => tracing::warn!(function, "vitals took too long to be written"),
        }
    }

    /// Adds what was counted to the function's hour.
    pub async fn add_vitals(
        &self,
        function: &str,
        said: &Counted,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let key = key(function, now);
        let update = self.client.update_item().table_name(&self.table);
        let update = update.key("pk", text(key.pk)).key("sk", text(key.sk));
        let (update, sets) = setting(update, said.passed, now);
        let (update, adds) = adding(update, said);
        let update = update.update_expression(format!("SET {sets}{adds}"));
        let sent = update.send().await;
        sent.map(drop).map_err(StorageError::aws("UpdateItem"))
    }
}

fn setting(
    update: UpdateItemFluentBuilder,
    passed: bool,
    now: DateTime<Utc>,
) -> (UpdateItemFluentBuilder, String) {
    let update = update
        .expression_attribute_values(":kind", text(KIND))
        .expression_attribute_values(":version", number(SCHEMA_VERSION))
        .expression_attribute_values(":ends", number((now + KEPT).timestamp()));
    let sets = "kind = :kind, version = :version, expires_at = :ends";
    if !passed {
        return (update, sets.to_owned());
    }
    let update = update.expression_attribute_values(":at", number(now.timestamp_millis()));
    (update, format!("{sets}, {LAST_PASS} = :at"))
}

/// Names hold dots, so each goes by a placeholder.
fn adding(update: UpdateItemFluentBuilder, said: &Counted) -> (UpdateItemFluentBuilder, String) {
    let numbers = 0..said.counts.len();
    let adds: Vec<_> = numbers.map(|each| format!("#n{each} :n{each}")).collect();
    let named = said.counts.iter().enumerate();
    let update = named.fold(update, |update, (each, (name, count))| {
        update
            .expression_attribute_names(format!("#n{each}"), name)
            .expression_attribute_values(format!(":n{each}"), number(count))
    });
    if adds.is_empty() {
        return (update, String::new());
    }
    (update, format!(" ADD {}", adds.join(", ")))
}
