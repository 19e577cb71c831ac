//! What the JSON protocols of AWS have in common: how a request is read, and how an answer or
//! an error is written.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// An answer, ready to be written as HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Json,
    /// The older code of an error, in the header `x-amzn-query-error`.
    pub(crate) query_error: Option<String>,
}

impl Answer {
    /// Success with this body.
    pub(crate) fn of(body: impl Serialize) -> Self {
        match serde_json::to_value(body) {
            Ok(body) => Self {
                status: 200,
                body,
                query_error: None,
            },
            Err(error) => Self::failure(500, "InternalFailure", &error.to_string()),
        }
    }

    /// Success with nothing to say.
    pub(crate) fn empty() -> Self {
        Self {
            status: 200,
            body: json!({}),
            query_error: None,
        }
    }

    /// An error of this `__type`.
    pub(crate) fn failure(status: u16, kind: &str, message: &str) -> Self {
        // Both spellings occur: SDKs differ in the one that they read.
        let body = json!({ "__type": kind, "message": message, "Message": message });
        Self {
            status,
            body,
            query_error: None,
        }
    }
}

/// A request body, typed. The error says what is wrong with it.
pub(crate) fn request<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| error.to_string())
}
