//! The part in which the engines differ.

use decisions::case::Case;
use domain::{Decision, Engine, Opinions};

/// What a judge makes of a case.
pub struct Judged {
    /// The decision, with its reasons.
    pub decision: Decision,
    /// What the committee said, if one was heard.
    pub opinions: Option<Opinions>,
}

/// Who decides, once everything that is decided on is at hand and stored.
pub trait Judge: Send + Sync + 'static {
    /// Whose judge it is.
    const ENGINE: Engine;
    /// The function that it sits in, as its vitals name it.
    const FUNCTION: &'static str;
    /// The variable that names the engine's own queue.
    const QUEUE: &'static str;
    /// Whether it looks at how underlyings move together: asking for their bars takes time.
    const LOOKS_AT_CORRELATIONS: bool;

    /// Decides.
    fn judge(&self, case: &Case<'_>) -> Judged;
}
