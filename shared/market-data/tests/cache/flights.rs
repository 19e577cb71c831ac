//! One flight for everybody.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::Symbol;
use market_data::{Asked, Batch, MarketError};
use tokio::time::sleep;

use crate::{at, quote_cache, quotes, symbol};

const SLOW: Duration = Duration::from_millis(50);

fn asked() -> Asked {
    Asked::at(at("2026-06-24T14:00:00Z"))
}

fn timeouts(symbols: Vec<Symbol>) -> Batch<Symbol, domain::quote::StockQuote> {
    let provider = || "somebody".to_owned();
    let failed = |symbol| {
        (
            symbol,
            Err(MarketError::Timeout {
                provider: provider(),
            }),
        )
    };
    symbols.into_iter().map(failed).collect()
}

#[tokio::test(start_paused = true)]
async fn many_who_ask_at_once_cost_one_question() {
    let (cache, fetches) = (quote_cache(5), AtomicUsize::new(0));
    let keys = [symbol("SPY")];
    let ask = || {
        cache.answers(&keys, asked(), |symbols| async {
            fetches.fetch_add(1, Ordering::SeqCst);
            sleep(SLOW).await;
            quotes(symbols, 100)
        })
    };
    let answers = futures::future::join_all((0..50).map(|_| ask())).await;
    assert!(answers.iter().all(|answer| answer.found.len() == 1));
    assert_eq!(fetches.load(Ordering::SeqCst), 1);
    let counts = cache.counts();
    assert_eq!((counts.missed, counts.joined, counts.in_memory), (1, 49, 0));
}

#[tokio::test(start_paused = true)]
async fn overlapping_batches_ask_for_each_thing_once() {
    let cache = quote_cache(5);
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let ask = |names: &[&str]| {
        let keys: Vec<Symbol> = names.iter().map(|name| symbol(name)).collect();
        let (cache, seen) = (&cache, Arc::clone(&seen));
        async move {
            let fetch = |symbols: Vec<Symbol>| {
                let seen = Arc::clone(&seen);
                async move {
                    seen.lock().unwrap().extend(symbols.clone());
                    sleep(SLOW).await;
                    quotes(symbols, 100)
                }
            };
            cache.answers(&keys, asked(), fetch).await.found.len()
        }
    };
    let found = futures::join!(ask(&["A", "B"]), ask(&["B", "C"]), ask(&["C", "A", "D"]));
    assert_eq!(found, (2, 2, 3));
    let mut seen = seen.lock().unwrap().clone();
    seen.sort();
    assert_eq!(seen, ["A", "B", "C", "D"].map(symbol));
}

#[tokio::test(start_paused = true)]
async fn a_failure_goes_to_all_who_wait_and_is_not_kept() {
    let (cache, fetches) = (quote_cache(5), AtomicUsize::new(0));
    let keys = [symbol("SPY")];
    let ask = || {
        cache.answers(&keys, asked(), |symbols| async {
            sleep(SLOW).await;
            match fetches.fetch_add(1, Ordering::SeqCst) {
                0 => timeouts(symbols),
                _ => quotes(symbols, 100),
            }
        })
    };
    let (one, other) = futures::join!(ask(), ask());
    assert_eq!((one.failed.len(), other.failed.len()), (1, 1));
    assert_eq!(ask().await.found.len(), 1);
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn who_is_cut_off_leaves_the_question_to_the_others() {
    let (cache, fetches) = (quote_cache(5), AtomicUsize::new(0));
    let keys = [symbol("SPY")];
    let ask = || {
        cache.answers(&keys, asked(), |symbols| async {
            fetches.fetch_add(1, Ordering::SeqCst);
            sleep(SLOW).await;
            quotes(symbols, 100)
        })
    };
    let cut_off = tokio::time::timeout(SLOW / 2, ask());
    let (cut_off, other) = futures::join!(cut_off, ask());
    assert!(cut_off.is_err());
    assert_eq!(other.found.len(), 1);
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_others_waits_no_longer_than_it_may() {
    let cache = quote_cache(5);
    let keys = [symbol("SPY")];
    let hang = cache.answers(&keys, asked(), |symbols| async {
        sleep(Duration::from_secs(60)).await;
        quotes(symbols, 100)
    });
    let hurried = cache.answers(&keys, asked().within(SLOW), |symbols| async {
        quotes(symbols, 100)
    });
    let hang = tokio::time::timeout(Duration::from_secs(1), hang);
    let (_, hurried) = futures::join!(hang, hurried);
    let failed = &hurried.failed[&keys[0]];
    assert!(matches!(failed, MarketError::Timeout { .. }), "{failed}");
}

#[tokio::test(start_paused = true)]
async fn a_new_answer_passes_by_what_is_kept_and_is_kept_itself() {
    let cache = quote_cache(15);
    let keys = [symbol("SPY")];
    let first = cache.answers(&keys, asked(), |symbols| async { quotes(symbols, 100) });
    first.await;
    let anew = cache.answers(&keys, asked().anew(), |symbols| async {
        quotes(symbols, 200)
    });
    let anew = anew.await.found[&keys[0]].sides.bid;
    let kept = cache.answers(&keys, asked(), |symbols| async { quotes(symbols, 300) });
    let kept = kept.await.found[&keys[0]].sides.bid;
    assert_eq!(
        (anew, kept),
        (domain::Price::cents(200), domain::Price::cents(200))
    );
}
