//! Today's golden gates. Their rule closes every ten minutes, so that shorter bars are put
//! together first, and longer ones can't tell.

use domain::Timeframe;
use domain::opinion::Word;
use domain::studies::GoldenGates;
use quant::indicators::saty::{GateState, GoldenGate, Levels};
use quant::indicators::{Bar, Direction, Indicator, SessionBar};

use super::session_bars::make_up;
use super::session_so_far::SessionRun;
use super::words;

/// How long the bars of a gate are.
const GATE_MINUTES: i32 = 10;
/// The level that opens a gate: no close there goes back through the trigger.
const ENTRY: f64 = 0.382;

/// The gates of today, and the ten minutes that are being put together.
#[derive(Debug, Clone)]
pub(super) struct GateRun {
    levels: Levels,
    bar_minutes: i32,
    gates: [(GoldenGate, GateState); 2],
    forming: Option<(i32, Bar)>,
}

impl GateRun {
    /// Of these levels, by bars of this length; or why such bars can't tell.
    pub(super) fn new(timeframe: Timeframe, levels: Levels) -> Result<Self, Word> {
        if !make_up(timeframe, GATE_MINUTES) {
            return Err(format!("bars of {timeframe} don't make up 10 minutes").into());
        }
        let gate = |direction| (GoldenGate::new(levels, direction), GateState::Closed);
        Ok(Self {
            levels,
            bar_minutes: i32::try_from(timeframe.duration().num_minutes()).unwrap_or(GATE_MINUTES),
            gates: [gate(Direction::Up), gate(Direction::Down)],
            forming: None,
        })
    }

    /// Takes the next bar of today.
    pub(super) fn take(&mut self, session_bar: &SessionBar) {
        let (place, bar) = (session_bar.minute.div_euclid(GATE_MINUTES), session_bar.bar);
        let ten = match self.forming.take() {
            Some((before, forming)) if before == place => forming.followed_by(bar),
            Some((_, over)) => {
                self.close(over);
                bar
            }
            None => bar,
        };
        let end = session_bar.minute.saturating_add(self.bar_minutes);
        if end >= (place + 1) * GATE_MINUTES {
            self.close(ten);
        } else {
            self.forming = Some((place, ten));
        }
    }

    fn close(&mut self, ten: Bar) {
        for (gate, state) in &mut self.gates {
            *state = gate.next(ten).unwrap_or(*state);
        }
    }

    /// Where the gates stand. Ten minutes that aren't over may touch a level, and close nowhere.
    pub(super) fn gates(mut self, session: &SessionRun) -> Result<GoldenGates, Word> {
        session.whole()?;
        let forming = self.forming.take();
        let [up, down] = [Direction::Up, Direction::Down].map(|direction| {
            forming.map(|(_, bar)| Bar {
                close: self.levels.at(direction, ENTRY),
                ..bar
            })
        });
        let state = |(mut gate, state): (GoldenGate, GateState), bar: Option<Bar>| {
            words::gate(bar.and_then(|bar| gate.next(bar)).unwrap_or(state))
        };
        let [upper, lower] = self.gates;
        Ok(GoldenGates {
            up: state(upper, up),
            down: state(lower, down),
        })
    }
}
