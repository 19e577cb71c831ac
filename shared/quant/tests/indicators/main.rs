//! Indicators against TA-Lib, against plain computations over whole windows, and at their edges.
#![cfg(test)]

mod oracle;
mod series;
