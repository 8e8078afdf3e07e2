//! The contact endpoints.

mod avatar;
mod birthdays;
mod change;
mod create;
mod find;
mod list;
mod remove;
mod shape;
mod view;

use super::Endpoint;

/// All of them. Birthdays come before the search, which would take `bd` for a text.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        list::endpoint(),
        create::endpoint(),
        avatar::endpoint(),
        birthdays::endpoint(),
        find::endpoint(),
        change::endpoint(),
        remove::endpoint(),
    ]
}
