//! What is asked for, and what becomes of what comes. New York is four hours behind in summer
//! and five in winter.

use domain::quote::Timeliness;
use domain::{Symbol, Timeframe};

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

fn request(timeframe: &str, count: usize) -> CandleRequest {
    CandleRequest {
        symbol: Symbol::parse("SPY").unwrap(),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count,
    }
}

fn plan(timeframe: &str, count: usize, now: &str) -> BarPlan {
    let request = request(timeframe, count);
    BarPlan::of(ProviderName::Alpaca, &request, at(now)).unwrap()
}

/// A bar at one price, in cents.
fn bar((start, cents): &(&str, u32)) -> Candle {
    let price = Price::cents(*cents);
    Candle {
        start: at(start),
        open: price,
        high: price,
        low: price,
        close: price,
        volume: 1.0,
    }
}

fn assembled(timeframe: &str, count: usize, now: &str, given: Vec<Candle>) -> CandleSet {
    let provenance = Provenance {
        provider: "alpaca".to_owned(),
        timeliness: Timeliness::RealTime,
        at: at(now),
        received_at: at(now),
    };
    let set = plan(timeframe, count, now).assemble(&request(timeframe, count), given, provenance);
    set.unwrap()
}

#[test]
fn a_plan_asks_for_the_coarsest_bars_that_fit() {
    let minutes = Base::Minutes;
    for (timeframe, count, now, base, from, bars) in [
        ("1m", 5, "2026-06-24T14:15", minutes(1), "2026-06-24", 390),
        ("3m", 20, "2026-06-24T14:15", minutes(1), "2026-06-23", 780),
        ("5m", 9, "2026-06-24T14:15", minutes(5), "2026-06-24", 78),
        ("5m", 10, "2026-06-24T14:15", minutes(5), "2026-06-23", 156),
        ("10m", 1, "2026-06-24T14:15", minutes(5), "2026-06-24", 78),
        ("45m", 1, "2026-06-24T14:15", minutes(15), "2026-06-24", 26),
        ("30m", 1, "2026-06-24T14:15", minutes(30), "2026-06-24", 13),
        ("1h", 1, "2026-06-24T14:15", minutes(30), "2026-06-23", 26),
        ("4h", 2, "2026-06-24T14:15", minutes(30), "2026-06-23", 26),
        // Monday before the open: the last bar is Friday's.
        ("1h", 1, "2026-06-29T12:00", minutes(30), "2026-06-26", 26),
        // A session that ends early has fewer bars.
        ("1h", 1, "2026-11-27T20:00", minutes(30), "2026-11-27", 7),
        ("1d", 1, "2026-06-24T14:15", Base::Day, "2026-06-23", 2),
        ("1d", 1, "2026-06-24T20:00", Base::Day, "2026-06-24", 1),
        ("1w", 1, "2026-06-24T14:15", Base::Day, "2026-06-15", 7),
        ("1M", 1, "2026-06-24T14:15", Base::Day, "2026-05-01", 37),
    ] {
        let plan = plan(timeframe, count, now);
        let what = format!("{timeframe} {now}");
        assert_eq!(plan.base, base, "{what}");
        assert_eq!(plan.from_date.to_string(), from, "{what}");
        assert_eq!(plan.to_date.to_string(), now[..10], "{what}");
        assert_eq!(plan.count, bars, "{what}");
    }
}

#[test]
fn a_plan_has_its_bounds() {
    let seconds = request("30S", 5);
    let refused = BarPlan::of(ProviderName::Alpaca, &seconds, at("2026-06-24T14:15"));
    assert!(matches!(refused, Err(MarketError::NotOffered { .. })));

    let years = plan("12M", usize::MAX, "2026-06-24T14:15");
    assert_eq!(years.from_date.to_string(), "2000-01-03");
    assert_eq!(plan("1d", 0, "2026-06-24T14:15").count, 2);

    let long = plan("1m", 5000, "2026-06-24T14:15");
    assert!(long.count > 5000);
    let short = long.at_most(5000);
    assert_eq!(
        (short.count, short.periods.len()),
        (12 * 390, 11 * 390 + 45)
    );
    assert_eq!(short.from_date.to_string(), "2026-06-08");
    let day = plan("1h", 5, "2026-06-24T20:00").at_most(1);
    assert_eq!((day.periods.len(), day.count), (1, 13));
}

/// Starts and prices of what comes, and of what is made of it.
type Bars<'a> = &'a [(&'a str, u32)];

#[test]
fn bars_within_a_session_are_put_together_from_its_open_on() {
    let cases: [(&str, &str, usize, &str, Bars<'_>, Bars<'_>); 8] = [
        (
            "hours begin half past, and the running one is dropped",
            "1h",
            9,
            "2026-06-24T15:45",
            &[
                ("2026-06-24T15:30", 105),
                ("2026-06-24T15:00", 104),
                ("2026-06-24T14:30", 103),
                ("2026-06-24T14:00", 102),
                ("2026-06-24T13:30", 101),
            ],
            &[("2026-06-24T13:30", 102), ("2026-06-24T14:30", 104)],
        ),
        (
            "what trades outside the session is dropped",
            "30m",
            3,
            "2026-06-24T14:05",
            &[
                ("2026-06-23T19:30", 101),
                ("2026-06-23T20:00", 999),
                ("2026-06-23T23:30", 999),
                ("2026-06-24T08:00", 999),
                ("2026-06-24T13:00", 999),
                ("2026-06-24T13:30", 102),
                ("2026-06-24T14:00", 999),
            ],
            &[("2026-06-23T19:30", 101), ("2026-06-24T13:30", 102)],
        ),
        (
            "a session that ends early ends its last bars",
            "1h",
            2,
            "2026-11-27T20:00",
            &[
                ("2026-11-27T16:30", 101),
                ("2026-11-27T17:00", 102),
                ("2026-11-27T17:30", 103),
                ("2026-11-27T18:00", 999),
                ("2026-11-27T18:30", 999),
            ],
            &[("2026-11-27T16:30", 102), ("2026-11-27T17:30", 103)],
        ),
        (
            "the last bar of a session may be shorter",
            "4h",
            2,
            "2026-06-24T22:00",
            &[
                ("2026-06-24T17:00", 101),
                ("2026-06-24T17:30", 102),
                ("2026-06-24T19:30", 103),
            ],
            &[("2026-06-24T13:30", 101), ("2026-06-24T17:30", 103)],
        ),
        (
            "where nothing traded there is no bar",
            "5m",
            4,
            "2026-06-24T14:00",
            &[("2026-06-24T13:40", 101), ("2026-06-24T13:55", 102)],
            &[("2026-06-24T13:40", 101), ("2026-06-24T13:55", 102)],
        ),
        (
            "a part of a bar is a bar, under its own start",
            "15m",
            1,
            "2026-06-24T14:00",
            &[("2026-06-24T13:50", 101)],
            &[("2026-06-24T13:45", 101)],
        ),
        (
            "no more than was wanted",
            "5m",
            1,
            "2026-06-24T14:00",
            &[("2026-06-24T13:50", 101), ("2026-06-24T13:55", 102)],
            &[("2026-06-24T13:55", 102)],
        ),
        ("nothing", "5m", 1, "2026-06-24T14:00", &[], &[]),
    ];
    for (what, timeframe, count, now, given, expected) in cases {
        let given = given.iter().map(bar).collect();
        let set = assembled(timeframe, count, now, given);
        let told: Vec<_> = set.candles.iter().map(|it| (it.start, it.close)).collect();
        let expected = expected.iter().map(bar).map(|it| (it.start, it.close));
        assert_eq!(told, expected.collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn days_are_dated_by_midnight_or_the_open() {
    // (now, given, starts that are expected)
    let cases: [(&str, &[&str], &[&str]); 4] = [
        (
            "2026-06-24T14:15",
            &["2026-06-22T04:00", "2026-06-23T04:00", "2026-06-24T04:00"],
            &["2026-06-22T04:00", "2026-06-23T04:00"],
        ),
        (
            "2026-06-24T20:00",
            &["2026-06-23T13:30", "2026-06-24T13:30"],
            &["2026-06-23T04:00", "2026-06-24T04:00"],
        ),
        // The clocks changed on Sunday.
        (
            "2026-03-09T21:00",
            &["2026-03-06T05:00", "2026-03-09T04:00"],
            &["2026-03-06T05:00", "2026-03-09T04:00"],
        ),
        // Before the open of the day after a holiday.
        (
            "2026-06-22T12:00",
            &["2026-06-17T04:00", "2026-06-18T04:00"],
            &["2026-06-17T04:00", "2026-06-18T04:00"],
        ),
    ];
    for (now, given, expected) in cases {
        let given = given.iter().map(|start| bar(&(start, 100))).collect();
        let set = assembled("1d", 2, now, given);
        let starts: Vec<_> = set.candles.iter().map(|it| it.start).collect();
        let expected: Vec<_> = expected.iter().map(|start| at(start)).collect();
        assert_eq!(starts, expected, "{now}");
    }
}

#[test]
fn a_week_is_made_of_its_days() {
    let given = [
        ("2026-06-26T04:00", 90),
        ("2026-06-29T04:00", 100),
        ("2026-06-30T04:00", 108),
        ("2026-07-01T04:00", 97),
        ("2026-07-02T04:00", 103),
        ("2026-07-06T04:00", 200),
    ];
    let set = assembled("1w", 1, "2026-07-06T15:00", given.iter().map(bar).collect());
    let [week] = set.candles.as_slice() else {
        panic!("one week: {set:?}")
    };
    assert_eq!(week.start, at("2026-06-29T04:00"));
    let prices = [week.open, week.high, week.low, week.close];
    assert_eq!(prices, [100, 108, 97, 103].map(Price::cents));
    assert!((week.volume - 4.0).abs() < 1e-9);
    // Friday was a holiday.
    assert_eq!(set.provenance.at, at("2026-07-02T20:00"));
}

#[test]
fn the_data_is_as_old_as_its_newest_bar_and_a_bar_counts_once() {
    let given = [
        ("2026-06-24T13:50", 101),
        ("2026-06-24T13:45", 100),
        ("2026-06-24T13:50", 101),
    ];
    let given = given.iter().map(bar).collect();
    let set = assembled("15m", 9, "2026-06-24T14:40", given);
    assert_eq!(set.provenance.at, at("2026-06-24T14:00"));
    assert_eq!(set.candles.len(), 1);
    assert!((set.candles[0].volume - 2.0).abs() < 1e-9);
    let none = assembled("15m", 2, "2026-06-24T14:40", Vec::new());
    assert_eq!(none.provenance.at, at("2026-06-24T14:40"));
}
