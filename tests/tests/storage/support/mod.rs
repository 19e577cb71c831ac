//! Tables in memory, and the records that go into them.

pub(crate) mod chains;
pub(crate) mod life;
pub(crate) mod records;
mod selections;
pub(crate) mod tables;

pub(crate) use chains::{chain_of, evidence_with};
pub(crate) use life::*;
pub(crate) use records::*;
pub(crate) use selections::selection;
pub(crate) use tables::Tables;
