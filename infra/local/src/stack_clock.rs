//! The stack's clock: real time, or a time that starts where it is told and may run faster. It
//! is kept across restarts and never goes back, not even after `kill -9`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use runtime::Clock;
use runtime::clock::SystemClock;
use serde::{Deserialize, Serialize};

/// How often the time is kept, in real time.
pub const KEEP_EVERY: Duration = Duration::from_millis(500);
/// What is kept lies so many keepings ahead, so that a killed stack resumes later than it was.
const AHEAD: i32 = 4;
/// A faster clock would skip whole sessions between two schedules.
const SPEED_MAX: f64 = 3_600.0;

/// What the user asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockOptions {
    /// Where to start, unless it was later already; absent: where it was, or now.
    pub start: Option<DateTime<Utc>>,
    /// How many seconds of domain time one real second takes; absent: as before, or 1.
    pub speed: Option<f64>,
}

/// Why there is no clock.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// Too slow, too fast, or no number.
    #[error("a clock's speed may be above 0 and up to {SPEED_MAX}, and not {0}")]
    Speed(f64),
    /// The stack ran in real time, and what it wrote would lie in the future.
    #[error(
        "the stack of this data directory ran in real time until {kept}: a clock that starts at \
         {start} (where a recording begins, or as asked) would go back; choose another --data-dir \
         for it, such as .parallax/recorded"
    )]
    Back {
        /// Where the clock should have started.
        start: DateTime<Utc>,
        /// Where it was.
        kept: DateTime<Utc>,
    },
    /// The file can't be read or written.
    #[error("the clock can't be kept in {file}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// What the file keeps.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Kept {
    /// Where a clock of its own goes on.
    pub resume_at: DateTime<Utc>,
    /// How many seconds of domain time one real second takes.
    pub speed: f64,
    /// Whether the stack ran in real time.
    #[serde(default)]
    pub is_real_time: bool,
}

/// Domain time on one machine.
#[derive(Debug)]
pub struct StackClock {
    /// Absent for real time.
    course: Option<Course>,
    file: Option<PathBuf>,
}

#[derive(Debug)]
struct Course {
    start: DateTime<Utc>,
    started: Instant,
    speed: f64,
    /// Asked to start earlier than it was.
    is_resumed_instead: bool,
}

impl StackClock {
    /// The clock that these options and the kept time give.
    pub fn open(options: ClockOptions, file: Option<PathBuf>) -> Result<Self, ClockError> {
        if let Some(speed) = options
            .speed
            .filter(|speed| !(*speed > 0.0 && *speed <= SPEED_MAX))
        {
            return Err(ClockError::Speed(speed));
        }
        let kept = file.as_deref().map(read).transpose()?.flatten();
        refuse_to_go_back(options, kept.as_ref())?;
        let resumed = kept.filter(|kept| !kept.is_real_time);
        let speed = options.speed.or(resumed.as_ref().map(|kept| kept.speed));
        let resumed = resumed.map(|kept| kept.resume_at);
        // Real time needs no course; asking for a speed alone starts a course from now.
        let start = options.start.max(resumed);
        let start = start.or_else(|| options.speed.map(|_| SystemClock.now()));
        let course = start.map(|start| Course {
            start,
            started: Instant::now(),
            speed: speed.unwrap_or(1.0),
            is_resumed_instead: options.start.is_some_and(|asked| asked < start),
        });
        let clock = Self { course, file };
        clock.keep()?;
        Ok(clock)
    }

    /// What the clock does, in words.
    pub fn description(&self) -> String {
        match &self.course {
            None => "real time".to_owned(),
            Some(course) => {
                let from = eastern_text(course.start);
                let instead = if course.is_resumed_instead {
                    " (where it was: it never goes back)"
                } else {
                    ""
                };
                format!(
                    "a clock of its own: from {from}{instead}, {} times as fast as real time",
                    course.speed
                )
            }
        }
    }

    /// Keeps the time, a little ahead.
    pub fn keep(&self) -> Result<(), ClockError> {
        self.write(AHEAD)
    }

    /// Keeps the time as it is, at a clean end.
    pub fn keep_exactly(&self) -> Result<(), ClockError> {
        self.write(0)
    }

    fn write(&self, ahead: i32) -> Result<(), ClockError> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let speed = self.course.as_ref().map_or(1.0, |course| course.speed);
        let kept = Kept {
            resume_at: self.now() + scaled(KEEP_EVERY, speed) * ahead,
            speed,
            is_real_time: self.course.is_none(),
        };
        let text = serde_json::to_string(&kept).unwrap_or_default();
        let failed = |source| ClockError::File {
            file: file.clone(),
            source,
        };
        let fresh = file.with_extension("new");
        fs::write(&fresh, text).map_err(failed)?;
        fs::rename(&fresh, file).map_err(failed)
    }
}

impl Clock for StackClock {
    fn now(&self) -> DateTime<Utc> {
        match &self.course {
            None => SystemClock.now(),
            Some(course) => {
                (course.start + scaled(course.started.elapsed(), course.speed)).trunc_subsecs(3)
            }
        }
    }
}

/// Of a clock of its own, the later instant holds; real time can't be resumed anywhere else.
fn refuse_to_go_back(options: ClockOptions, kept: Option<&Kept>) -> Result<(), ClockError> {
    let kept = kept.filter(|kept| kept.is_real_time);
    match (options.start, kept.map(|kept| kept.resume_at)) {
        (Some(start), Some(kept)) if start < kept => Err(ClockError::Back { start, kept }),
        _ => Ok(()),
    }
}

fn scaled(real: Duration, speed: f64) -> TimeDelta {
    TimeDelta::from_std(real.mul_f64(speed)).unwrap_or(TimeDelta::zero())
}

fn eastern_text(instant: DateTime<Utc>) -> String {
    domain::calendar::eastern(instant)
        .format("%Y-%m-%d %H:%M:%S %Z")
        .to_string()
}

/// What is kept in a file, if there is one.
pub fn read(file: &Path) -> Result<Option<Kept>, ClockError> {
    match fs::read_to_string(file) {
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ClockError::File {
            file: file.to_owned(),
            source,
        }),
        Ok(text) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| ClockError::File {
                file: file.to_owned(),
                source: std::io::Error::other(error),
            }),
    }
}

#[cfg(test)]
mod tests;
