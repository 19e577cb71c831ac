//! Full-timeframe continuity against its reference, and where opens coincide.
#![cfg(test)]

use chrono::Datelike;
use quant::indicators::strat::{BarType, Continuity, ContinuityReading, TimeframeBar};
use quant::indicators::{Direction, FullTimeframeContinuity, Indicator};
use reference_answers::Row;

use crate::series::{TOLERANCE, bar, bar_of, check_file, date, price_rows};

/// Day, week, month and quarter of a row of daily prices.
fn with_periods(row: &Row) -> TimeframeBar<4> {
    let day = date(row.text("t"));
    let week = day.iso_week();
    let month = day.year() * 12 + i32::try_from(day.month0()).unwrap();
    let periods = [
        day.num_days_from_ce(),
        week.year() * 100 + i32::try_from(week.week()).unwrap(),
        month,
        month / 3,
    ];
    TimeframeBar {
        bar: bar_of(row),
        periods: periods.map(i64::from),
    }
}

fn sign(direction: Option<Direction>) -> String {
    match direction {
        Some(Direction::Up) => "1",
        Some(Direction::Down) => "-1",
        None => "0",
    }
    .to_owned()
}

fn continuity_sign(continuity: Continuity) -> String {
    sign(match continuity {
        Continuity::Up => Some(Direction::Up),
        Continuity::Down => Some(Direction::Down),
        Continuity::Conflict => None,
    })
}

#[test]
fn opens_and_directions_are_those_of_the_reference() {
    let bars: Vec<_> = price_rows("1d").iter().map(with_periods).collect();
    let ours = FullTimeframeContinuity::new().batch(bars);
    check_file("strat_ftfc_1d.csv", &ours, |index, row| {
        let reading: ContinuityReading<4> = ours[index].unwrap();
        let names = ["day", "week", "month", "quarter"];
        let mut wrong = Vec::new();
        for (name, timeframe) in names.iter().zip(reading.timeframes) {
            wrong.extend(row.far(
                TOLERANCE,
                &[(&format!("open_{name}"), Some(timeframe.open))],
            ));
            wrong.extend(row.unequal(&[(&format!("dir_{name}"), sign(timeframe.direction))]));
        }
        let first_three = reading.timeframes[..3].iter();
        let day_to_month = Continuity::of(first_three.map(|timeframe| timeframe.direction));
        wrong.extend(row.unequal(&[
            ("ftfc_dwm", continuity_sign(day_to_month)),
            ("ftfc_dwmq", continuity_sign(reading.by_open)),
        ]));
        wrong
    });
}

#[test]
fn directions_together() {
    let (up, down) = (Some(Direction::Up), Some(Direction::Down));
    for (directions, expected) in [
        (vec![up, up, up], Continuity::Up),
        (vec![down, down], Continuity::Down),
        (vec![up, down], Continuity::Conflict),
        (vec![up, None], Continuity::Conflict),
        (vec![None, None], Continuity::Conflict),
        (vec![], Continuity::Conflict),
    ] {
        assert_eq!(
            Continuity::of(directions.clone()),
            expected,
            "{directions:?}"
        );
    }
}

/// Two short candles make a long one. Each line: open, high, low, close; then the types of the
/// short and the long candle, whether they are coupled, and what they say by open and by type.
#[test]
fn candles_form_from_the_bars_of_the_shortest_timeframe() {
    use BarType::{Down, Inside, Outside, Up};
    let both = |continuity| Some(continuity);
    let table = [
        (
            [10.0, 12.0, 9.0, 11.0],
            None,
            None,
            true,
            Continuity::Up,
            None,
        ),
        (
            [11.0, 13.0, 10.0, 12.0],
            Some(Up),
            None,
            false,
            Continuity::Up,
            None,
        ),
        (
            [12.0, 14.0, 11.0, 13.0],
            Some(Up),
            Some(Up),
            true,
            Continuity::Up,
            both(Continuity::Up),
        ),
        (
            [13.0, 13.0, 8.0, 9.0],
            Some(Down),
            Some(Outside),
            false,
            Continuity::Down,
            both(Continuity::Conflict),
        ),
        (
            [9.0, 9.0, 7.0, 9.0],
            Some(Down),
            Some(Down),
            true,
            Continuity::Conflict,
            both(Continuity::Down),
        ),
        (
            [9.5, 9.0, 8.0, 9.2],
            Some(Inside),
            Some(Down),
            false,
            Continuity::Conflict,
            both(Continuity::Conflict),
        ),
    ];
    let mut continuity = FullTimeframeContinuity::<2>::new();
    for (index, ([open, high, low, close], short, long, coupled, by_open, by_type)) in
        (0_i64..).zip(table)
    {
        let mut bar = bar(open, high, low, close);
        bar.start_s = index * 60;
        let periods = [index, index / 2];
        let reading = continuity.next(TimeframeBar { bar, periods }).unwrap();
        let [first, second] = reading.timeframes;
        assert_eq!(
            (first.bar_type, second.bar_type),
            (short, long),
            "bar {index}"
        );
        assert_eq!(
            (first.is_coupled, second.is_coupled),
            (false, coupled),
            "bar {index}"
        );
        assert_eq!(
            (reading.by_open, reading.by_bar_type),
            (by_open, by_type),
            "bar {index}"
        );
    }
}
