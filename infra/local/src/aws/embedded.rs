//! The embedded AWS: its services as parts of this process, in memory or in a directory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LocalAwsError;
use crate::dynamodb::DynamoDb;
use crate::events::Events;
use crate::gateway::Gateway;
use crate::secrets::Secrets;
use crate::sqs::Sqs;
use crate::wall_clock::WallClock;

/// The services, running.
#[derive(Debug)]
pub(super) struct Embedded {
    dynamodb: DynamoDb,
    gateway: Gateway,
    events: Arc<Events>,
}

impl Embedded {
    /// Starts them over what this directory keeps, or in memory.
    pub(super) async fn start(
        data_dir: Option<&Path>,
        clock: Arc<dyn WallClock>,
    ) -> Result<Self, LocalAwsError> {
        data_dir.map(std::fs::create_dir_all).transpose()?;
        let file =
            |name: &str| -> Option<PathBuf> { data_dir.map(|directory| directory.join(name)) };
        let dynamodb = DynamoDb::start(file("dynamodb.sqlite").as_deref())?;
        let sqs = Sqs::open(file("sqs.sqlite").as_deref(), Arc::clone(&clock)).await?;
        let secrets = Arc::new(Secrets::open(file("secrets.json").as_deref(), clock)?);
        let events = Arc::<Events>::default();
        let gateway = Gateway::start(sqs, secrets, Arc::clone(&events)).await?;
        Ok(Self {
            dynamodb,
            gateway,
            events,
        })
    }

    pub(super) fn dynamodb_url(&self) -> &str {
        self.dynamodb.url()
    }

    pub(super) fn gateway_url(&self) -> &str {
        self.gateway.url()
    }

    pub(super) fn events(&self) -> &Events {
        &self.events
    }

    /// Ends them: all files are closed when this returns.
    pub(super) async fn stop(self) -> Result<(), LocalAwsError> {
        self.gateway.stop().await;
        self.dynamodb.stop().await?;
        Ok(())
    }
}
