//! Two arms whose observations of one trading day go together: their difference by days.
//!
//! A day is a cluster. What both arms saw of it may be correlated in any way, within an arm and
//! between the arms; only days are taken for independent of each other. The difference is that
//! of the means over all observations, `sum B / n B - sum A / n A`, and its variance is that of
//! the days' shares in it (the linearized, cluster-robust form): with
//! `u = (sum b - mean B · n b) / n B - (sum a - mean A · n a) / n A` of each of D days,
//! `V = D / (D - 1) · sum u^2`. Pairs need nothing of their own: where every observation has its
//! twin, `u` is that of the twins' differences.

use super::bootstrap::{Bootstrapped, Plan, all_present};
use super::bootstrap_interval::bca;
use super::one_sample::{OneSample, of_estimate};
use super::sequential::{AlwaysValidTest, Look, PER_ARM_MIN};
use super::{StatisticsError, check_share, count};

/// A sequential test begins with so many days: the variance is estimated from days, so they are
/// what there have to be enough of.
pub const DAYS_MIN: usize = 20;

/// What an arm saw on a day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DaySum {
    /// Observations.
    pub n: usize,
    /// Their sum.
    pub sum: f64,
}

impl Extend<f64> for DaySum {
    /// With so many observations more.
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        for value in values {
            self.n += 1;
            self.sum += value;
        }
    }
}

/// A trading day of both arms. An arm that saw nothing on it has none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Day {
    /// The control.
    pub control: DaySum,
    /// The variant.
    pub variant: DaySum,
}

/// The difference in means and its squared standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Estimate {
    difference: f64,
    variance: f64,
}

/// Mean of the variant less mean of the control, tested by days: at least two, and an observation
/// in each arm.
pub fn compare(days: &[Day], confidence: f64) -> Result<OneSample, StatisticsError> {
    check_share("the confidence", confidence)?;
    let estimate = estimate(days)?;
    of_estimate(
        estimate.difference,
        estimate.variance,
        days.len(),
        confidence,
    )
}

/// What a sequential test over days came to.
#[derive(Debug, Clone, PartialEq)]
pub struct OverDays {
    /// Every look, with how many days had passed, in their order.
    pub looks: Vec<(usize, Look)>,
    /// The last look.
    pub last: Look,
    /// How many days had passed when the p-value first fell below the level, and the difference
    /// then; absent if it never did.
    pub decided: Option<(usize, f64)>,
}

/// The always-valid test with a look after each day, from the [`DAYS_MIN`]-th on, and from 20
/// observations an arm. `effect` is the expected difference, fixed before the first day. Days
/// come in their order, and each has to be complete: what is added later to a day that was
/// looked at would undo the promise.
///
/// ```
/// use quant::statistics::by_day::{Day, DaySum, sequential_over_days};
/// let day = |number: u32| Day {
///     control: DaySum { n: 2, sum: 0.01 * f64::from(number % 3) },
///     variant: DaySum { n: 2, sum: 0.40 + 0.01 * f64::from(number % 5) },
/// };
/// let days: Vec<Day> = (0..30).map(day).collect();
/// let found = sequential_over_days(&days, 0.05, 0.05).unwrap();
/// assert!(found.decided.is_some_and(|(days, difference)| days == 20 && difference > 0.0));
/// ```
pub fn sequential_over_days(
    days: &[Day],
    effect: f64,
    alpha: f64,
) -> Result<OverDays, StatisticsError> {
    let mut test = AlwaysValidTest::new(effect, alpha, PER_ARM_MIN)?;
    let (mut looks, mut decided) = (Vec::new(), None);
    let mut last = Err(StatisticsError::TooFew {
        given: days.len(),
        needed: DAYS_MIN,
    });
    for passed in DAYS_MIN..=days.len() {
        let had_decided = test.has_decided();
        last = look(&mut test, &days[..passed]);
        if let Ok(look) = last {
            looks.push((passed, look));
            if test.has_decided() && !had_decided {
                decided = Some((passed, look.difference));
            }
        }
    }
    last.map(|last| OverDays {
        looks,
        last,
        decided,
    })
}

fn look(test: &mut AlwaysValidTest, days: &[Day]) -> Result<Look, StatisticsError> {
    let totals = totals(days);
    let given = totals.control.n.min(totals.variant.n);
    if given < PER_ARM_MIN {
        let needed = PER_ARM_MIN;
        return Err(StatisticsError::TooFew { given, needed });
    }
    let estimate = estimate(days)?;
    test.look_at(estimate.difference, estimate.variance)
}

/// The `BCa` interval of the difference, by drawing whole days with replacement: both arms of a
/// day are drawn together. `draw` says which of so many days is taken next.
pub fn bootstrap(
    days: &[Day],
    plan: Plan,
    mut draw: impl FnMut(usize) -> usize,
) -> Result<Bootstrapped, StatisticsError> {
    check_share("the confidence", plan.confidence)?;
    let whole = estimate(days)?.difference;
    let replicates = (0..plan.replicates).map(|_| {
        let drawn = (0..days.len()).filter_map(|_| days.get(draw(days.len())));
        difference(&totals(drawn))
    });
    let replicates = all_present(replicates)?;
    let jackknife = all_present((0..days.len()).map(|out| {
        let left = days[..out].iter().chain(&days[out + 1..]);
        difference(&totals(left))
    }))?;
    let bca = bca(whole, &replicates, &[jackknife], plan.confidence)?;
    Ok(Bootstrapped {
        estimate: whole,
        bca,
    })
}

fn totals<'a>(days: impl IntoIterator<Item = &'a Day>) -> Day {
    let add = |one: DaySum, other: DaySum| DaySum {
        n: one.n + other.n,
        sum: one.sum + other.sum,
    };
    days.into_iter().fold(Day::default(), |sum, day| Day {
        control: add(sum.control, day.control),
        variant: add(sum.variant, day.variant),
    })
}

fn mean(arm: DaySum) -> Option<f64> {
    (arm.n > 0).then(|| arm.sum / count(arm.n))
}

fn difference(totals: &Day) -> Option<f64> {
    Some(mean(totals.variant)? - mean(totals.control)?)
}

fn estimate(days: &[Day]) -> Result<Estimate, StatisticsError> {
    let sums = days
        .iter()
        .flat_map(|day| [day.control.sum, day.variant.sum]);
    if sums.into_iter().any(|sum| !sum.is_finite()) {
        return Err(StatisticsError::NotFinite);
    }
    if days.len() < 2 {
        let given = days.len();
        return Err(StatisticsError::TooFew { given, needed: 2 });
    }
    let totals = totals(days);
    let few = StatisticsError::TooFew {
        given: 0,
        needed: 1,
    };
    let (control, variant) = mean(totals.control).zip(mean(totals.variant)).ok_or(few)?;
    let share =
        |arm: DaySum, whole: DaySum, mean: f64| (arm.sum - mean * count(arm.n)) / count(whole.n);
    let shares = days.iter().map(|day| {
        share(day.variant, totals.variant, variant) - share(day.control, totals.control, control)
    });
    let squares: f64 = shares.map(|share| share * share).sum();
    let d = count(days.len());
    Ok(Estimate {
        difference: variant - control,
        variance: d / (d - 1.0) * squares,
    })
}
