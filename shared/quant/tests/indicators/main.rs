//! Indicators against TA-Lib, against plain computations over whole windows, and at their edges.
#![cfg(test)]

mod edges;
mod oracle;
mod plain;
mod properties;
mod series;
