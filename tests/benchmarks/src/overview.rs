//! The dashboard's first page over a short and a long past: what one answer reads, and how long it
//! takes. It adds up sums by day, so the count of closed positions must not matter.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{Role, UserName};
use local_stack::wire::{Meter, Tally};
use login::{Accounts, NewPassword};
use market_data::{SimulatedHours, SimulatedMarket};
use reqwest::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use runtime::Clock;
use runtime::clock::ManualClock;
use secrecy::SecretString;
use serde_json::{Value as Json, json};

use crate::copying::copy_lives;
use crate::figures::Durations;
use crate::report::{Report, Table};
use crate::seeding::{self, Past};
use crate::stage::{Setting, Stage, in_session};
use crate::{AnyError, progress};

/// What was ever closed. The days are the same in the first two, for each day has its sums.
const PASTS: [Past; 3] = [
    Past {
        positions: 20,
        days: 20,
    },
    Past {
        positions: 100_000,
        days: 20,
    },
    Past {
        positions: 600,
        days: 50,
    },
];
/// Answers that are timed, a second of the stack's time apart.
const ANSWERS: usize = 300;
const NAME: &str = "bench";
const PASSWORD: &str = "a password for the bench alone";

const NOTES: [&str; 2] = [
    "Read units are of one answer with nothing kept; 304 is the same question with its tag, from the cache of a minute on.",
    "Every second of the stack's time one question, as a page asks; each reads the ledger anew.",
];

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let columns = [
        "closed positions, days",
        "DynamoDB calls",
        "read units",
        "bytes",
        "p50 ms",
        "p99 ms",
        "longest ms",
        "304 p50 ms",
    ];
    let mut table = Table::new("/api/dashboard/metrics", &columns);
    for past in PASTS {
        progress(&format!(
            "overview: {} positions over {} days",
            past.positions, past.days
        ));
        table.row(Box::pin(one(past)).await?);
    }
    Ok(Report::new("overview", vec![table], &NOTES))
}

async fn one(past: Past) -> Result<[String; 8], AnyError> {
    let start = in_session();
    let clock = Arc::new(ManualClock::at(start));
    let meter = Meter::default();
    let counting = meter.clone();
    let stage = Stage::set(Setting {
        interposer: Some(Arc::new(move |wire| counting.before(wire))),
        ..Setting::at(clock.clone())
    })
    .await?;
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    seeding::trade(&stage.ledger, &market, clock.now(), past).await?;
    count_all(&stage, past).await?;
    let page = Page::signed_in(&stage).await?;
    let answer = page.fresh().send().await?.error_for_status()?;
    let told: Json = answer.json().await?;
    check(&told, past)?;
    meter.take();
    let (bytes, tag) = read(page.fresh().send().await?).await?;
    let reads = sum(&meter);
    let whole = timed(&clock, || page.plain()).await?;
    let unchanged = timed(&clock, || page.plain().header(IF_NONE_MATCH, &tag)).await?;
    stage.strike().await?;
    let [p50, p99, longest] = whole.cells();
    Ok([
        format!("{} over {}", past.positions, past.days),
        reads.calls.to_string(),
        format!("{:.1}", reads.read_units),
        bytes.to_string(),
        p50,
        p99,
        longest,
        format!("{:.2}", unchanged.percentile_ms(50)),
    ])
}

/// Copies what was traded, and adds everything to the sums.
async fn count_all(stage: &Stage, past: Past) -> Result<(), AnyError> {
    let around = stage.stack.surroundings();
    let table = around.environment.require("LEDGER_TABLE")?;
    let client = stage.stack.aws().dynamodb_client();
    copy_lives(&client, table, past.copies()).await?;
    while stage.ledger.apply_rollups().await?.more {}
    Ok(())
}

/// Whether the page tells of all that was closed.
fn check(told: &Json, past: Past) -> Result<(), AnyError> {
    let failed = &told["metadata"]["failed"];
    let closed = &told["engines"][0]["closed"];
    if failed.as_array().is_some_and(Vec::is_empty) && *closed == json!(past.positions) {
        return Ok(());
    }
    Err(format!("the overview tells of {closed} closed positions, and failed: {failed}").into())
}

/// The page, with somebody who may see it.
struct Page {
    http: Client,
    url: String,
    token: String,
}

impl Page {
    async fn signed_in(stage: &Stage) -> Result<Self, AnyError> {
        let password = NewPassword::new(SecretString::from(PASSWORD))?;
        let accounts = Accounts::new(stage.stack.surroundings())?;
        accounts
            .add(UserName::parse(NAME)?, Role::User, &password)
            .await?;
        let (http, url) = (Client::new(), stage.stack.url());
        let credentials = json!({ "name": NAME, "password": PASSWORD });
        let request = http.post(format!("{url}/api/token")).json(&credentials);
        let told: Json = request.send().await?.error_for_status()?.json().await?;
        let token = told["token"].as_str().ok_or("no token")?.to_owned();
        Ok(Self { http, url, token })
    }

    fn plain(&self) -> RequestBuilder {
        let url = format!("{}/api/dashboard/metrics", self.url);
        self.http.get(url).bearer_auth(&self.token)
    }

    /// The same as the Refresh button asks it.
    fn fresh(&self) -> RequestBuilder {
        self.plain().header(CACHE_CONTROL, "no-cache")
    }
}

/// The bytes of an answer, and its tag.
async fn read(answer: Response) -> Result<(usize, String), AnyError> {
    let tag = answer.headers().get(ETAG).ok_or("no tag")?;
    let tag = tag.to_str()?.to_owned();
    Ok((answer.bytes().await?.len(), tag))
}

fn sum(meter: &Meter) -> Tally {
    let mut sum = Tally::default();
    meter.take().into_values().for_each(|tally| sum += tally);
    sum
}

async fn timed(
    clock: &ManualClock,
    request: impl Fn() -> RequestBuilder,
) -> Result<Durations, AnyError> {
    let mut durations = Durations::default();
    for _ in 0..ANSWERS {
        clock.set(clock.now() + chrono::TimeDelta::seconds(1));
        durations.add(Box::pin(once(request())).await?);
    }
    Ok(durations)
}

async fn once(request: RequestBuilder) -> Result<Duration, AnyError> {
    let started = Instant::now();
    let answer = request.send().await?;
    let is_told = [StatusCode::OK, StatusCode::NOT_MODIFIED].contains(&answer.status());
    answer.bytes().await?;
    if is_told {
        Ok(started.elapsed())
    } else {
        Err("the overview isn't told".into())
    }
}
