//! The catalogue endpoints: success and every documented failure.

mod change;
mod create;
mod create_faults;
mod cut_off;
mod door;
mod film;
mod list;
mod races;
mod remove;
mod show;
