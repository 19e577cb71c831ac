//! What a person does by hand while a run is under way: stops entries, lets them go on, closes a
//! position or all of them. They meet the same faults as the functions do.

use std::sync::Arc;
use std::time::Duration;

use closing::{ControlError, Controls, Scope};
use domain::Engine;
use market_data::Market;
use runtime::telemetry::chain;
use runtime::{Configuration, Entropy, Environment, Surroundings};
use storage::Ledger;

use crate::chance::Chance;
use crate::clients::clients;
use crate::journal::{Journal, note};
use crate::time::SimulatedClock;
use crate::unnamed;
use local_stack::stack::StackError;
use local_stack::wire::SharedWire;

/// Nobody waits longer for an answer; what isn't done by then isn't done any more.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// How often somebody tries.
const TRIES: u32 = 3;
const NAME: &str = "simulated person";

/// Something done by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Entries are stopped.
    Halt,
    /// They may go on.
    Resume,
    /// A position is closed.
    Close,
    /// All of them are.
    Flatten,
}

/// What is done when: mostly nothing or little, and what is stopped mostly goes on after a while.
pub(crate) fn planned(seed: u64, lasting: Duration) -> Vec<(Duration, Deed)> {
    let chance = Chance::of(seed, "by hand");
    let mut deeds = Vec::new();
    for _ in 0..chance.between(0, 4) {
        let at = chance.up_to(lasting);
        let deed = chance.one_of(&[Deed::Halt, Deed::Close, Deed::Close, Deed::Flatten]);
        let is_alone = deed != Deed::Flatten || chance.happens(0.5);
        deeds.extend((!is_alone).then_some((at, Deed::Halt)));
        deeds.push((at, deed));
        if (deed == Deed::Halt || !is_alone) && chance.happens(0.8) {
            deeds.push((at + chance.up_to(lasting / 4), Deed::Resume));
        }
    }
    deeds.sort_by_key(|(at, _)| *at);
    deeds
}

/// The person.
pub(crate) struct Person {
    controls: Controls,
    ledger: Ledger,
    chance: Chance,
    journal: Journal,
}

impl Person {
    /// Somebody at the controls of the stack behind this wire.
    pub(crate) fn new(
        (environment, configuration): (&Environment, &Configuration),
        wire: &SharedWire,
        market: Arc<dyn Market>,
        (clock, journal, seed): (SimulatedClock, Journal, u64),
    ) -> Result<Self, StackError> {
        let surroundings = Surroundings {
            environment: environment.clone(),
            configuration: configuration.clone(),
            aws: clients("by hand", wire),
            clock: Arc::new(clock),
            entropy: Entropy::seeded(seed),
        };
        let controls = Controls::new(&surroundings, Some(market));
        let ledger = Ledger::new(&surroundings.aws, environment, Entropy::seeded(seed));
        Ok(Self {
            controls: controls.map_err(unnamed)?,
            ledger: ledger.map_err(unnamed)?,
            chance: Chance::of(seed, "the person"),
            journal,
        })
    }

    /// Does it, again if it came to nothing.
    pub(crate) async fn does(&self, deed: Deed) {
        for _ in 0..TRIES {
            let done = tokio::time::timeout(PATIENCE, self.tries(deed)).await;
            let done = done.unwrap_or_else(|_| Err("no answer".to_owned()));
            note!(self.journal, "by hand, {deed:?}: {done:?}");
            if done.is_ok() {
                return;
            }
        }
    }

    async fn tries(&self, deed: Deed) -> Result<String, String> {
        let said = |error: ControlError| chain(&error);
        match deed {
            Deed::Halt => {
                let halted = self.controls.halt(Engine::A, NAME, "enough").await;
                halted.map(|it| format!("{it:?}")).map_err(said)
            }
            Deed::Resume => {
                let lifted = self.controls.resume(Engine::A, NAME).await;
                lifted.map(|it| format!("{it:?}")).map_err(said)
            }
            Deed::Close => self.close_one().await,
            Deed::Flatten => {
                let flattened = self.controls.flatten(&Scope::default(), NAME).await;
                let flattened = flattened.map_err(said)?;
                let is_done = flattened.positions.iter().all(|it| it.closed.is_ok());
                let told = format!("{} positions", flattened.positions.len());
                if is_done { Ok(told) } else { Err(told) }
            }
        }
    }

    async fn close_one(&self) -> Result<String, String> {
        let open = self.ledger.open_positions().await;
        let open = open.map_err(|error| chain(&error))?;
        let open: Vec<_> = open.iter().map(|it| (it.signal_id, it.engine)).collect();
        if open.is_empty() {
            return Ok("nothing is open".to_owned());
        }
        let (id, engine) = self.chance.one_of(&open);
        let closed = self.controls.close_by_hand(id, engine, NAME).await;
        let closed = closed.map_err(|error| chain(&error))?;
        Ok(format!("{id}: {closed:?}"))
    }
}
