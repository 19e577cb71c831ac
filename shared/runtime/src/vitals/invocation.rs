//! One invocation, watched: how long it takes of the time it has, and whether it fails.

use std::future::Future;
use std::time::Duration;

use lambda_runtime::Context;
use tokio::time::Instant;

use super::{Category, Keeper, Tally, names};

/// An invocation that takes more than this part of its time is slow.
const SLOW_PART: u32 = 4;

/// An invocation under way.
pub(crate) struct Invocation {
    started: Instant,
    may_take: Duration,
}

impl Invocation {
    /// Begins now.
    pub(crate) fn begin(context: &Context) -> Self {
        Self {
            started: Instant::now(),
            may_take: time_left(context),
        }
    }

    /// How long it may take in all.
    pub(crate) fn may_take(&self) -> Duration {
        self.may_take
    }

    /// It ends; a slow one is counted.
    pub(crate) fn end(&self, tally: &Tally) {
        self.note(self.started.elapsed(), tally);
    }

    fn note(&self, took: Duration, tally: &Tally) {
        // Without a deadline nothing is slow.
        if took * SLOW_PART > self.may_take && !self.may_take.is_zero() {
            let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            tally.count(names::SLOW);
            tally.add(names::SLOW_MS, took_ms);
        }
    }
}

/// Makes one pass of a schedule, counts what came of it, and has the counts kept.
pub async fn one_pass<T, E: Category>(
    context: &Context,
    keeper: &impl Keeper,
    pass: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let (invocation, tally) = (Invocation::begin(context), keeper.tally());
    let result = pass.await;
    match &result {
        Ok(_) => tally.pass(),
        Err(error) => {
            tally.count(names::of(&[names::ERROR, &error.category()]));
            tally.count(names::FAILED);
        }
    }
    invocation.end(tally);
    keeper.keep().await;
    result
}

#[expect(
    clippy::disallowed_methods,
    reason = "an invocation's deadline is real time"
)]
fn time_left(context: &Context) -> Duration {
    let left = context
        .deadline()
        .duration_since(std::time::SystemTime::now());
    left.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::Restless;

    #[test]
    fn slow_is_more_than_a_quarter_of_the_time() {
        for (may_take_ms, slow) in [(4_000, None), (3_999, Some(1_000)), (0, None)] {
            let tally = Tally::default();
            let invocation = Invocation {
                started: Instant::now(),
                may_take: Duration::from_millis(may_take_ms),
            };
            invocation.note(Duration::from_secs(1), &tally);
            let counts = tally.take().counts;
            assert_eq!(counts.get(names::SLOW_MS).copied(), slow, "{may_take_ms}");
        }
    }

    #[tokio::test]
    async fn a_pass_is_noted_when_it_went_well_and_its_error_when_it_did_not() {
        for result in [Ok(()), Err(Restless)] {
            let tally = Tally::default();
            let answered = one_pass(&Context::default(), &tally, async { result }).await;
            let counted = tally.take();
            assert_eq!(counted.passed, answered.is_ok());
            let failed = counted.counts.get("error.restless").copied();
            assert_eq!(failed, result.is_err().then_some(1));
        }
    }
}
