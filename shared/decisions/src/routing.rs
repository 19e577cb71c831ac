//! Which engines get a signal: exactly one task for each that should see it. It depends on the
//! signal and the settings alone, so that it stays the same however often an alert comes.

use domain::signal::Signal;
use domain::{Assignment, Engine, Intent, Routed, Settings, Task};

use crate::lifecycle::assign;

/// The tasks that follow from a signal, Engine A's first.
///
/// What closes goes to every engine that may hold something, whatever the split: an exit whole,
/// a reversal to its own engine whole and to the other one to close only.
pub fn assignments(signal: &Signal, settings: &Settings) -> Vec<Assignment> {
    let routed = Routed::of(
        &signal.hash,
        settings.experiment.as_deref(),
        &settings.routing,
    );
    Engine::ALL
        .into_iter()
        .filter_map(|engine| {
            let task = task(signal.intent, engine, &routed, settings)?;
            Some(Assignment {
                task,
                routed: Some(routed.clone()),
                ..assign(signal, engine)
            })
        })
        .collect()
}

fn task(intent: Intent, engine: Engine, routed: &Routed, settings: &Settings) -> Option<Task> {
    let judges = judges(engine, routed, settings);
    match intent {
        Intent::Exit => may_hold(engine, settings).then_some(Task::Whole),
        _ if judges => Some(Task::Whole),
        Intent::Reverse(_) => may_hold(engine, settings).then_some(Task::CloseOnly),
        _ => None,
    }
}

fn judges(engine: Engine, routed: &Routed, settings: &Settings) -> bool {
    match (engine, settings.engine_b_judges()) {
        (Engine::A, false) => true,
        (Engine::B, false) => false,
        (engine, true) => routed.reaches(engine),
    }
}

/// Whether an engine may have positions: Engine B from the first time that anybody set its flags.
fn may_hold(engine: Engine, settings: &Settings) -> bool {
    engine == Engine::A || settings.flags.enable_variant_b || settings.versions.feature_flags > 0
}
