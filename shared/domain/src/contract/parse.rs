//! Reading contract names. Every form is read from its right end, since roots vary in length
//! and may hold digits themselves.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{ContractError, OptionContract, OptionRight};
use crate::money::Price;

/// What some vendors put before an option's name.
const VENDOR_PREFIX: &str = "O:";
/// Digits of a date without its century, as in `260213`.
const SHORT_DATE_LENGTH: usize = 6;
/// Digits of a strike in thousandths of a dollar, as in `00451000`.
const PADDED_STRIKE_LENGTH: usize = 8;
/// Decimals of such a strike.
const PADDED_STRIKE_SCALE: u32 = 3;

/// A name, cut into its four parts.
struct Parts<'a> {
    root: &'a str,
    /// Year, month and day, digits only.
    date: String,
    right: &'a str,
    strike: Decimal,
}

pub(super) fn contract(text: &str) -> Result<OptionContract, ContractError> {
    let upper = text.trim().to_ascii_uppercase();
    let bare = upper.strip_prefix(VENDOR_PREFIX).unwrap_or(&upper);
    let parts = if bare.contains('-') {
        dashed(bare)
    } else {
        compact(bare)
    }?;
    let strike = Price::new(parts.strike).map_err(|_| ContractError::Strike)?;
    OptionContract::new(parts.root, date(&parts.date)?, right(parts.right)?, strike)
}

/// `SPY-20260213-CALL-451.00`.
fn dashed(text: &str) -> Result<Parts<'_>, ContractError> {
    let from_right: Vec<&str> = text.rsplitn(4, '-').collect();
    let &[strike, right, date, root] = from_right.as_slice() else {
        return Err(ContractError::Form);
    };
    Ok(Parts {
        root,
        date: date.to_owned(),
        right,
        strike: plain_strike(strike)?,
    })
}

/// `SPY260213C00451000`, `SPY   260213C00451000`, `SPY 260213C451`.
fn compact(text: &str) -> Result<Parts<'_>, ContractError> {
    let right_at = text.rfind(['C', 'P']).ok_or(ContractError::Form)?;
    let (before, rest) = text.split_at(right_at);
    let (right, strike_text) = rest.split_at(1);
    let date_at = before
        .len()
        .checked_sub(SHORT_DATE_LENGTH)
        .ok_or(ContractError::Form)?;
    let (root, date) = before
        .split_at_checked(date_at)
        .ok_or(ContractError::Form)?;
    let strike = if is_padded_strike(strike_text) {
        padded_strike(strike_text)?
    } else if root.ends_with(' ') {
        plain_strike(strike_text)?
    } else {
        // Without the space this is a padded name that lost a digit; guessing would be costly.
        return Err(ContractError::Form);
    };
    Ok(Parts {
        root: root.trim_end(),
        date: format!("20{date}"),
        right,
        strike,
    })
}

fn is_padded_strike(text: &str) -> bool {
    text.len() == PADDED_STRIKE_LENGTH && is_digits(text)
}

fn padded_strike(digits: &str) -> Result<Decimal, ContractError> {
    let thousandths: i64 = digits.parse().map_err(|_| ContractError::Strike)?;
    Ok(Decimal::new(thousandths, PADDED_STRIKE_SCALE))
}

/// A strike in dollars: `451`, `451.00`, `0.5`. Zeros in front belong to padded strikes.
fn plain_strike(text: &str) -> Result<Decimal, ContractError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !is_digits(whole) || !is_digits(fraction) || has_leading_zero {
        return Err(ContractError::Strike);
    }
    Decimal::from_str_exact(text).map_err(|_| ContractError::Strike)
}

fn date(year_month_day: &str) -> Result<NaiveDate, ContractError> {
    if year_month_day.len() != 8 || !is_digits(year_month_day) {
        return Err(ContractError::Expiration);
    }
    NaiveDate::parse_from_str(year_month_day, "%Y%m%d").map_err(|_| ContractError::Expiration)
}

fn right(text: &str) -> Result<OptionRight, ContractError> {
    match text {
        "C" | "CALL" => Ok(OptionRight::Call),
        "P" | "PUT" => Ok(OptionRight::Put),
        _ => Err(ContractError::Right),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
