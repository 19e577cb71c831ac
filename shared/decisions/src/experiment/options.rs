//! How a report is made: what is chosen by whoever asks for it.

use quant::statistics::bootstrap::REPLICATES_DEFAULT;

/// Seed, replicates and confidence of a report. The same observations with the same options make
/// the same report, to the last digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportOptions {
    seed: u64,
    replicates: usize,
    confidence: f64,
}

/// Options that make no report.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum OptionsError {
    /// Too few samples to draw, or more than anybody waits for.
    #[error("{0} replicates: there must be 100 to 1,000,000")]
    Replicates(usize),
    /// A confidence that nobody would call one.
    #[error("a confidence of {0}: it must be 0.5 to 0.999")]
    Confidence(f64),
}

impl ReportOptions {
    /// The seed that the bootstrap draws by; 100 to 1,000,000 samples to draw; the confidence of
    /// every interval, 0.5 to 0.999.
    pub fn new(seed: u64, replicates: usize, confidence: f64) -> Result<Self, OptionsError> {
        if !(100..=1_000_000).contains(&replicates) {
            return Err(OptionsError::Replicates(replicates));
        }
        if !(0.5..=0.999).contains(&confidence) {
            return Err(OptionsError::Confidence(confidence));
        }
        Ok(Self {
            seed,
            replicates,
            confidence,
        })
    }

    /// What the bootstrap draws by.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How many samples it draws.
    pub fn replicates(&self) -> usize {
        self.replicates
    }

    /// The confidence of every interval.
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// The level of every test.
    pub fn alpha(&self) -> f64 {
        1.0 - self.confidence
    }
}

impl Default for ReportOptions {
    /// Ten thousand replicates, and 95 %.
    fn default() -> Self {
        Self {
            seed: 0,
            replicates: REPLICATES_DEFAULT,
            confidence: 0.95,
        }
    }
}
