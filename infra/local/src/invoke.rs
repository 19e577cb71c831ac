//! What a function is to those who invoke it: an event goes in, a response or a failure comes
//! out.

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::Value as Json;

/// An invocation that failed. Lambda would log it, and count it as a function error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvokeError(pub String);

/// A function: given an event, it responds.
pub type Invoker = Arc<dyn Fn(Json) -> BoxFuture<'static, Result<Json, InvokeError>> + Send + Sync>;
