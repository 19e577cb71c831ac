//! Marks: the newest quote of each contract, with the close before it, until it expires.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::marking::following;
use domain::quote::{Mark, OptionQuote};
use domain::{OptionContract, Price};
use futures::future::join_all;

use super::support::{CALL, Tables, at, quote, sides, utc};

fn contract() -> OptionContract {
    OptionContract::parse(CALL).unwrap()
}

fn quoted(cents: u32, at: DateTime<Utc>) -> OptionQuote {
    quote(contract(), sides(cents, cents), at)
}

async fn read(tables: &Tables, now: DateTime<Utc>) -> Option<Mark> {
    let marks = tables.marks.marks(&[contract()], now).await;
    marks.unwrap().remove(&contract())
}

/// Reads the mark and puts the quote after it, as the refresher does.
async fn follow(tables: &Tables, cents: u32, at: DateTime<Utc>) -> Mark {
    let older = read(tables, at).await;
    let mark = following(quoted(cents, at), None, older.as_ref());
    tables.marks.put_mark(&mark).await.unwrap()
}

#[tokio::test]
async fn only_a_newer_quote_replaces_a_mark() {
    let tables = Tables::start().await;
    assert_eq!(read(&tables, at(0)).await, None);
    for (cents, seconds, holds) in [
        (200, 60, 200),
        (190, 59, 200),
        (210, 60, 200),
        (220, 61, 220),
        (180, 0, 220),
    ] {
        let mark = following(quoted(cents, at(seconds)), None, None);
        let returned = tables.marks.put_mark(&mark).await.unwrap();
        let stored = read(&tables, at(61)).await.unwrap();
        assert_eq!(returned, stored, "{cents} at {seconds}");
        assert_eq!(
            stored.quote.sides.bid,
            Price::cents(holds),
            "{cents} at {seconds}"
        );
    }
    tables.stop().await;
}

#[tokio::test]
async fn of_many_at_once_the_newest_stays() {
    let tables = Tables::start().await;
    let marks: Vec<Mark> = (0..16_u32)
        .map(|n| n * 5 % 16)
        .map(|n| following(quoted(100 + n, at(i64::from(n))), None, None))
        .collect();
    let puts = marks.iter().map(|mark| tables.marks.put_mark(mark));
    for put in join_all(puts).await {
        put.unwrap();
    }
    let stored = read(&tables, at(60)).await.unwrap();
    assert_eq!(stored.quote, quoted(115, at(15)));
    tables.stop().await;
}

#[tokio::test]
async fn the_last_mid_of_a_session_becomes_the_previous_close() {
    let tables = Tables::start().await;
    // Thursday, Friday, a weekend, Monday; then nothing until Wednesday.
    for (now, cents, previous) in [
        ("2026-07-30T14:00:00Z", 200, None),
        ("2026-07-30T19:59:00Z", 210, None),
        ("2026-07-31T13:30:00Z", 220, Some(("2026-07-30", 210))),
        ("2026-07-31T19:59:00Z", 230, Some(("2026-07-30", 210))),
        ("2026-08-03T13:30:00Z", 240, Some(("2026-07-31", 230))),
        ("2026-08-03T13:31:00Z", 250, Some(("2026-07-31", 230))),
        ("2026-08-05T15:00:00Z", 260, Some(("2026-08-03", 250))),
    ] {
        let mark = follow(&tables, cents, utc(now)).await;
        assert_eq!(Some(&mark), read(&tables, utc(now)).await.as_ref());
        let found = mark.previous_close.map(|close| (close.date, close.mid));
        let expected = previous.map(|(date, mid)| (date.parse().unwrap(), Price::cents(mid)));
        assert_eq!(found, expected, "{now}");
    }
    tables.stop().await;
}

#[tokio::test]
async fn an_expired_mark_is_none_even_while_its_item_is_there() {
    let tables = Tables::start().await;
    follow(&tables, 200, at(0)).await;
    let expires = at(0) + TimeDelta::days(14);
    assert!(
        read(&tables, expires - TimeDelta::seconds(1))
            .await
            .is_some()
    );
    assert!(read(&tables, expires).await.is_none());
    tables.stop().await;
}

#[tokio::test]
async fn more_contracts_than_a_batch_takes_are_found() {
    let tables = Tables::start().await;
    let contracts: Vec<OptionContract> = (0..230)
        .map(|n| OptionContract::parse(&format!("SPY260821C{:08}", 500_000 + n * 1_000)).unwrap())
        .collect();
    let marked = contracts.iter().skip(10);
    let quotes = marked.map(|contract| quote(contract.clone(), sides(200, 210), at(0)));
    let marks: Vec<Mark> = quotes.map(|quote| following(quote, None, None)).collect();
    tables.marks.put_marks(&marks).await.unwrap();
    let twice = [contracts.clone(), contracts.clone()].concat();
    let found: BTreeMap<_, _> = tables.marks.marks(&twice, at(60)).await.unwrap();
    assert!(found.keys().eq(contracts.iter().skip(10)));
    assert!(tables.marks.marks(&[], at(60)).await.unwrap().is_empty());
    tables.stop().await;
}
