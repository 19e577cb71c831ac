//! On which side of a level something lies.

use std::cmp::Ordering;

/// 1 above the level, -1 below it, 0 on it.
pub(super) fn side(value: f64, level: f64) -> i32 {
    match value.partial_cmp(&level) {
        Some(Ordering::Greater) => 1,
        Some(Ordering::Less) => -1,
        _ => 0,
    }
}

/// 1 if all of them lie on the upper side, -1 if all lie on the lower, else 0.
pub(super) fn common_side<const N: usize>(sides: [i32; N]) -> i32 {
    [1, -1]
        .into_iter()
        .find(|common| sides.iter().all(|side| side == common))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_common_only_if_all_share_it() {
        assert_eq!(common_side([side(2.0, 1.0), side(3.0, 1.0)]), 1);
        assert_eq!(common_side([side(0.5, 1.0), side(-3.0, 1.0)]), -1);
        assert_eq!(common_side([side(2.0, 1.0), side(1.0, 1.0)]), 0);
        assert_eq!(common_side([side(2.0, 1.0), side(0.0, 1.0)]), 0);
        assert_eq!(side(f64::NAN, 1.0), 0);
    }
}
