//! Use cases on the memory adapters: what no single surface shows.

mod access;
mod administration;
mod delivery;
mod hashing;
mod pictures;
mod registrations;
mod retries;
mod rotation;
mod snapshots;
