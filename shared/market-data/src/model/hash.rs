//! Numbers that look random and are functions of their key. Nothing here has state.

/// One step of the `SplitMix64` generator (Steele, Lea and Flood, 2014): every bit of the key
/// reaches every bit of the result.
fn scattered(key: u64) -> u64 {
    let mut bits = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A key with one more number mixed into it.
pub(crate) fn keyed(key: u64, number: u64) -> u64 {
    scattered(key ^ scattered(number))
}

/// A key with a text mixed into it.
pub(crate) fn keyed_by_text(key: u64, text: &str) -> u64 {
    text.bytes()
        .fold(keyed(key, 0), |key, byte| keyed(key, u64::from(byte)))
}

/// The key as a number from 0 up to, and without, 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "53 bits are what an f64 holds exactly"
)]
pub(crate) fn unit(key: u64) -> f64 {
    const STEPS: f64 = (1_u64 << 53) as f64;
    (scattered(key) >> 11) as f64 / STEPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_fill_their_range_evenly() {
        let units: Vec<f64> = (0..10_000).map(|number| unit(keyed(7, number))).collect();
        let mean = units.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        assert!(units.iter().all(|unit| (0.0..1.0).contains(unit)));
    }

    #[test]
    fn texts_that_share_letters_differ() {
        let keys = ["AB", "BA", "A", "B", "", "AA"].map(|text| keyed_by_text(1, text));
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[..index].contains(key));
        }
    }
}
