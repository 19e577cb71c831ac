//! Which files are read, whose bars they hold, and how each fault is named.

use market_data::{Market, RecordedMarket};

use super::{HEADER, at, directory, market, open, price, quote, sessions, symbol};

const GOOD: &str = "\
2026-07-29 09:30:00-04:00,100,101,99,100.5,10
2026-07-29 09:31:00-04:00,100.5,103,100,102,10
";

#[test]
fn a_line_that_cannot_be_a_bar_is_named() {
    for (line, words) in [
        ("2026-07-29 09:32:00-04:00,1,1,1,1", "5 fields instead of 6"),
        ("soon,1,1,1,1,1", "`soon` is no time"),
        ("2026-07-29,1,1,1,1,1", "`2026-07-29` is no time"),
        (
            "2026-07-29 09:32:00-04:00,1,x,1,1,1",
            "high: `x` is no price",
        ),
        (
            "2026-07-29 09:32:00-04:00,0,1,1,1,1",
            "open: `0` is no price",
        ),
        (
            "2026-07-29 09:32:00-04:00,1,1,-1,1,1",
            "low: `-1` is no price",
        ),
        (
            "2026-07-29 09:32:00-04:00,1,1,1,NaN,1",
            "close: `NaN` is no price",
        ),
        (
            "2026-07-29 09:32:00-04:00,1,inf,1,1,1",
            "high: `inf` is no price",
        ),
        ("2026-07-29 09:32:00-04:00,1,1,1,1,-5", "volume: `-5`"),
        (
            "2026-07-29 09:32:00-04:00,1,1,2,1,1",
            "the high 1.00 is below the low 2.00",
        ),
        (
            "2026-07-29 09:32:00-04:00,2,1,1,1,1",
            "the high 1.00 is below 2.00",
        ),
        (
            "2026-07-29 09:32:00-04:00,1,3,2,2,1",
            "the low 2.00 is above 1.00",
        ),
        (
            "2026-07-29 09:31:00-04:00,1,1,1,1,1",
            "the same time as in line 3",
        ),
        (
            "2026-07-29 13:31:00+00:00,1,1,1,1,1",
            "the same time as in line 3",
        ),
        (
            "2026-07-29 09:29:00-04:00,1,1,1,1,1",
            "its time lies before that of line 3",
        ),
        (
            "2026-07-29 09:32:30-04:00,1,1,1,1,1",
            "no 1m bar begins then",
        ),
    ] {
        let text = format!("{HEADER}{GOOD}{line}\n");
        let error = open(directory(&[("AAPL.csv", &text)]).path())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("AAPL.csv, line 4: ") && error.contains(words),
            "{line}: {error}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_played_is_named() {
    let odd_hours = "2026-07-29 09:30:00-04:00,1,1,1,1,1\n2026-07-29 10:00:00-04:00,1,1,1,1,1\n\
                     2026-07-29 11:00:00-04:00,1,1,1,1,1\n2026-07-29 12:00:00-04:00,1,1,1,1,1\n";
    let night = "2026-07-29 20:00:00-04:00,1,1,1,1,1\n2026-07-29 20:01:00-04:00,1,1,1,1,1\n";
    let weeks = "2026-07-20 00:00:00-04:00,1,1,1,1,1\n2026-07-27 00:00:00-04:00,1,1,1,1,1\n";
    for (name, text, words) in [
        (
            "AAPL.csv",
            format!("time,o,h,l,c,v\n{GOOD}"),
            "line 1: the header must be",
        ),
        ("AAPL.csv", String::new(), "line 1: the header must be"),
        ("AAPL.csv", HEADER.to_owned(), "at least two bars"),
        (
            "AAPL.csv",
            format!("{HEADER}{odd_hours}"),
            "put the length into the name",
        ),
        ("AAPL-5m.csv", format!("{HEADER}{GOOD}"), "the name says 5m"),
        (
            "AAPL.csv",
            format!("{HEADER}{night}"),
            "none of its bars lies in a session",
        ),
        (
            "AAPL.csv",
            format!("{HEADER}{weeks}"),
            "its bars lie days apart",
        ),
        (
            "minutes.csv",
            format!("{HEADER}{GOOD}"),
            "recorded:AAPL=DIR",
        ),
        (
            "a b.csv",
            format!("{HEADER}{GOOD}"),
            "the name tells no symbol",
        ),
    ] {
        let error = open(directory(&[(name, &text)]).path())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(name) && error.contains(words),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_directory_without_files_says_what_to_put_there() {
    let empty = directory(&[("README.md", "nothing")]);
    let error = open(empty.path()).unwrap_err().to_string();
    assert!(
        error.contains("AAPL.csv") && error.contains("datetime,open"),
        "{error}"
    );
    let missing = open(&empty.path().join("nowhere")).unwrap_err().to_string();
    assert!(
        missing.contains("nowhere") && missing.contains("recorded:DIR"),
        "{missing}"
    );
}

#[test]
fn names_tell_symbol_and_length() {
    let minutes = format!("{HEADER}{}", sessions(&["2026-07-29"], 1, |_| 100.0));
    let hours = format!("{HEADER}{}", sessions(&["2026-07-29"], 60, |_| 50.0));
    let now = at("2026-07-29T14:45:00Z");
    for names in [
        ["AAPL.csv", "MSFT.csv"],
        ["AAPL-1m.csv", "MSFT_1h.csv"],
        ["BRK.B-1m.csv", "MSFT-60.CSV"],
    ] {
        let files = [(names[0], minutes.as_str()), (names[1], hours.as_str())];
        let market = open(directory(&files).path()).unwrap();
        let first = if names[0].starts_with("BRK") {
            "BRK.B"
        } else {
            "AAPL"
        };
        assert_eq!(
            quote(&market, first, now).unwrap().sides.bid,
            price("99.99"),
            "{names:?}"
        );
        assert_eq!(
            quote(&market, "MSFT", now).unwrap().sides.bid,
            price("49.99"),
            "{names:?}"
        );
    }
    let twice = directory(&[("AAPL.csv", &minutes), ("AAPL-1m.csv", &minutes)]);
    let error = open(twice.path()).unwrap_err().to_string();
    assert!(error.contains("1m bars of AAPL already"), "{error}");
}

#[test]
fn files_whose_names_tell_nothing_get_the_symbol_that_was_given() {
    let minutes = format!("{HEADER}{}", sessions(&["2026-07-29"], 1, |_| 100.0));
    let hours = format!("{HEADER}{}", sessions(&["2026-07-29"], 60, |_| 50.0));
    let files = [
        ("minute-prices.csv", minutes.as_str()),
        ("KO.csv", hours.as_str()),
    ];
    let given = symbol("AAPL");
    let market = RecordedMarket::open(directory(&files).path(), Some(&given)).unwrap();
    assert_eq!(
        market.source().recording.unwrap().symbols,
        [given, symbol("KO")]
    );
}

#[test]
fn times_without_an_offset_are_eastern() {
    let winter = "2026-01-05 09:30,100,101,99,100.5,10\n2026-01-05T09:31:00,100,101,99,100.5,10\n";
    let market = market("AAPL.csv", winter);
    let recording = market.source().recording.unwrap();
    assert_eq!(recording.plays_from, at("2026-01-05T14:30:00Z"));
}

#[test]
fn missing_minutes_are_allowed_where_the_name_tells_the_length() {
    let minutes = |starts: &[u32]| {
        let line = |minute: &u32| format!("2026-07-29 09:{minute}:00-04:00,1,1,1,1,1\n");
        format!("{HEADER}{}", starts.iter().map(line).collect::<String>())
    };
    let sparse = minutes(&[30, 31, 33, 35, 37]);
    assert!(open(directory(&[("KO-1m.csv", &sparse)]).path()).is_ok());
    assert!(open(directory(&[("KO.csv", &sparse)]).path()).is_err());
    assert!(open(directory(&[("KO.csv", &minutes(&[30, 31, 32, 35]))]).path()).is_ok());
}
