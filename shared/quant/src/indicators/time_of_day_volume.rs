//! Volume against that of the same time of day in earlier sessions. Volume is high near the open
//! and the close, which a comparison with the bars just before mistakes for interest.

use super::count::number;
use super::relative_volume::ratio;
use super::{Indicator, SessionBar};

/// Minutes of the longest session.
const MINUTES: usize = 390;

/// Compares each regular bar with those that began in the same minute of the last sessions that had
/// such a bar: a session without one, such as one that closed early, is passed over. Bars outside
/// regular hours aren't counted, and have no value.
#[derive(Debug, Clone)]
pub struct TimeOfDayVolume {
    sessions: usize,
    sessions_least: usize,
    session_day: Option<i32>,
    /// Traded in the session so far, in shares.
    to_date: f64,
    /// For each minute how many bars it has had.
    counts: Box<[usize]>,
    /// For each minute so many places, of which the oldest is written next.
    volumes: Box<[Volumes]>,
}

/// Volumes in shares.
#[derive(Debug, Clone, Copy, Default)]
struct Volumes {
    of_bar: f64,
    to_date: f64,
}

/// Volumes in parts of the usual ones: 2 is twice as much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelativeVolumes {
    /// The bar's against those of the same minute; absent if these are nothing.
    pub of_bar: Option<f64>,
    /// The session's so far against those of earlier ones up to the same minute; absent if these
    /// are nothing.
    pub to_date: Option<f64>,
}

impl TimeOfDayVolume {
    /// Against the last `sessions`, once there are `sessions_least`: usually 10 and 5. None counts
    /// as one; more than `sessions` count as that many.
    pub fn new(sessions: usize, sessions_least: usize) -> Self {
        let sessions = sessions.max(1);
        Self {
            sessions,
            sessions_least: sessions_least.clamp(1, sessions),
            session_day: None,
            to_date: 0.0,
            counts: vec![0; MINUTES].into_boxed_slice(),
            volumes: vec![Volumes::default(); MINUTES * sessions].into_boxed_slice(),
        }
    }

    fn add_to_session(&mut self, bar: &SessionBar) -> Volumes {
        if self.session_day.replace(bar.session_day) != Some(bar.session_day) {
            self.to_date = 0.0;
        }
        self.to_date += bar.bar.volume;
        Volumes {
            of_bar: bar.bar.volume,
            to_date: self.to_date,
        }
    }

    fn compare(&self, places: &[Volumes], now: Volumes) -> Option<RelativeVolumes> {
        if places.len() < self.sessions_least {
            return None;
        }
        let count = number(places.len());
        let of_bar: f64 = places.iter().map(|volumes| volumes.of_bar).sum();
        let to_date: f64 = places.iter().map(|volumes| volumes.to_date).sum();
        Some(RelativeVolumes {
            of_bar: ratio(now.of_bar, of_bar / count),
            to_date: ratio(now.to_date, to_date / count),
        })
    }
}

impl Indicator for TimeOfDayVolume {
    type Input = SessionBar;
    type Output = RelativeVolumes;

    fn next(&mut self, bar: SessionBar) -> Option<RelativeVolumes> {
        if !bar.is_regular() {
            return None;
        }
        let now = self.add_to_session(&bar);
        let minute = usize::try_from(bar.minute).ok()?;
        let count = *self.counts.get(minute)?;
        let first = minute * self.sessions;
        let places = self.volumes.get(first..first + count.min(self.sessions))?;
        let answer = self.compare(places, now);
        *self.volumes.get_mut(first + count % self.sessions)? = now;
        *self.counts.get_mut(minute)? = count + 1;
        answer
    }
}
