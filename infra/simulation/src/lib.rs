//! The simulator: the whole platform on one thread, under a clock that only moves when nothing
//! else does, with everything going wrong that can go wrong, all of it drawn from a seed. The
//! functions, the ledger and the SDK are the real ones; `DynamoDB` answers in the process, and
//! the queues, the market and the sender of alerts are simulated.
//!
//! A seed and a commit reproduce a run to the last call. After each run, and at moments in
//! between, the [`invariants`] are read off the ledger alone.
//!
//! Nothing here touches a disk, a network or the machine's clock.

mod alerts;
mod aws;
mod book_watch;
mod bus;
mod by_hand;
mod chance;
mod clients;
mod consumer;
mod faults;
mod fleet;
mod function_logs;
mod index_lag;
pub mod invariants;
mod invocation;
mod journal;
mod market;
mod partial;
mod queues;
mod report;
mod scenario;
mod schedule;
mod sender;
mod settings;
mod tables;
mod time;
mod weather;
mod world;

use std::collections::BTreeMap;

use local_stack::account::AccountId;
use local_stack::stack::StackError;
use local_stack::template::{Surroundings, Template};

pub use bus::Told;
pub use report::{Report, Totals};

/// Where the simulated queues seem to be.
const QUEUE_ENDPOINT: &str = "http://queues.simulated";

/// Why a run could not even begin.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    /// The template can't be used, or a function refuses to start.
    #[error("the simulated stack can't start")]
    Stack(#[source] Box<StackError>),
    /// A scenario asks for real prices, which no seed repeats.
    #[error("there is nobody to ask for real prices in a simulation")]
    RealMarket,
    /// There is no runtime to be had.
    #[error("the simulation's runtime can't start")]
    Runtime(#[from] std::io::Error),
    /// The tables can't be made.
    #[error("the simulated tables can't be made")]
    Tables(#[from] local_stack::tables::TablesError),
    /// `DynamoDB` can't be opened.
    #[error("the simulated DynamoDB can't be opened")]
    DynamoDb(#[from] local_stack::dynamodb::DynamoDbError),
}

fn unnamed(source: impl Into<runtime::StartError>) -> StackError {
    StackError::Function(local_stack::functions::FunctionError::Start {
        function: "simulator".to_owned(),
        source: source.into(),
    })
}

impl From<StackError> for SimulationError {
    fn from(error: StackError) -> Self {
        Self::Stack(Box::new(error))
    }
}

/// Simulates what a template declares.
#[derive(Debug, Clone)]
pub struct Simulator {
    template: Template,
}

impl Simulator {
    /// A simulator of the stack that this text of `template.yaml` declares.
    pub fn new(template: &str) -> Result<Self, SimulationError> {
        let surroundings = Surroundings {
            queue_endpoint: QUEUE_ENDPOINT.to_owned(),
            account: AccountId::EMBEDDED,
            stack_name: "simulated".to_owned(),
            parameters: BTreeMap::new(),
        };
        let template = Template::parse(template, &surroundings).map_err(StackError::from)?;
        Ok(Self { template })
    }

    /// Runs one seed to its end, on this thread. With `keeps_journal`, the report has a line for
    /// everything that happened.
    pub fn run(&self, seed: u64, keeps_journal: bool) -> Result<Report, SimulationError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()?;
        runtime.block_on(async {
            let world = world::World::new(&self.template, seed, keeps_journal).await?;
            // Whatever is set up for the first time in a program draws from the thread's own
            // generator.
            fastrand::seed(seed);
            world.run().await
        })
    }
}
