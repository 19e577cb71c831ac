//! The whole system, driven through its edges: alerts in, the ledger out.

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod bars;
#[cfg(test)]
mod choices;
#[cfg(test)]
mod closing_by_hand;
mod daily_loss;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod domain_events;
#[cfg(test)]
mod engine_b;
#[cfg(test)]
mod engine_b_agents;
#[cfg(test)]
mod entries;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod exit_alerts;
#[cfg(test)]
mod exit_rules;
#[cfg(test)]
mod expiration;
#[cfg(test)]
mod failing_market;
#[cfg(test)]
mod fees;
#[cfg(test)]
mod halts;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lost_messages;
#[cfg(test)]
mod reversals;
#[cfg(test)]
mod roll_ups;
#[cfg(test)]
mod routing;
#[cfg(test)]
mod settings_in_force;
#[cfg(test)]
mod support;
#[cfg(test)]
mod vitals;
#[cfg(test)]
mod watching;
