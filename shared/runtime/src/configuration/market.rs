//! Which market is asked for: the simulated one, a recording, or providers.

use std::path::PathBuf;

use domain::Symbol;

use super::providers::{self, ProviderChoice};
use super::reader::Reader;

/// The word for the made-up market.
const SIMULATED: &str = "simulated";
/// The word for real prices.
const PROVIDERS: &str = "providers";
/// What stands before a recording's directory.
const RECORDED: &str = "recorded:";

/// When the simulated market is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SimulatedHours {
    /// Around the clock: a new user may come on a Sunday.
    #[default]
    Always,
    /// As the exchange is.
    Nyse,
}

/// Where prices come from.
#[derive(Debug, Clone)]
pub enum MarketChoice {
    /// Providers of market data.
    Providers(Box<ProviderChoice>),
    /// A formula.
    Simulated {
        /// Another seed is another market.
        seed: u64,
        /// When it is open.
        hours: SimulatedHours,
    },
    /// Files of bars.
    Recorded {
        /// Where they are.
        dir: PathBuf,
        /// Whose bars the files hold whose names don't tell it.
        others: Option<Symbol>,
    },
}

/// The market that was asked for; the text was checked by [`complaint`].
pub(super) fn choice(reader: &Reader<'_>) -> MarketChoice {
    let providers = providers::choice(reader);
    match reader.text("MARKET") {
        Some(text) if is(text, PROVIDERS) => MarketChoice::Providers(Box::new(providers)),
        Some(text) => recording(text).unwrap_or_else(|| simulated(reader)),
        None if providers.keys.is_empty() => simulated(reader),
        None => MarketChoice::Providers(Box::new(providers)),
    }
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}

/// What is wrong with a text that should name a market.
pub(super) fn complaint(text: &str) -> Option<String> {
    let known = is(text, SIMULATED) || is(text, PROVIDERS) || recording(text).is_some();
    (!known).then(|| {
        format!(
            "`{text}` is no market; only simulated, providers, recorded:DIR or \
             recorded:SYMBOL=DIR"
        )
    })
}

/// `recorded:DIR`, or `recorded:SYMBOL=DIR` where the files' names tell no symbol.
fn recording(text: &str) -> Option<MarketChoice> {
    let named = text.strip_prefix(RECORDED).filter(|dir| !dir.is_empty())?;
    let with_symbol = named
        .split_once('=')
        .and_then(|(symbol, dir)| Some((Symbol::parse(symbol).ok()?, dir)));
    let (others, dir) = match with_symbol {
        Some((symbol, dir)) => (Some(symbol), dir),
        None => (None, named),
    };
    (!dir.is_empty()).then(|| MarketChoice::Recorded {
        dir: PathBuf::from(dir),
        others,
    })
}

fn simulated(reader: &Reader<'_>) -> MarketChoice {
    let nyse = reader
        .text("SIMULATED_HOURS")
        .is_some_and(|word| word.eq_ignore_ascii_case("nyse"));
    MarketChoice::Simulated {
        seed: u64::from(reader.whole("SIMULATED_SEED").unwrap_or(1)),
        hours: if nyse {
            SimulatedHours::Nyse
        } else {
            SimulatedHours::Always
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_a_directory_and_perhaps_a_symbol() {
        for (text, dir, others) in [
            ("recorded:bars", "bars", None),
            ("recorded:./some bars/2026", "./some bars/2026", None),
            ("recorded:AAPL=bars", "bars", Some("AAPL")),
            ("recorded:/data/a=b", "/data/a=b", None),
        ] {
            let Some(MarketChoice::Recorded {
                dir: found,
                others: of,
            }) = recording(text)
            else {
                unreachable!("{text} is a recording");
            };
            assert_eq!(found, PathBuf::from(dir), "{text}");
            assert_eq!(of, others.map(|symbol| Symbol::parse(symbol).unwrap()));
            assert_eq!(complaint(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_market_is_complained_of() {
        for text in ["alpaca", "recorded", "recorded:", "recorded:AAPL=", "bars"] {
            assert!(complaint(text).is_some(), "{text}");
        }
        assert_eq!(complaint("Simulated"), None);
    }
}
