//! The TTM squeeze at the close of the newest bar: its last reading tells all.

use domain::opinion::Word;
use domain::studies::{SqueezeFired, SqueezeMomentum, SqueezeStudy};
use quant::indicators::squeeze::{Fired, Momentum, SqueezeEntryRules, SqueezeReading};

use super::rounding::{or_nothing, rounded};
use super::words;

/// What the reading says, beside the newest close.
pub(super) fn squeeze_study(
    reading: Option<&SqueezeReading>,
    close: f64,
) -> Result<SqueezeStudy, Word> {
    let state = reading.and_then(|reading| Some((reading, reading.state?)));
    let (reading, state) = state.ok_or("the squeeze takes 21 bars")?;
    Ok(SqueezeStudy {
        is_on: state.compression.is_on(),
        bars: state.bars,
        compression: words::compression(state.compression),
        fired: state.last_fired.map(fired),
        momentum: reading.momentum.and_then(|of| momentum(of, close)),
        entry: reading.entry(&SqueezeEntryRules::default()).map(words::way),
    })
}

fn fired(fired: Fired) -> SqueezeFired {
    SqueezeFired {
        way: fired.direction.map(words::way),
        bars_ago: fired.bars_ago,
        squeeze_bars: fired.squeeze_bars,
    }
}

fn momentum(momentum: Momentum, close: f64) -> Option<SqueezeMomentum> {
    let value = rounded(or_nothing(momentum.value, close))?;
    let direction = momentum.direction().filter(|_| value.abs() > 0.0);
    Some(SqueezeMomentum {
        value,
        way: direction.map(words::way),
        colour: momentum.colour.map(words::colour),
        weakening_bars: momentum.weakening_bars,
    })
}
