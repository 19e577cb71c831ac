//! Puts for each call, over all contracts that haven't expired. Above one is often called fearful
//! and below 0.7 greedy; broad index funds stand above one for good.

use super::ListedContract;
use super::chain::Chain;
use crate::options::Right;

/// Puts for each call; absent without calls, and where a side tells no figure at all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PutCallRatios {
    /// By contracts held.
    pub open_interest: Option<f64>,
    /// By contracts traded.
    pub volume: Option<f64>,
}

impl PutCallRatios {
    pub(super) fn of(chain: &Chain) -> Self {
        Self {
            open_interest: ratio(chain, |contract| contract.open_interest),
            volume: ratio(chain, |contract| contract.volume),
        }
    }
}

fn ratio(chain: &Chain, of: fn(&ListedContract) -> Option<f64>) -> Option<f64> {
    let calls = sum(chain, Right::Call, of)?;
    let puts = sum(chain, Right::Put, of)?;
    (calls > 0.0).then(|| puts / calls)
}

fn sum(chain: &Chain, right: Right, of: fn(&ListedContract) -> Option<f64>) -> Option<f64> {
    let contracts = chain.listed.iter().map(|listed| &listed.contract);
    let told = contracts.filter(|it| it.right == right).filter_map(of);
    told.fold(None, |sum, figure| Some(sum.unwrap_or(0.0) + figure))
}
