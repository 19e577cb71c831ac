//! Gamma exposure of an option chain: how many dollars of delta dealers would have to trade when
//! the underlying moves, where that changes its sign, and what else open interest tells.
//!
//! Who holds which side isn't known. The sign is the usual assumption that dealers are long calls
//! and short puts (`SqueezeMetrics`, "Gamma Exposure", 2017): calls count as positive, puts as
//! negative. Open interest is as of the session before; volume of the day isn't in it.
//!
//! Everything is in [`UNIT`] unless it says otherwise. What there isn't is absent, never zero.

mod chain;
mod cumulative;
mod dealers;
mod exclusions;
mod exponential;
mod levels;
mod max_pain;
mod profile;
mod put_call;
mod root;
mod walls;

use crate::options::Right;
use chain::Chain;
use profile::Profile;

pub use cumulative::CumulativeStrikeFlip;
pub use dealers::{DealerPosition, DealerSide, FlipSide, Strength, VolatilityExpectation};
pub use exclusions::Exclusions;
pub use levels::{ExpiryExposure, StrikeExposure};
pub use profile::{Crossing, ProfilePoint, RepricedFlip};
pub use put_call::PutCallRatios;
pub use walls::{Walls, WallsBy};

/// The unit of every exposure here.
pub const UNIT: &str = "dollars of delta per +1 % move of the underlying";

/// Most that spot and strikes may be, in dollars: far above any share, far below trouble.
const PRICE_MAX_USD: f64 = 1e9;
/// Most that interest and dividends may be, either way: 1 is 100 % a year.
const RATE_MAX: f64 = 1.0;

/// One listed contract, as far as exposure depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListedContract {
    /// Which expiry it belongs to: a number of the caller's, in the order of the expiries.
    pub expiry: u32,
    /// Minutes until it expires; at or below zero it has.
    pub minutes_to_expiry: f64,
    /// Dollars per share.
    pub strike: f64,
    /// Call or put.
    pub right: Right,
    /// Volatility per year that its price implies: 0.2 is 20 %.
    pub implied_volatility: Option<f64>,
    /// Contracts held, as of the session before.
    pub open_interest: Option<f64>,
    /// Contracts traded in the running session.
    pub volume: Option<f64>,
}

/// A chain to measure.
#[derive(Debug, Clone, Copy)]
pub struct GammaExposureInputs<'a> {
    /// The underlying's price, in dollars per share.
    pub spot: f64,
    /// Continuously compounded interest per year: 0.04 is 4 %.
    pub rate: f64,
    /// Continuously paid dividends per year: 0.01 is 1 %.
    pub dividend_yield: f64,
    /// The contracts, in any order.
    pub contracts: &'a [ListedContract],
}

/// Inputs that no chain can have. What is wrong with a single contract excludes that one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GammaExposureError {
    /// Spot isn't a price.
    #[error("the spot isn't a price")]
    Spot,
    /// Interest or dividends are no number, or beyond 100 % a year.
    #[error("the rate or the dividend yield isn't one")]
    Rate,
}

/// The exposure of all contracts together, in [`UNIT`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalExposure {
    /// Of calls: at least zero.
    pub call: f64,
    /// Of puts: at most zero.
    pub put: f64,
    /// Contracts that are in it.
    pub contracts: u32,
    /// What the underlying stood at, in dollars.
    spot: f64,
}

/// What a chain says of its dealers.
#[derive(Debug, Clone, PartialEq)]
pub struct GammaExposure {
    /// All contracts together; absent if none could be used.
    pub total: Option<TotalExposure>,
    /// One for each strike that is listed and hasn't expired, ascending.
    pub by_strike: Vec<StrikeExposure>,
    /// One for each expiry that is still to come, ascending.
    pub by_expiry: Vec<ExpiryExposure>,
    /// Strikes at which most is held.
    pub walls: Walls,
    /// Where the net exposure would change its sign, each gamma computed anew for each price.
    pub flip: RepricedFlip,
    /// Where the net exposure, summed up by strikes, changes its sign: another quantity.
    pub cumulative_flip: CumulativeStrikeFlip,
    /// The price at which holders of all expiries together would get least. Expiries settle one
    /// by one, so this has no meaning for settlement. In dollars.
    pub max_pain_of_all: Option<f64>,
    /// Puts for each call.
    pub put_call: PutCallRatios,
    /// What dealers hold by the sign assumed, and what is expected of it.
    pub dealers: Option<DealerPosition>,
    /// What was left out, by reason.
    pub exclusions: Exclusions,
}

impl GammaExposureInputs<'_> {
    /// Measures the chain.
    ///
    /// ```
    /// use quant::Right;
    /// use quant::gamma_exposure::{GammaExposureInputs, ListedContract};
    /// let held = |right, strike, open_interest| ListedContract {
    ///     expiry: 0, minutes_to_expiry: 10_080.0, strike, right,
    ///     implied_volatility: Some(0.2), open_interest: Some(open_interest), volume: None,
    /// };
    /// let contracts = [held(Right::Call, 105.0, 900.0), held(Right::Put, 95.0, 400.0)];
    /// let inputs = GammaExposureInputs {
    ///     spot: 100.0, rate: 0.04, dividend_yield: 0.01, contracts: &contracts,
    /// };
    /// let exposure = inputs.measure().unwrap();
    /// assert!(exposure.total.unwrap().net() > 0.0);
    /// assert_eq!(exposure.walls.by_exposure.put, Some(95.0));
    /// ```
    pub fn measure(&self) -> Result<GammaExposure, GammaExposureError> {
        self.check()?;
        let chain = Chain::of(self);
        let profile = Profile::of(&chain);
        let by_strike = levels::by_strike(&chain);
        let total = TotalExposure::of(&chain);
        let flip = profile.flip(&chain);
        Ok(GammaExposure {
            by_expiry: levels::by_expiry(&chain),
            walls: Walls::of(&by_strike, self.spot),
            cumulative_flip: cumulative::flip(&by_strike, self.spot),
            max_pain_of_all: max_pain::of_all(&chain),
            put_call: PutCallRatios::of(&chain),
            dealers: total.and_then(|total| DealerPosition::of(&total, &flip)),
            exclusions: chain.exclusions,
            total,
            by_strike,
            flip,
        })
    }

    /// The net exposure if the underlying stood at each of the prices of the grid on which the
    /// flip is looked for: 0.80 to 1.20 of spot, by 0.0025. Volatility stays with its strike.
    pub fn profile(&self) -> Result<Vec<ProfilePoint>, GammaExposureError> {
        self.check()?;
        Ok(Profile::of(&Chain::of(self)).points(self.spot))
    }

    fn check(&self) -> Result<(), GammaExposureError> {
        if !is_price(self.spot) {
            return Err(GammaExposureError::Spot);
        }
        // Written so that what is no number is refused, too.
        let is_rate = |rate: f64| rate.abs() <= RATE_MAX;
        if !is_rate(self.rate) || !is_rate(self.dividend_yield) {
            return Err(GammaExposureError::Rate);
        }
        Ok(())
    }
}

impl TotalExposure {
    fn of(chain: &Chain) -> Option<Self> {
        let mut total = Self {
            call: 0.0,
            put: 0.0,
            contracts: 0,
            spot: chain.spot,
        };
        for held in chain.held() {
            total.contracts += 1;
            match held.right {
                Right::Call => total.call += held.exposure,
                Right::Put => total.put += held.exposure,
            }
        }
        (total.contracts > 0).then_some(total)
    }

    /// Calls and puts against each other.
    pub fn net(&self) -> f64 {
        self.call + self.put
    }

    /// Calls and puts together, without their signs.
    pub fn gross(&self) -> f64 {
        self.call - self.put
    }

    /// Net by gross, from -1 to 1; absent where nothing has any gamma.
    pub fn ratio(&self) -> Option<f64> {
        (self.gross() > 0.0).then(|| self.net() / self.gross())
    }

    /// The net exposure for a move of one dollar: dollars of delta per +1 $.
    pub fn net_per_dollar(&self) -> f64 {
        self.net() / (0.01 * self.spot)
    }
}

/// Whether a number can be a price.
fn is_price(price: f64) -> bool {
    price > 0.0 && price <= PRICE_MAX_USD
}

/// The strike nearest to a price; of two, the lower one.
fn nearest_strike(strikes: impl Iterator<Item = f64>, price: f64) -> Option<f64> {
    let distance = |strike: f64| (strike - price).abs();
    strikes.min_by(|a, b| distance(*a).total_cmp(&distance(*b)).then(a.total_cmp(b)))
}
