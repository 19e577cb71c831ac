//! What a function counts of itself while it works, for whoever watches over it: errors by
//! category, retries, slow invocations, passes. Counts gather in the process, and their keeper
//! writes them once the work is done; losing some of them costs nothing else.

mod invocation;
pub mod names;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use invocation::Invocation;
pub use invocation::one_pass;

/// Counts by name: the vocabulary is in [`names`].
pub type Counts = BTreeMap<String, u64>;

/// What was counted since it was last taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// How often each thing happened.
    pub counts: Counts,
    /// Whether a pass of a schedule went well.
    pub passed: bool,
}

/// Counts that gather, shared by all of its copies.
#[derive(Debug, Clone, Default)]
pub struct Tally(Arc<Mutex<Counted>>);

impl Tally {
    /// One more.
    pub fn count(&self, name: impl Into<String>) {
        self.add(name, 1);
    }

    /// So many more; none of something isn't worth a word.
    pub fn add(&self, name: impl Into<String>, more: u64) {
        if more > 0 {
            *self.gathered().counts.entry(name.into()).or_default() += more;
        }
    }

    /// A pass went well.
    pub fn pass(&self) {
        self.gathered().passed = true;
    }

    /// What has gathered, as it stands.
    pub fn seen(&self) -> Counted {
        self.gathered().clone()
    }

    /// What has gathered; counting begins anew.
    pub fn take(&self) -> Counted {
        std::mem::take(&mut *self.gathered())
    }

    fn gathered(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps what a function counts.
pub trait Keeper: Sync {
    /// What the function counts into.
    fn tally(&self) -> &Tally;

    /// Writes what has gathered, if that is worth a write. It takes a fraction of a second at
    /// most and can't fail: what isn't written is lost.
    fn keep(&self) -> impl Future<Output = ()> + Send;
}

/// A tally alone is kept nowhere.
impl Keeper for Tally {
    fn tally(&self) -> &Tally {
        self
    }
    async fn keep(&self) {}
}

/// An error that tells which kind of trouble it is.
pub trait Category {
    /// In one word, such as `table_call`.
    fn category(&self) -> String;
}

impl Category for crate::rounds::Restless {
    fn category(&self) -> String {
        "restless".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_count_together_and_what_is_taken_is_gone() {
        let tally = Tally::default();
        let copy = tally.clone();
        tally.count("a");
        copy.add("a", 2);
        copy.add("b", 0);
        copy.pass();
        let taken = tally.take();
        assert_eq!(taken.counts, Counts::from([("a".to_owned(), 3)]));
        assert!(taken.passed);
        assert_eq!(copy.take(), Counted::default());
    }
}
