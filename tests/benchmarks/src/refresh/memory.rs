//! What the process holds in memory, as the kernel counts it. Linux only; zero elsewhere.

const STATUS: &str = "/proc/self/status";
/// Writing this to `/proc/self/clear_refs` makes the kernel count the peak anew.
const COUNT_ANEW: &str = "5";

/// A peak that is counted from a moment on.
pub(super) struct Memory {
    before_mb: f64,
}

impl Memory {
    /// Counts the peak from now on.
    pub(super) fn watched() -> Self {
        // Where it can't be counted anew, the peak is that of the whole run.
        let _ = std::fs::write("/proc/self/clear_refs", COUNT_ANEW);
        Self {
            before_mb: mb("VmRSS:"),
        }
    }

    /// By how many MB the peak since then is above what there was.
    pub(super) fn peak_mb(&self) -> f64 {
        (mb("VmHWM:") - self.before_mb).max(0.0)
    }
}

fn mb(name: &str) -> f64 {
    let status = std::fs::read_to_string(STATUS).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() / 1_024.0
}
