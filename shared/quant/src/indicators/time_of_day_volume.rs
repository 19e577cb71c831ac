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
    /// How full each minute's places are.
    minutes: Box<[Minute]>,
    /// For each minute a place for each of the last sessions.
    volumes: Box<[Volumes]>,
}

/// Which of a minute's places are taken.
#[derive(Debug, Clone, Copy, Default)]
struct Minute {
    /// How many, from the first on.
    taken: usize,
    /// Which is written next; once all are taken it has the oldest bar.
    next: usize,
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
            minutes: vec![Minute::default(); MINUTES].into_boxed_slice(),
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
}

impl Indicator for TimeOfDayVolume {
    type Input = SessionBar;
    type Output = RelativeVolumes;

    fn next(&mut self, bar: SessionBar) -> Option<RelativeVolumes> {
        if !bar.is_regular() {
            return None;
        }
        let now = self.add_to_session(&bar);
        let place = usize::try_from(bar.minute).ok()?;
        let minute = self.minutes.get_mut(place)?;
        let places = self.volumes.chunks_exact_mut(self.sessions).nth(place)?;
        let answer = compare(places.get(..minute.taken)?, self.sessions_least, now);
        *places.get_mut(minute.next)? = now;
        minute.turn(self.sessions);
        answer
    }
}

impl Minute {
    /// Goes on to the next place.
    fn turn(&mut self, places: usize) {
        self.taken = (self.taken + 1).min(places);
        self.next = if self.next + 1 < places {
            self.next + 1
        } else {
            0
        };
    }
}

/// A bar against those of its minute, if these are enough.
fn compare(places: &[Volumes], least: usize, now: Volumes) -> Option<RelativeVolumes> {
    if places.len() < least {
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
