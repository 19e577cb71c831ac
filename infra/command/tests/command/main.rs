//! The program itself, as a user runs it.

#[cfg(test)]
mod alerts;
#[cfg(test)]
mod archives;
#[cfg(test)]
mod backtests;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod dead_letters;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod failpoints;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod positioning;
#[cfg(test)]
mod program;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod recording;
#[cfg(test)]
mod second_engine;
#[cfg(test)]
mod users;
