//! Golden tests over HTTP: status, headers and body, to the byte.

mod admin;
mod audit;
mod before;
mod claims;
mod clocks;
mod contacts;
mod documents;
mod extremes;
mod health;
mod log_causes;
mod mailbox;
mod matrix;
mod media;
mod metrics;
mod mobile;
mod outage;
mod pages;
mod parity;
mod points;
mod protocol;
mod subjects;
mod theater;
mod tokens;
mod two_nodes;
mod whole_document;
