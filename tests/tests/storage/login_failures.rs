//! Failed logins: five of an account or from an address within a quarter of an hour, and no more,
//! however many try at once.

use std::net::IpAddr;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use domain::UserName;
use futures::future::join_all;
use storage::UsersTable;
use storage::users::{Attempt, Attempted};

use super::support::{Tables, at};

const HOME: &str = "192.0.2.7";

async fn attempt(users: &UsersTable, name: &str, address: &str, seconds: i64) -> Attempted {
    let name = UserName::parse(name).unwrap();
    let address: IpAddr = address.parse().unwrap();
    users
        .attempt(&name, Some(address), at(seconds))
        .await
        .unwrap()
}

async fn counted(users: &UsersTable, name: &str, address: &str, seconds: i64) -> Attempt {
    match attempt(users, name, address, seconds).await {
        Attempted::Counted(attempt) => attempt,
        refused @ Attempted::Refused { .. } => panic!("{refused:?}"),
    }
}

fn until(seconds: i64) -> Attempted {
    let until: DateTime<Utc> = at(seconds);
    Attempted::Refused { until }
}

#[tokio::test]
async fn the_sixth_attempt_on_an_account_waits_until_the_first_is_forgotten() {
    let tables = Tables::start().await;
    let users = tables.users();
    for number in 0..5 {
        // Each from another address: the account's own failures count.
        counted(&users, "ann", &format!("192.0.2.{number}"), number * 60).await;
    }
    assert_eq!(attempt(&users, "ann", HOME, 300).await, until(900));
    assert_eq!(attempt(&users, "ann", HOME, 899).await, until(900));
    // Refusals aren't failures: one more is forgotten each minute, one more may be tried.
    counted(&users, "ann", HOME, 900).await;
    assert_eq!(attempt(&users, "ann", HOME, 901).await, until(960));
    // Another account is another's affair.
    counted(&users, "ben", HOME, 901).await;
    tables.stop().await;
}

#[tokio::test]
async fn an_address_that_tries_names_is_refused_as_well() {
    let tables = Tables::start().await;
    let users = tables.users();
    for name in ["a", "b", "c", "d", "e"] {
        counted(&users, name, HOME, 0).await;
    }
    assert_eq!(attempt(&users, "f", HOME, 1).await, until(900));
    // What was refused left nothing on the account.
    for seconds in 1..6 {
        counted(&users, "f", "192.0.2.99", seconds).await;
    }
    // A network of IPv6 is one address.
    for host in 1..6 {
        counted(&users, &format!("u{host}"), &format!("2001:db8::{host}"), 0).await;
    }
    assert_eq!(attempt(&users, "u9", "2001:db8::9:9", 1).await, until(900));
    tables.stop().await;
}

#[tokio::test]
async fn a_success_takes_its_own_attempt_back_and_no_other() {
    let tables = Tables::start().await;
    let users = tables.users();
    for seconds in 0..4 {
        counted(&users, "ann", HOME, seconds).await;
    }
    for seconds in 4..20 {
        let success = counted(&users, "ann", HOME, seconds).await;
        users.forgive(&success).await.unwrap();
        users.forgive(&success).await.unwrap();
    }
    counted(&users, "ann", HOME, 20).await;
    assert_eq!(attempt(&users, "ann", HOME, 21).await, until(900));
    tables.stop().await;
}

#[tokio::test]
async fn many_at_once_get_five_guesses() {
    let tables = Tables::start().await;
    let users = tables.users();
    let attempts = (0..24).map(|host| {
        let users = users.clone();
        tokio::spawn(async move { attempt(&users, "ann", &format!("192.0.2.{host}"), 0).await })
    });
    let outcomes = join_all(attempts).await;
    let counted = outcomes.into_iter().map(Result::unwrap);
    let counted = counted.filter(|it| matches!(it, Attempted::Counted(_)));
    assert_eq!(counted.count(), 5);
    tables.stop().await;
}

#[tokio::test]
async fn the_item_stays_small_and_ends_with_its_window() {
    let tables = Tables::start().await;
    let users = tables.users();
    for seconds in 0..40 {
        counted(&users, "ann", HOME, seconds * 200).await;
    }
    let found = tables.aws.dynamodb_client().get_item();
    let found = found
        .table_name(tables.table("USERS_TABLE"))
        .key("pk", AttributeValue::S("LOGIN#ACCOUNT#ann".to_owned()))
        .key("sk", AttributeValue::S("FAILURES".to_owned()));
    let item = found.send().await.unwrap().item.unwrap();
    assert!(item["failed_at"].as_l().unwrap().len() <= 5);
    let end = at(39 * 200 + 15 * 60).timestamp() + 1;
    assert_eq!(item["expires_at"], AttributeValue::N(end.to_string()));
    assert_eq!(item["version"], AttributeValue::N("1".to_owned()));
    tables.stop().await;
}
