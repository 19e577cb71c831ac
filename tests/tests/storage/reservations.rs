//! Entry orders against one book: the limits hold, whoever races whom.

use chrono::NaiveDate;
use domain::calendar::trading_date;
use domain::{Book, Percent, RejectionReason, Settings, Signal, Usd};
use futures::future::join_all;
use storage::ledger::EntryOrdered;

use super::support::{START, Tables, bounds, choice, entry, roomy, utc};

const SYMBOLS: [&str; 4] = ["SPY", "QQQ", "IWM", "AAPL"];

fn tight() -> Settings {
    let mut settings = Settings::default();
    settings.risk_limits.max_open_positions = 14;
    settings.risk_limits.max_positions_per_symbol_a = 5;
    settings.risk_limits.max_total_exposure_usd = Usd::dollars(5_500);
    settings.risk_limits.max_exposure_percent = Percent::whole(100);
    settings
}

/// Orders until it stands or is refused.
async fn reserve(tables: &Tables, signal: &Signal, ask_cents: u32) -> EntryOrdered {
    let approved = tables.approve(signal).await;
    loop {
        let ordered = tables
            .try_order(signal, &approved, ask_cents, &tight())
            .await;
        if ordered != EntryOrdered::Changed {
            return ordered;
        }
    }
}

#[tokio::test]
async fn thirty_two_at_once_stay_within_every_limit() {
    let tables = Tables::start().await;
    let entries: Vec<(Signal, u32)> = (0..32_u32)
        .map(|n| {
            let symbol = SYMBOLS[n as usize % SYMBOLS.len()];
            (entry(symbol, i64::from(n)), 100 + n * 7_919 % 800)
        })
        .collect();
    tables.book().await;
    let all = entries
        .iter()
        .map(|(signal, ask)| reserve(&tables, signal, *ask));
    let all = join_all(all).await;
    let book = tables.book().await;
    let mut written = Vec::new();
    for ((signal, ask), ordered) in entries.iter().zip(&all) {
        match ordered {
            EntryOrdered::Written => written.push((signal, *ask)),
            EntryOrdered::NoRoom(rejection) => supports(&book, signal, *ask, rejection.reason),
            EntryOrdered::Changed => unreachable!("tried until settled"),
        }
    }
    is_sum_of(&book, &written);
    let limits = tight().risk_limits;
    assert!(book.open_count <= limits.max_open_positions, "{book:?}");
    assert!(
        book.exposure_usd <= limits.max_total_exposure_usd,
        "{book:?}"
    );
    assert!(
        book.count_by_symbol.values().all(|count| *count <= 5),
        "{book:?}"
    );
    assert!(
        written.len() < entries.len() && written.len() > 8,
        "{all:?}"
    );
    tables.stop().await;
}

/// Nothing was given back in between, so the last book still supports each refusal.
fn supports(book: &Book, signal: &Signal, ask_cents: u32, reason: RejectionReason) {
    let bounds = bounds(book, signal, ask_cents, &tight());
    let full = match reason {
        RejectionReason::OpenPositionLimit => book.open_count >= bounds.max_open_positions,
        RejectionReason::SymbolPositionLimit => {
            book.count_in(&signal.symbol) >= bounds.max_in_symbol
        }
        RejectionReason::ExposureLimit => book.exposure_usd > bounds.exposure_headroom_usd,
        _ => false,
    };
    assert!(
        full,
        "{reason} for {ask_cents} cents in {}: {book:?}",
        signal.symbol
    );
}

fn is_sum_of(book: &Book, written: &[(&Signal, u32)]) {
    let sum: Usd = written
        .iter()
        .map(|(signal, ask)| choice(signal, *ask).cost_usd)
        .sum();
    assert_eq!((book.exposure_usd, book.pending_usd), (sum, sum));
    assert_eq!(book.open_count as usize, written.len());
    for (symbol, count) in &book.count_by_symbol {
        let in_symbol = written
            .iter()
            .filter(|(signal, _)| signal.symbol == *symbol);
        assert_eq!(*count as usize, in_symbol.count(), "{symbol}");
    }
    assert_eq!(book.cash_usd, Usd::dollars(50_000));
}

#[tokio::test]
async fn each_limit_refuses_by_its_own_name() {
    type Change = fn(&mut Settings);
    let cases: [(RejectionReason, Change); 3] = [
        (RejectionReason::OpenPositionLimit, |s| {
            s.risk_limits.max_open_positions = 1;
        }),
        (RejectionReason::SymbolPositionLimit, |s| {
            s.risk_limits.max_positions_per_symbol_a = 1;
        }),
        (RejectionReason::ExposureLimit, |s| {
            s.risk_limits.max_total_exposure_usd = Usd::cents(39_999);
        }),
    ];
    let tables = Tables::start().await;
    tables.order_entry(&entry("SPY", 0), 200).await;
    for ((reason, change), seconds) in cases.into_iter().zip(1..) {
        let mut settings = roomy();
        change(&mut settings);
        let signal = entry("SPY", seconds);
        let approved = tables.approve(&signal).await;
        let ordered = tables.try_order(&signal, &approved, 200, &settings).await;
        assert_eq!(named(&ordered), Some(reason), "{ordered:?}");
        assert!(tables.trace(&signal).await.orders.is_empty());
        let with_room = tables.try_order(&signal, &approved, 200, &roomy()).await;
        assert_eq!(with_room, EntryOrdered::Written, "{reason}");
        tables
            .ledger
            .fail_entry(&failed(&tables, &signal).await)
            .await
            .map(drop)
            .unwrap();
    }
    tables.stop().await;
}

async fn failed(tables: &Tables, signal: &Signal) -> storage::Versioned<domain::Order> {
    let order = tables.order(signal, domain::Leg::Entry).await;
    let failed = decisions::lifecycle::failed(&order, super::support::rejected());
    order.changed(failed)
}

fn named(ordered: &EntryOrdered) -> Option<RejectionReason> {
    match ordered {
        EntryOrdered::NoRoom(rejection) => Some(rejection.reason),
        _ => None,
    }
}

#[tokio::test]
async fn cash_that_is_set_aside_is_not_spent_twice() {
    let tables = Tables::start().await;
    let poor = tables
        .ledger
        .book(domain::Engine::A, Usd::dollars(400))
        .await
        .unwrap();
    assert_eq!(poor.cash_usd, Usd::dollars(400));
    tables.order_entry(&entry("SPY", 0), 200).await;
    let second = entry("SPY", 1);
    let approved = tables.approve(&second).await;
    // $200 of cash are left, and a fee would have to be paid too.
    let ordered = tables.try_order(&second, &approved, 200, &roomy()).await;
    assert_eq!(
        named(&ordered),
        Some(RejectionReason::NotEnoughCash),
        "{ordered:?}"
    );
    let ordered = tables.try_order(&second, &approved, 199, &roomy()).await;
    assert_eq!(ordered, EntryOrdered::Written);
    tables.stop().await;
}

#[tokio::test]
async fn a_halt_holds_for_its_date_alone() {
    let today: NaiveDate = trading_date(utc(START));
    for (date, reason) in [
        (today, Some(RejectionReason::DailyLossLimit)),
        (today.pred_opt().unwrap(), None),
    ] {
        let tables = Tables::start().await;
        let engine = tables.book().await.engine;
        tables.ledger.halt_for_loss(engine, date).await.unwrap();
        assert_eq!(tables.book().await.loss_halt, Some(date));
        let signal = entry("SPY", 0);
        let approved = tables.approve(&signal).await;
        let ordered = tables.try_order(&signal, &approved, 200, &roomy()).await;
        assert_eq!(named(&ordered), reason, "{date}");
        tables.stop().await;
    }
}
