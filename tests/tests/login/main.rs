//! Signing in to the dashboard's API, and what each role may do there.

#[cfg(test)]
mod support;

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod users;
