//! Use cases on the memory adapters: what no single surface shows.

mod access;
mod administration;
mod delivery;
mod hashing;
mod pictures;
mod retries;
mod rotation;
mod snapshots;
mod sweeps;
