//! The last so many values of a series, summarised in constant time on average.
//!
//! A running sum that adds the newest value and subtracts the oldest drifts, and leaves a trace of
//! old values in a window that has become flat. Here nothing is ever subtracted: values since the
//! last turn are summarised as they come, those before it once, from their newest to their
//! oldest, and the window is the tail of the one joined with the other. Every so many values the
//! blocks turn. Sums are of differences from one of the window's own values, so that a flat
//! window has a deviation of exactly zero and a mean of exactly its value.

/// What is known of a run of values without looking at them again.
pub(super) trait Summary: Copy {
    /// Of no values.
    const EMPTY: Self;
    /// Whether it takes differences from a value of the window, or the values themselves.
    const OF_DIFFERENCES: bool;
    /// With one more value before the oldest.
    fn with_older(self, value: f64) -> Self;
    /// With one more value after the newest.
    fn with_newer(self, value: f64) -> Self;
    /// Of these values and the newer ones that follow them.
    fn followed_by(self, newer: Self) -> Self;
}

/// The last values of a series. Holds twice as many places as values, and allocates no more.
#[derive(Debug, Clone)]
pub(super) struct Window<S> {
    /// Values since the last turn, oldest first.
    block: Box<[f64]>,
    /// How many of them there are; less than the window's length between two calls.
    block_length: usize,
    /// Their summary.
    newer: S,
    /// At `i` the values of the block before, from the `i`-th on.
    tails: Box<[S]>,
    /// Whether there was a turn: the window is full from then on.
    is_full: bool,
    /// What differences are taken from; always a value of a full window.
    anchor: f64,
}

impl<S: Summary> Window<S> {
    /// Of so many values; none counts as one.
    pub(super) fn new(length: usize) -> Self {
        let length = length.max(1);
        Self {
            block: vec![0.0; length].into_boxed_slice(),
            block_length: 0,
            newer: S::EMPTY,
            tails: vec![S::EMPTY; length].into_boxed_slice(),
            is_full: false,
            anchor: 0.0,
        }
    }

    /// What differences are taken from.
    pub(super) fn anchor(&self) -> f64 {
        self.anchor
    }

    /// Takes the next value; absent until there are as many as the window holds.
    #[inline]
    pub(super) fn next(&mut self, value: f64) -> Option<S> {
        if let Some(place) = self.block.get_mut(self.block_length) {
            *place = value;
        }
        self.block_length += 1;
        if self.block_length >= self.block.len() {
            self.turn(value);
        } else {
            self.newer = self.newer.with_newer(self.offset(value));
        }
        let tail = self.tails.get(self.block_length)?;
        self.is_full.then(|| tail.followed_by(self.newer))
    }

    /// Makes the full block the one before, seen from its newest value.
    fn turn(&mut self, newest: f64) {
        self.anchor = newest;
        let mut tail = S::EMPTY;
        for (place, value) in self.tails.iter_mut().zip(&self.block).rev() {
            let offset = if S::OF_DIFFERENCES {
                value - newest
            } else {
                *value
            };
            tail = tail.with_older(offset);
            *place = tail;
        }
        self.newer = S::EMPTY;
        self.block_length = 0;
        self.is_full = true;
    }

    fn offset(&self, value: f64) -> f64 {
        if S::OF_DIFFERENCES {
            value - self.anchor
        } else {
            value
        }
    }
}
