//! An hour in which every provider fails in every way, in random overlap, from a seed. Two
//! instances ask in turn. No limit is exceeded, no stale or impossible price is handed out, the
//! breakers are where a model of them says, and whenever somebody is well there is an answer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::{BidAsk, Provenance};
use domain::{OptionContract, Symbol};
use market_data::health::gate::{Limits, SharedGate};
use market_data::provider::ProviderName;
use market_data::{Asked, Market, MarketError, ProviderMarket, SimulatedHours, SimulatedMarket};
use runtime::{Entropy, SharedClock};
use system_tests::Harness;
use system_tests::provider_double::{Mode, ProviderDouble};

use crate::model::{Seen, Watched};
use crate::support::assert_within;
use system_tests::market_instances::{doubles, gate, instance, limits};

/// Requests a minute: few enough that some are used up.
const LIMITS: [u32; 4] = [60, 30, 40, 40];
/// How long a request may take: a stand-in that hangs does so for this long.
const REQUEST_TIMEOUT: Duration = Duration::from_millis(400);
const SYMBOLS: [&str; 3] = ["SPY", "AAPL", "MSFT"];
const CONTRACTS: [&str; 4] = [
    "SPY260807C00640000",
    "SPY260807C00645000",
    "SPY260807P00640000",
    "SPY260807P00650000",
];

/// What is planned for one provider: from when on it behaves how.
type Plan = Vec<(DateTime<Utc>, Mode)>;

struct Draw(Entropy);

impl Draw {
    /// A number from `low` to `high`.
    fn between(&self, low: i64, high: i64) -> i64 {
        let digits = self.0.token();
        let number = i64::from_str_radix(&digits[..12], 16).unwrap();
        low + number % (high - low + 1)
    }

    /// Well and ill by turns. Each provider goes through all ways of being ill, in its own order.
    fn plan(&self, from: DateTime<Utc>) -> Plan {
        let mut ways: Vec<Mode> = Mode::ALL.to_vec();
        ways.retain(|mode| *mode != Mode::Healthy);
        let (mut plan, mut at) = (vec![(from, Mode::Healthy)], from);
        while !ways.is_empty() {
            at += TimeDelta::seconds(self.between(30, 240));
            let way = ways.remove(usize::try_from(self.between(0, 99)).unwrap() % ways.len());
            plan.push((at, way));
            at += TimeDelta::seconds(self.between(20, 200));
            plan.push((at, Mode::Healthy));
        }
        plan
    }
}

struct Hour {
    harness: Harness,
    clock: SharedClock,
    doubles: Vec<ProviderDouble>,
    plans: BTreeMap<ProviderName, Plan>,
    gate: Arc<SharedGate>,
    seen: Arc<Seen>,
    instances: Vec<ProviderMarket>,
    limits: Limits,
    truth: SimulatedMarket,
    tally: Tally,
}

/// What the hour came to.
#[derive(Debug, Default)]
struct Tally {
    questions: u32,
    answered: u32,
    due: u32,
    by_provider: BTreeMap<String, u32>,
    errors: BTreeMap<&'static str, u32>,
    opened: u32,
}

impl Hour {
    async fn of(seed: u64) -> Self {
        let harness = Harness::start().await;
        let clock: SharedClock = harness.clock.clone();
        let doubles = doubles(&clock).await;
        let (limits, seen) = (limits(LIMITS), Arc::<Seen>::default());
        let gates = [1, 2].map(|number| gate(&harness.marks, &clock, seed * 10 + number, &limits));
        let instances = gates.iter().map(|gate| {
            let watched = Watched::over(gate.clone(), clock.clone(), &seen);
            instance(&doubles, &watched, &clock, &harness.marks, REQUEST_TIMEOUT)
        });
        let instances = instances.collect();
        let draw = Draw(Entropy::seeded(seed));
        let plans = ProviderName::ALL.map(|name| (name, draw.plan(harness.now())));
        let [gate, _] = gates;
        Self {
            clock,
            doubles,
            plans: plans.into(),
            gate,
            seen,
            instances,
            limits,
            truth: SimulatedMarket::new(1, SimulatedHours::Nyse),
            tally: Tally::default(),
            harness,
        }
    }

    /// Lets the providers behave as planned for now.
    fn behave(&self) {
        let now = self.clock.now();
        for double in &self.doubles {
            let plan = &self.plans[&double.provider()];
            let planned = plan.iter().rev().find(|(from, _)| *from <= now);
            double.set(planned.map_or(Mode::Healthy, |(_, mode)| *mode));
        }
    }

    /// Whether a provider has been well for so long that whatever it did before is forgiven, and
    /// has room for another request.
    async fn is_well(&self, provider: ProviderName) -> bool {
        let now = self.clock.now();
        let plan = &self.plans[&provider];
        let past = plan.iter().rev().skip_while(|(from, _)| *from > now);
        let mut past = past.take(2);
        let since = match past.next() {
            Some((since, Mode::Healthy)) => *since,
            _ => return false,
        };
        // A refused key isn't tried again for five minutes, anything else for one.
        let forgiven = match past.next() {
            Some((_, Mode::Locked)) => TimeDelta::seconds(301),
            Some(_) => TimeDelta::seconds(61),
            None => TimeDelta::zero(),
        };
        let health = self.gate.health(provider).await.unwrap();
        let room = health.bucket.count(now) + 6 <= self.limits[&provider];
        now - since > forgiven && room
    }

    async fn anybody_is_well(&self, who: &[ProviderName]) -> bool {
        for provider in who {
            if self.is_well(*provider).await {
                return true;
            }
        }
        false
    }

    async fn ask(&mut self, instance: usize, anew: bool) {
        let now = self.clock.now();
        let asked = if anew {
            Asked::at(now).anew()
        } else {
            Asked::at(now)
        };
        let all = ProviderName::ALL;
        let with_options = [all[0], all[1], all[2]];
        let stocks_due = self.anybody_is_well(&all).await;
        let market = &self.instances[instance];
        let symbols = SYMBOLS.map(|name| Symbol::parse(name).unwrap());
        let stocks = market.quotes(&symbols, asked).await.unwrap();
        for (symbol, quote) in &stocks.found {
            let at = quote.provenance.at;
            let true_quotes = self.truth.quotes(std::slice::from_ref(symbol), at.into());
            let truth = true_quotes.await.unwrap().found[symbol].sides;
            let is_one_price = quote.sides.bid == quote.sides.ask;
            let sides = if is_one_price {
                one_price(truth)
            } else {
                truth
            };
            check(&quote.provenance, quote.sides, sides, now);
        }
        self.count(
            symbols.len(),
            stocks.found.values().map(|it| &it.provenance),
            &stocks.failed,
        );
        self.demand(stocks_due, &stocks.failed);

        let options_due = self.anybody_is_well(&with_options).await;
        let contracts = CONTRACTS.map(|name| OptionContract::parse(name).unwrap());
        let market = &self.instances[instance];
        let options = market.option_quotes(&contracts, asked).await.unwrap();
        for (contract, quote) in &options.found {
            let at = quote.provenance.at;
            let truth = self
                .truth
                .option_quotes(std::slice::from_ref(contract), at.into());
            let truth = truth.await.unwrap().found[contract].sides;
            check(&quote.provenance, quote.sides, truth, now);
        }
        self.count(
            contracts.len(),
            options.found.values().map(|it| &it.provenance),
            &options.failed,
        );
        self.demand(options_due, &options.failed);

        let clock_due = self.anybody_is_well(&all).await;
        let market = &self.instances[instance];
        let clock = market.clock(asked).await;
        assert!(
            clock.as_ref().map_or(!clock_due, |clock| clock.is_open),
            "{clock:?} at {now}"
        );
    }

    fn count<'a, K: std::fmt::Debug>(
        &mut self,
        asked_for: usize,
        found: impl Iterator<Item = &'a Provenance>,
        failed: &BTreeMap<K, MarketError>,
    ) {
        let tally = &mut self.tally;
        tally.questions += u32::try_from(asked_for).unwrap();
        for provenance in found {
            tally.answered += 1;
            *tally
                .by_provider
                .entry(provenance.provider.clone())
                .or_default() += 1;
        }
        for error in failed.values() {
            *tally.errors.entry(kind(error)).or_default() += 1;
        }
    }

    fn demand<K: std::fmt::Debug>(&mut self, due: bool, failed: &BTreeMap<K, MarketError>) {
        self.tally.due += u32::from(due);
        let now = self.clock.now();
        assert!(
            !due || failed.is_empty(),
            "somebody was well at {now}: {failed:?}"
        );
    }

    async fn compare_breakers(&mut self) {
        for provider in ProviderName::ALL {
            let health = self.gate.health(provider).await.unwrap();
            let (is, should) = (health.breaker.name(), self.seen.expects(provider));
            assert_eq!(is, should, "{provider} at {}", self.clock.now());
            self.tally.opened += u32::from(is == "open");
        }
    }
}

/// A price is of the last minute, possible, and the one that the market had then.
fn check(provenance: &Provenance, sides: BidAsk, truth: BidAsk, now: DateTime<Utc>) {
    let age_ms = provenance.age_ms(now);
    assert!(
        (-1_000..=60_000).contains(&age_ms),
        "{provenance:?} at {now}"
    );
    assert!(sides.bid <= sides.ask && !sides.ask.is_zero(), "{sides:?}");
    assert_eq!(sides, truth, "{provenance:?}");
}

fn one_price(truth: BidAsk) -> BidAsk {
    let mid = truth.mid();
    BidAsk { bid: mid, ask: mid }
}

fn kind(error: &MarketError) -> &'static str {
    match error {
        MarketError::Exhausted { .. } => "exhausted",
        MarketError::StaleQuote { .. } => "stale",
        MarketError::UnknownSymbol { .. } => "unknown",
        MarketError::RateLimited { .. } => "limited",
        _ => "other",
    }
}

async fn play(seed: u64) {
    let mut hour = Hour::of(seed).await;
    let draw = Draw(Entropy::seeded(seed + 1_000));
    let ends = hour.clock.now() + TimeDelta::hours(1);
    while hour.clock.now() < ends {
        hour.behave();
        let instance = usize::try_from(draw.between(0, 1)).unwrap();
        let anew = draw.between(0, 2) == 0;
        hour.ask(instance, anew).await;
        hour.compare_breakers().await;
        hour.harness
            .advance(TimeDelta::milliseconds(draw.between(1_000, 16_000)));
    }
    assert_eq!(hour.seen.mistakes(), Vec::<String>::new());
    for double in &hour.doubles {
        let limit = hour.limits[&double.provider()];
        let arrivals = double.arrivals();
        assert_within(limit, &arrivals, double.provider().as_str());
        println!(
            "seed {seed}: {} got {} requests",
            double.provider(),
            arrivals.len()
        );
    }
    println!("seed {seed}: {:?}", hour.tally);
    // It was an hour in which things happened.
    assert_eq!(hour.tally.by_provider.len(), 4, "{:?}", hour.tally);
    assert!(
        hour.tally.opened > 0 && hour.tally.due > 100,
        "{:?}",
        hour.tally
    );
    hour.harness.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_outages_hurts_nobody_who_has_somebody_well() {
    Box::pin(play(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_hour_neither() {
    Box::pin(play(2)).await;
}
