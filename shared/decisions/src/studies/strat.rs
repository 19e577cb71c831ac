//! The Strat, gathered while the bars pass: a setup of a few bars ago counts as long as nothing
//! has ended it.

use domain::opinion::Word;
use domain::studies::{ContinuityStudy, SetupEnd, StratBar, StratSetup, StratStudy, Study};
use quant::indicators::strat::{Signal, StratReading};
use quant::indicators::{Bar, Direction};

use super::rounding::rounded;
use super::words;

/// How many of the last bars' types are told.
const TYPES_TOLD: usize = 4;

/// What has been seen of the bars so far.
#[derive(Debug, Clone, Default)]
pub(super) struct StratRun {
    newest: Option<StratReading>,
    types: Vec<StratBar>,
    setup: Option<Triggered>,
}

#[derive(Debug, Clone, Copy)]
struct Triggered {
    signal: Signal,
    bars_ago: u32,
    end: Option<SetupEnd>,
}

impl StratRun {
    /// Takes the next bar, and what the Strat said of it.
    pub(super) fn take(&mut self, bar: &Bar, reading: Option<StratReading>) {
        let Some(reading) = reading else {
            return;
        };
        if let Some(setup) = &mut self.setup {
            setup.one_bar_later(bar);
        }
        if let Some(signal) = reading
            .signal
            .filter(|signal| signal.combination.is_entry())
        {
            self.setup = Some(Triggered::by(signal, bar));
        }
        if self.types.len() == TYPES_TOLD {
            self.types.remove(0);
        }
        self.types.extend(reading.bar_type.map(words::bar_type));
        self.newest = Some(reading);
    }

    /// The newest bar's reading.
    pub(super) fn newest(&self) -> Option<&StratReading> {
        self.newest.as_ref()
    }

    /// What it comes to at the newest bar.
    pub(super) fn study(self, continuity: Study<ContinuityStudy>) -> Result<StratStudy, Word> {
        let reading = self.newest.filter(|reading| reading.bar_type.is_some());
        let reading = reading.ok_or("the Strat takes two bars, and there is one")?;
        Ok(StratStudy {
            bar_types: self.types,
            closed: reading.colour.direction().map(words::way),
            is_failed_break: reading.is_failed_break(),
            setup: self.setup.and_then(|setup| setup.record()),
            higher_lows: reading.machine_gun.higher_lows,
            lower_highs: reading.machine_gun.lower_highs,
            continuity,
        })
    }
}

impl Triggered {
    /// The bar that triggers breaks one side of the setup bar only: it can't touch the stop.
    fn by(signal: Signal, bar: &Bar) -> Self {
        let is_reached = reaches_target(&signal, bar);
        Self {
            signal,
            bars_ago: 0,
            end: is_reached.then_some(SetupEnd::TargetReached),
        }
    }

    fn one_bar_later(&mut self, bar: &Bar) {
        self.bars_ago = self.bars_ago.saturating_add(1);
        if self.end.is_some() {
            return;
        }
        if touches(bar, self.signal.direction.opposite(), self.signal.stop) {
            self.end = Some(SetupEnd::Stopped);
        } else if reaches_target(&self.signal, bar) {
            self.end = Some(SetupEnd::TargetReached);
        }
    }

    fn record(&self) -> Option<StratSetup> {
        let signal = &self.signal;
        Some(StratSetup {
            combination: signal.combination.to_string().into(),
            kind: words::kind(signal.combination.kind()),
            way: words::way(signal.direction),
            trigger: rounded(signal.trigger)?,
            stop: rounded(signal.stop)?,
            target: signal.target.and_then(rounded),
            bars_ago: self.bars_ago,
            end: self.end,
        })
    }
}

fn reaches_target(signal: &Signal, bar: &Bar) -> bool {
    signal
        .target
        .is_some_and(|target| touches(bar, signal.direction, target))
}

fn touches(bar: &Bar, direction: Direction, level: f64) -> bool {
    match direction {
        Direction::Up => bar.high >= level,
        Direction::Down => bar.low <= level,
    }
}
