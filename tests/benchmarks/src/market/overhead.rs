//! What the market itself adds to a call while everybody is well: against the first provider's
//! adapter alone, by where the answer is found.

use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

use domain::Symbol;
use local_stack::wire::Tally;
use market_data::provider::{Provider, ProviderName};
use market_data::{Asked, ChainRequest, Market, ProviderMarket};
use storage::MarketTable;

use super::{Instance, Scene, timed};
use crate::figures::Durations;
use crate::report::Table;
use crate::{AnyError, progress};

/// Calls of each kind.
const QUOTES: usize = 300;
const CHAINS: usize = 60;
/// Calls of which the calls to DynamoDB are counted: requests at the same time may have to write
/// the provider's state twice.
const COUNTED: u32 = 10;
/// Calls that aren't measured.
const WARM_UP: usize = 3;

/// What is asked.
enum Question {
    Quote(Symbol),
    Chain(ChainRequest),
}

/// Where the answer comes from.
#[derive(Clone, Copy)]
enum Way {
    Bare,
    Remembered,
    InTable,
    Anew,
}

impl Way {
    const ALL: [Self; 4] = [Self::Bare, Self::Remembered, Self::InTable, Self::Anew];

    fn name(self) -> &'static str {
        match self {
            Self::Bare => "the bare adapter",
            Self::Remembered => "kept in the process",
            Self::InTable => "kept by another instance",
            Self::Anew => "asked anew",
        }
    }
}

/// Who is asked.
struct Asking<'a> {
    scene: &'a Scene,
    question: Question,
    bare: Arc<dyn Provider>,
    instance: Instance,
    table: &'a MarketTable,
}

pub(super) async fn table(scene: &Scene) -> Result<Table, AnyError> {
    let columns = [
        "question",
        "p50 µs",
        "p99 µs",
        "p50 µs over the bare adapter",
        "DynamoDB calls",
        "write units",
        "read units",
    ];
    let mut table = Table::new("What the market adds to a call, all warm", &columns);
    let quote = || Ok::<_, AnyError>(Question::Quote(Symbol::parse("SPY")?));
    let chain = || Ok::<_, AnyError>(Question::Chain(scene.chain()?));
    measure(scene, quote, QUOTES, &mut table).await?;
    measure(scene, chain, CHAINS, &mut table).await?;
    Ok(table)
}

async fn measure(
    scene: &Scene,
    question: impl Fn() -> Result<Question, AnyError>,
    calls: usize,
    table: &mut Table,
) -> Result<(), AnyError> {
    let timing = Asking::new(scene, question()?, &scene.table, 1)?;
    let durations = timing.durations(calls).await?;
    let counting = Asking::new(scene, question()?, &scene.counted, 2)?;
    let name = counting.name().await?;
    let bare_ms = durations[0].percentile_ms(50);
    for (way, durations) in Way::ALL.into_iter().zip(&durations) {
        let [p50, p99] = [50, 99].map(|percent| durations.percentile_ms(percent));
        let over = match way {
            Way::Anew => us(p50 - bare_ms),
            _ => "–".to_owned(),
        };
        let timed = [format!("{name}, {}", way.name()), us(p50), us(p99), over];
        table.row(timed.into_iter().chain(counting.counts(way).await?));
    }
    Ok(())
}

fn us(ms: f64) -> String {
    format!("{:.1}", ms * 1e3)
}

impl<'a> Asking<'a> {
    fn new(
        scene: &'a Scene,
        question: Question,
        table: &'a MarketTable,
        number: u64,
    ) -> Result<Self, AnyError> {
        Ok(Self {
            scene,
            question,
            bare: scene.bare(ProviderName::Alpaca)?,
            instance: scene.instance(table, number),
            table,
        })
    }

    async fn name(&self) -> Result<String, AnyError> {
        let (count, _) = self.once(Way::Bare).await?;
        Ok(match &self.question {
            Question::Quote(symbol) => format!("quote of {symbol}"),
            Question::Chain(_) => format!("chain of {count} contracts"),
        })
    }

    /// How long each way takes. They are taken in turns, so that all meet the same machine.
    async fn durations(&self, calls: usize) -> Result<[Durations; 4], AnyError> {
        progress(&format!("market-data: overhead of {calls} calls"));
        let mut all: [Durations; 4] = Default::default();
        self.warm_up().await?;
        for _ in 0..calls {
            for (way, durations) in Way::ALL.into_iter().zip(&mut all) {
                let (_, duration) = self.once(way).await?;
                durations.add(duration);
            }
        }
        Ok(all)
    }

    async fn warm_up(&self) -> Result<(), AnyError> {
        for _ in 0..WARM_UP {
            for way in [Way::Anew, Way::Bare, Way::Remembered, Way::InTable] {
                self.once(way).await?;
            }
        }
        Ok(())
    }

    /// Calls to DynamoDB, write units and read units of one call, the mean of several, as cells.
    async fn counts(&self, way: Way) -> Result<[String; 3], AnyError> {
        self.warm_up().await?;
        self.scene.meter.take();
        for _ in 0..COUNTED {
            self.once(way).await?;
        }
        let mut all = Tally::default();
        for tally in self.scene.meter.take().into_values() {
            all += tally;
        }
        let sums = [all.calls as f64, all.write_units, all.read_units];
        Ok(sums.map(|sum| format!("{:.1}", sum / f64::from(COUNTED))))
    }

    /// One call: how many answers there were, and how long it took.
    async fn once(&self, way: Way) -> Result<(usize, Duration), AnyError> {
        let asked = self.scene.asked();
        match way {
            Way::Bare => self.of_provider(asked).await,
            Way::Remembered => self.of_market(&self.instance.market, asked).await,
            Way::InTable => {
                let other = self.scene.market(&self.instance.providers, self.table);
                self.of_market(&other, asked).await
            }
            Way::Anew => self.of_market(&self.instance.market, asked.anew()).await,
        }
    }

    async fn of_provider(&self, asked: Asked) -> Result<(usize, Duration), AnyError> {
        match &self.question {
            Question::Quote(symbol) => {
                let (batch, took) = timed(self.bare.quotes(from_ref(symbol), asked)).await;
                Ok((batch?.found.len(), took))
            }
            Question::Chain(request) => {
                let (chain, took) = timed(self.bare.chain(request, asked)).await;
                Ok((chain?.options.len(), took))
            }
        }
    }

    async fn of_market(
        &self,
        market: &ProviderMarket,
        asked: Asked,
    ) -> Result<(usize, Duration), AnyError> {
        match &self.question {
            Question::Quote(symbol) => {
                let (batch, took) = timed(market.quotes(from_ref(symbol), asked)).await;
                Ok((batch?.found.len(), took))
            }
            Question::Chain(request) => {
                let (chain, took) = timed(market.chain(request, asked)).await;
                Ok((chain?.options.len(), took))
            }
        }
    }
}
