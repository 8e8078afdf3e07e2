//! Use cases on the memory adapters: what no single surface shows.

mod access;
mod administration;
mod codes;
mod delivery;
mod hashing;
mod many_sessions;
mod pictures;
mod points;
mod purge;
mod registrations;
mod retries;
mod rotation;
mod session_cap;
mod snapshots;
mod sweeps;
mod trash;
mod uploads;
