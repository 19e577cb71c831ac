//! Which underlying an alert is about.

use super::fields::{Field, Fields};
use crate::symbol::Symbol;

const SYMBOL_FIELDS: [&str; 3] = ["symbol", "ticker", "tv_instrument"];

/// The underlying; all fields that name one must agree.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<Symbol> {
    if !SYMBOL_FIELDS.iter().any(|name| fields.is_present(name)) {
        fields.refuse(
            "symbol",
            "is missing; send the underlying as `symbol` or `ticker`",
        );
    }
    let mut named: Option<(Symbol, &str)> = None;
    for field in fields.every(&SYMBOL_FIELDS) {
        let Some(symbol) = read_one(fields, &field) else {
            continue;
        };
        match &named {
            None => named = Some((symbol, field.name)),
            Some((first, _)) if *first == symbol => {}
            Some((first, name)) => {
                let message = format!("says {symbol}, but `{name}` says {first}");
                fields.refuse(field.name, message);
            }
        }
    }
    named.map(|(symbol, _)| symbol)
}

fn read_one(fields: &mut Fields<'_>, field: &Field) -> Option<Symbol> {
    if let Some(root) = option_root(&field.text) {
        let message = format!(
            "names an option contract; send its underlying ({root}): the contract is chosen here"
        );
        fields.refuse(field.name, message);
        return None;
    }
    match Symbol::parse(&field.text) {
        Ok(symbol) => Some(symbol),
        Err(error) => {
            fields.refuse(field.name, error.to_string());
            None
        }
    }
}

/// The root of an option's name, in the forms `SPY 250624C596` and `O:SPY250624C00596000`.
fn option_root(text: &str) -> Option<String> {
    let name = text.rsplit(':').next()?.to_ascii_uppercase();
    let right_at = name.rfind(['C', 'P'])?;
    let (before, strike) = (name.get(..right_at)?, name.get(right_at + 1..)?);
    let (root, date) = before.split_at_checked(before.len().checked_sub(6)?)?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let is_strike = !strike.is_empty() && digits(&strike.replacen('.', "", 1));
    let root = root.trim();
    (is_strike && digits(date) && !root.is_empty()).then(|| root.to_owned())
}
