//! The units in which timeframes are counted, and the words for them.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

impl Unit {
    /// Only the single letter `M` is read by its case, since `m` is minutes.
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "" | "m" => return Some(Self::Minute),
            "M" => return Some(Self::Month),
            _ => {}
        }
        match word.to_ascii_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => Some(Self::Second),
            "min" | "mins" | "minute" | "minutes" => Some(Self::Minute),
            "h" | "hr" | "hrs" | "hour" | "hours" => Some(Self::Hour),
            "d" | "day" | "days" => Some(Self::Day),
            "w" | "wk" | "week" | "weeks" => Some(Self::Week),
            "mo" | "month" | "months" => Some(Self::Month),
            _ => None,
        }
    }

    pub(super) fn letter(self) -> char {
        match self {
            Self::Second => 's',
            Self::Minute => 'm',
            Self::Hour => 'h',
            Self::Day => 'd',
            Self::Week => 'w',
            Self::Month => 'M',
        }
    }
}
