//! What administrators see and do, and what owners do with their own accounts.

mod directory;
mod failing_removals;
mod last_admin;
mod meanwhile;
mod people;
mod refusals;
mod removal;
mod removal_on_stores;
mod removals;
mod sign_up;
mod stalled_objects;
mod trash;
