//! Whether an engine's book has room for an entry. Engine A goes by nothing else; Engine B's
//! Risk agent vetoes by it.

use domain::signal::Signal;
use domain::{Book, Rejection, RejectionReason, RuleReading, Settings};

/// Every limit's reading.
pub fn entry_limits(signal: &Signal, book: &Book, settings: &Settings) -> Vec<RuleReading> {
    vec![
        direction_known(signal),
        open_positions(book, settings),
        positions_in_symbol(signal, book, settings),
        exposure(book, settings),
        cash(book),
    ]
}

/// The first failure among readings, as a rejection.
pub fn first_failure<'a>(readings: impl IntoIterator<Item = &'a RuleReading>) -> Option<Rejection> {
    readings.into_iter().find_map(|reading| {
        let reason = reading.rejects_with?;
        let detail = format!(
            "{}: {} (allowed: {})",
            reading.rule, reading.reading, reading.limit
        );
        Some(Rejection::new(reason, detail))
    })
}

fn direction_known(signal: &Signal) -> RuleReading {
    let direction = signal.intent.direction();
    RuleReading::new(
        "direction_known",
        direction.is_some(),
        RejectionReason::PyramidingOff,
        direction.map_or_else(|| "none".to_owned(), |direction| direction.to_string()),
        "long or short",
    )
}

fn open_positions(book: &Book, settings: &Settings) -> RuleReading {
    let limit = settings.risk_limits.max_open_positions;
    RuleReading::new(
        "open_positions",
        book.open_count < limit,
        RejectionReason::OpenPositionLimit,
        format!("{} open or pending", book.open_count),
        format!("fewer than {limit}"),
    )
}

fn positions_in_symbol(signal: &Signal, book: &Book, settings: &Settings) -> RuleReading {
    let limit = settings.risk_limits.max_positions_per_symbol(book.engine);
    let count = book.count_in(&signal.symbol);
    RuleReading::new(
        "positions_in_symbol",
        count < limit,
        RejectionReason::SymbolPositionLimit,
        format!("{count} open or pending in {}", signal.symbol),
        format!("fewer than {limit}"),
    )
}

fn exposure(book: &Book, settings: &Settings) -> RuleReading {
    let capital = settings.trading_rules.starting_capital_usd;
    let limit = settings.risk_limits.exposure_limit(capital);
    RuleReading::new(
        "exposure",
        book.exposure_usd < limit,
        RejectionReason::ExposureLimit,
        format!("{} of premium at risk", book.exposure_usd),
        format!("below {limit}"),
    )
}

fn cash(book: &Book) -> RuleReading {
    RuleReading::new(
        "cash",
        book.cash_usd > book.pending_usd,
        RejectionReason::NotEnoughCash,
        format!("{}, {} of it pending", book.cash_usd, book.pending_usd),
        "more than is pending",
    )
}
