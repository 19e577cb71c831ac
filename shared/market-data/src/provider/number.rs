//! Numbers as providers write them: bare, with an exponent, or as texts. What is no finite
//! number is refused, an empty text too.

use std::fmt;
use std::str::FromStr;

use domain::Price;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Prices lie below this: far above every share's, and far below what overflows in sums.
const PRICE_LIMIT_USD: f64 = 1e9;

/// A finite number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(f64);

impl Number {
    /// A number, if it is finite.
    pub fn of(value: f64) -> Option<Self> {
        // Adding zero takes the sign from a zero that has one.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// A text that is a number.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(f64::from_str(text.trim()).ok()?)
    }

    /// As a number for mathematics.
    pub fn get(self) -> f64 {
        self.0
    }

    /// As a price, exactly as it was written: refused below zero and beyond all prices.
    pub fn price(self) -> Option<Price> {
        if self.0 >= PRICE_LIMIT_USD {
            return None;
        }
        // `from_f64` goes by the shortest digits that make the number: those that were written.
        Price::new(Decimal::from_f64(self.0)?.normalize()).ok()
    }

    /// As a count of things: refused below zero; a fraction of one is dropped.
    pub fn count(self) -> Option<u64> {
        Decimal::from_f64(self.0)?
            .trunc()
            .try_into()
            .ok()
            .filter(|_| self.0 >= 0.0)
    }

    /// As a whole number, such as a time: a fraction is dropped. Beyond 2^53 the last digits are
    /// those of the nearest double.
    pub fn whole(self) -> Option<i64> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the range is checked, and a fraction is meant to go"
        )]
        (self.0.abs() < 9e18).then_some(self.0 as i64)
    }

    /// As a size of a quote: what is beyond its range is its end.
    pub fn size(self) -> Option<u32> {
        let count = self.count()?;
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a text that is one")
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        Number::of(value).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        Number::parse(text).ok_or_else(|| E::custom("not a finite number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Number> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, price, size) in [
            ("5.25", Some("5.25"), Some(5)),
            (r#"" 5.25 ""#, Some("5.25"), Some(5)),
            ("201.1", Some("201.1"), Some(201)),
            ("0.0005", Some("0.0005"), Some(0)),
            ("1e2", Some("100"), Some(100)),
            ("-0.0", Some("0"), Some(0)),
            ("-0.01", None, None),
            ("999999999", Some("999999999"), Some(999_999_999)),
            ("1e9", None, Some(1_000_000_000)),
            ("9e12", None, Some(u32::MAX)),
            ("1e308", None, None),
        ] {
            let number = number(text).unwrap();
            let told = number
                .price()
                .map(|it| it.decimal().normalize().to_string());
            assert_eq!(told.as_deref(), price, "{text}");
            assert_eq!(number.size(), size, "{text}");
        }
        for text in [
            "null", r#""""#, r#""NaN""#, r#""inf""#, "1e999", "[]", "{}", "true",
        ] {
            assert!(number(text).is_none(), "{text}");
        }
    }
}
