//! Looking again: work that finds its items changed by others reads them anew and decides anew,
//! a bounded number of times within one message.

use std::future::Future;

/// How often one message's work is begun anew before it is left to its next delivery.
pub const ROUNDS_MAX: u32 = 6;

/// Whether one look at the work was enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Step {
    /// Nothing more to do with this message.
    Done,
    /// Something changed in between: look again.
    Again,
}

/// Others changed the work's items again and again; its message comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("its items changed {ROUNDS_MAX} times while it was worked on")]
pub struct Restless;

/// Looks until one look is enough.
pub async fn until_done<F, L, E>(look: L) -> Result<(), E>
where
    L: Fn() -> F,
    F: Future<Output = Result<Step, E>>,
    E: From<Restless>,
{
    for _ in 0..ROUNDS_MAX {
        // Boxed, as in `batch`: one look goes deep.
        if Box::pin(look()).await? == Step::Done {
            return Ok(());
        }
    }
    Err(Restless.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[tokio::test]
    async fn it_looks_as_often_as_needed_and_no_more_than_it_may() {
        for (changes, expected) in [(0, Ok(1)), (3, Ok(4)), (u32::MAX, Err(ROUNDS_MAX))] {
            let looks = Cell::new(0);
            let result: Result<(), Restless> = until_done(|| async {
                looks.set(looks.get() + 1);
                Ok(if looks.get() > changes {
                    Step::Done
                } else {
                    Step::Again
                })
            })
            .await;
            let counted = result.map(|()| looks.get()).map_err(|Restless| looks.get());
            assert_eq!(counted, expected, "{changes} changes");
        }
    }
}
