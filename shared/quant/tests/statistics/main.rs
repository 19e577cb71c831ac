//! Statistics against reference answers of scipy and statsmodels, and the laws that hold of them.

#[cfg(test)]
mod bootstrap;
#[cfg(test)]
mod by_day;
#[cfg(test)]
mod comparisons;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod distributions;
#[cfg(test)]
mod equity;
#[cfg(test)]
mod profit;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod sample_ratio;
#[cfg(test)]
mod sample_size;
#[cfg(test)]
mod sequential;
#[cfg(test)]
mod shares;
#[cfg(test)]
mod support;
