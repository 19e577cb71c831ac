//! Real time, for what AWS itself times: visibility, delays, retention, versions of secrets.
//! Domain time never comes from here.

use std::fmt::Debug;

/// Tells real time. Tests have their own, so that they needn't sleep.
pub trait WallClock: Debug + Send + Sync + 'static {
    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;
}

/// The time of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemWallClock;

impl WallClock for SystemWallClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "AWS's own timing is real time, not domain time"
    )]
    fn now_ms(&self) -> i64 {
        let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since_1970.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }
}
