//! What a stack of this machine has stored: its tables and queues, asked through the stack while
//! it runs, and without it when it doesn't.

use std::error::Error;
use std::path::Path;

use local_stack::aws::{AwsChoice, AwsEndpoints, LocalAws, LocalAwsError};
use local_stack::data_dir::{self, DataDir};
use local_stack::stack::read_template;
use local_stack::template::Template;
use runtime::Environment;

use super::TEMPLATE;

type AnyError = Box<dyn Error + Send + Sync>;

/// Tables and queues that answer, and what the template says of them.
pub(super) struct Stored {
    pub(super) endpoints: AwsEndpoints,
    pub(super) template: Template,
    /// Where no stack runs: what is served meanwhile, and the directory that nobody else has.
    served: Option<(LocalAws, DataDir)>,
}

impl Stored {
    /// What is stored in this directory. One that holds nothing is an error, and isn't made.
    pub(super) async fn of(dir: &Path) -> Result<Self, AnyError> {
        if data_dir::running(dir).is_none() && !dir.join("dynamodb.sqlite").exists() {
            let shown = dir.display();
            return Err(format!("{shown} holds no ledger; start a stack with scripts/up").into());
        }
        Self::at(dir).await
    }

    /// The same, with whatever is missing made: the directory, tables, queues.
    pub(super) async fn made(dir: &Path) -> Result<Self, AnyError> {
        let stored = Self::at(dir).await?;
        if let Some((aws, _)) = &stored.served {
            aws.create(&stored.template).await?;
        }
        Ok(stored)
    }

    async fn at(dir: &Path) -> Result<Self, AnyError> {
        if let Some(running) = data_dir::running(dir) {
            return Self::through(running.aws(), None);
        }
        let taken = DataDir::take(dir)?;
        let aws = LocalAws::start(&AwsChoice::over(taken.path())).await?;
        Self::through(aws.endpoints().clone(), Some((aws, taken)))
    }

    fn through(
        endpoints: AwsEndpoints,
        served: Option<(LocalAws, DataDir)>,
    ) -> Result<Self, AnyError> {
        // Tables and queues are the same whatever the variables of a stack are.
        let template = read_template(TEMPLATE, &Environment::default(), &endpoints)?;
        Ok(Self {
            endpoints,
            template,
            served,
        })
    }

    /// Whether a stack runs, which may change what is stored at any time.
    pub(super) fn is_running(&self) -> bool {
        self.served.is_none()
    }

    /// Ends what was served: all files are closed when this returns.
    pub(super) async fn close(self) -> Result<(), LocalAwsError> {
        match self.served {
            Some((aws, _taken)) => aws.stop().await,
            None => Ok(()),
        }
    }
}
