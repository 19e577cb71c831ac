//! How many users and admins there are: the item whose conditions keep the last admin, and bound
//! the list.

use aws_sdk_dynamodb::types::Update;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use domain::Role;

use super::user::PARTITION;
use crate::batches::item_key;
use crate::item::{SCHEMA_VERSION, number, text};
use crate::keys::Key;

const KIND: &str = "TALLY";
/// As many users as one page of a list shows.
pub const USERS_MAX: u32 = 200;

/// One user more.
pub(super) fn added(role: Role) -> UpdateBuilder {
    change(1, admins(role))
        .condition_expression("attribute_not_exists(pk) OR #users < :most")
        .expression_attribute_values(":most", number(USERS_MAX))
}

/// One user less.
pub(super) fn removed(role: Role) -> UpdateBuilder {
    keeping_one(change(-1, -admins(role)), role)
}

/// The same user in another role, if that changes the tally.
pub(super) fn role_changed(before: Role, after: Role) -> Option<UpdateBuilder> {
    let more = admins(after) - admins(before);
    (more != 0).then(|| keeping_one(change(0, more), before))
}

fn admins(role: Role) -> i32 {
    i32::from(role == Role::Admin)
}

/// Where an admin goes, another one has to be there.
fn keeping_one(update: UpdateBuilder, gone: Role) -> UpdateBuilder {
    if gone != Role::Admin {
        return update;
    }
    update
        .condition_expression("#admins > :one")
        .expression_attribute_values(":one", number(1))
}

fn change(users: i32, admins: i32) -> UpdateBuilder {
    Update::builder()
        .set_key(Some(item_key(&Key::new(PARTITION, KIND))))
        .update_expression(
            "SET #kind = :kind, #version = :version ADD #users :users, #admins :admins",
        )
        .expression_attribute_names("#kind", "kind")
        .expression_attribute_names("#version", "version")
        .expression_attribute_names("#users", "users")
        .expression_attribute_names("#admins", "admins")
        .expression_attribute_values(":kind", text(KIND))
        .expression_attribute_values(":version", number(SCHEMA_VERSION))
        .expression_attribute_values(":users", number(users))
        .expression_attribute_values(":admins", number(admins))
}
