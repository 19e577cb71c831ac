//! What every function needs around its subject: configuration, time, randomness, AWS clients,
//! queues, the event bus, secrets, telemetry, vitals, and the partial-batch helper.
//!
//! Nothing here knows a table's layout or decides anything about a trade.

pub mod aws;
pub mod batch;
pub mod capacity;
pub mod clock;
pub mod configuration;
pub mod entropy;
pub mod environment;
pub mod event_bus;
pub mod metrics;
pub mod queues;
pub mod rounds;
pub mod secrets;
pub mod surroundings;
pub mod telemetry;
pub mod vitals;

pub use aws::AwsClients;
pub use clock::{Clock, SharedClock};
pub use configuration::Configuration;
pub use entropy::Entropy;
pub use environment::Environment;
pub use event_bus::{EventBus, Happening};
pub use queues::{EngineQueues, WorkQueue};
pub use rounds::Step;
pub use surroundings::{StartError, Surroundings, or_exit};
