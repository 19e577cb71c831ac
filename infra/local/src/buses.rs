//! Creates the event buses of a template in any `EventBridge`. Those that exist stay.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::DisplayErrorContext;
use aws_sdk_eventbridge::operation::create_event_bus::CreateEventBusError;

/// A bus that couldn't be created.
#[derive(Debug, thiserror::Error)]
#[error("the event bus {bus}: {reason}")]
pub struct BusesError {
    bus: String,
    reason: String,
}

/// Creates these buses.
pub async fn create_buses(client: &Client, names: &[String]) -> Result<(), BusesError> {
    for bus in names {
        let created = client.create_event_bus().name(bus).send().await;
        let Err(error) = created else { continue };
        let is_there = error
            .as_service_error()
            .is_some_and(CreateEventBusError::is_resource_already_exists_exception);
        if !is_there {
            let (bus, reason) = (bus.clone(), DisplayErrorContext(&error).to_string());
            return Err(BusesError { bus, reason });
        }
    }
    Ok(())
}
