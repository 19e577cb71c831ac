//! Plain computations over everything seen so far, which share nothing with the streaming ones.
#![cfg(test)]

use quant::indicators::Bar;

/// The last `length` values, if there are so many.
fn last(values: &[f64], length: usize) -> Option<&[f64]> {
    values.get(values.len().checked_sub(length)?..)
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn number(count: usize) -> f64 {
    count as f64
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / number(values.len())
}

pub(crate) fn sma(values: &[f64], length: usize) -> Option<f64> {
    last(values, length).map(mean)
}

pub(crate) fn deviation(values: &[f64], length: usize) -> Option<f64> {
    let window = last(values, length)?;
    let middle = mean(window);
    let squares: Vec<f64> = window
        .iter()
        .map(|value| (value - middle) * (value - middle))
        .collect();
    Some(mean(&squares).sqrt())
}

pub(crate) fn highest(values: &[f64], length: usize) -> Option<f64> {
    last(values, length).map(|window| window.iter().copied().fold(f64::MIN, f64::max))
}

pub(crate) fn lowest(values: &[f64], length: usize) -> Option<f64> {
    last(values, length).map(|window| window.iter().copied().fold(f64::MAX, f64::min))
}

/// Endpoint and slope by the textbook's normal equations about the means.
pub(crate) fn line(values: &[f64], length: usize) -> Option<(f64, f64)> {
    let window = last(values, length)?;
    let places: Vec<f64> = (0..length).map(number).collect();
    let (middle_x, middle_y) = (mean(&places), mean(window));
    let pairs = places.iter().zip(window);
    let product: f64 = pairs.map(|(x, y)| (x - middle_x) * (y - middle_y)).sum();
    let square: f64 = places.iter().map(|x| (x - middle_x) * (x - middle_x)).sum();
    let slope = product / square;
    Some((middle_y + slope * (number(length - 1) - middle_x), slope))
}

/// A recursive average written out: the seed's part, and each later value's, by powers of what an
/// average keeps from one value to the next.
fn recursive(values: &[f64], length: usize, kept: f64) -> Option<f64> {
    let seed = mean(values.get(..length)?);
    let mut weight = 1.0;
    let mut average = 0.0;
    for value in values[length..].iter().rev() {
        average += weight * (1.0 - kept) * value;
        weight *= kept;
    }
    Some(average + weight * seed)
}

pub(crate) fn ema(values: &[f64], length: usize) -> Option<f64> {
    recursive(values, length, 1.0 - 2.0 / (number(length) + 1.0))
}

pub(crate) fn wilder(values: &[f64], length: usize) -> Option<f64> {
    recursive(values, length, 1.0 - 1.0 / number(length))
}

pub(crate) fn true_ranges(bars: &[Bar]) -> Vec<f64> {
    bars.windows(2)
        .map(|pair| pair[1].high.max(pair[0].close) - pair[1].low.min(pair[0].close))
        .collect()
}

/// Wilder's index, from the averages of gains and losses; 0 without movement.
pub(crate) fn rsi(values: &[f64], length: usize) -> Option<f64> {
    let differences: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let gains: Vec<f64> = differences
        .iter()
        .map(|difference| difference.max(0.0))
        .collect();
    let losses: Vec<f64> = differences
        .iter()
        .map(|difference| (-difference).max(0.0))
        .collect();
    let (gains, losses) = (wilder(&gains, length)?, wilder(&losses, length)?);
    let movement = gains + losses;
    Some(if movement > 0.0 {
        100.0 * gains / movement
    } else {
        0.0
    })
}

/// Lines of 12 and 26 from the 26th value on; the fast average sees nothing before the 15th.
pub(crate) fn macd_lines(values: &[f64]) -> Vec<f64> {
    (26..=values.len())
        .filter_map(|end| Some(ema(&values[14..end], 12)? - ema(&values[..end], 26)?))
        .collect()
}

/// A sum that loses its `length`-th part at each value from the `length`-th on, written out.
fn fading_sum(values: &[f64], length: usize) -> f64 {
    let kept = 1.0 - 1.0 / number(length);
    let mut weight = 1.0;
    let mut sum = 0.0;
    for (place, value) in values.iter().enumerate().rev() {
        sum += weight * value;
        if place >= length - 1 {
            weight *= kept;
        }
    }
    sum
}

/// +DI and -DI from the bar `length` on.
pub(crate) fn directional(bars: &[Bar], length: usize) -> Vec<[f64; 2]> {
    let reach = |up: f64, down: f64| if up > down { up.max(0.0) } else { 0.0 };
    let moves = |pair: &[Bar]| (pair[1].high - pair[0].high, pair[0].low - pair[1].low);
    let ups: Vec<f64> = bars
        .windows(2)
        .map(moves)
        .map(|(up, down)| reach(up, down))
        .collect();
    let downs: Vec<f64> = bars
        .windows(2)
        .map(moves)
        .map(|(up, down)| reach(down, up))
        .collect();
    let ranges = true_ranges(bars);
    (length..=ranges.len())
        .map(|end| {
            let range = fading_sum(&ranges[..end], length);
            let part = |sum: f64| {
                if range > 0.0 {
                    100.0 * sum / range
                } else {
                    0.0
                }
            };
            [&ups, &downs].map(|moves| part(fading_sum(&moves[..end], length)))
        })
        .collect()
}

/// The average of one-sidedness, of +DI and -DI since their first.
pub(crate) fn adx(directional: &[[f64; 2]], length: usize) -> Option<f64> {
    let one_sided = |[up, down]: &[f64; 2]| {
        let total = up + down;
        (total > 0.0).then(|| 100.0 * (up - down).abs() / total)
    };
    let first = directional.get(..length)?;
    let mut counted: Vec<f64> = first
        .iter()
        .map(|di| one_sided(di).unwrap_or(0.0))
        .collect();
    counted.extend(directional[length..].iter().filter_map(one_sided));
    wilder(&counted, length)
}
