//! On which side of a level something lies.

use domain::studies::DirectionalStudy;

/// Prices that are within so many average ranges of a level lie on it.
pub(super) const PRICE_MARGIN_RANGES: f64 = 0.5;
/// The same of averages, which move less.
pub(super) const AVERAGE_MARGIN_RANGES: f64 = 0.1;
/// Directional movement below this, of the larger side, is none.
const MOVEMENT_MIN: f64 = 10.0;

/// 1 if it lies above the level by more than the margin, -1 if below it, else 0.
pub(super) fn side(value: f64, level: f64, margin: f64) -> i32 {
    if value - level > margin {
        1
    } else if level - value > margin {
        -1
    } else {
        0
    }
}

/// 1 if all of them lie on the upper side, -1 if all lie on the lower, else 0.
pub(super) fn common_side<const N: usize>(sides: [i32; N]) -> i32 {
    [1, -1]
        .into_iter()
        .find(|common| sides.iter().all(|side| side == common))
        .unwrap_or(0)
}

/// The side of the larger movement; 0 if even that is none.
pub(super) fn movement_side(movement: DirectionalStudy) -> i32 {
    let (plus, minus) = (movement.plus_di, movement.minus_di);
    if plus.max(minus) < MOVEMENT_MIN {
        return 0;
    }
    side(plus, minus, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_within_the_margin_is_on_the_level() {
        for (value, margin, expected) in [
            (2.0, 0.5, 1),
            (1.5, 0.5, 0),
            (1.0, 0.0, 0),
            (1.0 + 1e-9, 0.0, 1),
            (0.5, 0.5, 0),
            (0.25, 0.5, -1),
            (f64::NAN, 0.0, 0),
        ] {
            assert_eq!(side(value, 1.0, margin), expected, "{value} ± {margin}");
        }
    }

    #[test]
    fn a_side_is_common_only_if_all_share_it() {
        assert_eq!(common_side([1, 1, 1]), 1);
        assert_eq!(common_side([-1, -1]), -1);
        assert_eq!(common_side([1, 0]), 0);
        assert_eq!(common_side([1, -1]), 0);
    }

    #[test]
    fn next_to_no_movement_has_no_side() {
        for (plus_di, minus_di, expected) in [
            (30.0, 10.0, 1),
            (5.0, 10.0, -1),
            (9.9, 0.0, 0),
            (20.0, 20.0, 0),
        ] {
            let adx = Some(100.0);
            let movement = DirectionalStudy {
                plus_di,
                minus_di,
                adx,
            };
            assert_eq!(movement_side(movement), expected, "{movement:?}");
        }
    }
}
