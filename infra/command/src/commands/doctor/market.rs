//! Whether there is a market, whether it is open, and whether it has a price that can be traded
//! on.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Symbol;
use domain::quote::{MarketClock, StockQuote};
use market_data::desk::DeskError;
use market_data::{ChoiceError, Market, MarketSource, Recording};
use runtime::Configuration;
use runtime::telemetry::chain;

use super::clock::{StackTime, shown};
use super::finding::Finding;

const SUBJECT: &str = "market";
const HOURS: &str = "market hours";
const RECORDING: &str = "recording";
const QUOTE: &str = "quote";

/// Asks the market that the configuration names.
pub(super) async fn check(configuration: &Configuration, time: StackTime) -> Vec<Finding> {
    let market = match market_data::for_a_look(configuration) {
        Ok(market) => market,
        Err(ChoiceError::Desk(DeskError::NoKeys)) => {
            let says = "real prices, from providers whose keys aren't in this environment";
            let advice = "set them here too to have the prices looked at";
            return vec![Finding::warn(SUBJECT, says, advice)];
        }
        Err(error) => {
            let advice = "then start the stack again";
            return vec![Finding::fail(SUBJECT, chain(&error), advice)];
        }
    };
    let source = market.source();
    let mut found = vec![Finding::ok(SUBJECT, source.sentence.clone())];
    let recording = source.recording.as_ref();
    let now = match recording {
        Some(recording) if time.is_new => recording.plays_from,
        _ => time.now,
    };
    found.extend(recording.map(|recording| place(recording, now)));
    let is_open = match market.clock(now.into()).await {
        Ok(clock) => {
            found.push(hours(&clock));
            clock.is_open
        }
        Err(error) => {
            found.push(Finding::fail(
                HOURS,
                chain(&error),
                "entries wait until it is known",
            ));
            false
        }
    };
    match symbol(configuration, &source) {
        Some(symbol) => {
            let age_ms_max = configuration.settings.trading_rules.quote_age_ms_max;
            let wanted = Wanted {
                symbol,
                age_max: TimeDelta::milliseconds(age_ms_max.into()),
                is_open,
                is_recorded: recording.is_some(),
            };
            found.push(quote(market.as_ref(), &wanted, now).await);
        }
        None => found.push(Finding::fail(
            QUOTE,
            "no symbol that may be entered has prices in this market",
            "set ALLOWED_SYMBOLS to some that have",
        )),
    }
    found
}

/// Where in a recording the clock is.
fn place(recording: &Recording, now: DateTime<Utc>) -> Finding {
    let (from, to) = (shown(recording.plays_from), shown(recording.ends_at));
    if now >= recording.ends_at {
        return Finding::warn(
            RECORDING,
            format!(
                "the clock is at {}, and the recording ended {to}",
                shown(now)
            ),
            "play it again with another --data-dir",
        );
    }
    let place = if now < recording.plays_from {
        "before it".to_owned()
    } else {
        format!("{} % of the way", percent(recording, now))
    };
    let says = format!(
        "from {from} to {to}; the clock is at {}, {place}",
        shown(now)
    );
    Finding::ok(RECORDING, says)
}

fn percent(recording: &Recording, now: DateTime<Utc>) -> i64 {
    let whole_s = (recording.ends_at - recording.plays_from).num_seconds();
    (now - recording.plays_from).num_seconds() * 100 / whole_s.max(1)
}

fn hours(clock: &MarketClock) -> Finding {
    if let Some(why) = &clock.closed_because {
        let advice = "nothing is entered or exited any more";
        return Finding::warn(HOURS, format!("closed: {why}"), advice);
    }
    let says = match (clock.is_open, clock.closes_at) {
        (false, _) => format!("closed; opens {}", shown(clock.opens_at)),
        (true, Some(closes_at)) => format!("open until {}", shown(closes_at)),
        (true, None) => "open".to_owned(),
    };
    Finding::ok(HOURS, says)
}

/// The first symbol that may be entered; of a recording, that is in it too.
fn symbol<'a>(configuration: &'a Configuration, source: &MarketSource) -> Option<&'a Symbol> {
    let recording = source.recording.as_ref();
    let mut allowed = configuration.settings.trading_rules.allowed_symbols.iter();
    allowed.find(|symbol| recording.is_none_or(|recording| recording.symbols.contains(symbol)))
}

/// The quote that is looked for.
struct Wanted<'a> {
    symbol: &'a Symbol,
    /// How old it may be to be traded on.
    age_max: TimeDelta,
    is_open: bool,
    is_recorded: bool,
}

async fn quote(market: &dyn Market, wanted: &Wanted<'_>, now: DateTime<Utc>) -> Finding {
    let symbol = wanted.symbol;
    match market
        .quotes(std::slice::from_ref(symbol), now.into())
        .await
    {
        Err(error) => unquoted(wanted, &chain(&error)),
        Ok(mut batch) => match (batch.found.remove(symbol), batch.failed.get(symbol)) {
            (Some(quote), _) => quoted(wanted, &quote, now),
            (None, Some(error)) => unquoted(wanted, &chain(error)),
            (None, None) => unquoted(wanted, "the market gave no answer"),
        },
    }
}

fn unquoted(wanted: &Wanted<'_>, why: &str) -> Finding {
    let says = format!("{} has none: {why}", wanted.symbol);
    if wanted.is_recorded {
        let advice = "a recording has prices from the end of its first bar to the end of its last";
        Finding::warn(QUOTE, says, advice)
    } else if wanted.is_open {
        Finding::fail(QUOTE, says, "alerts are rejected for want of market data")
    } else {
        Finding::warn(QUOTE, says, "ask again when the market is open")
    }
}

fn quoted(wanted: &Wanted<'_>, quote: &StockQuote, now: DateTime<Utc>) -> Finding {
    let (sides, provenance) = (quote.sides, &quote.provenance);
    let age = now - provenance.at;
    let says = format!(
        "{} {} / {}, {} s old, from {}",
        quote.symbol,
        sides.bid,
        sides.ask,
        age.num_seconds(),
        provenance.provider
    );
    if wanted.is_open && age > wanted.age_max {
        let limit_s = wanted.age_max.num_seconds();
        let advice = format!("quotes older than {limit_s} s aren't traded on; wait for the next");
        return Finding::warn(QUOTE, says, advice);
    }
    Finding::ok(QUOTE, says)
}
