//! The AWS that the tests run on: the embedded one, or the one that a variable names. The tests
//! don't know which; here alone it is decided.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TimeToLiveSpecification;
use local_stack::account::AccountId;
use local_stack::aws::{AwsChoice, AwsEndpoints, LocalAws};
use local_stack::wall_clock::StandingWallClock;
use runtime::Environment;

/// The variable with the address of an AWS on this machine; without it: the embedded one.
pub const VARIABLE: &str = "PARALLAX_TEST_AWS";

/// The attribute by which the template's tables let items expire.
const EXPIRY: &str = "expires_at";

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

/// Turns the expiry of all tables off, where it is another AWS: it deletes by the time of this
/// machine, and would take the items from a test whose clock stands on an earlier day.
pub async fn without_expiry(client: &Client) {
    if address().is_none() {
        return;
    }
    let tables = client.list_tables().send().await.expect("the tables");
    for table in tables.table_names() {
        let off = TimeToLiveSpecification::builder()
            .attribute_name(EXPIRY)
            .enabled(false)
            .build();
        let update = client.update_time_to_live().table_name(table);
        let update = update.time_to_live_specification(off.expect("both fields"));
        update.send().await.expect("an expiry is turned off");
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
