//! The clock across restarts.

use super::*;

const NOTHING: ClockOptions = ClockOptions {
    start: None,
    speed: None,
};

fn noon() -> DateTime<Utc> {
    "2026-07-30T16:00:00Z".parse().unwrap()
}

#[test]
fn it_resumes_later_than_it_was_killed_and_keeps_its_speed() {
    let dir = tempfile::tempdir().unwrap();
    let file = || Some(dir.path().join("clock.json"));
    let options = ClockOptions {
        start: Some(noon()),
        speed: Some(60.0),
    };
    let killed_at = StackClock::open(options, file()).unwrap().now();
    let again = StackClock::open(NOTHING, file()).unwrap();
    assert!(again.now() >= killed_at);
    assert!(again.now() < killed_at + TimeDelta::minutes(5));
    assert!(again.description().contains("60 times"));
}

#[test]
fn a_clean_end_resumes_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let file = || Some(dir.path().join("clock.json"));
    let options = ClockOptions {
        start: Some(noon()),
        speed: None,
    };
    let clock = StackClock::open(options, file()).unwrap();
    clock.keep_exactly().unwrap();
    let ended_at = clock.now();
    let again = StackClock::open(NOTHING, file()).unwrap();
    assert!(again.now() - ended_at < TimeDelta::seconds(1));
}

#[test]
fn asked_to_start_before_where_it_was_it_goes_on_from_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = || Some(dir.path().join("clock.json"));
    let options = ClockOptions {
        start: Some(noon()),
        speed: Some(3_600.0),
    };
    let killed_at = StackClock::open(options, file()).unwrap().now();
    let again = StackClock::open(options, file()).unwrap();
    assert!(again.now() > killed_at);
    assert!(again.description().contains("never goes back"));
    let later = ClockOptions {
        start: Some(noon() + TimeDelta::days(3)),
        speed: None,
    };
    let later = StackClock::open(later, file()).unwrap();
    assert!(later.now() >= noon() + TimeDelta::days(3));
}

#[test]
fn after_real_time_it_starts_nowhere_before() {
    let dir = tempfile::tempdir().unwrap();
    let file = || Some(dir.path().join("clock.json"));
    StackClock::open(NOTHING, file()).unwrap();
    let started_at = |start| {
        let options = ClockOptions {
            start: Some(start),
            speed: None,
        };
        StackClock::open(options, file())
    };
    let early = started_at(SystemClock.now() - TimeDelta::days(1));
    assert!(matches!(early, Err(ClockError::Back { .. })));
    assert!(StackClock::open(NOTHING, file()).unwrap().course.is_none());
    assert!(started_at(SystemClock.now() + TimeDelta::days(1)).is_ok());
}

#[test]
fn without_options_it_is_real_time() {
    let clock = StackClock::open(NOTHING, None).unwrap();
    assert!((clock.now() - SystemClock.now()).num_seconds().abs() < 2);
}

#[test]
fn impossible_speeds_are_refused() {
    for speed in [0.0, -1.0, f64::NAN, 1e9] {
        let options = ClockOptions {
            start: None,
            speed: Some(speed),
        };
        assert!(matches!(
            StackClock::open(options, None),
            Err(ClockError::Speed(_))
        ));
    }
}
