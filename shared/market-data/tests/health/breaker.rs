//! When a provider is asked, and when it rests.

use market_data::MarketError;
use market_data::health::{Health, Pass, Refusal};
use market_data::provider::Capability;

use crate::{at_ms, timeout};

const LIMIT: u32 = 10_000;

/// What happens, at which second.
enum Event {
    /// A request passes, and this comes of it.
    Good,
    Bad,
    /// A request passes, and nothing is heard of it.
    Lost,
    /// A request doesn't pass.
    Refused,
}
use Event::{Bad, Good, Lost, Refused};

fn state_after(events: &[(i64, Event)]) -> &'static str {
    let mut health = Health::default();
    for (second, event) in events {
        let now = at_ms(second * 1000);
        let admitted = health.admit(Capability::Quotes, 1, LIMIT, now);
        let (outcome, pass) = match (event, admitted) {
            (Refused, Err(Refusal::Resting(_))) => continue,
            (Refused, other) => unreachable!("not refused at {second} s: {other:?}"),
            (_, Err(refusal)) => unreachable!("refused at {second} s: {refusal:?}"),
            (event, Ok((next, pass))) => {
                health = next;
                (event, pass)
            }
        };
        let error = timeout();
        match outcome {
            Good => health = health.after(Capability::Quotes, pass, Ok(()), now),
            Bad => health = health.after(Capability::Quotes, pass, Err(&error), now),
            Lost | Refused => {}
        }
    }
    health.breaker.name()
}

#[test]
fn it_opens_rests_tries_and_closes() {
    let five = || (0..5).map(|second| (second, Bad));
    let then = |more: Vec<(i64, Event)>| five().chain(more).collect::<Vec<_>>();
    for (what, events, state) in [
        ("four failures", five().take(4).collect(), "closed"),
        ("five failures", then(vec![]), "open"),
        (
            "a success in between",
            vec![(0, Bad), (1, Bad), (2, Good), (3, Bad), (4, Bad), (5, Bad)],
            "closed",
        ),
        (
            "it rests for a minute",
            then(vec![(5, Refused), (63, Refused)]),
            "open",
        ),
        (
            "then one may try",
            then(vec![(64, Lost), (65, Refused), (73, Refused)]),
            "half_open",
        ),
        (
            "a good trial closes it",
            then(vec![(64, Good), (65, Good)]),
            "closed",
        ),
        (
            "a bad trial opens it again",
            then(vec![(64, Bad), (65, Refused), (123, Refused)]),
            "open",
        ),
        (
            "and again one may try",
            then(vec![(64, Bad), (124, Good)]),
            "closed",
        ),
        (
            "after a lost trial another",
            then(vec![(64, Lost), (74, Good)]),
            "closed",
        ),
        (
            "one failure after closing",
            then(vec![(64, Good), (65, Bad)]),
            "closed",
        ),
    ] {
        assert_eq!(state_after(&events), state, "{what}");
    }
}

#[test]
fn only_the_trial_itself_decides() {
    let error = timeout();
    let mut health = Health::default();
    for _ in 0..5 {
        let failed = health.after(Capability::Quotes, Pass::default(), Err(&error), at_ms(0));
        health = failed;
    }
    let (on_trial, trial) = health
        .admit(Capability::Quotes, 1, LIMIT, at_ms(60_000))
        .unwrap();
    let (again, second) = on_trial
        .admit(Capability::Quotes, 1, LIMIT, at_ms(70_000))
        .unwrap();
    assert_ne!(trial, second);
    let older = Pass::default();
    for (pass, outcome, state) in [
        (older, Ok(()), "half_open"),
        (trial, Ok(()), "half_open"),
        (trial, Err(&error), "half_open"),
        (second, Ok(()), "closed"),
        (second, Err(&error), "open"),
    ] {
        let after = again.after(Capability::Quotes, pass, outcome, at_ms(71_000));
        assert_eq!(after.breaker.name(), state, "{pass:?} {outcome:?}");
    }
}

#[test]
fn only_what_is_about_health_counts() {
    let provider = || "alpaca".to_owned();
    for (error, counts) in [
        (timeout(), true),
        (
            MarketError::Unavailable {
                provider: provider(),
                detail: String::new(),
            },
            true,
        ),
        (
            MarketError::Malformed {
                provider: provider(),
                detail: String::new(),
            },
            true,
        ),
        (
            MarketError::RateLimited {
                provider: provider(),
                wait_ms: 0,
            },
            true,
        ),
        (
            MarketError::UnknownSymbol {
                provider: provider(),
                symbol: "SPY".to_owned(),
            },
            false,
        ),
        (
            MarketError::NotEntitled {
                provider: provider(),
            },
            false,
        ),
        (
            MarketError::BadCredentials {
                provider: provider(),
            },
            false,
        ),
        (
            MarketError::NotOffered {
                provider: provider(),
                what: String::new(),
            },
            false,
        ),
    ] {
        let mut health = Health::default();
        for _ in 0..5 {
            health = health.after(Capability::Quotes, Pass::default(), Err(&error), at_ms(0));
        }
        assert_eq!(health.breaker.name() == "open", counts, "{error}");
    }
}

/// Only that it opens is news: a trial that fails leaves it as it was.
#[test]
fn an_opening_waits_to_be_told_with_its_last_failure() {
    let mut health = Health::default();
    for second in 0..5 {
        assert_eq!(health.untold, None);
        health = health.after(
            Capability::Quotes,
            Pass::default(),
            Err(&timeout()),
            at_ms(second * 1000),
        );
    }
    let opening = health.untold.take().unwrap();
    assert_eq!(
        (opening.until, opening.failure.as_str()),
        (at_ms(64_000), "timeout")
    );
    let (trying, pass) = health
        .admit(Capability::Quotes, 1, LIMIT, at_ms(64_000))
        .unwrap();
    let failed = trying.after(Capability::Quotes, pass, Err(&timeout()), at_ms(65_000));
    assert_eq!((failed.breaker.name(), failed.untold), ("open", None));
}
