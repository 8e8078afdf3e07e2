//! Table `user_groups`. Its rows never change, and the migration that made them fixed their ids. So `users.group_id`
//! tells a role without a join.

use vestibule_domain::accounts::Role;

/// The id of a role's group.
pub(in crate::db) fn group_id(role: Role) -> i64 {
    match role {
        Role::User => 1,
        Role::Moderator => 2,
        Role::Admin => 3,
    }
}

/// The role whose group has this id.
pub(in crate::db) fn role(group_id: i64) -> Option<Role> {
    Role::ALL.into_iter().find(|role| self::group_id(*role) == group_id)
}
