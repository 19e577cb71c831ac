//! Who wants to be left alone is left alone, for as long as it says.

use market_data::MarketError;
use market_data::health::{Health, Pass, Refusal};
use market_data::provider::Capability;

use crate::at_ms;

fn after(error: &MarketError) -> Health {
    Health::default().after(
        Capability::OptionQuotes,
        Pass::default(),
        Err(error),
        at_ms(0),
    )
}

fn admits(health: &Health, capability: Capability, ms: i64) -> Result<(), Refusal> {
    let admitted = health.admit(capability, 1, 100, at_ms(ms));
    admitted.map(drop)
}

#[test]
fn a_rate_limit_pauses_everything_for_its_wait() {
    let limited = MarketError::RateLimited {
        provider: "alpaca".to_owned(),
        wait_ms: 20_000,
    };
    let health = after(&limited);
    let refused = admits(&health, Capability::Quotes, 5_000);
    assert_eq!(refused, Err(Refusal::Limited(15_000)));
    assert_eq!(admits(&health, Capability::Quotes, 20_000), Ok(()));
}

#[test]
fn a_small_plan_pauses_what_it_lacks() {
    let error = MarketError::NotEntitled {
        provider: "alpaca".to_owned(),
    };
    let health = after(&error);
    let refused = admits(&health, Capability::OptionQuotes, 1_000);
    assert_eq!(refused, Err(Refusal::NotEntitled));
    assert_eq!(admits(&health, Capability::Quotes, 1_000), Ok(()));
    assert_eq!(admits(&health, Capability::OptionQuotes, 300_000), Ok(()));
}

#[test]
fn a_refused_key_pauses_everything() {
    let error = MarketError::BadCredentials {
        provider: "alpaca".to_owned(),
    };
    let health = after(&error);
    assert!(admits(&health, Capability::Clock, 299_000).is_err());
    assert_eq!(admits(&health, Capability::Clock, 300_000), Ok(()));
}
