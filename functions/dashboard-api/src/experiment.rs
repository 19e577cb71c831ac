//! `/api/experiment/…`: which engine is better, and how sure are we?

mod planned;
mod report;
mod shown;

pub(crate) use planned::{__path_start, __path_stop, start, stop};
pub(crate) use report::{__path_report, ExperimentShown, ReportQuery, report};
