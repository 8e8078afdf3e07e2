//! What administrators see and do, and what owners do with their own accounts.

mod directory;
mod last_admin;
mod people;
mod refusals;
mod removal;
mod removal_on_stores;
mod removals;
mod sign_up;
mod trash;
