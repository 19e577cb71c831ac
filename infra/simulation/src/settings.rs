//! Settings that change while a run is under way.

use local_stack::stack::StackError;
use local_stack::wire::SharedWire;
use runtime::{Clock, Configuration, Environment};
use serde_json::{Map, Value as Json};
use storage::SettingsTable;
use storage::settings::{NewVersion, SettingsKind};

use crate::book_watch::BookWatch;
use crate::clients::clients;
use crate::journal::{Journal, note};
use crate::time::SimulatedClock;
use crate::unnamed;

/// The trader at the settings.
pub(crate) struct Trader {
    pub(crate) table: SettingsTable,
    pub(crate) clock: SimulatedClock,
    pub(crate) journal: Journal,
}

impl Trader {
    /// The trader at the settings of the stack behind this wire.
    pub(crate) fn new(
        (environment, configuration): (&Environment, &Configuration),
        wire: &SharedWire,
        clock: SimulatedClock,
        journal: Journal,
    ) -> Result<Self, StackError> {
        let table = SettingsTable::new(&clients("trader", wire), environment, configuration);
        Ok(Self {
            table: table.map_err(unnamed)?,
            clock,
            journal,
        })
    }

    /// Puts a new version; one that doesn't fit with the others is refused, as for any trader.
    pub(crate) async fn change(
        &self,
        kind: SettingsKind,
        values: Map<String, Json>,
        watch: &BookWatch,
    ) {
        let words = Json::Object(values.clone());
        let version = NewVersion {
            kind,
            values,
            enabled: true,
            changed_by: "simulated trader",
            changed_at: self.clock.now(),
        };
        let outcome = self.table.put_version(&version).await;
        let told = outcome
            .as_ref()
            .map_err(|error| runtime::telemetry::chain(error));
        note!(self.journal, "settings {}: {words}: {told:?}", kind.name());
        self.tell(watch).await;
    }

    /// Tells the watch which settings are in force.
    pub(crate) async fn tell(&self, watch: &BookWatch) {
        if let Ok(settings) = self.table.current().await {
            watch.settings_in_force(settings);
        }
    }
}
