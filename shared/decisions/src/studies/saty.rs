//! Saty Mahajan's studies at the close of the newest bar.

use domain::opinion::Word;
use domain::studies::{GoldenGates, SatyLevels, SatyPhase, SatyRange, SatyRibbon, SatyStudy, Way};
use quant::indicators::saty::{Levels, PhaseCrosses, PhaseReading, RangeUsed, RibbonReading};
use quant::indicators::{Direction, StudyValues};

use super::rounding::rounded;
use super::session_so_far::SessionRun;
use super::sessions_before::SessionsBefore;
use super::words;

/// What they say, from the newest bar's readings, today's session and the sessions before.
pub(super) fn saty_study(
    newest: &StudyValues,
    session: &SessionRun,
    before: Result<&SessionsBefore, Word>,
    golden_gates: Result<GoldenGates, Word>,
) -> SatyStudy {
    let levels = before.and_then(|before| levels(session, before));
    SatyStudy {
        levels: levels.into(),
        golden_gates: golden_gates.into(),
        phase: phase(newest.phase.as_ref()).into(),
        ribbon: ribbon(newest.ribbon.as_ref()).into(),
    }
}

fn levels(session: &SessionRun, before: &SessionsBefore) -> Result<SatyLevels, Word> {
    let so_far = session.so_far()?.bar;
    let reading = before.levels(so_far.high, so_far.low)?;
    let range_used = session.whole().ok().and(range(&reading.range_used));
    record(&reading.levels, so_far.close, range_used).ok_or_else(|| "a level isn't a number".into())
}

fn record(levels: &Levels, close: f64, range_used: Option<SatyRange>) -> Option<SatyLevels> {
    Some(SatyLevels {
        close_before: rounded(levels.close)?,
        day_true_range: rounded(levels.average_true_range)?,
        upper_trigger: rounded(levels.trigger(Direction::Up))?,
        lower_trigger: rounded(levels.trigger(Direction::Down))?,
        bias: levels.bias(close).map(words::way),
        range_used,
    })
}

fn range(used: &RangeUsed) -> Option<SatyRange> {
    Some(SatyRange {
        percent: rounded(used.percent?)?,
        status: words::range_status(used.status()?),
    })
}

fn phase(reading: Option<&PhaseReading>) -> Result<SatyPhase, Word> {
    let reading = reading.ok_or("the phase takes 23 bars")?;
    let known = reading.value.and_then(rounded).zip(reading.zone);
    let (value, zone) = known.ok_or("the phase takes 23 bars that move")?;
    Ok(SatyPhase {
        value,
        zone: words::zone(zone),
        turn: turn(reading.crosses),
        is_compressed: reading.is_compressed,
    })
}

fn turn(crosses: PhaseCrosses) -> Option<Way> {
    if crosses.leaves_accumulation || crosses.leaves_extreme_down {
        Some(Way::Up)
    } else if crosses.leaves_distribution || crosses.leaves_extreme_up {
        Some(Way::Down)
    } else {
        None
    }
}

fn ribbon(reading: Option<&RibbonReading>) -> Result<SatyRibbon, Word> {
    let conviction = reading.and_then(|reading| Some((reading, reading.conviction?)));
    let (reading, conviction) = conviction.ok_or("the ribbon takes 49 bars")?;
    Ok(SatyRibbon {
        stack: reading.stack.and_then(words::trend),
        trend: reading.trend.and_then(words::trend),
        conviction: words::way(conviction.direction),
        is_conviction_new: conviction.is_new,
    })
}
