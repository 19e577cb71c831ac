//! Which way a study points.

/// Up or down; what points neither way is an absent direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards higher prices.
    Up,
    /// Towards lower prices.
    Down,
}

impl Direction {
    /// The way from one value to another; none when they are equal.
    pub fn from_to(from: f64, to: f64) -> Option<Self> {
        if to > from {
            Some(Self::Up)
        } else if to < from {
            Some(Self::Down)
        } else {
            None
        }
    }

    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    /// `1.0` or `-1.0`.
    pub fn sign(self) -> f64 {
        match self {
            Self::Up => 1.0,
            Self::Down => -1.0,
        }
    }

    /// Whether a price lies strictly beyond a level, seen this way.
    pub fn is_beyond(self, price: f64, level: f64) -> bool {
        Self::from_to(level, price) == Some(self)
    }
}
