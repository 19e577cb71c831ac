//! What the handlers read, and by what they act.

use std::sync::Arc;

use closing::Controls;
use domain::Experiment;
use history::History;
use login::{Accounts, Logins};
use market_data::{Market, Positioning};
use runtime::queues::depth::QueueGauges;
use runtime::{SharedClock, StartError, Surroundings};
use storage::{Ledger, MarketTable, SettingsBase, SettingsTable};

use crate::agents::AgentsShown;
use crate::alerts::Alerts;
use crate::experiment::{ExperimentShown, ReportQuery};
use crate::minute::ForAMinute;
use crate::monitoring::SlowRequests;
use crate::viewers::Viewers;

/// The sources, as handlers share them.
pub(crate) type Shared = Arc<Sources>;

/// What the API reads.
pub(crate) struct Sources {
    pub(crate) ledger: Ledger,
    pub(crate) marks: MarketTable,
    pub(crate) settings: SettingsTable,
    /// What holds below the settings table, and above it.
    pub(crate) settings_base: SettingsBase,
    pub(crate) history: History,
    pub(crate) positioning: Positioning,
    pub(crate) controls: Controls,
    pub(crate) market: Arc<dyn Market>,
    pub(crate) clock: SharedClock,
    pub(crate) alerts: Alerts,
    pub(crate) queues: QueueGauges,
    pub(crate) slow_requests: SlowRequests,
    /// The committee's standing, by the versions of its rules and flags.
    pub(crate) committees: ForAMinute<(u32, u32), AgentsShown>,
    /// Reports of the last minute, by what is asked and by the experiments' records.
    pub(crate) reports: ForAMinute<(ReportQuery, Vec<Experiment>), ExperimentShown>,
    pub(crate) logins: Logins,
    pub(crate) accounts: Accounts,
    pub(crate) viewers: Viewers,
}

impl Sources {
    pub(crate) fn new(
        surroundings: &Surroundings,
        market: Arc<dyn Market>,
    ) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let marks = MarketTable::new(aws, environment)?;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            settings_base: configuration.into(),
            history: History::new(surroundings)?,
            positioning: Positioning::new(Arc::clone(&market), Some(&marks)),
            controls: Controls::new(surroundings, Some(Arc::clone(&market)))?,
            marks,
            market,
            clock: clock.clone(),
            alerts: Alerts::new(surroundings)?,
            queues: QueueGauges::named(&aws.sqs, environment)?,
            slow_requests: SlowRequests::default(),
            committees: ForAMinute::default(),
            reports: ForAMinute::default(),
            logins: Logins::new(surroundings)?,
            accounts: Accounts::new(surroundings)?,
            viewers: Viewers::new(surroundings),
        })
    }
}
