//! Two arms by trading day: the difference, its spread, and a sequential test that keeps its
//! promise when signals of one day go together.

use fastrand::Rng;
use proptest::prelude::*;
use quant::statistics::StatisticsError;
use quant::statistics::bootstrap::{self, Plan};
use quant::statistics::by_day::{
    DAYS_MIN, Day, DaySum, bootstrap as bootstrap_days, compare, sequential_over_days,
};
use quant::statistics::one_sample::one_sample;
use quant::statistics::sample_size::Design;
use quant::statistics::sequential::AlwaysValidTest;

const CLOSE: f64 = 1e-12;

#[track_caller]
fn assert_close(ours: f64, theirs: f64) {
    let most = CLOSE * theirs.abs().max(1.0);
    assert!((ours - theirs).abs() <= most, "{ours} instead of {theirs}");
}

fn sum(values: &[f64]) -> DaySum {
    let mut sum = DaySum::default();
    sum.extend(values.iter().copied());
    sum
}

fn day(control: &[f64], variant: &[f64]) -> Day {
    Day {
        control: sum(control),
        variant: sum(variant),
    }
}

fn swapped(days: &[Day]) -> Vec<Day> {
    let swap = |day: &Day| Day {
        control: day.variant,
        variant: day.control,
    };
    days.iter().map(swap).collect()
}

#[test]
fn three_days_are_what_a_hand_comes_to() {
    let days = [
        day(&[1.0, 3.0], &[4.0]),
        day(&[2.0], &[6.0, 8.0]),
        day(&[], &[2.0]),
    ];
    // Means 2 and 5. Shares: -1/4 - 0/3, 4/4 - 0/3, -3/4; the squares make 1.625, times 3/2.
    let ours = compare(&days, 0.95).unwrap();
    assert_close(ours.mean, 3.0);
    assert_close(ours.standard_error, (1.5_f64 * 1.625).sqrt());
    assert_close(ours.t, 3.0 / 2.4375_f64.sqrt());
    assert_close(ours.df, 2.0);
    // With two degrees of freedom t has a closed form: p = 1 - t / sqrt(t^2 + 2).
    assert_close(
        ours.p_two_sided,
        1.0 - ours.t / (ours.t * ours.t + 2.0).sqrt(),
    );
    let half = 4.302_652_729_696_142 * ours.standard_error;
    assert!((ours.interval.high - ours.mean - half).abs() < 1e-9);
}

#[test]
fn one_mean_is_what_a_hand_comes_to() {
    let ours = one_sample(&[1.0, 2.0, 6.0], 0.95).unwrap();
    assert_close(ours.mean, 3.0);
    assert_close(ours.standard_error, (7.0_f64 / 3.0).sqrt());
    assert_close(ours.df, 2.0);
    let none = one_sample(&[4.0], 0.95);
    assert!(matches!(none, Err(StatisticsError::TooFew { .. })));
    let equal = one_sample(&[4.0; 3], 0.95);
    assert_eq!(equal, Err(StatisticsError::NoSpread));
    assert!(one_sample(&[1.0, f64::NAN], 0.95).is_err());
}

#[test]
fn days_that_can_t_be_compared_are_refused() {
    let none = compare(&[], 0.95);
    assert!(matches!(none, Err(StatisticsError::TooFew { .. })));
    let one_sided = [day(&[1.0], &[]), day(&[2.0], &[])];
    assert!(compare(&one_sided, 0.95).is_err());
    let equal = [day(&[1.0], &[2.0]), day(&[1.0], &[2.0])];
    assert_eq!(compare(&equal, 0.95), Err(StatisticsError::NoSpread));
    let wrong = [day(&[1.0], &[f64::INFINITY]), day(&[1.0], &[2.0])];
    assert_eq!(compare(&wrong, 0.95), Err(StatisticsError::NotFinite));
    let few = sequential_over_days(&[day(&[1.0], &[2.0]); DAYS_MIN - 1], 0.1, 0.05);
    assert!(matches!(few, Err(StatisticsError::TooFew { .. })));
    // Enough days, and too few observations of the control.
    let days = vec![day(&[], &[2.0, 1.0]); DAYS_MIN];
    assert!(sequential_over_days(&days, 0.1, 0.05).is_err());
}

#[test]
fn detectable_is_a_matter_of_the_standard_error() {
    let design = Design::default();
    let by_size = design.detectable(150.0, 883.0).unwrap();
    let error = 150.0 * (2.0_f64 / 883.0).sqrt();
    assert_close(design.detectable_by(error).unwrap(), by_size);
    assert!((design.times_as_many(error, 20.0).unwrap() - 1.0).abs() < 1e-3);
    assert_close(
        design.times_as_many(error, 10.0).unwrap(),
        4.0 * design.times_as_many(error, 20.0).unwrap(),
    );
    assert!(design.detectable_by(0.0).is_err());
}

/// An option's result on a day of the market, in shares of its premium: often nothing, often a
/// stopped loss, now and then a multiple. It is that of the market's day for `together` of one.
fn payoff(rng: &mut Rng, market: f64, together: f64) -> f64 {
    let own = (1.0 - together * together).sqrt() * normal(rng);
    if rng.f64() < 0.4 {
        return 0.0;
    }
    match libm::exp(0.6 * (together * market + own) - 0.18) - 1.05 {
        fall if fall < -0.5 => -0.5,
        rise if rise > 0.5 => [0.5, 2.0][usize::from(rng.f64() < 0.05)],
        other => other,
    }
}

fn normal(rng: &mut Rng) -> f64 {
    let twelve: f64 = (0..12).map(|_| rng.f64()).sum();
    twelve - 6.0
}

/// Two arms without a difference: each has its own day, since one buys calls where the other
/// buys puts.
fn null_days(rng: &mut Rng, days: usize) -> (Vec<Day>, [Vec<f64>; 2]) {
    let mut arms = [Vec::new(), Vec::new()];
    let made = (0..days).map(|_| {
        let mut day = Day::default();
        let market = [normal(rng), normal(rng)];
        for _ in 0..10 {
            let place = usize::from(rng.bool());
            let value = payoff(rng, market[place], 0.9);
            arms[place].push(value);
            let arm = [&mut day.control, &mut day.variant];
            arm.into_iter().nth(place).unwrap().extend([value]);
        }
        day
    });
    (made.collect(), arms)
}

fn decides_by_signals([control, variant]: &[Vec<f64>; 2], effect: f64) -> bool {
    let mut test = AlwaysValidTest::new(effect, 0.05, 20).unwrap();
    for n in (20..=control.len().min(variant.len())).step_by(5) {
        let _too_uniform = test.look(&control[..n], &variant[..n]);
    }
    test.has_decided()
}

#[test]
fn false_alarms_stay_below_their_level_though_signals_of_a_day_go_together() {
    const RUNS: u32 = 1_000;
    let (mut by_days, mut by_signals) = (0, 0);
    for run in 0..RUNS {
        let mut rng = Rng::with_seed(u64::from(run));
        let (days, arms) = null_days(&mut rng, 60);
        let ours = sequential_over_days(&days, 0.1, 0.05).unwrap();
        by_days += u32::from(ours.decided.is_some());
        by_signals += u32::from(decides_by_signals(&arms, 0.1));
    }
    assert!(by_days <= RUNS / 20, "{by_days} of {RUNS} false alarms");
    // What the days are for: signal by signal the same test cries wolf.
    assert!(by_signals > RUNS / 10, "{by_signals} of {RUNS}");
}

#[test]
fn a_real_difference_is_found_and_its_day_is_told() {
    let mut rng = Rng::with_seed(11);
    let (mut days, _) = null_days(&mut rng, 120);
    for day in &mut days {
        day.variant.sum += 0.5 * f64::from(u32::try_from(day.variant.n).unwrap());
    }
    let ours = sequential_over_days(&days, 0.2, 0.05).unwrap();
    let (at, difference) = ours.decided.unwrap();
    assert!((DAYS_MIN..=120).contains(&at) && difference > 0.0 && ours.last.p < 0.05);
    let before = sequential_over_days(&days[..at], 0.2, 0.05).unwrap();
    assert_eq!(before.decided, Some((at, difference)));
}

fn any_days() -> impl Strategy<Value = Vec<Day>> {
    let arm = || prop::collection::vec(-1.0_f64..3.0, 1..5);
    prop::collection::vec((arm(), arm()), 25..40).prop_map(|days| {
        let each = days.iter().map(|(control, variant)| day(control, variant));
        each.collect()
    })
}

proptest! {
    #[test]
    fn arms_that_change_places_change_the_sign(days in any_days()) {
        let (ours, other) = (compare(&days, 0.95).unwrap(), compare(&swapped(&days), 0.95).unwrap());
        prop_assert!((ours.mean + other.mean).abs() < CLOSE);
        prop_assert!((ours.standard_error - other.standard_error).abs() < CLOSE);
        let test = |days: &[Day]| sequential_over_days(days, 0.3, 0.05).unwrap();
        let (ours, other) = (test(&days), test(&swapped(&days)));
        prop_assert!((ours.last.difference + other.last.difference).abs() < CLOSE);
        prop_assert!((ours.last.p - other.last.p).abs() < 1e-9);
    }

    #[test]
    fn a_pair_a_day_is_the_paired_test(pairs in prop::collection::vec((-1.0_f64..3.0, -1.0_f64..3.0), 3..40)) {
        let days: Vec<Day> = pairs.iter().map(|(a, b)| day(&[*a], &[*b])).collect();
        let differences: Vec<f64> = pairs.iter().map(|(a, b)| b - a).collect();
        let (ours, theirs) = (compare(&days, 0.9).unwrap(), one_sample(&differences, 0.9).unwrap());
        prop_assert!((ours.mean - theirs.mean).abs() < CLOSE);
        prop_assert!((ours.t - theirs.t).abs() < 1e-8 * theirs.t.abs().max(1.0));
        prop_assert!((ours.interval.low - theirs.interval.low).abs() < 1e-9);
    }

    #[test]
    fn drawing_days_of_pairs_is_drawing_their_differences(
        days in prop::collection::vec(prop::collection::vec((-1.0_f64..3.0, -1.0_f64..3.0), 1..4), 8..20),
        seed: u64,
    ) {
        let plan = Plan { replicates: 300, confidence: 0.9 };
        let sums: Vec<Day> = days.iter().map(|pairs| {
            let (control, variant): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            day(&control, &variant)
        }).collect();
        let clusters: Vec<Vec<f64>> = days.iter().map(|pairs| pairs.iter().map(|(a, b)| b - a).collect()).collect();
        let mean = |sample: &[f64]| Some(sample.iter().sum::<f64>() / f64::from(u32::try_from(sample.len()).unwrap()));
        let (mut one, mut other) = (Rng::with_seed(seed), Rng::with_seed(seed));
        let ours = bootstrap_days(&sums, plan, |n| one.usize(..n)).unwrap();
        let theirs = bootstrap::one_sample(&clusters, mean, plan, |n| other.usize(..n)).unwrap();
        prop_assert!((ours.estimate - theirs.estimate).abs() < CLOSE);
        prop_assert!((ours.bca.acceleration - theirs.bca.acceleration).abs() < 1e-9);
        // A replicate that is the sample itself counts half, and rounding hides that it is.
        let (ours, theirs) = (ours.bca.interval, theirs.bca.interval);
        let most = 0.1 * (theirs.high - theirs.low);
        prop_assert!((ours.low - theirs.low).abs() < most && (ours.high - theirs.high).abs() < most);
    }
}

#[test]
fn each_look_is_what_the_days_until_then_come_to() {
    let (days, _) = null_days(&mut Rng::with_seed(5), 60);
    let whole = sequential_over_days(&days, 0.1, 0.05).unwrap();
    assert_eq!(whole.looks.last().map(|it| it.1), Some(whole.last));
    for (passed, look) in &whole.looks {
        let then = sequential_over_days(&days[..*passed], 0.1, 0.05).unwrap();
        assert_eq!(then.last, *look);
    }
}
