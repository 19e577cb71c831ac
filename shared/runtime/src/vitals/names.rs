//! What things that are counted are called: parts with a dot between them, the group first. Whoever
//! writes and whoever reads them spell them here alone.

use domain::Order;

/// Invocations in which something failed.
pub const FAILED: &str = "invocation.failed";
/// Invocations that took more than a quarter of the time they had.
pub const SLOW: &str = "invocation.slow";
/// How long those took together, in milliseconds.
pub const SLOW_MS: &str = "invocation.slow_ms";
/// Messages that had been received before.
pub const RETRIED: &str = "message.retried";
/// Events that were added to the roll-ups.
pub const ROLLED_UP: &str = "sweeper.rolled_up";

/// The group of errors by category.
pub const ERROR: &str = "error";
/// The group of answers by kind, and by how they were found.
pub const CACHE: &str = "cache";
/// The group of what providers did.
pub const PROVIDER: &str = "provider";
/// The group of what the sweeper did.
pub const SWEEPER: &str = "sweeper";
/// The group of orders that failed, by engine and by what they were for.
pub const ORDER_FAILED: &str = "order_failed";

/// Answers found in the process.
pub const IN_MEMORY: &str = "in_memory";
/// Answers found in the market table.
pub const IN_TABLE: &str = "in_table";
/// Questions that somebody was asking already.
pub const JOINED: &str = "joined";
/// Questions that had to be asked.
pub const MISSED: &str = "missed";

/// Requests to a provider.
pub const CALLS: &str = "calls";
/// How long they took together, in milliseconds.
pub const LATENCY_MS: &str = "latency_ms";
/// Those that came to nothing, by kind of error.
pub const FAILURE: &str = "failure";
/// Requests that weren't made: limited, or the provider rested; by kind of error.
pub const REFUSED: &str = "refused";
/// Work that the sweeper sent again, by state.
pub const SENT: &str = "sent";
/// Work that the sweeper ended, by state and reason.
pub const ENDED: &str = "ended";

/// That this order failed: `order_failed.B.entry`.
pub fn order_failed(order: &Order) -> String {
    let leg = if order.leg.is_exit() { "exit" } else { "entry" };
    of(&[ORDER_FAILED, &order.engine.to_string(), leg])
}

/// A name of these parts.
///
/// ```
/// use runtime::vitals::names;
/// assert_eq!(names::of(&[names::ERROR, "panicked"]), "error.panicked");
/// ```
pub fn of(parts: &[&str]) -> String {
    parts.join(".")
}
