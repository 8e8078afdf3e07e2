//! Golden tests over HTTP: status, headers and body, to the byte.

mod before;
mod clocks;
mod contacts;
mod documents;
mod health;
mod mailbox;
mod media;
mod metrics;
mod outage;
mod pages;
mod protocol;
mod theater;
mod tokens;
