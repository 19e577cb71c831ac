//! Who may use the dashboard, and what each role may do there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest name: an email address is usually well within it.
const LENGTH_MAX: usize = 64;

/// The name of a user, in lower case: `ann`, `ann.lee@example.com`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserName(String);

/// Why a text is not a user's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserNameError {
    /// Nothing is there.
    #[error("is empty")]
    Empty,
    /// Too long.
    #[error("is longer than {LENGTH_MAX} characters")]
    TooLong,
    /// Something that no name has.
    #[error("may hold a-z, 0-9, and . _ - @ after the first character")]
    BadCharacter,
}

impl UserName {
    /// Reads a name; capitals mean the same as small letters.
    ///
    /// ```
    /// use domain::UserName;
    /// assert_eq!(UserName::parse(" Ann ").unwrap().as_str(), "ann");
    /// assert!(UserName::parse("ann#1").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, UserNameError> {
        let lower = text.trim().to_ascii_lowercase();
        if lower.is_empty() {
            return Err(UserNameError::Empty);
        }
        if lower.len() > LENGTH_MAX {
            return Err(UserNameError::TooLong);
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if lower.starts_with(plain) && lower.chars().all(|c| plain(c) || "._-@".contains(c)) {
            Ok(Self(lower))
        } else {
            Err(UserNameError::BadCharacter)
        }
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for UserName {
    type Err = UserNameError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for UserName {
    type Error = UserNameError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<UserName> for String {
    fn from(name: UserName) -> Self {
        name.0
    }
}

/// What a user may do. Each role may do what the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Role {
    /// Looks at everything that is traded.
    User,
    /// Also runs experiments and replays, and exports.
    Researcher,
    /// Also changes settings, closes positions, stops engines, and keeps the users.
    Admin,
}

impl Role {
    /// All of them, the one that may do least first.
    pub const ALL: [Self; 3] = [Self::User, Self::Researcher, Self::Admin];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Researcher => "researcher",
            Self::Admin => "admin",
        }
    }

    /// Whether it may do what needs the other.
    pub fn covers(self, needed: Self) -> bool {
        self >= needed
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_and_plain() {
        for (text, expected) in [
            ("Ann", Ok("ann")),
            ("7", Ok("7")),
            (" ann.lee_2@example.com ", Ok("ann.lee_2@example.com")),
            ("", Err(UserNameError::Empty)),
            ("  ", Err(UserNameError::Empty)),
            ("-ann", Err(UserNameError::BadCharacter)),
            ("ann lee", Err(UserNameError::BadCharacter)),
            ("ann\n", Ok("ann")),
            ("änn", Err(UserNameError::BadCharacter)),
            ("ann/lee", Err(UserNameError::BadCharacter)),
        ] {
            let read = UserName::parse(text).map(String::from);
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
        assert!(UserName::parse(&"a".repeat(64)).is_ok());
        assert_eq!(
            UserName::parse(&"a".repeat(65)),
            Err(UserNameError::TooLong)
        );
    }

    #[test]
    fn a_role_covers_itself_and_those_below() {
        let covered = Role::ALL.map(|role| Role::ALL.map(|needed| role.covers(needed)));
        assert_eq!(
            covered,
            [[true, false, false], [true, true, false], [true; 3]]
        );
    }
}
