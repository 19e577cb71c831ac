//! What a provider that is down costs: how long the next one's answer takes, from the first call
//! to those after the breaker has opened.

use std::time::Duration;

use chrono::TimeDelta;
use domain::Symbol;
use market_data::health::FAILURES_MAX;
use market_data::provider::ProviderName;
use market_data::{Market, ProviderMarket};
use system_tests::provider_double::{Mode, ProviderDouble};

use super::{Instance, Scene, timed};
use crate::figures::Durations;
use crate::report::Table;
use crate::{AnyError, progress};

const FIRST: ProviderName = ProviderName::Alpaca;
const NEXT: ProviderName = ProviderName::Massive;
/// Ways to be down, and how often each is tried: who hangs costs 15 s.
const WAYS: [(&str, Mode, usize); 4] = [
    ("refuses", Mode::Refusing, 20),
    ("hangs", Mode::Hanging, 2),
    ("answers 500", Mode::Failing, 20),
    ("answers 429", Mode::Limiting, 20),
];
/// Calls after the breaker has opened, over all tries.
const CALLS_AFTER: usize = 400;
/// After so long everybody may be asked again.
const RECOVERY: TimeDelta = TimeDelta::minutes(2);

/// Who is asked.
struct Asking<'a> {
    scene: &'a Scene,
    first: &'a ProviderDouble,
    spy: [Symbol; 1],
    all: ProviderMarket,
    /// The next provider alone, through the same gate.
    alone: ProviderMarket,
}

/// How long calls took.
#[derive(Default)]
struct Times {
    first: Durations,
    until_open: Durations,
    after: Durations,
    alone: Durations,
}

pub(super) async fn table(scene: &Scene) -> Result<Table, AnyError> {
    let columns = [
        "the first provider",
        "call 1: p50 ms",
        "p99",
        "calls 2–5: p50 ms",
        "p99",
        "after: p50 ms",
        "p99",
        "next alone: p50 ms",
        "p99",
        "after, over alone: p50 ms",
    ];
    let mut table = Table::new("A quote from the next provider while one is down", &columns);
    let asking = Asking::new(scene)?;
    for (name, mode, tries) in WAYS {
        progress(&format!("market-data: one provider {name}"));
        let times = asking.times(mode, tries).await?;
        table.row(times.cells(name));
    }
    Ok(table)
}

impl<'a> Asking<'a> {
    fn new(scene: &'a Scene) -> Result<Self, AnyError> {
        let Instance { providers, market } = scene.instance(&scene.table, 3);
        let mut next = providers;
        next.retain(|provider| provider.name() == NEXT);
        Ok(Self {
            scene,
            first: scene.double(FIRST)?,
            spy: [Symbol::parse("SPY")?],
            alone: scene.market(&next, &scene.table),
            all: market,
        })
    }

    async fn times(&self, mode: Mode, tries: usize) -> Result<Times, AnyError> {
        let mut times = Times::default();
        for _ in 0..tries {
            self.recover().await?;
            self.first.set(mode);
            times.first.add(self.call(&self.all, NEXT).await?);
            for _ in 1..FAILURES_MAX {
                times.until_open.add(self.call(&self.all, NEXT).await?);
            }
            self.after(CALLS_AFTER / tries, &mut times).await?;
        }
        self.recover().await?;
        Ok(times)
    }

    /// The first provider isn't asked any more. Both ways are taken in turns, so that both meet
    /// the same machine.
    async fn after(&self, calls: usize, times: &mut Times) -> Result<(), AnyError> {
        let asked_before = self.first.arrivals().len();
        self.call(&self.alone, NEXT).await?;
        for _ in 0..calls {
            times.after.add(self.call(&self.all, NEXT).await?);
            times.alone.add(self.call(&self.alone, NEXT).await?);
        }
        if self.first.arrivals().len() == asked_before {
            return Ok(());
        }
        Err("a provider that should rest was asked".into())
    }

    /// The first provider is well again, and known to be.
    async fn recover(&self) -> Result<(), AnyError> {
        self.first.set(Mode::Healthy);
        self.scene.clock.advance(RECOVERY);
        self.call(&self.all, FIRST).await?;
        Ok(())
    }

    /// How long an answer takes; it has to be this provider's.
    async fn call(
        &self,
        market: &ProviderMarket,
        whose: ProviderName,
    ) -> Result<Duration, AnyError> {
        let question = market.quotes(&self.spy, self.scene.asked().anew());
        let (batch, took) = timed(question).await;
        let (_, quote) = batch?.found.pop_first().ok_or("there is no quote")?;
        let provider = &quote.provenance.provider;
        if *provider == whose.as_str() {
            return Ok(took);
        }
        Err(format!("{provider} answered, and not {whose}").into())
    }
}

impl Times {
    fn cells(&self, name: &str) -> Vec<String> {
        let all = [&self.first, &self.until_open, &self.after, &self.alone];
        let mut cells = vec![name.to_owned()];
        for durations in all {
            let both = [50, 99].map(|percent| durations.percentile_ms(percent));
            cells.extend(both.map(|ms| format!("{ms:.2}")));
        }
        let over = self.after.percentile_ms(50) - self.alone.percentile_ms(50);
        cells.push(format!("{over:+.3}"));
        cells
    }
}
