//! Golden tests over HTTP: status, headers and body, to the byte.

mod admin;
mod audit;
mod before;
mod clocks;
mod contacts;
mod documents;
mod extremes;
mod health;
mod language_of_messages;
mod languages;
mod log_causes;
mod mailbox;
mod masks;
mod matrix;
mod media;
mod metrics;
mod mobile;
mod outage;
mod pages;
mod parity;
mod points;
mod protocol;
mod theater;
mod tokens;
mod two_nodes;
