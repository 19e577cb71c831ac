//! Answers that take many reads are kept for a minute in the instance, one for each question.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_mins(1);
/// Answers that are kept at once.
const ANSWERS_MAX: usize = 16;

/// The answers of the last minute.
#[derive(Debug)]
pub(crate) struct ForAMinute<Q, A>(Mutex<Vec<(Q, Instant, A)>>);

impl<Q, A> Default for ForAMinute<Q, A> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<Q: PartialEq, A: Clone> ForAMinute<Q, A> {
    /// The answer to the question, if it was given within the last minute.
    pub(crate) fn kept(&self, question: &Q) -> Option<A> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |it: &&(Q, Instant, A)| it.0 == *question && it.1.elapsed() < KEPT;
        kept.iter().find(fresh).map(|it| it.2.clone())
    }

    /// Keeps an answer; the oldest gives way.
    pub(crate) fn keep(&self, question: Q, answer: A) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|it| it.0 != question && it.1.elapsed() < KEPT);
        if kept.len() == ANSWERS_MAX {
            kept.remove(0);
        }
        kept.push((question, Instant::now(), answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_holds_for_a_minute() {
        let answers = ForAMinute::default();
        answers.keep("a", 1);
        assert_eq!((answers.kept(&"a"), answers.kept(&"b")), (Some(1), None));
        tokio::time::advance(KEPT).await;
        assert_eq!(answers.kept(&"a"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_answer_gives_way() {
        let answers = ForAMinute::default();
        (0..=ANSWERS_MAX).for_each(|question| answers.keep(question, question));
        assert_eq!((answers.kept(&0), answers.kept(&1)), (None, Some(1)));
    }
}
