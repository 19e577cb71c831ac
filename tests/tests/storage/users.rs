//! Users: a name is one user's, an admin stays, and what somebody else changed isn't overwritten.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::TimeDelta;
use domain::{Role, UserName};
use futures::future::join_all;
use storage::users::{PasswordHash, USERS_MAX, UserAdded, UserWritten};
use storage::{StorageError, User, UsersTable, Versioned};
use system_tests::fault_proxy::{Fault, FaultProxy};

use super::support::{Tables, at};

fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

fn hash(text: &str) -> PasswordHash {
    PasswordHash::new(text.to_owned())
}

fn user(text: &str, role: Role) -> User {
    User::new(name(text), role, hash("first"), at(0))
}

async fn add(users: &UsersTable, text: &str, role: Role) -> Versioned<User> {
    let added = users.add(&user(text, role)).await.unwrap();
    assert_eq!(added, UserAdded::Yes);
    get(users, text).await.unwrap()
}

async fn get(users: &UsersTable, text: &str) -> Option<Versioned<User>> {
    users.get(&name(text)).await.unwrap()
}

async fn names(users: &UsersTable) -> Vec<String> {
    let all = users.list().await.unwrap();
    all.iter().map(|user| user.name.to_string()).collect()
}

#[tokio::test]
async fn users_come_back_as_they_were_written_and_in_order() {
    let tables = Tables::start().await;
    let users = tables.users();
    assert_eq!(names(&users).await, Vec::<String>::new());
    assert!(get(&users, "ann").await.is_none());
    add(&users, "zoe", Role::User).await;
    let ann = add(&users, "ann", Role::Admin).await;
    assert_eq!(ann.record, user("ann", Role::Admin));
    assert_eq!(names(&users).await, ["ann", "zoe"]);
    let again = users.add(&user("ann", Role::User)).await.unwrap();
    assert_eq!(again, UserAdded::AlreadyThere);
    assert_eq!(get(&users, "ann").await, Some(ann));
    tables.stop().await;
}

#[tokio::test]
async fn of_two_changes_of_what_both_saw_one_happens() {
    let tables = Tables::start().await;
    let users = tables.users();
    add(&users, "root", Role::Admin).await;
    let seen = add(&users, "ann", Role::User).await;
    let (password, role) = (
        seen.with_password(hash("second"), at(1)),
        seen.with_role(Role::Researcher, at(1)),
    );
    assert_eq!(
        users.put(&seen, password.clone()).await.unwrap(),
        UserWritten::Yes
    );
    assert_eq!(users.put(&seen, role).await.unwrap(), UserWritten::Changed);
    assert_eq!(users.remove(&seen).await.unwrap(), UserWritten::Changed);
    let now = get(&users, "ann").await.unwrap();
    assert_eq!(now.record, password);
    assert_eq!(users.remove(&now).await.unwrap(), UserWritten::Yes);
    assert_eq!(users.remove(&now).await.unwrap(), UserWritten::Changed);
    assert_eq!(
        users.put(&now, password).await.unwrap(),
        UserWritten::Changed
    );
    assert_eq!(names(&users).await, ["root"]);
    tables.stop().await;
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let tables = Tables::start().await;
    let users = tables.users();
    let ann = add(&users, "ann", Role::Admin).await;
    add(&users, "zoe", Role::User).await;
    let demoted = ann.with_role(Role::User, at(1));
    assert_eq!(
        users.put(&ann, demoted.clone()).await.unwrap(),
        UserWritten::LastAdmin
    );
    assert_eq!(users.remove(&ann).await.unwrap(), UserWritten::LastAdmin);
    // Another password is no demotion.
    let renewed = ann.with_password(hash("second"), at(1));
    assert_eq!(users.put(&ann, renewed).await.unwrap(), UserWritten::Yes);
    let zoe = get(&users, "zoe").await.unwrap();
    let raised = zoe.with_role(Role::Admin, at(2));
    assert_eq!(users.put(&zoe, raised).await.unwrap(), UserWritten::Yes);
    let ann = get(&users, "ann").await.unwrap();
    let demoted = ann.with_role(Role::Researcher, at(3));
    assert_eq!(users.put(&ann, demoted).await.unwrap(), UserWritten::Yes);
    let zoe = get(&users, "zoe").await.unwrap();
    assert_eq!(users.remove(&zoe).await.unwrap(), UserWritten::LastAdmin);
    tables.stop().await;
}

#[tokio::test]
async fn admins_who_remove_each_other_at_once_leave_one() {
    let tables = Tables::start().await;
    let users = tables.users();
    let admins = ["ann", "ben", "eve", "kim", "zoe"];
    let mut seen = Vec::new();
    for text in admins {
        seen.push(add(&users, text, Role::Admin).await);
    }
    let written = join_all(seen.iter().map(|admin| users.remove(admin))).await;
    let written: Vec<_> = written.into_iter().map(Result::unwrap).collect();
    let count = |outcome| written.iter().filter(|it| **it == outcome).count();
    assert_eq!(
        (count(UserWritten::Yes), count(UserWritten::LastAdmin)),
        (4, 1)
    );
    assert_eq!(names(&users).await.len(), 1);
    tables.stop().await;
}

#[tokio::test]
async fn a_list_has_an_end() {
    let tables = Tables::start().await;
    let users = tables.users();
    for number in 0..USERS_MAX {
        add(&users, &format!("user-{number}"), Role::User).await;
    }
    let surplus = users.add(&user("ann", Role::User)).await.unwrap();
    assert_eq!(surplus, UserAdded::TooMany);
    let one = get(&users, "user-7").await.unwrap();
    assert_eq!(users.remove(&one).await.unwrap(), UserWritten::Yes);
    add(&users, "ann", Role::User).await;
    assert_eq!(names(&users).await.len(), 200);
    tables.stop().await;
}

#[tokio::test]
async fn sessions_end_with_each_change_also_within_a_millisecond() {
    let one = user("ann", Role::User);
    let step = TimeDelta::milliseconds(1);
    assert!(one.sessions_from > one.created_at);
    let two = one.with_role(Role::Admin, at(0));
    let three = two.with_password(hash("second"), at(0));
    assert_eq!(two.sessions_from, one.sessions_from + step);
    assert_eq!(three.sessions_from, two.sessions_from + step);
    assert_eq!(
        three.with_role(Role::User, at(9)).sessions_from,
        at(9) + step
    );
    assert_eq!((three.role, three.created_at), (Role::Admin, at(0)));
}

#[tokio::test]
async fn a_write_that_met_a_fault_happens_once() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let users = tables.users_through(&proxy).await;
    add(&users, "root", Role::Admin).await;
    for fault in [
        Fault::Conflict,
        Fault::Throttle,
        Fault::LoseAnswer,
        Fault::LoseRequest,
    ] {
        proxy.inject([fault, fault]);
        let seen = add(&users, "ann", Role::Admin).await;
        proxy.inject([fault, fault]);
        let lowered = seen.with_role(Role::User, at(1));
        assert_eq!(
            users.put(&seen, lowered).await.unwrap(),
            UserWritten::Yes,
            "{fault:?}"
        );
        let seen = get(&users, "ann").await.unwrap();
        proxy.inject([fault, fault]);
        assert_eq!(
            users.remove(&seen).await.unwrap(),
            UserWritten::Yes,
            "{fault:?}"
        );
    }
    // The tally counted each once: root is still the last one.
    let root = get(&users, "root").await.unwrap();
    assert_eq!(users.remove(&root).await.unwrap(), UserWritten::LastAdmin);
    tables.stop().await;
}

#[tokio::test]
async fn a_user_of_another_version_is_refused_and_left_out_of_the_list() {
    let tables = Tables::start().await;
    let users = tables.users();
    add(&users, "ann", Role::Admin).await;
    add(&users, "zoe", Role::User).await;
    let two = AttributeValue::N("2".to_owned());
    let key = ("USERS", "USER#zoe");
    tables.overwrite("USERS_TABLE", key, "version", two).await;
    let refused = users.get(&name("zoe")).await.unwrap_err();
    assert!(
        matches!(refused, StorageError::UnknownVersion { known: 1, .. }),
        "{refused}"
    );
    assert_eq!(names(&users).await, ["ann"]);
    tables.stop().await;
}
