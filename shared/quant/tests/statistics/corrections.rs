//! Several metrics at once, and the promotion of a variant.

use proptest::prelude::*;
use quant::statistics::holm::adjusted;
use quant::statistics::promotion::{Obstacle, PromotionRule, Standing};

#[test]
fn holm_s_textbook_case() {
    let ours = adjusted(&[0.01, 0.04, 0.03, 0.005]).unwrap();
    for (ours, theirs) in ours.iter().zip([0.03, 0.06, 0.06, 0.02]) {
        assert!((ours - theirs).abs() < 1e-15, "{ours} instead of {theirs}");
    }
    assert_eq!(adjusted(&[]), Ok(vec![]));
    assert!(adjusted(&[f64::NAN]).is_err());
    assert!(adjusted(&[1.1]).is_err());
}

proptest! {
    #[test]
    fn a_correction_never_helps_and_keeps_the_order(raw in prop::collection::vec(0.0_f64..=1.0, 1..12)) {
        let ours = adjusted(&raw).unwrap();
        for (one, adjusted_one) in raw.iter().zip(&ours) {
            prop_assert!(adjusted_one >= one && *adjusted_one <= 1.0);
            for (other, adjusted_other) in raw.iter().zip(&ours) {
                prop_assert!(one > other || adjusted_one <= adjusted_other);
            }
        }
    }
}

fn convincing() -> Standing {
    Standing {
        per_arm: [100, 100],
        sessions: 20,
        is_mismatch: Some(false),
        difference: Some(1.0),
        p: Some(0.049),
        drawdowns: Some([0.2, 0.25]),
    }
}

#[test]
fn a_variant_is_promoted_when_nothing_is_in_the_way() {
    use Obstacle::{
        Drawdown, NotBetter, NotSignificant, SampleRatio, TooFewObservations, TooFewSessions,
    };
    let rule = PromotionRule::default();
    let good = convincing();
    for (standing, obstacles) in [
        (good, vec![]),
        (
            Standing {
                per_arm: [100, 99],
                ..good
            },
            vec![TooFewObservations],
        ),
        (
            Standing {
                sessions: 19,
                ..good
            },
            vec![TooFewSessions],
        ),
        (
            Standing {
                is_mismatch: Some(true),
                ..good
            },
            vec![SampleRatio],
        ),
        (
            Standing {
                is_mismatch: None,
                ..good
            },
            vec![SampleRatio],
        ),
        (
            Standing {
                p: Some(0.05),
                ..good
            },
            vec![NotSignificant],
        ),
        (
            Standing {
                difference: Some(-1.0),
                p: None,
                ..good
            },
            vec![NotSignificant, NotBetter],
        ),
        (
            Standing {
                drawdowns: Some([0.2, 0.26]),
                ..good
            },
            vec![Drawdown],
        ),
        (
            Standing {
                drawdowns: None,
                ..good
            },
            vec![Drawdown],
        ),
    ] {
        assert_eq!(rule.obstacles(&standing), obstacles, "{standing:?}");
    }
}
