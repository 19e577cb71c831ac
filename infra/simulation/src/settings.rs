//! Settings that change while a run is under way.

use runtime::Clock;
use serde_json::{Map, Value as Json};
use storage::SettingsTable;
use storage::settings::{NewVersion, SettingsKind};

use crate::book_watch::BookWatch;
use crate::journal::{Journal, note};
use crate::time::SimulatedClock;

/// The trader at the settings.
pub(crate) struct Trader {
    pub(crate) table: SettingsTable,
    pub(crate) clock: SimulatedClock,
    pub(crate) journal: Journal,
}

impl Trader {
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
