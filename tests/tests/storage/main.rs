//! The ledger and its neighbours against a real table: every write that others may race, every
//! limit, every sum.

#[cfg(test)]
mod support;

#[cfg(test)]
mod book_properties;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod exit_alerts;
#[cfg(test)]
mod exits;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fills;
#[cfg(test)]
mod halts;
#[cfg(test)]
mod holdings;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod login_failures;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod profits;
#[cfg(test)]
mod reservations;
#[cfg(test)]
mod rollups;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod settings_versions;
#[cfg(test)]
mod shared_states;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod users;
#[cfg(test)]
mod vitals;
#[cfg(test)]
mod watches;
#[cfg(test)]
mod work;
