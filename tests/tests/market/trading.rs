//! The whole stack on four stand-ins, over an hour in which they fail in turn: it trades whenever
//! somebody who knows options is well, and says what was missing when nobody is.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{AssignmentState, Engine, RejectionClass, SignalId};
use market_data::provider::ProviderName;
use runtime::clock::ManualClock;
use runtime::{Entropy, SharedClock};
use system_tests::Harness;
use system_tests::harness::{START, Setup};
use system_tests::provider_double::{Mode, ProviderDouble};

use crate::support::doubles;

/// One alert each; the hour is shared out among them.
const SYMBOLS: [&str; 6] = ["AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL"];
/// Longer than an entry is valid and a provider that refused our key is left alone after that.
const STEP: TimeDelta = TimeDelta::seconds(605);
const ENTRY_VALID: TimeDelta = TimeDelta::seconds(301);

/// The variables that send the platform to the stand-ins. They outlive the test.
fn environment(doubles: &[ProviderDouble]) -> Vec<(&'static str, &'static str)> {
    let address = |name| -> &'static str {
        let double = doubles.iter().find(|it| it.provider() == name).unwrap();
        Box::leak(double.url().into_boxed_str())
    };
    let alpaca = address(ProviderName::Alpaca);
    vec![
        ("ALPACA_API_KEY", "a-key-for-tests"),
        ("ALPACA_SECRET_KEY", "a-key-for-tests"),
        ("POLYGON_API_KEY", "a-key-for-tests"),
        ("MARKET_DATA_API_KEY", "a-key-for-tests"),
        ("TWELVE_DATA_API_KEY", "a-key-for-tests"),
        ("ALPACA_DATA_URL", alpaca),
        ("ALPACA_BASE_URL", alpaca),
        ("POLYGON_BASE_URL", address(ProviderName::Massive)),
        ("MARKET_DATA_BASE_URL", address(ProviderName::MarketData)),
        ("TWELVE_DATA_BASE_URL", address(ProviderName::TwelveData)),
        ("POLYGON_REQUESTS_PER_MINUTE", "100"),
        ("TWELVE_DATA_REQUESTS_PER_MINUTE", "100"),
        ("MAX_POSITION_USD", "20000"),
        ("MAX_TOTAL_EXPOSURE", "50000"),
        ("MAX_EXPOSURE_PERCENT", "100"),
    ]
}

struct Hour {
    harness: Harness,
    doubles: Vec<ProviderDouble>,
    entropy: Entropy,
}

impl Hour {
    async fn of(seed: u64) -> Self {
        let clock = Arc::new(ManualClock::at(START.parse().unwrap()));
        let shared: SharedClock = clock.clone();
        let doubles = doubles(&shared).await;
        let harness = Harness::with(Setup {
            environment: environment(&doubles),
            clock: Some(clock),
            ..Setup::default()
        });
        Self {
            harness: harness.await,
            doubles,
            entropy: Entropy::seeded(seed),
        }
    }

    /// Draws how each behaves; one in three is well. Tells whether anybody with options is.
    fn behave(&self) -> bool {
        for double in &self.doubles {
            let drawn = usize::from_str_radix(&self.entropy.token()[..8], 16).unwrap();
            let ways = Mode::ALL.len();
            let mode = match drawn % (ways + ways / 3) {
                way if way < ways => Mode::ALL[way],
                _ => Mode::Healthy,
            };
            double.set(mode);
        }
        let with_options = &self.doubles[..3];
        with_options.iter().any(|it| it.mode() == Mode::Healthy)
    }

    fn modes(&self) -> Vec<(ProviderName, Mode)> {
        self.doubles
            .iter()
            .map(|it| (it.provider(), it.mode()))
            .collect()
    }

    /// An alert while nobody is well ends by saying so, and only once it isn't valid any more.
    async fn ends_without_data(&self, id: SignalId) -> String {
        self.harness.advance(ENTRY_VALID);
        let trace = self.harness.assignment(id, "rejected").await;
        let assignment = trace.assignment(Engine::A).unwrap();
        let AssignmentState::Rejected { rejection } = &assignment.state else {
            panic!("{:?}", assignment.state);
        };
        assert_eq!(
            rejection.reason.class(),
            RejectionClass::Capacity,
            "{rejection:?}"
        );
        rejection.reason.to_string()
    }
}

async fn trade(seed: u64) -> (u32, u32) {
    let hour = Hour::of(seed).await;
    let (mut traded, mut ended) = (0, 0);
    for symbol in SYMBOLS {
        let before = hour.harness.now();
        let somebody_is_well = hour.behave();
        let id = hour.harness.enter(symbol, "long").await;
        if somebody_is_well {
            println!("{symbol}: with {:?}", hour.modes());
            hour.harness.position(id, "open").await;
            traded += 1;
        } else {
            let reason = hour.ends_without_data(id).await;
            println!("{symbol}: {reason}, with {:?}", hour.modes());
            ended += 1;
        }
        let rest = STEP - (hour.harness.now() - before);
        hour.harness.advance(rest);
    }
    let book = hour.harness.book().await;
    assert_eq!(book.open_count, traded);
    hour.harness.stop().await;
    (traded, ended)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_trades_whenever_somebody_is_well() {
    let (traded, ended) = trade(6).await;
    assert!(traded >= 2 && ended >= 1, "{traded} traded, {ended} ended");
}
