//! What the made-up and the recorded market have in common: which options are listed, what they
//! are worth and how that is quoted, and when bars close. It knows no prices: those are passed in.

mod chain;
mod class;
mod hash;
mod listing;
mod options;
mod periods;
mod smile;
pub(crate) mod ticks;

pub(crate) use chain::chain;
pub(crate) use class::Class;
pub(crate) use hash::{keyed, keyed_by_text, unit};
pub(crate) use listing::{Listing, week_began};
pub(crate) use options::{Underlying, quote};
pub(crate) use periods::{Period, around_the_clock, of_exchange};
