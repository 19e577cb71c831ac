//! The SDK's HTTP client, with a wire in place of the network.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::Full;

use super::{AwsCall, Lost, Reply, SharedWire};

/// The HTTP client of one caller.
#[derive(Debug, Clone)]
pub struct WireClient {
    caller: Arc<str>,
    wire: SharedWire,
}

impl WireClient {
    /// The client of this function, over this wire.
    pub fn new(caller: &str, wire: SharedWire) -> Self {
        let caller = Arc::from(caller);
        Self { caller, wire }
    }
}

impl HttpClient for WireClient {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for WireClient {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (caller, wire) = (Arc::clone(&self.caller), Arc::clone(&self.wire));
        HttpConnectorFuture::new(async move {
            let call = AwsCall::of(&caller, request)
                .ok_or_else(|| ConnectorError::user("this is no call to AWS".into()))?;
            wire.answer(&call).await.map_err(lost).and_then(response)
        })
    }
}

fn lost(lost: Lost) -> ConnectorError {
    ConnectorError::io(lost.into())
}

/// A body as the network's is: the SDK's own lines, at the finest level, show what it has of a body
/// in memory, and a secret may be in it.
fn body(bytes: Vec<u8>) -> SdkBody {
    SdkBody::from_body_1_x(Full::new(bytes.into()))
}

fn response(reply: Reply) -> Result<HttpResponse, ConnectorError> {
    let status = reply
        .status
        .try_into()
        .map_err(|_| ConnectorError::user("that is no HTTP status".into()))?;
    let mut response = HttpResponse::new(status, body(reply.body));
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
