//! A wire that is the network: plain HTTP, for services on this machine.

use async_trait::async_trait;

use super::{AwsCall, Lost, Reply, Wire};

/// The network.
#[derive(Debug, Clone, Default)]
pub struct HttpWire(reqwest::Client);

#[async_trait]
impl Wire for HttpWire {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let request = &call.request;
        let body = request.body().bytes().unwrap_or_default().to_vec();
        let sent = self.0.post(request.uri()).body(body);
        let sent = request
            .headers()
            .iter()
            .fold(sent, |sent, (name, value)| sent.header(name, value));
        let answer = sent.send().await.map_err(lost)?;
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let body = answer.bytes().await.map_err(lost)?.to_vec();
        Ok(Reply {
            status,
            headers,
            body,
        })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn lost(error: reqwest::Error) -> Lost {
    Lost(runtime::telemetry::chain(&error))
}
