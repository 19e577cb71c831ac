//! What is known of an environment variable: its form, its default, and what became of it.

/// What a variable's value looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// `true` or `false` (also `1`/`0`, `yes`/`no`, `on`/`off`).
    Flag,
    /// A whole number in a range.
    Whole(u32, u32),
    /// A decimal number in a range.
    Amount(i64, i64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of a market, with what belongs to it.
    Market,
    /// The address of a server.
    Url,
    /// A level, or a filter by module.
    LogLevel,
    /// Any text.
    Text,
    /// Any text, never shown.
    Secret,
}

/// What became of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is read.
    Read,
    /// It is set by `template.yaml` for each function, and not by hand.
    Template,
    /// Something else does its job; it is ignored.
    Replaced,
    /// It is accepted, and has no effect until its part of the platform is there.
    Later,
}

/// One variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Another spelling that means the same; the first one wins when both are set.
    pub alias: Option<&'static str>,
    /// What its value looks like.
    pub form: Form,
    /// What holds when it isn't set, in words; empty for nothing.
    pub default: &'static str,
    /// What became of it.
    pub fate: Fate,
    /// What it does, or what does its job now.
    pub meaning: &'static str,
}
