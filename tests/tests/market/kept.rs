//! What one instance got, another finds in the market table; and what has ended nobody finds.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::{Symbol, Timeframe};
use market_data::provider::line::Gate;
use market_data::{Asked, CandleRequest, ChainRequest, Market, ProviderMarket};
use runtime::{Clock, SharedClock};
use system_tests::Harness;
use system_tests::provider_double::{Mode, ProviderDouble};

use crate::support::{doubles, gate, instance, limits};

/// Nobody hangs here.
const PATIENCE: Duration = Duration::from_secs(10);

struct Setup {
    harness: Harness,
    doubles: Vec<ProviderDouble>,
    instances: [ProviderMarket; 2],
}

impl Setup {
    async fn start() -> Self {
        let harness = Harness::start().await;
        let clock: SharedClock = harness.clock.clone();
        let doubles = doubles(&clock).await;
        let limits = limits([200; 4]);
        let instances = [1, 2].map(|number| {
            let gate: Arc<dyn Gate> = gate(&harness.marks, &clock, number, &limits);
            instance(&doubles, &gate, &clock, &harness.marks, PATIENCE)
        });
        Self {
            harness,
            doubles,
            instances,
        }
    }

    fn asked(&self) -> Asked {
        Asked::at(self.harness.clock.now()).within(PATIENCE * 4)
    }

    fn requests(&self) -> usize {
        self.doubles.iter().map(|it| it.arrivals().len()).sum()
    }

    fn chain(&self) -> ChainRequest {
        let today = self.harness.now().date_naive();
        ChainRequest {
            underlying: Symbol::parse("SPY").unwrap(),
            expires_from: today,
            expires_to: today + TimeDelta::days(9),
            strikes: None,
        }
    }
}

#[tokio::test]
async fn another_instance_needn_t_ask_again_until_the_answer_ends() {
    let setup = Setup::start().await;
    let [one, other] = &setup.instances;
    let spy = [Symbol::parse("SPY").unwrap()];
    let first = one.quotes(&spy, setup.asked()).await.unwrap();
    let chain = one.chain(&setup.chain(), setup.asked()).await.unwrap();
    one.clock(setup.asked()).await.unwrap();
    let asked_for = setup.requests();
    setup.harness.advance(TimeDelta::milliseconds(4_900));
    let second = other.quotes(&spy, setup.asked()).await.unwrap();
    assert_eq!(second, first);
    let same = other.chain(&setup.chain(), setup.asked()).await.unwrap();
    assert_eq!(same, chain);
    other.clock(setup.asked()).await.unwrap();
    assert_eq!(setup.requests(), asked_for, "nobody was asked again");
    // The item is still in the table, and its end has come.
    setup.harness.advance(TimeDelta::milliseconds(200));
    let third = other.quotes(&spy, setup.asked()).await.unwrap();
    assert_ne!(third, first);
    assert_eq!(setup.requests(), asked_for + 1);
    setup.harness.stop().await;
}

#[tokio::test]
async fn who_asks_anew_gets_a_new_answer() {
    let setup = Setup::start().await;
    let [one, _] = &setup.instances;
    let spy = [Symbol::parse("SPY").unwrap()];
    one.quotes(&spy, setup.asked()).await.unwrap();
    one.quotes(&spy, setup.asked()).await.unwrap();
    assert_eq!(setup.requests(), 1);
    one.quotes(&spy, setup.asked().anew()).await.unwrap();
    assert_eq!(setup.requests(), 2);
    setup.harness.stop().await;
}

#[tokio::test]
async fn a_kept_chain_is_refused_once_it_is_too_old() {
    let setup = Setup::start().await;
    let [one, _] = &setup.instances;
    one.chain(&setup.chain(), setup.asked()).await.unwrap();
    for double in &setup.doubles {
        double.set(Mode::Failing);
    }
    setup.harness.advance(TimeDelta::seconds(299));
    assert!(one.chain(&setup.chain(), setup.asked()).await.is_ok());
    setup.harness.advance(TimeDelta::seconds(2));
    assert!(one.chain(&setup.chain(), setup.asked()).await.is_err());
    setup.harness.stop().await;
}

#[tokio::test]
async fn what_nobody_offers_is_told_as_such() {
    let setup = Setup::start().await;
    let request = CandleRequest {
        symbol: Symbol::parse("SPY").unwrap(),
        timeframe: Timeframe::parse("5S").unwrap(),
        count: 5,
    };
    let error = setup.instances[0].candles(&request, setup.asked()).await;
    let text = error.unwrap_err().to_string();
    assert!(text.contains("alpaca has no bars of 5s"), "{text}");
    assert_eq!(setup.requests(), 0);
    setup.harness.stop().await;
}
