//! stub
use super::*;
pub(crate) async fn queues(_: &Shared) -> Result<Vec<QueueDepth>, Problem> {
    Ok(vec![])
}
pub(crate) async fn providers(_: &Shared) -> Result<Vec<ProviderHealth>, Problem> {
    Ok(vec![])
}
pub(crate) async fn passes(_: &Shared) -> Result<Vec<LastPass>, Problem> {
    Ok(vec![])
}
pub(crate) async fn all(_: &Shared) -> Result<Monitoring, Problem> {
    Err(Problem::internal())
}
