//! The AWS that the tests run on: the embedded one, or the one that a variable names. The tests
//! don't know which; here alone it is decided.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use local_stack::account::AccountId;
use local_stack::aws::{AwsChoice, AwsEndpoints, LocalAws};
use local_stack::wall_clock::StandingWallClock;
use runtime::Environment;

/// The variable with the address of an AWS on this machine; without it: the embedded one.
pub const VARIABLE: &str = "PARALLAX_TEST_AWS";

/// How many accounts one test binary may have.
const ACCOUNTS_MAX: u64 = 100_000;

/// An AWS with nothing in it: an embedded one of its own, or an account of its own.
pub fn fresh() -> AwsChoice {
    match address() {
        None => AwsChoice::in_memory(),
        Some(url) => AwsChoice::At(AwsEndpoints {
            dynamodb_url: url.clone(),
            gateway_url: url,
            account: fresh_account(),
        }),
    }
}

fn address() -> Option<String> {
    Environment::ambient().get(VARIABLE).map(str::to_owned)
}

/// How often an alert is sent again that was answered with 503: an AWS in another process may
/// miss the webhook's short time limits on a busy machine, and the answer asks for that.
pub fn repetitions_max() -> u32 {
    match address() {
        None => 0,
        Some(_) => 5,
    }
}

/// An account that no other test of this run has, whichever binary it is in.
fn fresh_account() -> AccountId {
    static USED: AtomicU64 = AtomicU64::new(0);
    let number = USED.fetch_add(1, Ordering::Relaxed);
    assert!(number < ACCOUNTS_MAX, "the accounts are used up");
    AccountId::numbered(u64::from(std::process::id()) * ACCOUNTS_MAX + number)
}

/// The time by which queues hide and delay messages.
#[derive(Debug, Clone)]
pub enum QueueTime {
    /// The test moves it.
    Standing(Arc<StandingWallClock>),
    /// It passes by itself.
    Real,
}

impl QueueTime {
    /// Lets so many seconds pass.
    pub async fn pass(&self, seconds: u64) {
        let step = Duration::from_secs(seconds);
        match self {
            Self::Standing(clock) => clock.advance(step),
            Self::Real => tokio::time::sleep(step).await,
        }
    }
}

/// An AWS with nothing in it, and the time of its queues.
pub async fn with_queue_time() -> (LocalAws, QueueTime) {
    let (started, time) = match fresh() {
        AwsChoice::Embedded { .. } => {
            let clock = Arc::<StandingWallClock>::default();
            let started = LocalAws::start_at(None, clock.clone()).await;
            (started, QueueTime::Standing(clock))
        }
        other @ AwsChoice::At(_) => (LocalAws::start(&other).await, QueueTime::Real),
    };
    (started.expect("an AWS"), time)
}
