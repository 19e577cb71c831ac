//! What a check found, as a line for people and as a member of the JSON document.

use serde_json::{Value, json};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As it should be.
    Ok,
    /// It works, but someone should know or do something.
    Warn,
    /// It doesn't work.
    Fail,
}

impl Mark {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
        }
    }
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    subject: &'static str,
    mark: Mark,
    says: String,
    advice: Option<String>,
}

impl Finding {
    /// All is well.
    pub(super) fn ok(subject: &'static str, says: impl Into<String>) -> Self {
        Self {
            subject,
            mark: Mark::Ok,
            says: says.into(),
            advice: None,
        }
    }

    /// Something to know, and what to do about it.
    pub(super) fn warn(
        subject: &'static str,
        says: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            mark: Mark::Warn,
            advice: Some(advice.into()),
            ..Self::ok(subject, says)
        }
    }

    /// Something that is wrong, and what to do about it.
    pub(super) fn fail(
        subject: &'static str,
        says: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            mark: Mark::Fail,
            ..Self::warn(subject, says, advice)
        }
    }

    /// Whether it doesn't work.
    pub(super) fn is_failure(&self) -> bool {
        self.mark == Mark::Fail
    }

    /// The line for people.
    pub(super) fn line(&self) -> String {
        let (mark, subject, says) = (self.mark.word(), self.subject, &self.says);
        let advice = self.advice.as_ref();
        let advice = advice.map_or(String::new(), |advice| format!("; {advice}"));
        format!("{mark:<5} {subject:<14} {says}{advice}")
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        json!({
            "subject": self.subject,
            "mark": self.mark.word().to_ascii_lowercase(),
            "says": self.says,
            "advice": self.advice,
        })
    }
}
