//! The whole system, driven through its edges: alerts in, the ledger out.

#[cfg(test)]
mod entries;
