//! Where the newest of a run of figures stands among them.

/// Fewer figures rank nothing.
const FIGURES_MIN: usize = 20;

/// Figures that are closer than this part of them are the same: rounding ranks nothing.
const SAME: f64 = 1e-9;

/// The share of the figures that aren't above the newest, up to 1. Absent with too few of them, or
/// when they are all the same: what never changed is neither high nor low. All are at least zero.
pub(super) fn rank(figures: &[f64]) -> Option<f64> {
    let newest = *figures.last()?;
    let tolerance = SAME * newest;
    let differs = |figure: &f64| (figure - newest).abs() > tolerance;
    if figures.len() < FIGURES_MIN || !figures.iter().any(differs) {
        return None;
    }
    let not_above = figures
        .iter()
        .filter(|figure| *figure - newest <= tolerance);
    Some(share(not_above.count(), figures.len()))
}

#[expect(clippy::cast_precision_loss, reason = "counts of bars")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(count: u32) -> Vec<f64> {
        (1..=count).map(f64::from).collect()
    }

    #[test]
    fn the_newest_counts_itself() {
        let rising = counted(20);
        assert_eq!(rank(&rising), Some(1.0));
        let falling: Vec<f64> = rising.iter().rev().copied().collect();
        assert_eq!(rank(&falling), Some(0.05));
        let mut amid = counted(39);
        amid.push(20.0);
        assert_eq!(rank(&amid), Some(21.0 / 40.0));
    }

    #[test]
    fn too_few_or_equal_figures_rank_nothing() {
        assert_eq!(rank(&[]), None);
        assert_eq!(rank(&counted(19)), None);
        assert_eq!(rank(&[1.5; 40]), None);
        assert_eq!(rank(&[0.0; 40]), None);
        let but_for_rounding: Vec<f64> = counted(40).iter().map(|it| 0.1 + it * 1e-16).collect();
        assert_eq!(rank(&but_for_rounding), None);
    }
}
