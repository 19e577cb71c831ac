//! The way between the SDK and a service, call by call: what answers a call, and what may stand
//! in between to watch it, delay it, fail it or end the caller at it. The functions see nothing
//! but the SDK.
//!
//! A [`Wire`] that stands in front of another is how faults, failpoints and counters come about;
//! none of them is known to the product.

mod call;
mod client;
mod failpoint;
mod guard;
mod http;
mod in_memory;
mod meter;
pub mod refusals;

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

pub use call::{AwsCall, Service};
pub use client::WireClient;
pub use failpoint::{Crash, Failpoint, FailpointError, Failpoints, Moment};
pub use guard::{Guard, Used};
pub use http::HttpWire;
pub use in_memory::InMemoryDynamoDb;
pub use meter::{Meter, Tally};

/// An answer of a service, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A JSON body, as the services of AWS answer.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let content_type = ("content-type", "application/x-amz-json-1.0");
        Self {
            status,
            headers: vec![(content_type.0.to_owned(), content_type.1.to_owned())],
            body: body.into(),
        }
    }

    /// Whether the service did what it was asked.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// No answer came, and nobody can tell whether the call reached its service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the connection broke: {0}")]
pub struct Lost(pub String);

/// Answers calls: a service, or something that stands in front of one.
#[async_trait]
pub trait Wire: Debug + Send + Sync + 'static {
    /// The answer to this call.
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost>;
}

/// A wire that many callers use.
pub type SharedWire = Arc<dyn Wire>;

/// Puts something in front of a wire.
pub type Interposer = Arc<dyn Fn(SharedWire) -> SharedWire + Send + Sync>;
