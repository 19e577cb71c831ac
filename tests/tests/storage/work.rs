//! Finding work: by state and due time, and nothing that is done.

use chrono::TimeDelta;
use decisions::lifecycle::{self, FORGOTTEN_AFTER};
use domain::{AssignmentState, Signal, SignalId};
use storage::ledger::{Applied, Backlog, DueWork, WorkState, Written};

use super::support::{Tables, at, entry};

fn ids(work: &[DueWork]) -> Vec<SignalId> {
    let id = |work: &DueWork| match work {
        DueWork::Assignment(assignment) => assignment.signal_id,
        DueWork::Order(order) => order.signal_id,
    };
    work.iter().map(id).collect()
}

async fn count(tables: &Tables, state: WorkState) -> usize {
    tables.ledger.all_work(state).await.unwrap().len()
}

#[tokio::test]
async fn what_is_due_comes_oldest_first_and_bounded() {
    let tables = Tables::start().await;
    let signals: Vec<Signal> = [40, 10, 30, 0, 20].map(|s| entry("SPY", s)).to_vec();
    for signal in &signals {
        tables.record(signal).await;
    }
    let by_age = [3, 1, 4, 2, 0].map(|n: usize| signals[n].signal_id);
    let due = async |seconds, limit| {
        let now = at(seconds) + FORGOTTEN_AFTER;
        let work = tables
            .ledger
            .due_work(WorkState::AssignmentPending, now, limit);
        ids(&work.await.unwrap())
    };
    assert_eq!(due(40, 10).await, by_age);
    assert_eq!(due(39, 10).await, by_age[..4]);
    assert_eq!(due(40, 2).await, by_age[..2]);
    assert_eq!(due(-1, 10).await, []);
    assert_eq!(count(&tables, WorkState::AssignmentPending).await, 5);
    tables.stop().await;
}

#[tokio::test]
async fn claimed_work_is_due_later() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let seen = tables.order_entry(&signal, 200).await;
    let now = at(0) + FORGOTTEN_AFTER;
    let mut later = seen.record.clone();
    (later.due, later.sends) = (Some(now + TimeDelta::seconds(60)), 1);
    let (claimed, again) = (seen.changed(later.clone()), seen.changed(later));
    let due = async || {
        let work = tables.ledger.due_work(WorkState::OrderPending, now, 10);
        work.await.unwrap().len()
    };
    assert_eq!(due().await, 1);
    assert_eq!(
        tables.ledger.move_order(&claimed).await.unwrap(),
        Written::Yes
    );
    assert_eq!(
        tables.ledger.move_order(&again).await.unwrap(),
        Written::Changed
    );
    assert_eq!(due().await, 0);
    assert_eq!(count(&tables, WorkState::OrderPending).await, 1);
    tables.stop().await;
}

#[tokio::test]
async fn each_state_lists_its_own_and_no_list_what_is_done() {
    use WorkState::{AssignmentApproved, AssignmentPending, OrderPending};
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let lists = async || {
        let mut counts = Vec::new();
        for state in [AssignmentPending, AssignmentApproved, OrderPending] {
            counts.push(count(&tables, state).await);
        }
        counts.push(tables.ledger.open_positions().await.unwrap().len());
        counts.push(tables.ledger.closing_positions().await.unwrap().len());
        counts
    };
    let seen = tables.record(&signal).await;
    assert_eq!(lists().await, [1, 0, 0, 0, 0]);
    let moved = lifecycle::moved(&seen, AssignmentState::Approved, at(0));
    let moved = seen.changed(moved);
    assert_eq!(
        tables.ledger.move_assignment(&moved).await.unwrap(),
        Written::Yes
    );
    assert_eq!(lists().await, [0, 1, 0, 0, 0]);
    let approved = tables.assignment(&signal).await;
    let settings = super::support::roomy();
    let _ = tables.try_order(&signal, &approved, 200, &settings).await;
    assert_eq!(lists().await, [0, 0, 1, 0, 0]);
    let order = tables.order(&signal, domain::Leg::Entry).await;
    let room = domain::Usd::dollars(10_000);
    let _ = tables.try_fill(&signal, &order, 200, room).await;
    assert_eq!(lists().await, [0, 0, 0, 1, 0]);
    tables.begin_exit(&signal, at(60)).await;
    assert_eq!(lists().await, [0, 0, 1, 0, 1]);
    assert_eq!(tables.try_close(&signal, 250, at(61)).await, Written::Yes);
    assert_eq!(lists().await, [0; 5]);
    tables.stop().await;
}

#[tokio::test]
async fn finished_work_waits_for_its_roll_up_and_then_for_nothing() {
    let tables = Tables::start().await;
    let done = entry("SPY", 0);
    tables.open(&done, 200).await;
    tables.close(&done, 250, at(60)).await;
    let refused = entry("SPY", 61);
    tables.record(&refused).await;
    tables.reject(&refused).await;
    let applied = tables.ledger.apply_rollups().await.unwrap();
    // The assignment that became an order, its position, and the assignment that was rejected.
    assert_eq!(
        applied,
        Applied {
            events: 3,
            more: false
        }
    );
    let applied = tables.ledger.apply_rollups().await.unwrap();
    assert_eq!(applied, Applied::default());
    tables.stop().await;
}

#[tokio::test]
async fn the_backlog_names_the_first_of_each_state() {
    let tables = Tables::start().await;
    let due = |seconds| Some(at(seconds) + FORGOTTEN_AFTER);
    assert_eq!(tables.ledger.backlog().await.unwrap(), Backlog::default());
    for seconds in [40, 20] {
        tables.record(&entry("SPY", seconds)).await;
    }
    tables.order_entry(&entry("QQQ", 0), 200).await;
    let backlog = tables.ledger.backlog().await.unwrap();
    assert_eq!(backlog.assignment_pending_due_at, due(20));
    assert_eq!(backlog.assignment_approved_due_at, None);
    assert!(backlog.order_pending_due_at.is_some());
    // The assignment that was ordered waits for the roll-ups.
    assert_eq!(backlog.unapplied_since, Some(at(0)));
    tables.stop().await;
}
