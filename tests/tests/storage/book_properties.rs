//! The book against a model of it in memory, over random lives of orders and positions.

use chrono::TimeDelta;
use decisions::lifecycle;
use domain::{Leg, Settings, Signal, Usd};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use storage::ledger::{EntryFilled, EntryOrdered, Written};

use super::support::{Tables, at, choice, entry, rejected};

const CASES: u32 = 24;
const SYMBOLS: [&str; 3] = ["SPY", "QQQ", "IWM"];

#[derive(Debug, Clone)]
enum Step {
    Reserve { symbol: usize, cents: u32 },
    Fill { which: usize, cents: u32 },
    Release { which: usize },
    Close { which: usize, cents: u32, days: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let cents = 50_u32..900;
    prop_oneof![
        4 => (0..SYMBOLS.len(), cents.clone())
            .prop_map(|(symbol, cents)| Step::Reserve { symbol, cents }),
        3 => (any::<usize>(), cents.clone()).prop_map(|(which, cents)| Step::Fill { which, cents }),
        1 => any::<usize>().prop_map(|which| Step::Release { which }),
        2 => (any::<usize>(), cents, 0_i64..4)
            .prop_map(|(which, cents, days)| Step::Close { which, cents, days }),
    ]
}

fn limits() -> Settings {
    let mut settings = Settings::default();
    settings.risk_limits.max_open_positions = 6;
    settings.risk_limits.max_positions_per_symbol_a = 3;
    settings.risk_limits.max_total_exposure_usd = Usd::dollars(2_000);
    // The day's loss is another test's subject.
    settings.risk_limits.max_daily_loss_usd = Usd::dollars(1_000_000);
    settings
}

/// What the book should be, from the orders and positions that there are.
#[derive(Default)]
struct Model {
    pending: Vec<(Signal, i64)>,
    open: Vec<(Signal, i64)>,
    cash_cents: i64,
    day: i64,
    day_cents: Option<i64>,
}

const FEE: i64 = 65;

impl Model {
    fn exposure(&self) -> i64 {
        let held = self.pending.iter().chain(&self.open);
        held.map(|(_, cents)| cents).sum()
    }

    fn count(&self, symbol: Option<&str>) -> usize {
        let held = self.pending.iter().chain(&self.open);
        held.filter(|(signal, _)| symbol.is_none_or(|s| signal.symbol.as_str() == s))
            .count()
    }

    fn has_room(&self, symbol: &str, cost: i64) -> bool {
        self.count(None) < 6 && self.count(Some(symbol)) < 3 && self.exposure() + cost <= 200_000
    }

    fn collect(&mut self, paid: i64, received: i64, day: i64) {
        self.cash_cents += received - FEE;
        let gained = received - paid - 2 * FEE;
        match self.day_cents {
            Some(sum) if day == self.day => self.day_cents = Some(sum + gained),
            Some(_) if day < self.day => {}
            _ => (self.day, self.day_cents) = (day, Some(gained)),
        }
    }
}

async fn take(tables: &Tables, model: &mut Model, step: Step, n: i64) {
    match step {
        Step::Reserve { symbol, cents } => {
            let signal = entry(SYMBOLS[symbol], n);
            let seen = tables.record(&signal).await;
            let ordered = tables.try_order(&signal, &seen, cents, &limits()).await;
            let cost = i64::from(cents) * 100;
            let written = ordered == EntryOrdered::Written;
            assert_eq!(
                written,
                model.has_room(SYMBOLS[symbol], cost),
                "{ordered:?}"
            );
            assert_eq!(choice(&signal, cents).cost_usd, Usd::cents(cost));
            model.pending.extend(written.then_some((signal, cost)));
        }
        Step::Fill { which, cents } if !model.pending.is_empty() => {
            fill(tables, model, which % model.pending.len(), cents).await;
        }
        Step::Release { which } if !model.pending.is_empty() => {
            let (signal, _) = model.pending.remove(which % model.pending.len());
            let order = tables.order(&signal, Leg::Entry).await;
            let failed = order.changed(lifecycle::failed(&order, rejected()));
            let released = tables.ledger.fail_entry(&failed).await.unwrap();
            assert_eq!(released, Written::Yes);
        }
        Step::Close { which, cents, days } if !model.open.is_empty() => {
            let (signal, paid) = model.open.remove(which % model.open.len());
            tables
                .close(&signal, cents, at(0) + TimeDelta::days(days))
                .await;
            model.collect(paid, i64::from(cents) * 100, days);
        }
        _ => {}
    }
}

async fn fill(tables: &Tables, model: &mut Model, which: usize, cents: u32) {
    let (signal, reserved) = model.pending[which].clone();
    let order = tables.order(&signal, Leg::Entry).await;
    let paid = i64::from(cents) * 100;
    let headroom = Usd::cents(200_000 - (paid - reserved));
    let filled = tables.try_fill(&signal, &order, cents, headroom).await;
    let fits = paid <= reserved || model.exposure() + paid - reserved <= 200_000;
    assert_eq!(filled == EntryFilled::Written, fits, "{filled:?}");
    if fits {
        model.pending.remove(which);
        model.open.push((signal, paid));
        model.cash_cents -= paid + FEE;
    }
}

async fn agrees(tables: &Tables, model: &Model) {
    let book = tables.book().await;
    let pending = model.pending.iter().map(|(_, cents)| cents).sum();
    assert_eq!(book.exposure_usd, Usd::cents(model.exposure()));
    assert_eq!(book.pending_usd, Usd::cents(pending));
    assert_eq!(book.cash_usd, Usd::cents(5_000_000 + model.cash_cents));
    assert_eq!(book.open_count as usize, model.count(None));
    for symbol in SYMBOLS {
        let count = book.count_in(&super::support::symbol(symbol)) as usize;
        assert_eq!(count, model.count(Some(symbol)), "{symbol}");
    }
    assert_eq!(book.day_pnl_usd, Usd::cents(model.day_cents.unwrap_or(0)));
}

async fn run(steps: Vec<Step>) {
    let tables = Tables::start().await;
    let mut model = Model::default();
    for (step, n) in steps.into_iter().zip(0..) {
        take(&tables, &mut model, step, n).await;
        agrees(&tables, &model).await;
    }
    tables.stop().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, max_shrink_iters: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_730), ..ProptestConfig::default() })]

    #[test]
    fn the_book_is_the_sum_of_what_it_holds(steps in prop::collection::vec(step(), 30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(run(steps));
    }
}
