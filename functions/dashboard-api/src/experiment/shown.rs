//! stub
use crate::problem::Problem;
use crate::sources::Shared;
use domain::Experiment;
pub(super) async fn read(
    _: &Shared,
    _: &super::report::ReportQuery,
) -> Result<super::report::ExperimentShown, Problem> {
    Err(Problem::internal())
}
pub(super) async fn begin(
    _: &Shared,
    _: super::planned::StartRequest,
    _: &str,
) -> Result<Experiment, Problem> {
    Err(Problem::internal())
}
pub(super) async fn end(_: &Shared, _: String, _: &str) -> Result<Experiment, Problem> {
    Err(Problem::internal())
}
