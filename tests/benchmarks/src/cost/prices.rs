//! What AWS asks in us-east-1, in US dollars for a million.

pub(super) const WRITE_UNIT: f64 = 0.625;
pub(super) const READ_UNIT: f64 = 0.125;
pub(super) const SQS_REQUEST: f64 = 0.40;
pub(super) const HTTP_REQUEST: f64 = 1.00;
pub(super) const INVOCATION: f64 = 0.20;
/// A GB-second on arm64.
pub(super) const GB_SECOND: f64 = 13.33;
/// `MemorySize` in template.yaml.
pub(super) const MEMORY_GB: f64 = 0.25;
/// What a call to AWS is taken to last beside what it lasts on this machine, in seconds.
pub(super) const CALL_S: f64 = 0.005;
