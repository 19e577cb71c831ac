//! The exposure check: every signal went where its bucket says, computed here anew; every engine
//! that was to judge it has exactly one task, and what closes reached whoever held something.

use std::collections::BTreeMap;

use domain::signal::Signal;
use domain::{Assignment, Engine, Mode, Routed, SignalId, Task};
use sha2::{Digest, Sha256};

use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("routing");
    let mut tasks: BTreeMap<SignalId, Vec<&Assignment>> = BTreeMap::new();
    for assignment in &facts.assignments {
        tasks
            .entry(assignment.signal_id)
            .or_default()
            .push(assignment);
    }
    for (id, signal) in &facts.signals {
        let tasks = tasks.remove(id).unwrap_or_default();
        let problem = problem(signal, &tasks);
        findings.expect(problem.is_none(), || {
            let given: Vec<_> = tasks.iter().map(|it| (it.engine, it.task)).collect();
            format!("{id}, {}: {problem:?}: {given:?}", signal.intent.kind())
        });
    }
    findings.close()
}

fn problem(signal: &Signal, tasks: &[&Assignment]) -> Option<&'static str> {
    let task = |engine| {
        let mut own = tasks.iter().filter(|it| it.engine == engine);
        (own.next().map(|it| it.task), own.next().is_some())
    };
    let ((a, a_twice), (b, b_twice)) = (task(Engine::A), task(Engine::B));
    let routed: Vec<Option<&Routed>> = tasks.iter().map(|it| it.routed.as_ref()).collect();
    let Some(Some(routed)) = routed.first().copied() else {
        return Some("it doesn't say how it was routed");
    };
    if a_twice || b_twice {
        return Some("an engine has it twice");
    }
    if tasks.iter().any(|it| it.routed.as_ref() != Some(routed)) {
        return Some("its tasks disagree on how it was routed");
    }
    if u64::from(routed.bucket) != bucket(routed, &signal.hash) {
        return Some("its bucket is another one");
    }
    let judges = |task: Option<Task>| task == Some(Task::Whole);
    // With Engine B off everything is A's, whatever the bucket.
    let alone = judges(a) && !judges(b);
    let is_a = routed.bucket < routed.split_percentage;
    let as_told = match routed.mode {
        Mode::Paired => judges(a) && judges(b),
        Mode::Split => judges(a) == is_a && judges(b) != is_a,
    };
    match signal.intent.kind() {
        "exit" if !judges(a) => Some("an exit passed Engine A by"),
        "exit" => None,
        _ if !(alone || as_told) => Some("it isn't where its bucket says"),
        "reverse" if a.is_none() => Some("what Engine A holds isn't closed"),
        _ => None,
    }
}

/// The bucket by definition: SHA-256 of `experiment:hash`, its first eight bytes, modulo 100.
fn bucket(routed: &Routed, hash: &str) -> u64 {
    let salt = routed
        .experiment_id
        .as_ref()
        .map_or("none", |id| id.as_str());
    let digest = Sha256::digest(format!("{salt}:{hash}"));
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first) % 100
}
