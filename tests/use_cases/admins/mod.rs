//! What administrators see and do, and what owners do with their own accounts.

mod directory;
mod last_admin;
mod people;
mod remains;
mod removal;
mod sign_up;
mod trash;
