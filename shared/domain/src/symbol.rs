//! The name of an underlying, as the options market knows it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest symbol that is accepted: a class share such as `BRK.B` is well within it.
const LENGTH_MAX: usize = 10;

/// A ticker in upper case, without an exchange prefix: `SPY`, `BRK.B`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Symbol(String);

/// Why a text is not a symbol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// Nothing is left after the exchange prefix and spaces are gone.
    #[error("is empty")]
    Empty,
    /// Longer than any listed symbol.
    #[error("is longer than {LENGTH_MAX} characters")]
    TooLong,
    /// Holds something that no listed symbol holds.
    #[error(
        "holds a character that no US stock symbol has; letters, digits and one dot may stand in it"
    )]
    BadCharacter,
}

impl Symbol {
    /// Reads a symbol in any of the forms that alerts use: `spy`, `AMEX:SPY`, `BRK.B`.
    ///
    /// ```
    /// use domain::Symbol;
    /// assert_eq!(Symbol::parse("NASDAQ:aapl").unwrap().as_str(), "AAPL");
    /// assert!(Symbol::parse("ES1!").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, SymbolError> {
        let bare = text.trim().rsplit(':').next().unwrap_or_default().trim();
        if bare.is_empty() {
            return Err(SymbolError::Empty);
        }
        if bare.len() > LENGTH_MAX {
            return Err(SymbolError::TooLong);
        }
        let upper = bare.to_ascii_uppercase();
        if is_listed_form(&upper) {
            Ok(Self(upper))
        } else {
            Err(SymbolError::BadCharacter)
        }
    }

    /// The symbol's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The root under which its options are listed: class shares lose the dot (`BRK.B` is `BRKB`).
    pub fn option_root(&self) -> String {
        self.0.replace('.', "")
    }
}

fn is_listed_form(upper: &str) -> bool {
    let starts_with_letter = upper.starts_with(|c: char| c.is_ascii_uppercase());
    let plain = upper
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.');
    starts_with_letter && plain && upper.matches('.').count() <= 1 && !upper.ends_with('.')
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Symbol {
    type Error = SymbolError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_that_alerts_use() {
        for (text, expected) in [
            ("SPY", "SPY"),
            (" spy ", "SPY"),
            ("AMEX:SPY", "SPY"),
            ("NASDAQ_DLY:AAPL", "AAPL"),
            ("brk.b", "BRK.B"),
        ] {
            assert_eq!(
                Symbol::parse(text).map(String::from),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_not_a_stock() {
        for (text, expected) in [
            ("", SymbolError::Empty),
            ("NYSE:", SymbolError::Empty),
            ("ES1!", SymbolError::BadCharacter),
            ("{{ticker}}", SymbolError::BadCharacter),
            ("1SPY", SymbolError::BadCharacter),
            ("A.B.C", SymbolError::BadCharacter),
            ("AVERYLONGSYMBOL", SymbolError::TooLong),
        ] {
            assert_eq!(Symbol::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn class_shares_lose_the_dot_in_option_roots() {
        assert_eq!(Symbol::parse("BRK.B").unwrap().option_root(), "BRKB");
    }
}
