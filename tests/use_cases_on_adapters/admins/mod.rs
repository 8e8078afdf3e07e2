//! What administrators do, on databases.

#[path = "../../use_cases/admins/last_admin.rs"]
mod last_admin;
#[path = "../../use_cases/admins/people.rs"]
mod people;
mod remains;
#[path = "../../use_cases/admins/removal_on_stores.rs"]
mod removal_on_stores;
#[path = "../../use_cases/admins/removals.rs"]
mod removals;
