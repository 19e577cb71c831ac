//! The reference's hashes, and what weights make of buckets.

use proptest::prelude::*;

use super::*;

#[test]
fn every_key_has_the_reference_s_hashes() {
    let expected = reference_answers::json("6_stats/expected.json");
    let keys = expected["hash_buckets"].as_array().unwrap();
    assert!(!keys.is_empty());
    for case in keys {
        let key = case["key"].as_str().unwrap();
        assert_eq!(hash(key).to_string(), case["sha256_u64be"], "{key}");
        assert_eq!(bucket(key), case["sha256_mod100"], "{key}");
        assert_eq!(fnv1a_64(key).to_string(), case["fnv1a64"], "{key}");
        assert_eq!(fnv1a_64(key) % BUCKETS, case["fnv1a64_mod100"], "{key}");
    }
}

#[test]
fn a_unit_s_variant_goes_by_its_bucket() {
    let expected = reference_answers::json("6_stats/expected.json");
    let weights = Weights::new(&[20, 0, 50, 30]).unwrap();
    for case in expected["hash_buckets"].as_array().unwrap() {
        let Some((experiment, unit)) = case["key"].as_str().and_then(|key| key.split_once(':'))
        else {
            continue;
        };
        let place = match case["sha256_mod100"].as_u64().unwrap() {
            0..20 => 0,
            20..70 => 2,
            _ => 3,
        };
        assert_eq!(variant(experiment, unit, &weights), place);
    }
}

#[test]
fn weights_make_a_hundred() {
    for wrong in [&[][..], &[50], &[50, 51], &[100, 100], &[255, 101]] {
        assert_eq!(Weights::new(wrong), Err(WeightsError), "{wrong:?}");
    }
    let all = Weights::new(&[0, 100]).unwrap();
    assert!((0..BUCKETS).all(|bucket| all.variant_of(bucket) == 1));
}

proptest! {
    #[test]
    fn each_variant_gets_as_many_buckets_as_its_weight(first in 0_u8..=100) {
        let weights = Weights::new(&[first, 100 - first]).unwrap();
        let of_first = (0..BUCKETS).filter(|bucket| weights.variant_of(*bucket) == 0).count();
        prop_assert_eq!(of_first, usize::from(first));
    }
}
