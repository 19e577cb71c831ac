//! Every column of the reference that we have, absent cells included: through the set, which is
//! what the platform runs.
#![cfg(test)]

use quant::indicators::{
    EMA_LENGTHS, Indicator, IndicatorSet, IndicatorValues, RelativeVolume, SessionBar,
};
use reference_answers::{Row, assert_none_wrong, rows};

use crate::series::session_bars;

const TOLERANCE: f64 = 1e-9;
/// Of regression lines in flat stretches, where TA-Lib's own sums leave more than that.
const FLAT_TOLERANCE: f64 = 1e-7;
const SERIES: [&str; 9] = [
    "5m", "1d", "flat", "rising", "falling", "step", "short13", "short14", "short15",
];

/// Ours under the reference's names.
type Columns = Vec<(&'static str, Option<f64>)>;

fn file(kind: &str, series: &str) -> String {
    let directory = if matches!(series, "5m" | "1d") {
        ""
    } else {
        "edge/"
    };
    format!("1_indicators/{directory}{kind}_{series}.csv")
}

fn values(bars: &[SessionBar]) -> Vec<IndicatorValues> {
    let mut set = IndicatorSet::new();
    bars.iter().map(|bar| set.next(*bar).unwrap()).collect()
}

/// Checks columns of a file against what the set says of a file's bars.
fn check(bars: &str, answers: &str, tolerance: f64, columns: fn(&IndicatorValues) -> Columns) {
    let ours = values(&session_bars(bars));
    let rows = rows(answers);
    assert_eq!(rows.len(), ours.len(), "{answers}");
    let compared = rows
        .iter()
        .zip(&ours)
        .map(|(row, ours)| (row, row.far(tolerance, &columns(ours))));
    assert_none_wrong(answers, rows.len(), compared);
}

fn check_every_series(tolerance: f64, columns: fn(&IndicatorValues) -> Columns) {
    for series in SERIES {
        check(
            &file("ohlcv", series),
            &file("talib", series),
            tolerance,
            columns,
        );
    }
}

#[test]
fn averages() {
    check_every_series(TOLERANCE, |values| {
        vec![
            ("sma20", values.sma_20),
            ("sma50", values.sma_50),
            ("sma200", values.sma_200),
        ]
    });
    for series in SERIES {
        let ours = values(&session_bars(&file("ohlcv", series)));
        let name = file("talib", series);
        let rows = rows(&name);
        let compared = rows
            .iter()
            .zip(&ours)
            .map(|(row, ours)| (row, far_emas(row, ours)));
        assert_none_wrong(&name, rows.len(), compared);
    }
}

fn far_emas(row: &Row, ours: &IndicatorValues) -> Vec<String> {
    EMA_LENGTHS
        .iter()
        .flat_map(|length| row.far(TOLERANCE, &[(&format!("ema{length}"), ours.ema(*length))]))
        .collect()
}

#[test]
fn oscillators() {
    check_every_series(TOLERANCE, |values| {
        vec![
            ("rsi2", values.rsi_2.map(|rsi| rsi.index)),
            ("rsi14", values.rsi_14.map(|rsi| rsi.index)),
            ("macd", values.macd.map(|macd| macd.line)),
            ("macd_signal", values.macd.map(|macd| macd.signal)),
            ("macd_hist", values.macd.map(|macd| macd.histogram)),
        ]
    });
}

#[test]
fn bands_and_extremes() {
    check_every_series(TOLERANCE, |values| {
        vec![
            ("bb_upper", values.bollinger.map(|bands| bands.upper)),
            ("bb_middle", values.bollinger.map(|bands| bands.middle)),
            ("bb_lower", values.bollinger.map(|bands| bands.lower)),
            (
                "stddev20_pop",
                values.bollinger.map(|bands| bands.deviation),
            ),
            ("max_high20", values.highest_20),
            ("min_low20", values.lowest_20),
        ]
    });
}

#[test]
fn ranges_and_directional_movement() {
    check_every_series(TOLERANCE, |values| {
        let directional = values.directional;
        vec![
            ("trange", values.true_range),
            ("atr14", values.atr_14),
            ("atr20", values.atr_20),
            ("sma_tr20", values.keltner_ttm.map(|channel| channel.range)),
            ("plus_di14", directional.map(|movement| movement.plus_di)),
            ("minus_di14", directional.map(|movement| movement.minus_di)),
            ("dx14", directional.map(|movement| movement.dx)),
            ("adx14", directional.and_then(|movement| movement.adx)),
        ]
    });
}

#[test]
fn regression_lines() {
    check_every_series(FLAT_TOLERANCE, |values| {
        vec![
            (
                "linearreg20",
                values.regression_20.map(|line| line.endpoint),
            ),
            (
                "linearreg_slope20",
                values.regression_20.map(|line| line.slope),
            ),
        ]
    });
}

#[test]
fn channels() {
    check_every_series(TOLERANCE, |values| {
        let (modern, ttm) = (values.keltner, values.keltner_ttm);
        vec![
            (
                "kc_ema_atr20_upper_1.0",
                modern.map(|channel| channel.upper(1.0)),
            ),
            (
                "kc_ema_atr20_lower_1.0",
                modern.map(|channel| channel.lower(1.0)),
            ),
            (
                "kc_ema_atr20_upper_1.5",
                modern.map(|channel| channel.upper(1.5)),
            ),
            (
                "kc_ema_atr20_lower_1.5",
                modern.map(|channel| channel.lower(1.5)),
            ),
            (
                "kc_ema_atr20_upper_2.0",
                modern.map(|channel| channel.upper(2.0)),
            ),
            (
                "kc_ema_atr20_lower_2.0",
                modern.map(|channel| channel.lower(2.0)),
            ),
            ("kc_sma_upper_1.0", ttm.map(|channel| channel.upper(1.0))),
            ("kc_sma_lower_1.0", ttm.map(|channel| channel.lower(1.0))),
            ("kc_sma_upper_1.5", ttm.map(|channel| channel.upper(1.5))),
            ("kc_sma_lower_1.5", ttm.map(|channel| channel.lower(1.5))),
            ("kc_sma_upper_2.0", ttm.map(|channel| channel.upper(2.0))),
            ("kc_sma_lower_2.0", ttm.map(|channel| channel.lower(2.0))),
        ]
    });
}

#[test]
fn volumes_of_sessions() {
    let (bars, answers) = ("1_indicators/ohlcv_5m.csv", "1_indicators/volume_5m.csv");
    check(bars, answers, TOLERANCE, |values| {
        let of_day = values.time_of_day_volume;
        vec![
            ("vwap_session", values.vwap.map(|vwap| vwap.price)),
            ("vwap_upper_1sd", values.vwap.map(|vwap| vwap.upper(1.0))),
            ("vwap_lower_1sd", values.vwap.map(|vwap| vwap.lower(1.0))),
            ("rvol20_excl_current", values.relative_volume_20),
            ("rvol_tod", of_day.and_then(|volumes| volumes.of_bar)),
            ("rvol_tod_cum", of_day.and_then(|volumes| volumes.to_date)),
        ]
    });
}

#[test]
fn a_volume_against_bars_with_itself() {
    let bars = rows("1_indicators/ohlcv_5m.csv");
    let volumes = bars.iter().map(|row| row.value("volume"));
    let ours = RelativeVolume::with_itself(20).batch(volumes);
    let answers = rows("1_indicators/volume_5m.csv");
    let wrong = answers.iter().zip(ours).map(|(row, ours)| {
        let column = [("rvol20_incl_current", ours)];
        (row, row.far(TOLERANCE, &column))
    });
    assert_none_wrong("volume_5m.csv", answers.len(), wrong);
}
