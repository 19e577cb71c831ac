//! `parallax positioning`: measured once in five minutes, and kept for others.

use serde_json::Value;

use crate::program::{Up, run, text};

#[test]
fn how_others_stand_is_told_and_kept() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    let told = |more: &[&str]| {
        let said = run(&[&["positioning", "SPY", "--data-dir", text(&dir)], more].concat());
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    };
    let json = |more: &[&str]| -> Value {
        let out = told(&[&["--json"], more].concat());
        serde_json::from_str(&out).unwrap()
    };
    let first = json(&[]);
    let exposure = &first["gamma_exposure"];
    assert_eq!(exposure["symbol"], "SPY");
    assert_eq!(exposure["unit"], "dollars_of_delta_per_1_percent_up");
    assert!(exposure["total"]["call"].as_f64().unwrap() > 0.0);
    assert!(exposure["total"]["put"].as_f64().unwrap() < 0.0);
    assert!(first["options_flow"]["call_volume"].as_u64().unwrap() > 0);
    // Another process finds what this one measured, unless it wants it anew.
    assert_eq!(json(&[])["gamma_exposure"], *exposure);
    assert_ne!(
        json(&["--refresh"])["gamma_exposure"]["measured_at"],
        exposure["measured_at"]
    );
    let shown = told(&[]);
    for part in [
        "gamma exposure",
        "flip",
        "dealers",
        "max pain",
        "options flow",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let (code, _) = up.interrupt();
    assert_eq!(code, Some(0));
}
