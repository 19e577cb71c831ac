//! stub
use super::*;
pub(crate) async fn read(_: &Shared) -> Result<AgentsShown, Problem> {
    Err(Problem::internal())
}
pub(crate) async fn revoted(
    _: &Shared,
    _: &revote::RevoteRequest,
) -> Result<revote::RevoteAnswer, Problem> {
    Err(Problem::internal())
}
