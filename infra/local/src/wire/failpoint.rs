//! Failpoints: places between two steps of a function, at which its whole computer may die. Each
//! is the moment before or after one kind of call, so that every order of "written" and "sent"
//! that a crash can leave behind is reached.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;

use super::{AwsCall, Lost, Reply, SharedWire, Wire};

/// On which side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// It hasn't happened.
    Before,
    /// It has happened, and its caller doesn't know.
    After,
}

/// A place: `after engine-a/SendMessage orders`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failpoint {
    /// On which side.
    pub moment: Moment,
    /// The call's name, as [`AwsCall`] writes it.
    pub call: String,
}

/// A text that names no failpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no failpoint: they are written as `after engine-a/SendMessage orders`")]
pub struct FailpointError(String);

impl FromStr for Failpoint {
    type Err = FailpointError;

    fn from_str(text: &str) -> Result<Self, FailpointError> {
        let (moment, call) = match text.split_once(' ') {
            Some(("before", call)) => (Moment::Before, call),
            Some(("after", call)) => (Moment::After, call),
            _ => return Err(FailpointError(text.to_owned())),
        };
        let call = call.to_owned();
        Ok(Self { moment, call })
    }
}

impl fmt::Display for Failpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = match self.moment {
            Moment::Before => "before",
            Moment::After => "after",
        };
        write!(f, "{moment} {}", self.call)
    }
}

/// What happens when a failpoint is reached; it doesn't return.
pub type Crash = Arc<dyn Fn() + Send + Sync>;

/// Crashes at the n-th passing of one failpoint.
#[derive(Clone)]
pub struct Failpoints {
    point: Failpoint,
    passes_left: Arc<AtomicU32>,
    crash: Crash,
}

impl fmt::Debug for Failpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Failpoints").field(&self.point).finish()
    }
}

impl Failpoints {
    /// Crashes when `point` is passed for the `nth` time; the first is 1.
    pub fn new(point: Failpoint, nth: u32, crash: Crash) -> Self {
        let passes_left = Arc::new(AtomicU32::new(nth.max(1)));
        Self {
            point,
            passes_left,
            crash,
        }
    }

    /// The wire, with this failpoint in front.
    pub fn before(&self, wire: SharedWire) -> SharedWire {
        let failpoints = self.clone();
        Arc::new(Guarded { wire, failpoints })
    }

    fn reached(&self, moment: Moment, call: &str) {
        if moment == self.point.moment
            && call == self.point.call
            && self.passes_left.fetch_sub(1, Ordering::SeqCst) == 1
        {
            (self.crash)();
        }
    }
}

#[derive(Debug)]
struct Guarded {
    wire: SharedWire,
    failpoints: Failpoints,
}

#[async_trait]
impl Wire for Guarded {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let name = call.to_string();
        self.failpoints.reached(Moment::Before, &name);
        let reply = self.wire.answer(call).await;
        self.failpoints.reached(Moment::After, &name);
        reply
    }
}
